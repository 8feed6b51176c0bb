"""The list behind a number: rows one by one for those who see them, and of what is not submitted how many per desk and region, with deadlines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.urls import reverse

from core.dates import date_with_time
from core.fields import value_from, value_names
from core.values import format_value
from desks.choices import AGREED_STATES, STATE_TONES, Applicability, ItemState
from desks.disclosure import BEING_TYPED
from desks.selectors.deadlines import submission_deadlines
from desks.selectors.overview.classes import Standing
from desks.selectors.overview.rows import Book, Rows, submitted_part

COLUMNS = (
    "code", "region__kode", "region__short_name", "meja__desk__code", "meja__desk__name", "indicator__code", "indicator_version__name",
    "indicator__unit", "state", "applicability", "request_due", "usulan__title",
)  # fmt: skip


ORDER = ("region__kode", "meja__desk__order", "meja__desk__code", "order", "pk")


@dataclass(frozen=True, slots=True)
class Held:
    """Rows of one desk that a region has not handed in: a number and until when it may."""

    desk: str
    desk_name: str
    region: str
    region_name: str
    n: int
    deadline: str


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of the list, printed; `url` is '' where this person has no page for it."""

    code: str
    region: str
    region_name: str
    desk: str
    desk_name: str
    indicator: str
    name: str
    unit: str
    value: Any
    value_text: str
    agreed: bool
    state: str
    tone: str
    due: str
    url: str


def held_rows(book: Book) -> list[Held]:
    """What regions still hold back, per region and desk; nothing for the owners, who see the rows themselves. Two queries."""
    if book.owner:
        return []
    groups = (
        book.rows().filter(kelas=Standing.SISA)
        .values_list("meja__desk__code", "meja__desk__name", "region__kode", "region__short_name", "region_id")
        .annotate(n=Count("pk")).order_by("region__kode", "meja__desk__order", "meja__desk__code")
    )  # fmt: skip
    found = list(groups)
    usual, extended = submission_deadlines(book.round) if found else ("", {})
    return [Held(desk, name, kode, region, n, extended.get(pk, usual)) for desk, name, kode, region, pk, n in found]


def listed_rows(book: Book) -> Rows:
    """The rows that may be read, in the order of region, desk and agenda; `listed` prints them."""
    return printed(submitted_part(book))


def printed(rows: Rows) -> Rows:
    """What `listed` prints of rows, in the order of the list."""
    names = (*value_names("value_proposed"), *value_names("value_agreed"))
    return rows.order_by(*ORDER).values_list(*COLUMNS, *names)


def listed(book: Book, rows: Iterable[tuple[Any, ...]]) -> list[Listed]:
    """Rows as printed. A value that is being typed in the region is shown to its owners only."""
    return [_listed(book, row) for row in rows]


def _listed(book: Book, row: tuple[Any, ...]) -> Listed:
    code, region, region_name, desk, desk_name, indicator, name, unit, state, applicability, due, title = row[:12]
    proposed, agreed = value_from(*row[12:18]), value_from(*row[18:24])
    typing = state in BEING_TYPED and not book.owner
    called = name or indicator or ("" if typing else title) or ""
    value = agreed if state in AGREED_STATES else None if typing else proposed
    text = format_value(value)
    if not text and not typing and applicability != Applicability.APPLIES:
        text = Applicability(applicability).label
    return Listed(
        code, region, region_name, desk, desk_name, indicator or "", called, unit or "", value, text, state in AGREED_STATES,
        ItemState(state).label, STATE_TONES[state].value, date_with_time(due, book.round.tz) if due and state == ItemState.REPAIR else "",
        _url(book, desk, code),
    )  # fmt: skip


def _url(book: Book, desk: str, code: str) -> str:
    if book.owner:
        return reverse("desks:item", args=[code])
    return reverse("desks:board_item", args=[book.round.code, desk, code]) if book.actor.central else ""
