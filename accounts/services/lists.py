"""Keeping filters and columns of lists, each person's own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlencode

from django.db import transaction

from accounts.lists import ListKind, ListState, SavedFilter, preference_key
from accounts.models import Preference, User
from core.codes import random_code
from core.errors import InvalidInput, NotFound

MOST: Final = 30
"""So many filters a person keeps of one list."""
LONGEST: Final = 60


def save_filter(user: User, kind: ListKind, name: str, query: Mapping[str, Any], *, main: bool = False) -> SavedFilter:
    """Keep the present filter under a name; one of the same name is replaced. Raises InvalidInput."""
    name, kept = _named(name), kind.clean(query)
    if not kept:
        raise InvalidInput("Saring daftar dahulu; belum ada saringan yang dapat disimpan.", field="name")

    def change(state: ListState) -> tuple[ListState, SavedFilter]:
        same = next((row for row in state.saved if row.name.casefold() == name.casefold()), None)
        if same is None and len(state.saved) >= MOST:
            raise InvalidInput(
                f"Sudah ada {MOST} saringan tersimpan pada daftar ini. Hapus yang tidak dipakai.", field="name"
            )
        made = SavedFilter(
            same.code if same else random_code(), name, urlencode(kept), main or bool(same and same.main)
        )
        others = [row for row in state.saved if row.code != made.code]
        if main:
            others = [replace(row, main=False) for row in others]
        return _sorted(state, [*others, made]), made

    return _change(user, kind, change)


def rename_filter(user: User, kind: ListKind, code: str, name: str) -> SavedFilter:
    """Give a saved filter another name. Raises InvalidInput, NotFound."""
    name = _named(name)

    def change(state: ListState) -> tuple[ListState, SavedFilter]:
        row = _find(state, code)
        if any(each.name.casefold() == name.casefold() for each in state.saved if each.code != code):
            raise InvalidInput(f"Nama “{name}” sudah dipakai pada daftar ini. Pilih nama lain.", field="name")
        made = replace(row, name=name)
        return _sorted(state, [each if each.code != code else made for each in state.saved]), made

    return _change(user, kind, change)


def remove_filter(user: User, kind: ListKind, code: str) -> SavedFilter:
    """Forget a saved filter. Raises NotFound."""

    def change(state: ListState) -> tuple[ListState, SavedFilter]:
        row = _find(state, code)
        return replace(state, saved=tuple(each for each in state.saved if each.code != code)), row

    return _change(user, kind, change)


def open_with(user: User, kind: ListKind, code: str, *, main: bool = True) -> SavedFilter:
    """Let the list open with a saved filter, or no longer. Raises NotFound."""

    def change(state: ListState) -> tuple[ListState, SavedFilter]:
        made = replace(_find(state, code), main=main)
        others = (replace(each, main=False) for each in state.saved if each.code != code)
        return _sorted(state, [*others, made]), made

    return _change(user, kind, change)


def choose_columns(user: User, kind: ListKind, shown: Collection[str]) -> None:
    """Show these columns beside the first; what is new in the list later shows by itself."""
    hidden = tuple(column.name for column in kind.columns if column.name not in shown)
    if kind.columns and len(hidden) == len(kind.columns):
        raise InvalidInput("Pilih sedikitnya satu kolom.", field="kolom")
    _change(user, kind, lambda state: (replace(state, hidden=hidden), None))


def _change(user: User, kind: ListKind, change: Callable[[ListState], tuple[ListState, Any]]) -> Any:
    """Read, change and keep the state, one after the other where two tabs do it at once."""
    key = preference_key(kind)
    with transaction.atomic():
        row = Preference(user=user, key=key, value="")
        Preference.objects.bulk_create([row], ignore_conflicts=True)
        kept = Preference.objects.select_for_update().get(user=user, key=key)
        state, answer = change(ListState.read(kept.value))
        kept.value = state.text()
        kept.save(update_fields=["value", "at"])
    return answer


def _sorted(state: ListState, rows: Collection[SavedFilter]) -> ListState:
    return replace(state, saved=tuple(sorted(rows, key=lambda row: (row.name.casefold(), row.code))))


def _find(state: ListState, code: str) -> SavedFilter:
    found = state.find(code)
    if found is None:
        raise NotFound("Saringan tersimpan ini tidak ada.")
    return found


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise InvalidInput("Tulis nama saringan.", field="name")
    if len(name) > LONGEST:
        raise InvalidInput(f"Nama saringan paling panjang {LONGEST} huruf.", field="name")
    return name
