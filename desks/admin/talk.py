"""Positions, stances, notes and the event chain: insert-only, so only read; nothing of a draft, nothing internal to an institution."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from accounts.administration import ByRight
from core.admin import ReadOnlyAdmin
from core.values import format_value
from desks.admin.base import RecordAdmin, items_seen
from desks.choices import NoteKind
from desks.disclosure import INSIDE_REGION
from desks.models import ClientWrite, Event, Note, NoteRevision, Position, Stance


def of_seen(request: HttpRequest, *paths: str) -> Q:
    """Rows whose agenda row, by one of `paths`, the speaker may read."""
    seen = items_seen(request)
    condition = Q()
    for path in paths:
        condition |= Q(**{f"{path}__in": seen})
    return condition


@admin.register(Position)
class PositionAdmin(RecordAdmin):
    """Figures put on the table."""

    round_path = ""
    list_display = ("subject", "seq", "institution", "on_behalf", "shown", "at")
    list_filter = ("institution__kind",)
    search_fields = ("item__code", "support__item__code", "institution__name")
    list_select_related = ("item", "support__item", "support__nomenclature", "institution", "on_behalf")
    fields = ("item", "support", "seq", "institution", "actor", "on_behalf", "shown", "reason", "at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Position]:
        """Of readable agenda rows."""
        return super(ByRight, self).get_queryset(request).filter(of_seen(request, "item", "support__item"))

    @admin.display(description="butir")
    def subject(self, row: Position) -> str:
        """The row or sub kegiatan."""
        return str(row.item or row.support)

    @admin.display(description="nilai")
    def shown(self, row: Position) -> str:
        """The figure."""
        return format_value(row.value) or ""


@admin.register(Stance)
class StanceAdmin(RecordAdmin):
    """What parties said to figures."""

    round_path = ""
    list_display = ("position", "institution", "kind", "basis", "recorded_by", "at")
    list_filter = ("kind", "basis")
    search_fields = ("position__item__code", "institution__name")
    list_select_related = (
        "position__item", "position__support__item", "position__support__nomenclature", "institution", "recorded_by",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Stance]:
        """Of readable agenda rows."""
        seen = of_seen(request, "position__item", "position__support__item")
        return super(ByRight, self).get_queryset(request).filter(seen)


@admin.register(Note)
class NoteAdmin(RecordAdmin):
    """Notes of the desk. Internal notes stay in their institution and are not shown here."""

    round_path = "meja__round"
    list_display = ("meja", "item", "institution", "version", "changed_by", "changed_at")
    search_fields = ("item__code", "institution__name", "meja__desk__name")
    list_select_related = ("meja__desk", "meja__region", "item", "institution", "changed_by")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Note]:
        """Desk notes on mejas and readable rows."""
        seen = of_seen(request, "item") | Q(item__isnull=True)
        return super().get_queryset(request).filter(seen, kind=NoteKind.DESK)


@admin.register(NoteRevision)
class NoteRevisionAdmin(RecordAdmin):
    """Every text that a note ever had."""

    round_path = "note__meja__round"
    list_display = ("note", "seq", "author", "at")
    search_fields = ("note__item__code", "note__institution__name")
    list_select_related = ("note__meja__desk", "note__meja__region", "note__institution", "author")

    def get_queryset(self, request: HttpRequest) -> QuerySet[NoteRevision]:
        """Of notes that may be read."""
        seen = of_seen(request, "note__item") | Q(note__item__isnull=True)
        return super().get_queryset(request).filter(seen, note__kind=NoteKind.DESK)


@admin.register(Event)
class EventAdmin(RecordAdmin):
    """The chains of mejas and rounds."""

    list_display = ("chain", "seq", "action", "item", "institution", "on_behalf", "actor", "at")
    list_filter = ("action", ("round", admin.RelatedOnlyFieldListFilter))
    search_fields = ("chain", "action", "item__code", "institution__name", "request_id")
    list_select_related = ("item", "institution", "on_behalf", "actor")
    fields = (
        "chain", "seq", "round", "meja", "item", "action", "actor", "institution", "on_behalf", "at", "request_id", "content",
        "prev_hash", "hash",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        """Of rounds, mejas and readable rows."""
        return super().get_queryset(request).filter(of_seen(request, "item") | Q(item__isnull=True))

    @admin.display(description="isi")
    def content(self, row: Event) -> str:
        """What was recorded; work inside a region stays there."""
        return "(isi pekerjaan daerah, tidak ditampilkan)" if row.action in INSIDE_REGION else row.payload


@admin.register(ClientWrite)
class ClientWriteAdmin(ByRight, ReadOnlyAdmin):
    """Which keys were used when; the answers stay with those who got them."""

    view_right = "planning.edit_reference"
    list_display = ("key", "user", "created_at")
    search_fields = ("key",)
    list_select_related = ("user",)
    fields: ClassVar[Any] = ("user", "key", "request_hash", "created_at")
    readonly_fields: ClassVar[Any] = ("user", "key", "request_hash", "created_at")
