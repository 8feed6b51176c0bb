"""The board of a kewilayahan desk: usulan of all its regions, filtered by K/L, RO, region, state and readiness."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import django_filters
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.actors import Actor
from desks.choices import UNSUBMITTED, ItemState, ReadinessStatus, state_label
from desks.filters_board import STATES
from desks.filters_priority import PriorityFilter, usulan_nodes
from desks.models import Desk, Item, Meja, Readiness, Usulan
from desks.selectors.board import regions_seen, rows_of_desk
from desks.selectors.usulan.page import UsulanShown, shown_usulan
from indicators.choices import Strand
from planning.models import RincianOutput

READY_CHOICES: Final = [("siap", "Semua siap"), ("belum", "Ada yang belum siap"), ("kosong", "Belum diisi")]


class UsulanFilter(PriorityFilter):
    """Usulan by K/L, RO, region, state, readiness, priority and words."""

    q = django_filters.CharFilter(method="by_words", label="Kata dalam judul atau lokasi")
    kl = django_filters.CharFilter(field_name="usulan__ro__kl__kode", label="K/L")
    ro = django_filters.CharFilter(field_name="usulan__ro__code", label="Rincian output")
    daerah = django_filters.CharFilter(field_name="region__kode", label="Daerah")
    keadaan = django_filters.ChoiceFilter(field_name="state", choices=STATES, label="Status")
    kesiapan = django_filters.ChoiceFilter(method="by_readiness", choices=READY_CHOICES, label="Kesiapan")

    handed_in = True

    class Meta:
        model = Item
        fields: list[str] = []

    def by_words(self, queryset: QuerySet[Item], name: str, value: Any) -> QuerySet[Item]:
        """Every word stands in the title, the code or the name of a location."""
        for word in str(value).split():
            places = Q(usulan__places__region__name__icontains=word)
            found = Item.objects.filter(Q(usulan__title__icontains=word) | Q(code__iexact=word) | places).values("pk")
            queryset = queryset.filter(pk__in=found)
        return queryset

    def by_readiness(self, queryset: QuerySet[Item], name: str, value: str) -> QuerySet[Item]:
        """Usulan whose criteria are all ready (or not needed), partly ready, or not answered."""
        answered = Readiness.objects.filter(usulan__item=OuterRef("pk"))
        open_ = answered.filter(status__in=[ReadinessStatus.PLANNED, ReadinessStatus.NOT_READY])
        if value == "kosong":
            return queryset.exclude(Exists(answered))
        return queryset.filter(Exists(answered) & (~Exists(open_) if value == "siap" else Exists(open_)))


@dataclass
class UsulanBoard:
    """The rows as filtered, and what stands around them."""

    rows: list[UsulanShown]
    states: list[tuple[str, str, int]] = field(default_factory=list)
    total: int = 0
    choices: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    waiting: int = 0


def usulan_rows(actor: Actor, desk: Desk, data: Mapping[str, Any]) -> list[UsulanShown]:
    """The usulan of the board as filtered, the same on page and in the workbook."""
    found = UsulanFilter(data, rows_of_desk(actor, desk)).qs
    order = ("item__region__kode", "item__order", "item__pk")
    return shown_usulan(actor, Usulan.objects.filter(item__in=found.values("pk")).order_by(*order))


def usulan_board(actor: Actor, desk: Desk, data: Mapping[str, Any]) -> UsulanBoard:
    """The board; counts disregard the filter of state, so that chips lead everywhere."""
    wide = {name: data[name] for name in ("q", "kl", "ro", "daerah", "kesiapan", "prioritas") if name in data}
    counted = UsulanFilter(wide, rows_of_desk(actor, desk)).qs.order_by().values_list("state").annotate(n=Count("pk"))
    counts = dict(counted)
    drafts = Item.objects.filter(meja__desk=desk, state__in=UNSUBMITTED)
    seen = regions_seen(actor, desk)
    if seen is not None:
        drafts = drafts.filter(region_id__in=seen)
    return UsulanBoard(
        usulan_rows(actor, desk, data),
        [(state.value, state_label(state, Strand.KEWILAYAHAN), counts[state]) for state in ItemState if state in counts],
        sum(counts.values()), usulan_choices(actor, desk), drafts.count(),
    )  # fmt: skip


def usulan_choices(actor: Actor, desk: Desk) -> dict[str, list[tuple[str, str]]]:
    """What the filters offer: K/L and RO that occur on the board, the regions of the desk."""
    rows = rows_of_desk(actor, desk).order_by().values("usulan__ro_id")
    used = RincianOutput.objects.filter(pk__in=rows).select_related("kl").order_by("kl__name", "code")
    mejas = Meja.objects.filter(desk=desk).select_related("region").order_by("region__kode")
    seen = regions_seen(actor, desk)
    kl = {row.kl.kode: row.kl.short_name for row in used}
    return {
        "kl": list(kl.items()), "ro": [(row.code, f"{row.code} {row.name}"[:90]) for row in used],
        "daerah": [(meja.region.kode, meja.region.short_name) for meja in mejas if seen is None or meja.region_id in seen],
        "keadaan": [(value, state_label(value, Strand.KEWILAYAHAN)) for value, _ in STATES], "kesiapan": list(READY_CHOICES),
        "prioritas": usulan_nodes(rows_of_desk(actor, desk).exclude(state=ItemState.REPAIR)),
    }  # fmt: skip
