"""The numbers that stand beside a target: achievements, document targets, what the K/L set, what was agreed last year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q

from accounts.choices import RegionLevel
from core.dates import MONTHS
from core.fields import value_from, value_names
from core.values import format_value
from desks.models import Round
from desks.services.targets import SOURCE
from indicators.choices import FigureKind
from indicators.models import Figure

YEARS_BACK: Final = 3
DOCUMENT_SOURCES: Final = ("rpjmn", "rpjmd")
_MONTH: Final = {name.casefold(): place for place, name in enumerate(MONTHS, start=1)}


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as a table shows it: the number as printed, its marks in words, where it comes from, and its year."""

    text: str
    mark: str = ""
    origin: str = ""
    year: int = 0


MISSING: Final = Shown("")
Book = dict[int, dict[str, Shown]]
"""Per indicator, by column: the year of an achievement, or rpjmn, rpjmd, national, indicative, agreement."""


def actual_years(round_: Round) -> list[int]:
    """The last three years that can have an achievement when the round is held."""
    return list(range(round_.held_year - YEARS_BACK, round_.held_year))


def figures_beside(round_: Round, region_id: int, indicators: Iterable[int]) -> Book:
    """The figures shown beside the targets of one region, in one query; where several compete, the nearest to the plan year wins."""
    own = Q(region_id=region_id) & (
        Q(kind=FigureKind.ACTUAL, year__in=actual_years(round_))
        | Q(kind=FigureKind.DOCUMENT, source__in=DOCUMENT_SOURCES)
        | Q(kind=FigureKind.INDICATIVE, year=round_.plan_year, line_key=round_.code)
        | Q(kind=FigureKind.AGREEMENT, year=round_.plan_year - 1)
    )
    national = Q(region__level=RegionLevel.NATION, kind=FigureKind.NATIONAL, year=round_.plan_year)
    rows = (
        Figure.objects.filter(own | national, indicator_id__in=list(indicators))
        .order_by("pk")
        .values_list(
            "indicator_id", "kind", "source", "year", "period", "line_key", "origin", "simulated", "needs_check",
            *value_names("value"),
        )
    )  # fmt: skip
    return _choose(rows, round_)


def _choose(rows: Iterable[tuple[Any, ...]], round_: Round) -> Book:
    ranks: dict[tuple[int, str], tuple[Any, ...]] = {}
    best: dict[tuple[int, str], tuple[Any, ...]] = {}
    for row in rows:
        indicator, kind, source, year, period, line_key = row[:6]
        if kind == FigureKind.NATIONAL and source == SOURCE[FigureKind.NATIONAL] and line_key != round_.code:
            continue
        column = _column(kind, source, year)
        rank = _rank(kind, source, year, period, round_.plan_year)
        key = (indicator, column)
        if key not in ranks or rank > ranks[key]:
            ranks[key], best[key] = rank, row
    book: Book = {}
    for (indicator, column), row in best.items():
        book.setdefault(indicator, {})[column] = _shown(row, round_.plan_year)
    return book


def _column(kind: str, source: str, year: int) -> str:
    if kind == FigureKind.ACTUAL:
        return str(year)
    return source if kind == FigureKind.DOCUMENT else kind


def _rank(kind: str, source: str, year: int, period: str, plan_year: int) -> tuple[Any, ...]:
    if kind == FigureKind.ACTUAL:
        return (source == "bps", _MONTH.get(period.casefold(), 13 if not period else 0))
    if kind == FigureKind.DOCUMENT:
        return (year == plan_year, year > plan_year, -abs(year - plan_year), not period)
    return (source in SOURCE.values(), 0)


def _shown(row: tuple[Any, ...], plan_year: int) -> Shown:
    kind, year, period, origin, simulated, needs_check = row[1], row[3], row[4], row[6], row[7], row[8]
    marks = []
    if kind == FigureKind.DOCUMENT and year != plan_year:
        marks.append(f"tahun {year}")
    if period:
        marks.append(period)
    if simulated:
        marks.append("simulasi")
    if needs_check:
        marks.append("perlu verifikasi")
    return Shown(format_value(value_from(*row[9:])), ", ".join(marks), origin, year)
