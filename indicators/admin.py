"""Indicators in the administration: kept by the secretariat of a national round; figures are read, they come from loads and desks."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.administration import ByRight, LinesByRight, actor_of
from core.admin import AuditedAdmin, ReadOnlyAdmin
from core.values import format_value
from indicators.models import Figure, Indicator, IndicatorCode, IndicatorHolder, IndicatorPriority, IndicatorVersion
from indicators.selectors import figures_seen_by, with_names
from planning.admin import TagAdmin

EDIT = "indicators.edit_reference"


class Versions(LinesByRight):
    """The wording by plan year."""

    model = IndicatorVersion
    change_right = EDIT
    fields = ("year", "name", "unit", "in_words", "outcome", "source")


class Codes(LinesByRight):
    """The codes that other sources use."""

    model = IndicatorCode
    change_right = EDIT


@admin.register(Indicator)
class IndicatorAdmin(ByRight, AuditedAdmin):
    """Things measured, with wording by year and codes elsewhere."""

    change_right = EDIT
    list_display = ("code", "name", "bidang", "unit", "strand", "gov_levels", "direction", "simulated")
    list_filter = ("strand", "gov_levels", "direction", "aggregation", "simulated")
    search_fields = ("code", "versions__name", "codes__code")
    list_select_related = ("bidang",)
    autocomplete_fields = ("bidang", "weigher")
    inlines = (Versions, Codes)
    code_field = "code"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Indicator]:
        """Each with its latest name."""
        return with_names(super().get_queryset(request))

    @admin.display(description="nama")
    def name(self, row: Indicator) -> str:
        """The latest wording."""
        return getattr(row, "latest_name", "") or ""


@admin.register(IndicatorHolder)
class IndicatorHolderAdmin(ByRight, AuditedAdmin):
    """Who holds a single indicator in a plan year."""

    change_right = EDIT
    list_display = ("indicator", "institution", "part", "year")
    list_filter = ("year", "part", "institution__kind")
    search_fields = ("indicator__code", "institution__name", "institution__kode")
    list_select_related = ("indicator", "institution")
    autocomplete_fields = ("indicator", "institution")


@admin.register(IndicatorPriority)
class IndicatorPriorityAdmin(TagAdmin):
    """Which indicators measure which node."""

    change_right = EDIT
    list_display = ("indicator", "node", "source")
    search_fields = ("indicator__code", "indicator__versions__name", "node__code", "node__name")
    list_select_related = ("indicator", "node")
    autocomplete_fields = ("indicator", "node")


@admin.register(Figure)
class FigureAdmin(ByRight, ReadOnlyAdmin):
    """Every figure somebody stated. Loads and desks write them; here they are read."""

    list_display = (
        "indicator",
        "region",
        "year",
        "kind",
        "value_shown",
        "value_unit",
        "source",
        "simulated",
        "needs_check",
    )
    list_filter = ("kind", "source", "simulated", "needs_check")
    search_fields = ("indicator__code", "region__name", "origin")
    list_select_related = ("indicator", "region")
    show_full_result_count = False
    fields = (
        "indicator", "region", "year", "period", "kind", "value_shown", "value_unit", "source", "origin", "line", "simulated",
        "needs_check", "version",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Figure]:
        """What the speaker may read."""
        return super().get_queryset(request) & figures_seen_by(actor_of(request))

    @admin.display(description="nilai")
    def value_shown(self, row: Figure) -> str:
        """The figure as printed."""
        return format_value(row.value) or ""
