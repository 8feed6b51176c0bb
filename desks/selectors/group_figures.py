"""Targets that a document states for the group of regions to which a region belongs, such as its island group in the RPJMN."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import F

from core.values import format_value
from desks.models import Round
from desks.selectors.figures import Shown
from indicators.models import GroupFigure


def group_figures(round_: Round, region_id: int, indicators: Collection[int]) -> dict[int, Shown]:
    """Per indicator the target of the plan year, else of the next year that the document names; one query."""
    found = group_figures_over(round_, [region_id], indicators)
    return {indicator: shown for (indicator, _), shown in found.items()}


def group_figures_over(
    round_: Round, regions: Collection[int], indicators: Collection[int]
) -> dict[tuple[int, int], Shown]:
    """The same over several regions, by (indicator, region); one query."""
    rows = (
        GroupFigure.objects.filter(indicator__in=indicators, period="", year__gte=round_.plan_year)
        .annotate(place=F("group__regions"))
        .filter(place__in=regions)
    )
    found: dict[tuple[int, int], Shown] = {}
    for row in rows.order_by("-year", "pk"):
        mark = f"tahun {row.year}" if row.year != round_.plan_year else ""
        found[row.indicator_id, row.place] = Shown(
            row.value, format_value(row.value), mark, row.origin, row.year, source=row.source
        )
    return found
