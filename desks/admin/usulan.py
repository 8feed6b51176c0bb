"""Usulan and what hangs on them, as far as the speaker may read them: what a region is typing stays there."""

from __future__ import annotations

from django.contrib import admin

from core.money import format_rupiah
from core.numbers import format_number
from desks.admin.item import OfHandedIn
from desks.models import Correction, Readiness, Usulan, UsulanPlace


@admin.register(Usulan)
class UsulanAdmin(OfHandedIn):
    """Regional projects against the rincian output of a K/L; acts on them are made on the desk."""

    round_path = "item__round"
    list_display = ("item", "title", "region", "state", "ro", "opd", "added_at_desk")
    list_filter = ("item__state", "added_at_desk", ("ro__kl", admin.RelatedOnlyFieldListFilter))
    search_fields = ("item__code", "title", "origin", "ro__code", "opd__name", "item__region__name")
    list_select_related = ("item__region", "ro", "opd")
    fields = ("item", "title", "unit", "amount_unit", "ro", "opd", "origin", "added_at_desk", "next_forum")

    @admin.display(description="daerah", ordering="item__region__kode")
    def region(self, row: Usulan) -> str:
        """Whose project it is."""
        return row.item.region.short_name

    @admin.display(description="keadaan", ordering="item__state")
    def state(self, row: Usulan) -> str:
        """Where its row stands."""
        return row.item.get_state_display()


class OfUsulan(OfHandedIn):
    """Rows under an usulan that the speaker may read."""

    round_path = "usulan__item__round"
    item_path = "usulan__item"


@admin.register(UsulanPlace)
class UsulanPlaceAdmin(OfUsulan):
    """Locations with volume, allocation and verdict."""

    list_display = ("code", "usulan", "region", "volumes", "amounts", "verdict", "reason")
    list_filter = ("verdict", "reason")
    search_fields = ("code", "usulan__item__code", "usulan__title", "region__name", "detail")
    list_select_related = ("usulan__item", "region")

    @admin.display(description="volume tersedia / usulan / kesepakatan")
    def volumes(self, row: UsulanPlace) -> str:
        """Three volumes in the unit of the usulan."""
        figures = (row.volume_available, row.volume_proposed, row.volume_agreed)
        return " / ".join("–" if figure is None else format_number(figure) for figure in figures)

    @admin.display(description="alokasi tersedia / usulan / kesepakatan")
    def amounts(self, row: UsulanPlace) -> str:
        """Three allocations in rupiah."""
        figures = (row.amount_available, row.amount_proposed, row.amount_agreed)
        return " / ".join("–" if figure is None else format_rupiah(figure) for figure in figures)


@admin.register(Readiness)
class ReadinessAdmin(OfUsulan):
    """How far the papers of an usulan are; the evidence itself opens on its page."""

    list_display = ("usulan", "criterion", "status", "month")
    list_filter = ("status", "criterion")
    search_fields = ("usulan__item__code", "usulan__title", "criterion__name")
    list_select_related = ("usulan__item", "criterion")
    fields = ("usulan", "criterion", "status", "month", "link")


@admin.register(Correction)
class CorrectionAdmin(OfUsulan):
    """What the desk set right: semula, menjadi."""

    list_display = ("usulan", "field", "before", "after", "institution", "at")
    list_filter = ("field",)
    search_fields = ("usulan__item__code", "usulan__title", "before", "after")
    list_select_related = ("usulan__item", "institution")
