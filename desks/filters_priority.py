"""Filtering agenda rows by a node of a priority tree: through the indicator or usulan itself, through supporting sub kegiatan, or both."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, ClassVar, Final, TypeVar, cast

import django_filters
from django.core.cache import cache
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from core.pagination import PLACE, plain_key
from desks.choices import ItemState
from desks.models import Desk, DeskBidang, DeskIndicator, Item, Support, UsulanPriority
from indicators.models import IndicatorPriority
from indicators.selectors.priorities import choices_for, indicators_on, sub_kegiatan_on
from planning.selectors.priorities import Chip, chips_by, find_node, node_choices, with_descendants

Kept = TypeVar("Kept")
MINUTE: Final = 60
UNDER_REPAIR: Final = (ItemState.REPAIR,)
THROUGH: Final = [("", "Indikator"), ("sub", "Sub kegiatan pendukung"), ("semua", "Indikator atau sub kegiatan")]


def rows_of_node(
    key: str, through: str = "", *, hidden: Collection[str] = (), row: str = "pk", measure: str = "indicator"
) -> Q:
    """Rows of the node's plan year that hang on it or below; an unknown node has none.

    Rows in a `hidden` state are not found through their sub kegiatan or their own tags: what is being typed there stays with the region.
    `row` and `measure` name what stands for the keys of row and indicator in rows that are gathered first.
    """
    node = find_node(key)
    if node is None:
        return Q(pk__in=[])
    nodes = with_descendants(node)
    supports = Support.objects.filter(nomenclature__in=sub_kegiatan_on(nodes))
    tagged = UsulanPriority.objects.filter(node__in=nodes).order_by().values("usulan__item")
    shown = ~Q(state__in=hidden)
    own = Q(**{f"{measure}__in": indicators_on(nodes)}) | (Q(**{f"{row}__in": tagged}) & shown)
    supported = Q(**{f"{row}__in": supports.order_by().values("item")}) & shown
    found = {"sub": supported, "semua": own | supported}.get(through, own)
    return Q(round__plan_year=node.year) & found


class PriorityFilter(django_filters.FilterSet):
    """The two words `prioritas` and `lewat` of every list of agenda rows."""

    prioritas = django_filters.CharFilter(
        method="by_node", label="simpul prioritas (pohon:tahun:kode), termasuk turunannya"
    )
    lewat = django_filters.ChoiceFilter(
        method="as_is",
        choices=THROUGH[1:],
        label="prioritas melalui sub kegiatan pendukung (sub) atau keduanya (semua)",
    )

    handed_in: ClassVar[bool] = False
    """Whether the list shows rows of other regions."""

    class Meta:
        model = Item
        fields: list[str] = []

    def by_node(self, queryset: QuerySet[Item], name: str, value: Any) -> QuerySet[Item]:
        """Rows that hang on the node, through what `lewat` says."""
        through = str(self.data.get("lewat", ""))
        hidden = UNDER_REPAIR if self.handed_in else ()
        if PLACE not in queryset.query.annotations:
            return queryset.filter(rows_of_node(str(value), through, hidden=hidden))
        # A node may hang on half of all rows: those of the speaker come first, and are then looked at one by one.
        rows = queryset.annotate(measured=plain_key("indicator_id"))
        return rows.filter(rows_of_node(str(value), through, hidden=hidden, row=PLACE, measure="measured"))

    def as_is(self, queryset: QuerySet[Item], name: str, value: str) -> QuerySet[Item]:
        """Read together with `prioritas`."""
        return queryset


def desk_nodes(desk: Desk) -> list[tuple[str, str]]:
    """The nodes by which the rows of a desk can be filtered; kept for a minute, as they move a few times a year and the board is read all day."""

    def read() -> list[tuple[str, str]]:
        indicators = DeskIndicator.objects.filter(desk=desk).order_by().values("indicator")
        bidang = DeskBidang.objects.filter(desk=desk).order_by().values("bidang")
        return choices_for(desk.round.plan_year, indicators, bidang)

    return _kept("nodes", desk, read)


def chips_of_desk(desk: Desk) -> dict[str, list[Chip]]:
    """The chips of the desk's indicators by their code; kept for a minute like the nodes."""
    tags = IndicatorPriority.objects.filter(indicator__desk_rows__desk=desk)
    return _kept("chips", desk, lambda: chips_by(tags, "indicator__code", desk.round.plan_year))


def _kept(what: str, desk: Desk, read: Callable[[], Kept]) -> Kept:
    return cast(Kept, cache.get_or_set(f"priorities:{what}:{desk.round.code}:{desk.pk}", read, MINUTE))


def usulan_nodes(rows: QuerySet[Item]) -> list[tuple[str, str]]:
    """The nodes that usulan among these rows serve, and those above, by which their list can be filtered."""
    tags = UsulanPriority.objects.filter(usulan__item__in=rows.order_by().values("pk"))
    year = rows.order_by().values_list("round__plan_year", flat=True).first()
    return node_choices(year, [tags]) if year else []


@dataclass(frozen=True)
class NodeChoice:
    """The filter by priority as a page draws it: what is chosen, and what can be."""

    nodes: list[tuple[str, str]]
    node: str
    through: str

    @property
    def ways(self) -> list[tuple[str, str]]:
        """What `lewat` can be."""
        return THROUGH


def node_choice(request: HttpRequest, desk: Desk) -> NodeChoice:
    """The filter of a page of the desk, as the address says."""
    return NodeChoice(desk_nodes(desk), request.GET.get("prioritas", ""), request.GET.get("lewat", ""))
