"""Reference data and documents in the administration: kept by the secretariat of a national round, read by every secretariat."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.administration import ByRight, LinesByRight, actor_of
from core.admin import AuditedAdmin, ReadOnlyAdmin
from core.money import format_rupiah
from planning.models import (
    BidangHolder,
    BidangUrusan,
    Document,
    DocumentLine,
    FundingSource,
    LineYear,
    Nomenclature,
    NomenclaturePriority,
    NomenclatureVersion,
    Pagu,
    PriorityNode,
    ReadinessCriterion,
    RincianOutput,
)
from planning.services.priorities import untag_rows

EDIT = "planning.edit_reference"


class ReferenceAdmin(ByRight, AuditedAdmin):
    """A table of reference data."""

    change_right = EDIT
    show_full_result_count = False


@admin.register(BidangUrusan)
class BidangUrusanAdmin(ReferenceAdmin):
    """Fields of government affairs."""

    list_display = ("kode", "name", "short_name", "urusan_name", "concurrent")
    list_filter = ("concurrent", "urusan_name")
    search_fields = ("kode", "name", "short_name")
    code_field = "kode"


@admin.register(NomenclatureVersion)
class NomenclatureVersionAdmin(ReferenceAdmin):
    """Editions of the nomenclature."""

    list_display = ("code", "name", "valid_from", "source")
    search_fields = ("code", "name")
    code_field = "code"


@admin.register(Nomenclature)
class NomenclatureAdmin(ByRight, ReadOnlyAdmin):
    """Rows of the nomenclature: loaded from the decree, never typed."""

    list_display = ("kode", "name", "level", "gov_level", "bidang", "unit", "needs_check", "version")
    list_filter = ("level", "gov_level", "needs_check", "version")
    search_fields = ("kode", "name")
    list_select_related = ("version", "bidang")
    show_full_result_count = False


@admin.register(BidangHolder)
class BidangHolderAdmin(ReferenceAdmin):
    """Who holds which bidang urusan in a plan year."""

    list_display = ("bidang", "institution", "part", "year")
    list_filter = ("year", "part", "institution__kind")
    search_fields = ("bidang__kode", "bidang__name", "institution__name", "institution__kode")
    list_select_related = ("bidang", "institution")
    autocomplete_fields = ("bidang", "institution")


@admin.register(PriorityNode)
class PriorityNodeAdmin(ReferenceAdmin):
    """Priority trees by year; whole trees are loaded from a workbook on the page Prioritas."""

    change_list_template = "admin/planning/prioritynode/change_list.html"
    list_display = ("code", "name", "tree", "year", "parent", "source")
    list_filter = ("tree", "year")
    search_fields = ("code", "name")
    list_select_related = ("parent",)
    autocomplete_fields = ("parent",)
    code_field = "code"


@admin.register(ReadinessCriterion)
class ReadinessCriterionAdmin(ReferenceAdmin):
    """Readiness criteria that K/L ask for."""

    list_display = ("order", "code", "name", "scope")
    list_display_links = ("code",)
    search_fields = ("code", "name")
    code_field = "code"


class TagAdmin(ReferenceAdmin):
    """What hangs on nodes. Tags are taken off by an action, which leaves its trace; they are never changed into others."""

    list_filter = ("node__tree", "node__year")
    actions = ("take_off",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only the list with its action; a tag itself is hung or taken off."""
        return obj is None and super().has_change_permission(request, obj)

    @admin.action(description="Lepaskan tautan yang dipilih")
    def take_off(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Take the chosen tags off."""
        done = untag_rows(actor_of(request), self.model, queryset)
        self.message_user(request, f"{done} tautan dilepaskan.")


@admin.register(NomenclaturePriority)
class NomenclaturePriorityAdmin(TagAdmin):
    """Which sub kegiatan support which node."""

    list_display = ("nomenclature", "node", "source")
    search_fields = ("nomenclature__kode", "nomenclature__name", "node__code", "node__name")
    list_select_related = ("nomenclature", "node")
    autocomplete_fields = ("nomenclature", "node")


@admin.register(RincianOutput)
class RincianOutputAdmin(ReferenceAdmin):
    """The finest unit of a ministry's plan."""

    list_display = ("code", "name", "kl", "unit", "year", "simulated")
    list_filter = ("year", "simulated")
    search_fields = ("code", "name", "kl__name")
    list_select_related = ("kl",)
    autocomplete_fields = ("kl",)
    filter_horizontal = ("criteria",)
    code_field = "code"


@admin.register(FundingSource)
class FundingSourceAdmin(ReferenceAdmin):
    """Sources of funds."""

    list_display = ("kode", "name")
    search_fields = ("kode", "name")
    code_field = "kode"


class DocumentLines(LinesByRight):
    """The lines of a document."""

    model = DocumentLine
    change_right = EDIT
    fields = ("line_code", "text", "level", "nomenclature", "institution", "location", "indicator_text", "unit")
    autocomplete_fields = ("nomenclature", "institution")


@admin.register(Document)
class DocumentAdmin(ReferenceAdmin):
    """Planning and budget documents; long ones show their lines in a list of their own."""

    list_display = ("title", "kind", "owner", "year_from", "year_to", "stage", "version")
    list_filter = ("kind", "stage", "year_from")
    search_fields = ("title", "owner__name", "owner__kode")
    list_select_related = ("owner",)
    autocomplete_fields = ("owner",)
    inlines = (DocumentLines,)

    MOST_LINES = 200

    def get_inlines(self, request: object, obj: Document | None) -> tuple[type[DocumentLines], ...]:
        """A form of a thousand lines helps nobody: those are kept in their own table."""
        few = obj is None or obj.lines.count() <= self.MOST_LINES
        return (DocumentLines,) if few else ()


class LineYears(LinesByRight):
    """What the line says of each year."""

    model = LineYear
    change_right = EDIT
    fields = ("year", "target", "amount")


@admin.register(DocumentLine)
class DocumentLineAdmin(ReferenceAdmin):
    """Lines of all documents."""

    list_display = ("line_code", "text", "document")
    inlines = (LineYears,)
    list_filter = ("document__kind",)
    search_fields = ("line_code", "text", "document__title")
    list_select_related = ("document",)
    autocomplete_fields = ("document", "parent", "nomenclature", "institution", "region")
    code_field = "line_code"


@admin.register(Pagu)
class PaguAdmin(ReferenceAdmin):
    """Spending ceilings in whole rupiah."""

    list_display = ("institution", "bidang", "year", "rupiah", "provisional")
    list_filter = ("year", "provisional")
    search_fields = ("institution__name", "institution__kode", "bidang__kode", "bidang__name")
    list_select_related = ("institution", "bidang")
    autocomplete_fields = ("institution", "bidang")

    @admin.display(description="pagu", ordering="amount")
    def rupiah(self, row: Pagu) -> str:
        """The ceiling as it is written."""
        return format_rupiah(row.amount)
