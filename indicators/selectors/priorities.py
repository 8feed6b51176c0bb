"""What measures or supports a node: indicators here, sub kegiatan below; and the filters by node that every list shares."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Count, Q, QuerySet

from indicators.models import Figure, Indicator, IndicatorPriority
from indicators.selectors.figures import with_names
from planning.models import Document, Nomenclature, NomenclaturePriority, PriorityNode
from planning.selectors.priorities import (
    Branch,
    Chip,
    chips_of,
    node_choices,
    nodes_below,
    tree_of,
    tree_years,
    with_descendants,
)


def indicators_under(key: str) -> QuerySet[Any]:
    """The keys of indicators that hang on the node `tree:year:code` or below, for `__in`; none for an unknown node."""
    return indicators_on(nodes_below(key)[1])


def indicators_on(nodes: Collection[int]) -> QuerySet[Any]:
    """The keys of indicators that hang on these nodes, for `__in`."""
    return IndicatorPriority.objects.filter(node__in=nodes).order_by().values("indicator")


def sub_kegiatan_on(nodes: Collection[int]) -> QuerySet[Any]:
    """The keys of sub kegiatan that hang on these nodes, for `__in`."""
    return NomenclaturePriority.objects.filter(node__in=nodes).order_by().values("nomenclature")


def sub_kegiatan_under(key: str) -> QuerySet[Any]:
    """The keys of sub kegiatan that hang on the node or below, for `__in`."""
    return sub_kegiatan_on(nodes_below(key)[1])


def lines_under(key: str) -> Q:
    """Lines of documents whose sub kegiatan or indicator hangs on the node or below."""
    figures = Figure.objects.filter(indicator__in=indicators_under(key), line__isnull=False).order_by().values("line")
    return Q(nomenclature__in=sub_kegiatan_under(key)) | Q(pk__in=figures)


def indicator_chips(indicators: Collection[int], year: int) -> dict[int, list[Chip]]:
    """The chips of indicators by key in a plan year, in one query."""
    return chips_of(IndicatorPriority, indicators, year)


def sub_kegiatan_chips(rows: Collection[int], year: int) -> dict[int, list[Chip]]:
    """The chips of sub kegiatan by key in a plan year, in one query."""
    return chips_of(NomenclaturePriority, rows, year)


def choices_for(
    year: int, indicators: QuerySet[Any] | Collection[int], bidang: QuerySet[Any] | Collection[int]
) -> list[tuple[str, str]]:
    """The nodes that a list can be filtered by: those on which one of its indicators or a sub kegiatan of its bidang hangs, and those above."""
    measured = IndicatorPriority.objects.filter(indicator__in=indicators)
    return node_choices(year, [measured, NomenclaturePriority.objects.filter(nomenclature__bidang__in=bidang)])


def tree_with_counts(tree: str, year: int) -> list[Branch]:
    """A tree with, for each branch, how many indicators and sub kegiatan hang there and below."""
    counted = [
        tags.objects.filter(node__tree=tree, node__year=year).order_by().values_list("node").annotate(n=Count("pk"))
        for tags in (IndicatorPriority, NomenclaturePriority)
    ]
    return tree_of(tree, year, counted)


def under_node(node: PriorityNode) -> tuple[QuerySet[Indicator], QuerySet[Nomenclature]]:
    """The indicators and sub kegiatan that hang on a node or below."""
    nodes = with_descendants(node)
    indicators = with_names(Indicator.objects.filter(priorities__node__in=nodes)).select_related("bidang").distinct()
    rows = Nomenclature.objects.filter(priorities__node__in=nodes).select_related("bidang").distinct()
    return indicators.order_by("code"), rows.order_by("gov_level", "kode")


def tag_year(document: Document) -> int:
    """The year of the trees that go with a document: the newest it covers, else the newest there is."""
    years = tree_years()
    return next((year for year in years if document.year_from <= year <= document.year_to), next(iter(years), 0))


def nodes_of_document(document: Document, year: int) -> list[tuple[str, str]]:
    """The nodes that lines of the document serve, and those above: what its table can be filtered by."""
    rows = document.lines.filter(nomenclature__isnull=False).order_by().values("nomenclature")
    stated = Figure.objects.filter(line__document=document).order_by().values("indicator")
    measured = IndicatorPriority.objects.filter(indicator__in=stated)
    return node_choices(year, [measured, NomenclaturePriority.objects.filter(nomenclature__in=rows)])
