"""The figures that stand beside the rows of one desk, over all its regions, in one query."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q

from accounts.choices import RegionLevel
from core.dates import MONTHS
from core.fields import value_from, value_names
from core.values import Value, format_value
from desks.models import Round
from indicators.choices import FigureKind
from indicators.models import Figure

NATION: Final = 0
"""Stands for the nation where a region's key is asked."""
YEARS_BACK: Final = 5
_MONTH: Final = {name.casefold(): place for place, name in enumerate(MONTHS, start=1)}
_COLUMNS: Final = (
    "indicator_id", "region_id", "kind", "source", "year", "period", "line_key", "simulated",
    "needs_check", "version", "origin",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure with its number as printed, the words that qualify it, its year, and the version a writer must have seen."""

    value: Value
    text: str
    mark: str
    year: int
    simulated: bool
    version: int
    source: str


Book = dict[tuple[int, int], dict[str, Shown]]
"""By (indicator, region; NATION for the nation): actual, the years of achievements, rpjmn, national, indicative, agreement."""


def figures_of_desk(
    round_: Round, indicators: Collection[int], regions: Collection[int], *, years: bool = False
) -> Book:
    """The figure nearest to the plan year of every column; `years` keeps one achievement a year (`2024`), else only the last (`actual`)."""
    first = round_.held_year - YEARS_BACK
    actual = Q(kind=FigureKind.ACTUAL, year__gte=first, year__lt=round_.plan_year)
    if not years:
        newer = Figure.objects.filter(
            region_id=OuterRef("region_id"), indicator_id=OuterRef("indicator_id"), kind=FigureKind.ACTUAL,
            year__gt=OuterRef("year"), year__lt=round_.plan_year,
        )  # fmt: skip
        actual &= Q(~Exists(newer))
    own = (
        actual
        | Q(kind=FigureKind.DOCUMENT, source="rpjmn")
        | Q(kind=FigureKind.INDICATIVE, year=round_.plan_year, line_key=round_.code)
        | Q(kind=FigureKind.AGREEMENT, year=round_.plan_year - 1)
    )
    own &= Q(region_id__in=regions)
    national = Q(region__level=RegionLevel.NATION, kind=FigureKind.NATIONAL, year=round_.plan_year)
    rows = Figure.objects.filter(own | national, indicator_id__in=indicators).order_by("pk")
    return _choose(rows.values_list(*_COLUMNS, *value_names("value")), round_, years)


def _choose(rows: Iterable[tuple[Any, ...]], round_: Round, years: bool) -> Book:
    best: dict[tuple[int, int, str], tuple[tuple[Any, ...], tuple[Any, ...]]] = {}
    for row in rows:
        indicator, region, kind, source, year, period, line_key = row[:7]
        rank: tuple[Any, ...]
        if kind == FigureKind.NATIONAL:
            if source == "kl_nasional" and line_key != round_.code:
                continue
            column, rank = "national", (source == "kl_nasional", 0)
        elif kind == FigureKind.ACTUAL:
            column = str(year) if years else "actual"
            rank = (year, source == "bps", _MONTH.get(period.casefold(), 13 if not period else 0))
        elif kind == FigureKind.DOCUMENT:
            away = year - round_.plan_year
            column, rank = "rpjmn", (away == 0, away > 0, -abs(away), not period)
        else:
            column, rank = kind, (0,)
        key = (indicator, NATION if kind == FigureKind.NATIONAL else region, column)
        if key not in best or rank > best[key][0]:
            best[key] = (rank, row)
    book: Book = {}
    for (indicator, region, column), (_, row) in best.items():
        book.setdefault((indicator, region), {})[column] = _shown(row, round_.plan_year)
    return book


def _shown(row: tuple[Any, ...], plan_year: int) -> Shown:
    kind, source, year, period, simulated, needs_check = row[2], row[3], row[4], row[5], row[7], row[8]
    marks = [str(year)] if kind in (FigureKind.ACTUAL, FigureKind.DOCUMENT) and year != plan_year else []
    marks += [
        word for word, said in ((period, period), ("simulasi", simulated), ("perlu verifikasi", needs_check)) if said
    ]
    value = value_from(*row[11:])
    assert value is not None
    return Shown(value, format_value(value), ", ".join(marks), year, simulated, row[9], source)
