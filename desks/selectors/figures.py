"""The numbers that stand beside a target: achievements, document targets, what the K/L set, what was agreed last year.

One query, over one region or all regions of a desk; where several figures compete, the nearest to the plan year wins.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Any, Final, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.choices import RegionLevel
from core.dates import MONTHS
from core.fields import value_from, value_names
from core.prepared import Prepared
from core.values import Value, format_value
from desks.levels import AGREED_SOURCE
from desks.models import Round
from desks.selectors.host_targets import AGREED_ABOVE, agreed_above
from desks.services.targets import SOURCE, SOURCES
from indicators.choices import FigureKind
from indicators.models import Figure
from indicators.selectors import stated_openly

NATION: Final = 0
"""Stands for the host's own area (the nation, the province) where a region's key is asked."""
HOST_KINDS: Final = frozenset({FigureKind.NATIONAL.value, FigureKind.PROVINCIAL.value})
YEARS_BACK: Final = 3
LAST_YEARS: Final = 5
DOCUMENT_SOURCES: Final = ("rpjmn", "rpjmd")
_MONTH: Final = {name.casefold(): place for place, name in enumerate(MONTHS, start=1)}
_DATED: Final = frozenset({FigureKind.ACTUAL.value, FigureKind.DOCUMENT.value})
_COLUMNS: Final = (
    "indicator_id", "region_id", "kind", "source", "year", "period", "line_key", "origin", "simulated", "needs_check",
    "version",
)  # fmt: skip


class Shown(NamedTuple):
    """A figure with its number as printed, the words that qualify it, where it comes from, and the version a writer must have seen."""

    value: Value | None = None
    text: str = ""
    mark: str = ""
    origin: str = ""
    year: int = 0
    simulated: bool = False
    version: int = 0
    source: str = ""


MISSING: Final = Shown()
Beside = dict[str, Shown]
"""By column: `actual` or the year of an achievement, rpjmn, rpjmd, national, indicative, agreement."""
Book = dict[tuple[int, int], Beside]
"""By (indicator, region; NATION for the nation)."""


def actual_years(round_: Round) -> list[int]:
    """The last three years that can have an achievement when the round is held."""
    return list(range(round_.held_year - YEARS_BACK, round_.held_year))


def figures_beside(round_: Round, region_id: int, indicators: Collection[int]) -> dict[int, Beside]:
    """The figures beside the targets of one region, per indicator, with the achievements of the last three years."""
    years = actual_years(round_)
    if len(indicators) == 1 and round_.national:
        rows = OF_ONE_ROW(
            indicator=next(iter(indicators)), region=region_id, first=years[0], last=years[-1], plan=round_.plan_year,
            before=round_.plan_year - 1, code=round_.code,
        )  # fmt: skip
        book = _choose(rows, round_, by_year=True)
    else:
        actual = Q(kind=FigureKind.ACTUAL, year__in=years)
        book = _book(round_, indicators, [region_id], actual, by_year=True)
    return {indicator: beside(book, indicator, region_id) for indicator in {key[0] for key in book}}


def figures_of_desk(
    round_: Round, indicators: Collection[int], regions: Collection[int], *, years: bool = False, whole: bool = False
) -> Book:
    """The figures beside the rows of a desk over its regions; `years` keeps one achievement a year (`2024`), else only the last (`actual`).

    `whole` says that these are all rows of the desk, as they are asked for all day.
    """
    first, plan = round_.held_year - LAST_YEARS, round_.plan_year
    if whole and round_.national and not years:
        rows = OF_DESK(
            tuple(sorted(indicators)), tuple(sorted(regions)), first=first, plan=plan, before=plan - 1, code=round_.code
        )
        return _choose(rows, round_, by_year=False)
    actual = Q(kind=FigureKind.ACTUAL, year__gte=first, year__lt=plan) if years else _last_actual(first, plan)
    return _book(round_, indicators, regions, actual, by_year=years)


def _last_actual(first: int, plan: int) -> Q:
    newer = Figure.objects.filter(
        region_id=OuterRef("region_id"), indicator_id=OuterRef("indicator_id"), kind=FigureKind.ACTUAL,
        year__gt=OuterRef("year"), year__lt=plan,
    )  # fmt: skip
    return Q(kind=FigureKind.ACTUAL, year__gte=first, year__lt=plan) & Q(~Exists(newer))


def beside(book: Book, indicator: int, region: int) -> Beside:
    """What stands beside one row: the region's own figures and the nation's target."""
    return {**book.get((indicator, region), {}), **book.get((indicator, NATION), {})}


def _own(actual: Q, plan: int, before: int, code: str) -> Q:
    """Of the region itself, in a round of that code for the year `plan`."""
    return (
        actual
        | Q(kind=FigureKind.DOCUMENT, source__in=DOCUMENT_SOURCES) & stated_openly()
        | Q(kind=FigureKind.INDICATIVE, year=plan, line_key=code)
        | Q(kind=FigureKind.AGREEMENT, year=before)
    )


def _of_nation(plan: int) -> Q:
    return Q(region__level=RegionLevel.NATION, kind=FigureKind.NATIONAL, year=plan)


def _of_one_row(
    *, indicator: int, region: int, first: int, last: int, plan: int, before: int, code: str
) -> QuerySet[Figure, tuple[Any, ...]]:
    actual = Q(kind=FigureKind.ACTUAL, year__gte=first, year__lte=last)
    own = Q(region_id=region) & _own(actual, plan, before, code)
    return _read(Figure.objects.filter(own | _of_nation(plan), indicator_id=indicator))


def _of_desk(
    indicators: tuple[int, ...], regions: tuple[int, ...], *, first: int, plan: int, before: int, code: str
) -> QuerySet[Figure, tuple[Any, ...]]:
    own = Q(region_id__in=regions) & _own(_last_actual(first, plan), plan, before, code)
    return _read(Figure.objects.filter(own | _of_nation(plan), indicator_id__in=indicators))


def _read(found: QuerySet[Figure]) -> QuerySet[Figure, tuple[Any, ...]]:
    return found.order_by("pk").values_list(*_COLUMNS, *value_names("value"))


OF_ONE_ROW: Final = Prepared(
    _of_one_row, indicator=int, region=int, first=int, last=int, plan=int, before=int, code=str
)
"""Every cell that is typed asks for the figures beside it."""
OF_DESK: Final = Prepared(_of_desk, first=int, plan=int, before=int, code=str)
"""So does every look at a board."""


def _book(round_: Round, indicators: Collection[int], regions: Collection[int], actual: Q, *, by_year: bool) -> Book:
    own = Q(region_id__in=regions) & _own(actual, round_.plan_year, round_.plan_year - 1, round_.code)
    if round_.national:
        host = _of_nation(round_.plan_year)
    else:
        host = Q(region=round_.host.region_id, kind=FigureKind.PROVINCIAL, year=round_.plan_year, line_key=round_.code)
    book = _choose(_read(Figure.objects.filter(own | host, indicator_id__in=indicators)), round_, by_year)
    for indicator, above in agreed_above(round_, indicators).items():
        mark = "simulasi" if above.simulated else ""
        shown = Shown(
            above.value,
            format_value(above.value),
            mark,
            above.origin,
            round_.plan_year,
            above.simulated,
            source=AGREED_ABOVE,
        )
        book.setdefault((indicator, NATION), {})["national"] = shown
    return book


def _choose(rows: Iterable[tuple[Any, ...]], round_: Round, by_year: bool) -> Book:
    best: dict[tuple[int, int, str], tuple[tuple[Any, ...], tuple[Any, ...]]] = {}
    for row in rows:
        indicator, region, kind, source, year, period, line_key = row[:7]
        national = kind in HOST_KINDS
        if kind == FigureKind.NATIONAL and source == SOURCE[FigureKind.NATIONAL] and line_key != round_.code:
            continue
        key = (indicator, NATION if national else region, _column(kind, source, year, by_year))
        rank = _rank(round_.level, round_.plan_year, kind, source, year, period)
        newer_edition = kind == FigureKind.DOCUMENT and key in best and rank == best[key][0]
        if key not in best or rank > best[key][0] or newer_edition:
            best[key] = (rank, row)
    book: Book = {}
    for (indicator, region, column), (_, row) in best.items():
        book.setdefault((indicator, region), {})[column] = _shown(row, round_.plan_year, by_year)
    return book


# The same few words come back in each of a thousand figures.
@lru_cache(maxsize=1024)
def _column(kind: str, source: str, year: int, by_year: bool) -> str:
    if kind == FigureKind.ACTUAL:
        return str(year) if by_year else "actual"
    if kind in HOST_KINDS:
        return "national"
    return source if kind == FigureKind.DOCUMENT else kind


@lru_cache(maxsize=4096)
def _rank(level: str, plan_year: int, kind: str, source: str, year: int, period: str) -> tuple[Any, ...]:
    """Among achievements the newest, of BPS, of the latest month; of a document the plan year, then the next year ahead; of agreements that of the
    same level."""
    if kind == FigureKind.AGREEMENT:
        return (source == AGREED_SOURCE[level], 0)
    if kind == FigureKind.ACTUAL:
        return (year, source == "bps", _MONTH.get(period.casefold(), 13 if not period else 0))
    if kind == FigureKind.DOCUMENT:
        return (year == plan_year, year > plan_year, -abs(year - plan_year), not period)
    return (source in SOURCES, 0)


def _shown(row: tuple[Any, ...], plan_year: int, by_year: bool) -> Shown:
    kind, source, year, period, origin, simulated, needs_check = *row[2:6], *row[7:10]
    value = value_from(*row[11:])
    dated = year != plan_year and kind in _DATED and not (by_year and kind == FigureKind.ACTUAL)
    marks = _marks(year if dated else 0, period, simulated, needs_check)
    return Shown(value, format_value(value), marks, origin, year, simulated, row[10], source)


@lru_cache(maxsize=1024)
def _marks(year: int, period: str, simulated: bool, needs_check: bool) -> str:
    words = ((f"tahun {year}", year), (period, period), ("simulasi", simulated), ("perlu verifikasi", needs_check))
    return ", ".join(word for word, said in words if said)
