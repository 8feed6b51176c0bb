"""Lists as a person keeps them: saved filters, the filter a list opens with, the columns that show.

A list registers its name, the parameters its filters know and the columns that can be put away. Everything is kept per person and list in
one `Preference`, and nothing here grants anything: a saved filter is an address that anybody could have typed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.models import Preference, User
from core.prepared import Prepared

PICK: Final = "simpanan"
"""The word of an address that names a saved filter."""
ALL: Final = "semua"
"""The list without any filter, also where another opens by itself."""


@dataclass(frozen=True)
class ListColumn:
    """A column that can be put away."""

    name: str
    label: str


@dataclass(frozen=True)
class ListKind:
    """A list that people keep filters of: its name in addresses, the parameters of its filters, the columns beside the first."""

    key: str
    label: str
    params: tuple[str, ...]
    columns: tuple[ListColumn, ...] = ()

    def clean(self, query: Mapping[str, Any]) -> dict[str, str]:
        """What of an address filters this list."""
        return {name: str(value) for name in self.params if (value := query.get(name, ""))}


LISTS: Final[dict[str, ListKind]] = {}


def register_list(kind: ListKind) -> ListKind:
    """Make a list known by its key; registering it twice changes nothing."""
    if LISTS.setdefault(kind.key, kind) != kind:
        raise ValueError(f"two lists are called {kind.key}")
    return kind


def columns(**labels: str) -> tuple[ListColumn, ...]:
    """Columns by name."""
    return tuple(ListColumn(name, label) for name, label in labels.items())


@dataclass(frozen=True)
class SavedFilter:
    """A filter kept under a name; `main` opens the list."""

    code: str
    name: str
    query: str
    main: bool = False

    @property
    def params(self) -> dict[str, str]:
        """The parameters as kept."""
        return dict(parse_qsl(self.query))


@dataclass(frozen=True)
class ListState:
    """What a person keeps of one list."""

    saved: tuple[SavedFilter, ...] = ()
    hidden: tuple[str, ...] = ()

    @classmethod
    def read(cls, text: str) -> ListState:
        """From the preference."""
        facts = json.loads(text) if text else {}
        return cls(tuple(SavedFilter(**row) for row in facts.get("saved", ())), tuple(facts.get("hidden", ())))

    def text(self) -> str:
        """For the preference."""
        return json.dumps({"saved": [vars(row) for row in self.saved], "hidden": list(self.hidden)})

    def find(self, code: str) -> SavedFilter | None:
        """The saved filter of this code."""
        return next((row for row in self.saved if row.code == code), None)

    @property
    def main(self) -> SavedFilter | None:
        """The filter the list opens with."""
        return next((row for row in self.saved if row.main), None)


def preference_key(kind: ListKind) -> str:
    """Under which name the state of a list is kept."""
    return f"list:{kind.key}"


def _kept(*, user: int, key: str, also: str) -> QuerySet[Any, Any]:
    found = Preference.objects.filter(Q(key=key) | Q(key=also), user=user)
    return found.order_by().values_list("key", "value")


KEPT: Final = Prepared(_kept, user=int, key=str, also=str)
"""Asked by every list that has filters."""


def state_of(user: User, kind: ListKind) -> ListState:
    """What the person keeps of the list; one query."""
    key = preference_key(kind)
    return ListState.read(dict(KEPT(user=user.pk, key=key, also=key)).get(key, ""))


@dataclass(frozen=True)
class ListTools:
    """What the tools above a list show, and which of its columns stand."""

    kind: ListKind
    state: ListState
    path: str
    query: dict[str, str] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    """Columns that the list does not have here."""

    @property
    def offered(self) -> list[ListColumn]:
        """The columns to choose from."""
        return [column for column in self.kind.columns if column.name not in self.without]

    @property
    def kept(self) -> list[str]:
        """Columns that stand elsewhere and stay so, though they cannot be chosen here."""
        return [name for name in self.without if name not in self.hidden]

    @property
    def put_away(self) -> int:
        """How many columns of this page are put away."""
        return len(self.hidden.difference(self.without))

    @property
    def filtered(self) -> bool:
        """Whether anything is filtered now."""
        return bool(self.query)

    @property
    def current(self) -> SavedFilter | None:
        """The saved filter that is on."""
        return next((row for row in self.state.saved if row.params == self.query), None) if self.query else None

    @property
    def entering(self) -> bool:
        """Whether this is the list as it opens by itself."""
        return not self.query or (self.state.main is not None and self.current == self.state.main)

    @property
    def query_text(self) -> str:
        """The present filter as part of an address."""
        return urlencode(self.query)

    @property
    def here(self) -> str:
        """The address of the list as filtered now."""
        return f"{self.path}?{self.query_text}" if self.query else self.path

    @property
    def reset(self) -> str:
        """The address of the list without filter."""
        return f"{self.path}?{PICK}={ALL}" if self.state.main else self.path

    @property
    def hidden(self) -> frozenset[str]:
        """The columns put away."""
        return frozenset(self.state.hidden) & {column.name for column in self.kind.columns}

    @property
    def col(self) -> dict[str, bool]:
        """By name whether a column stands, for templates."""
        return {column.name: column.name not in self.hidden for column in self.kind.columns}


def list_tools(request: HttpRequest, kind: ListKind, *, without: tuple[str, ...] = ()) -> ListTools:
    """The tools of the list on this page, which may be `without` some of its columns."""
    return ListTools(kind, _state(request, kind), request.path, kind.clean(request.GET), without)


def hidden_columns(request: HttpRequest, kind: ListKind) -> frozenset[str]:
    """The columns of the list that the person has put away, for a download beside the page."""
    return list_tools(request, kind).hidden


def preference_beside(request: HttpRequest, kind: ListKind, key: str) -> str:
    """Another preference of the person, read together with the state of the list; '' where there is none."""
    own = preference_key(kind)
    found = dict(KEPT(user=request.user.pk, key=own, also=key))
    request.__dict__.setdefault("_list_states", {})[kind.key] = ListState.read(found.get(own, ""))
    return str(found.get(key, ""))


def _state(request: HttpRequest, kind: ListKind) -> ListState:
    known: dict[str, ListState] = request.__dict__.setdefault("_list_states", {})
    if kind.key not in known:
        known[kind.key] = state_of(request.user, kind)  # type: ignore[arg-type]
    return known[kind.key]


def opened(
    request: HttpRequest, kind: ListKind, form: Callable[[], forms.BaseForm] | None = None
) -> HttpResponse | None:
    """The redirect to the saved filter that the address names, or that opens the list by itself; None where the list is shown as it is.

    What the list no longer knows, or its `form` no longer offers, is dropped with a word about it.
    """
    asked, plain = request.GET.get(PICK, ""), not request.GET
    if request.method not in ("GET", "HEAD") or asked == ALL or not (plain or asked):
        return None
    state = _state(request, kind)
    found = state.find(asked) if asked else state.main
    if found is None:
        if asked:
            messages.warning(request, "Saringan tersimpan itu sudah tidak ada. Daftar ditampilkan tanpa saringan.")
            return redirect(f"{request.path}?{PICK}={ALL}")
        return None
    kept, dropped = still_known(kind, found.params, form)
    if dropped:
        messages.warning(
            request, f"Saringan “{found.name}”: {', '.join(dropped)} tidak dikenal lagi pada daftar ini dan dilewati."
        )
    return redirect(f"{request.path}?{urlencode(kept) or f'{PICK}={ALL}'}")


def still_known(
    kind: ListKind, params: Mapping[str, str], form: Callable[[], forms.BaseForm] | None
) -> tuple[dict[str, str], list[str]]:
    """The parameters that still mean something, and the names (as the form calls them) of those that do not."""
    fields = form().fields if form is not None else {}
    kept: dict[str, str] = {}
    dropped: list[str] = []
    for name, value in params.items():
        offered = _offered(fields[name]) if name in fields else None
        if name not in kind.params or offered is not None and value not in offered:
            dropped.append(str(fields[name].label).lower() if name in fields else name)
        else:
            kept[name] = value
    return kept, dropped


def _offered(shown: forms.Field) -> set[str] | None:
    choices: Sequence[Any] | None = getattr(shown, "choices", None)
    return None if choices is None else {str(value) for value, _ in choices}
