"""Reports and announcements in the administration: read; answered and changed on the pages of the portal."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.administration import ByRight, actor_of
from desks.admin.base import RecordAdmin
from desks.models import Announcement, Report
from desks.selectors.announcements import kept_announcements


@admin.register(Report)
class ReportAdmin(RecordAdmin):
    """The queue of the secretariat."""

    list_display = ("code", "status", "round", "user", "institution", "page", "item_code", "created_at")
    list_filter = ("status", ("round", admin.RelatedOnlyFieldListFilter))
    search_fields = ("code", "text", "item_code", "request_id", "user__full_name", "institution__name")
    list_select_related = ("round", "user", "institution")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Report]:
        """Those it answers."""
        own = Report.objects.kept_by(actor_of(request)).values("pk")
        return super(ByRight, self).get_queryset(request).filter(pk__in=own)


@admin.register(Announcement)
class AnnouncementAdmin(RecordAdmin):
    """What was announced."""

    list_display = ("text", "level", "round", "starts_at", "ends_at", "by")
    list_filter = ("level",)
    search_fields = ("text",)
    list_select_related = ("round", "by")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Announcement]:
        """Of the rounds kept, and those for everybody."""
        actor = actor_of(request)
        seen = kept_announcements(actor) if actor else Announcement.objects.none()
        return super(ByRight, self).get_queryset(request).filter(pk__in=seen.values("pk"))
