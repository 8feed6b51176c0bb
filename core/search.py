"""One search over everything: what was typed, and the groups of results that the apps register.

A group is added by one call of `register_group` in a `search` module that the app's `ready()` imports; its `find` starts from what the
actor may see. Each group costs one query.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any, Final

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from core.errors import InvalidInput

MOST: Final = 10
"""Results shown of each group beside the others."""
LONGEST: Final = 100
MOST_WORDS: Final = 8
SHORTEST: Final = 3
FILLERS: Final = frozenset({"dan", "di", "ke", "dari", "yang", "untuk", "pada", "atau", "per", "dengan"})
"""Words that say nothing by themselves; names are written with and without them."""


@dataclass(frozen=True)
class Terms:
    """What was typed: the whole `text` for codes, and its `words`, all of which a result holds."""

    text: str
    words: tuple[str, ...]


def read_terms(typed: str) -> Terms:
    """The terms of a search; InvalidInput where nothing or too little was typed. A code may be short, as it holds a figure."""
    text = " ".join(typed.split())
    if not text:
        raise InvalidInput("Tuliskan kata atau kode yang dicari.", code="search_empty")
    if len(text) > LONGEST:
        raise InvalidInput(f"Pencarian paling panjang {LONGEST} huruf.", code="search_long")
    if len(re.sub(r"\W", "", text)) < SHORTEST and not any(letter.isdigit() for letter in text):
        raise InvalidInput("Terlalu pendek. Tuliskan sedikitnya tiga huruf, atau sebuah kode.", code="search_short")
    words = tuple(dict.fromkeys(word for word in text.lower().split() if word not in FILLERS))
    return Terms(text, (words or (text.lower(),))[:MOST_WORDS])


@dataclass(frozen=True)
class Hit:
    """One result: what it is called, where it leads, its code, where it belongs, and its state with a tone."""

    title: str
    url: str
    code: str = ""
    where: str = ""
    state: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Group:
    """Results of one kind. `find` gives the rows that the actor may see, best first; `show` makes a result of a row.

    `full`, for kinds with very many rows: all rows in the same order with what `show` reads, of which a page is taken by the keys
    that `find` chose; sorting keys costs a fraction of sorting joined rows.
    """

    key: str
    title: str
    noun: str
    order: int
    find: Callable[[Any, Terms], QuerySet[Any, Any]]
    show: Callable[[Any], Hit]
    full: Callable[[Terms], QuerySet[Any, Any]] | None = None


@dataclass(frozen=True)
class Found:
    """The first results of a group; `count_text` reads "3 dokumen" or "lebih dari 10 dokumen"."""

    group: Group
    hits: Sequence[Hit] = field(default_factory=tuple)
    more: bool = False

    @property
    def count_text(self) -> str:
        """How many there are, as far as people care."""
        return f"lebih dari {MOST} {self.group.noun}" if self.more else f"{len(self.hits)} {self.group.noun}"


_groups: dict[str, Group] = {}


def register_group(group: Group) -> None:
    """Add a kind of result; the same key again replaces it."""
    _groups[group.key] = group


def groups() -> list[Group]:
    """All kinds in their order on the page."""
    return sorted(_groups.values(), key=lambda group: (group.order, group.key))


def group_of(key: str) -> Group | None:
    """The kind of this key."""
    return _groups.get(key)


def search(actor: Any, terms: Terms) -> list[Found]:
    """The first results of every group that has any."""
    found = [_first(group, actor, terms) for group in groups()]
    return [each for each in found if each.hits]


def _first(group: Group, actor: Any, terms: Terms) -> Found:
    part = group.find(actor, terms)[: MOST + 1]
    rows = list(group.full(terms).filter(pk__in=part.values("pk")) if group.full else part)
    return Found(group, tuple(group.show(row) for row in rows[:MOST]), len(rows) > MOST)


def has_words(terms: Terms, *columns: str, codes: tuple[str, ...] = ()) -> Q:
    """Every word stands in one of the columns, in capitals or not, or begins one of the codes."""
    lookups = [*(f"{name}__icontains" for name in columns), *(f"{name}__istartswith" for name in codes)]
    each = (reduce(operator.or_, (Q(**{lookup: word}) for lookup in lookups)) for word in terms.words)
    return reduce(operator.and_, each)


def is_code(terms: Terms, *lookups: str) -> Q:
    """One of the columns is exactly what was typed."""
    return reduce(operator.or_, (Q(**{f"{name}__iexact": terms.text}) for name in lookups))


def exact_first(rows: QuerySet[Any, Any], exact: Q, *order: str) -> QuerySet[Any, Any]:
    """Rows of the very code before all others."""
    rank = Case(When(exact, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.annotate(search_rank=rank).order_by("search_rank", *order)
