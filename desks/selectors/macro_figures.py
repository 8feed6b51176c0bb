"""The figures of the form of macro indicators: what `figures` reads, and beside it last year's target and the draft RKPD."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from core.fields import value_from, value_names
from core.values import Value, format_value
from desks.models import Round
from desks.selectors.figures import Beside, Book, Shown, beside, figures_of_desk
from desks.selectors.group_figures import group_figures_over
from indicators.choices import FigureKind
from indicators.models import Figure

PLANS: Final = ("rkpd", "rpjmd")
"""Whose figure of the year before stands for last year's target where no forum agreed one."""
SOURCES: Final = ("rpjmn", *PLANS)
_COLUMNS: Final = ("indicator_id", "source", "year", "period", "origin", "simulated", "needs_check", "version")


@dataclass(frozen=True, slots=True)
class DocumentFigure:
    """A target that a document states for a year; `period` says where it is a mean of years."""

    source: str
    year: int
    period: str
    value: Value
    origin: str
    simulated: bool
    needs_check: bool
    version: int


def macro_figures(round_: Round, region_id: int, indicators: Collection[int]) -> dict[int, Beside]:
    """The figures beside macro targets of one region, per indicator; three queries."""
    found = macro_figures_over(round_, [region_id], indicators)
    return {indicator: figures for (indicator, _), figures in found.items()}


def macro_figures_over(round_: Round, regions: Collection[int], indicators: Collection[int]) -> Book:
    """The same over several regions, by (indicator, region); three queries."""
    book = figures_of_desk(round_, indicators, regions, years=True)
    documents = _documents(indicators, regions)
    groups = group_figures_over(round_, regions, indicators)
    return {
        (indicator, region): with_documents(round_, beside(book, indicator, region), documents.get((indicator, region), []))
        | ({"rpjmn_group": groups[indicator, region]} if (indicator, region) in groups else {})
        for indicator in indicators for region in regions
    }  # fmt: skip


def document_figures(indicators: Collection[int], region_id: int) -> dict[int, list[DocumentFigure]]:
    """Every target that RPJMN, RPJMD or RKPD state for the region, per indicator, by year."""
    return {indicator: rows for (indicator, _), rows in _documents(indicators, [region_id]).items()}


def _documents(indicators: Collection[int], regions: Collection[int]) -> dict[tuple[int, int], list[DocumentFigure]]:
    rows = Figure.objects.filter(
        indicator_id__in=indicators, region_id__in=regions, kind=FigureKind.DOCUMENT, source__in=SOURCES
    )
    found: dict[tuple[int, int], list[DocumentFigure]] = defaultdict(list)
    for row in rows.order_by("year", "period", "pk").values_list("region_id", *_COLUMNS, *value_names("value")):
        value = value_from(*row[9:])
        if value is not None:
            found[row[1], row[0]].append(DocumentFigure(row[2], row[3], row[4], value, *row[5:9]))
    return found


def with_documents(round_: Round, figures: Beside, documents: list[DocumentFigure]) -> Beside:
    """The figures with `previous` (last year's target) and `rkpd` (the draft of the plan year), achievements naming their source."""
    made = {key: _sourced(shown) if key.isdecimal() else shown for key, shown in figures.items()}
    by_year = {(row.source, row.year): row for row in documents if not row.period}
    plan = round_.plan_year
    if draft := by_year.get(("rkpd", plan)):
        made["rkpd"] = _shown(draft)
    if "agreement" in figures:
        made["previous"] = figures["agreement"]._replace(mark=_joined("kesepakatan", figures["agreement"].simulated))
    else:
        earlier = next((row for source in PLANS if (row := by_year.get((source, plan - 1)))), None)
        if earlier is not None:
            made["previous"] = _shown(earlier, earlier.source.upper())
    return made


def _sourced(shown: Shown) -> Shown:
    source = "BPS" if shown.source == "bps" else ""
    return shown._replace(mark=", ".join(word for word in (source, shown.mark) if word))


def _shown(row: DocumentFigure, word: str = "") -> Shown:
    mark = _joined(word, row.simulated, row.needs_check)
    return Shown(row.value, format_value(row.value), mark, row.origin, row.year, row.simulated, row.version, row.source)


def _joined(word: str, simulated: bool, needs_check: bool = False) -> str:
    words: list[Any] = [word, "simulasi" if simulated else "", "perlu verifikasi" if needs_check else ""]
    return ", ".join(each for each in words if each)
