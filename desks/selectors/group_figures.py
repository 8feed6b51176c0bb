"""Targets that a document states for the group of regions to which a region belongs, such as its island group in the RPJMN."""

from __future__ import annotations

from collections.abc import Collection

from core.values import format_value
from desks.models import Round
from desks.selectors.figures import Shown
from indicators.models import GroupFigure


def group_figures(round_: Round, region_id: int, indicators: Collection[int]) -> dict[int, Shown]:
    """Per indicator the target of the plan year, else of the next year that the document names; one query."""
    rows = GroupFigure.objects.filter(
        indicator__in=indicators, group__regions=region_id, period="", year__gte=round_.plan_year
    )
    found: dict[int, Shown] = {}
    for row in rows.order_by("-year", "pk"):
        mark = f"tahun {row.year}" if row.year != round_.plan_year else ""
        found[row.indicator_id] = Shown(
            row.value, format_value(row.value), mark, row.origin, row.year, source=row.source
        )
    return found
