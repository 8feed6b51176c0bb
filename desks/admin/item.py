"""Agenda rows and what hangs on them, as far as the speaker may read them: drafts stay with their region."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from core.money import format_rupiah
from core.values import format_value
from desks.admin.base import RecordAdmin, items_seen
from desks.disclosure import BEING_TYPED
from desks.models import Item, Lineage, Support, SupportFund, SupportPlace


@admin.register(Item)
class ItemAdmin(RecordAdmin):
    """Agenda rows. Acts on them are made on the desk, never here."""

    list_display = ("code", "desk", "region", "state", "proposed", "agreed", "indicator", "name")
    list_filter = ("state", "strand", "applicability", ("round", admin.RelatedOnlyFieldListFilter))
    search_fields = ("code", "indicator__code", "indicator_version__name", "region__name")
    list_select_related = ("meja__desk", "region", "indicator", "indicator_version")
    fields = (
        "code", "meja", "round", "region", "strand", "indicator", "indicator_version", "order", "state", "version", "applicability",
        "applicability_reason", "proposed", "agreed", "proposal_note", "conclusion", "reason", "request_text", "request_due",
        "request_owner", "locked_at", "carried_from", "changed_at",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Item]:
        """What the speaker may read."""
        return super().get_queryset(request) & items_seen(request)

    @admin.display(description="desk", ordering="meja__desk__code")
    def desk(self, row: Item) -> str:
        """The desk."""
        return str(row.meja.desk)

    @admin.display(description="nama indikator")
    def name(self, row: Item) -> str:
        """The wording that the row was filled against."""
        return row.indicator_version.name if row.indicator_version else ""

    @admin.display(description="usulan")
    def proposed(self, row: Item) -> str:
        """The proposed target."""
        return format_value(row.value_proposed) or ""

    @admin.display(description="kesepakatan")
    def agreed(self, row: Item) -> str:
        """The agreed target."""
        return format_value(row.value_agreed) or ""


class OfSeenItems(RecordAdmin):
    """Rows that hang on agenda rows the speaker may read."""

    item_path = "item"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Those of readable agenda rows."""
        return super().get_queryset(request).filter(**{f"{self.item_path}__in": items_seen(request)})


@admin.register(Lineage)
class LineageAdmin(OfSeenItems):
    """Merged, split and carried rows."""

    round_path = "to_item__round"
    item_path = "to_item"
    list_display = ("from_item", "to_item", "kind")
    list_filter = ("kind",)
    search_fields = ("from_item__code", "to_item__code")
    list_select_related = ("from_item", "to_item")


class OfHandedIn(OfSeenItems):
    """Details of agenda rows; while the region changes them they are not shown here."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Not of rows that the region is working on."""
        return super().get_queryset(request).exclude(**{f"{self.item_path}__state__in": BEING_TYPED})


@admin.register(Support)
class SupportAdmin(OfHandedIn):
    """Supporting sub kegiatan."""

    round_path = "item__round"
    list_display = ("item", "nomenclature", "opd", "verdict", "added_at_desk")
    list_filter = ("verdict", "added_at_desk")
    search_fields = ("item__code", "nomenclature__kode", "nomenclature__name", "opd__name")
    list_select_related = ("item", "nomenclature", "opd")


@admin.register(SupportFund)
class SupportFundAdmin(OfHandedIn):
    """Pagu of supporting sub kegiatan by source of funds."""

    round_path = "support__item__round"
    item_path = "support__item"
    list_display = ("support", "source", "proposed_shown", "agreed_shown")
    list_filter = ("source",)
    search_fields = ("support__item__code", "support__nomenclature__kode")
    list_select_related = ("support__item", "support__nomenclature", "source")

    @admin.display(description="pagu usulan", ordering="proposed")
    def proposed_shown(self, row: SupportFund) -> str:
        """Proposed rupiah."""
        return "" if row.proposed is None else format_rupiah(row.proposed)

    @admin.display(description="pagu kesepakatan", ordering="agreed")
    def agreed_shown(self, row: SupportFund) -> str:
        """Agreed rupiah."""
        return "" if row.agreed is None else format_rupiah(row.agreed)


@admin.register(SupportPlace)
class SupportPlaceAdmin(OfHandedIn):
    """Locations of supporting sub kegiatan."""

    round_path = "support__item__round"
    item_path = "support__item"
    list_display = ("support", "region")
    search_fields = ("support__item__code", "support__nomenclature__kode", "region__name")
    list_select_related = ("support__item", "support__nomenclature", "region")
