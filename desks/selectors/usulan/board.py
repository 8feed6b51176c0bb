"""The board of a kewilayahan desk: usulan of all its regions, filtered by who answers, RO or program, region, state and readiness."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import django_filters
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.actors import Actor
from desks.aims import GRANT_CODE, RELATED
from desks.choices import UNSUBMITTED, ItemState, ReadinessStatus, state_label
from desks.filters_board import STATES
from desks.filters_priority import PriorityFilter, usulan_nodes
from desks.models import Desk, Item, Meja, Readiness, Usulan
from desks.selectors.board import regions_seen, rows_of_desk
from desks.selectors.usulan.page import UsulanShown, shown_usulan
from indicators.choices import Strand

READY_CHOICES: Final = [("siap", "Semua siap"), ("belum", "Ada yang belum siap"), ("kosong", "Belum diisi")]


class UsulanFilter(PriorityFilter):
    """Usulan by K/L or OPD in charge, RO or program, region, state, readiness, priority and words."""

    q = django_filters.CharFilter(method="by_words", label="Kata dalam judul atau lokasi")
    kl = django_filters.CharFilter(method="by_owner", label="K/L atau perangkat daerah provinsi")
    ro = django_filters.CharFilter(method="by_aim", label="Rincian output atau program provinsi")
    daerah = django_filters.CharFilter(field_name="region__kode", label="Daerah")
    keadaan = django_filters.ChoiceFilter(field_name="state", choices=STATES, label="Status")
    kesiapan = django_filters.ChoiceFilter(method="by_readiness", choices=READY_CHOICES, label="Kesiapan")

    handed_in = True

    class Meta:
        model = Item
        fields: list[str] = []

    def by_owner(self, queryset: QuerySet[Item], name: str, value: str) -> QuerySet[Item]:
        """Usulan of a K/L's RO, or in charge of a perangkat daerah provinsi."""
        return queryset.filter(Q(usulan__ro__kl__kode=value) | Q(usulan__charge__kode=value))

    def by_aim(self, queryset: QuerySet[Item], name: str, value: str) -> QuerySet[Item]:
        """Usulan against an RO or a program by its code, or against Bantuan Keuangan."""
        if value == GRANT_CODE:
            return queryset.filter(usulan__grant=True)
        return queryset.filter(Q(usulan__ro__code=value) | Q(usulan__program__kode=value))

    def by_words(self, queryset: QuerySet[Item], name: str, value: Any) -> QuerySet[Item]:
        """Every word stands in the title, the code or the name of a location."""
        for word in str(value).split():
            places = Q(usulan__places__region__name__icontains=word) | Q(usulan__places__detail__icontains=word)
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
    """What the filters offer: who answers for what occurs on the board and what that is, the regions of the desk."""
    rows = Usulan.objects.filter(item__in=rows_of_desk(actor, desk).order_by().values("pk")).order_by()
    aims = {usulan.aim for usulan in rows.select_related(*RELATED)}
    used = sorted(aims, key=lambda aim: (aim.owner.name if aim.owner else "", aim.code))
    mejas = Meja.objects.filter(desk=desk).select_related("region").order_by("region__kode")
    seen = regions_seen(actor, desk)
    kl = {aim.owner.kode: aim.owner.short_name for aim in used if aim.owner}
    named = {aim.code: f"{aim.code} {aim.name}"[:90] for aim in used if aim.code}
    return {
        "kl": list(kl.items()), "ro": list(named.items()),
        "daerah": [(meja.region.kode, meja.region.short_name) for meja in mejas if seen is None or meja.region_id in seen],
        "keadaan": [(value, state_label(value, Strand.KEWILAYAHAN)) for value, _ in STATES], "kesiapan": list(READY_CHOICES),
        "prioritas": usulan_nodes(rows_of_desk(actor, desk).exclude(state=ItemState.REPAIR)),
    }  # fmt: skip
