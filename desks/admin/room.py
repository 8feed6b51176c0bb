"""Mejas, sessions, attendance and agendas: read; a session is planned through its service."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminSplitDateTime, FilteredSelectMultiple
from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.http import HttpRequest

from accounts.models import Region
from core.dates import ZONES
from desks.admin.base import ReadLines, RecordAdmin, rounds_of, speaking
from desks.models import AgendaEntry, Attendance, Desk, Meja, Session, SessionMeja
from desks.services.room import plan_session

ZONE_CHOICES = [(tz, f"{zone} ({tz.split('/')[1]})") for tz, zone in ZONES.items() if tz in available_timezones()]


@admin.register(Meja)
class MejaAdmin(RecordAdmin):
    """Desk by region; opened from the list of desks."""

    list_display = ("code", "desk", "region", "round", "version")
    list_filter = (("round", admin.RelatedOnlyFieldListFilter), ("desk", admin.RelatedOnlyFieldListFilter))
    search_fields = ("code", "desk__name", "region__name")
    list_select_related = ("desk", "region", "round")


class PlanForm(forms.ModelForm):
    """A sitting to be planned: which desk, which regions, when and where."""

    regions = forms.ModelMultipleChoiceField(
        label="Daerah", queryset=Region.objects.none(), widget=FilteredSelectMultiple("daerah", is_stacked=False)
    )
    starts = forms.SplitDateTimeField(label="Mulai", widget=AdminSplitDateTime())
    ends = forms.SplitDateTimeField(label="Selesai", widget=AdminSplitDateTime())
    tz = forms.ChoiceField(label="Zona waktu", choices=ZONE_CHOICES)

    class Meta:
        model = Session
        fields = ("desk", "starts", "ends", "tz", "mode", "place")

    def clean(self) -> dict[str, Any]:
        """The mejas of the chosen regions must be open, and the times in order."""
        cleaned = super().clean() or {}
        desk, regions = cleaned.get("desk"), cleaned.get("regions")
        if desk and regions is not None:
            mejas = list(Meja.objects.filter(desk=desk, region__in=regions).select_related("desk__round", "region"))
            missing = {region.pk for region in regions} - {meja.region_id for meja in mejas}
            if missing:
                names = ", ".join(sorted(region.name for region in regions if region.pk in missing))
                raise ValidationError({"regions": f"Meja desk ini belum dibuka bagi {names}."})
            cleaned["mejas"] = mejas
        if cleaned.get("starts") and cleaned.get("ends") and cleaned["ends"] <= cleaned["starts"]:
            raise ValidationError({"ends": "Jam selesai harus setelah jam mulai."})
        return cleaned


class MejaLines(ReadLines):
    """The mejas that sit."""

    model = SessionMeja
    fields = readonly_fields = ("meja",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """With names."""
        return super().get_queryset(request).select_related("meja__desk", "meja__region", "session__desk")


@admin.register(Session)
class SessionAdmin(RecordAdmin):
    """Sittings; a new one is planned here, opened and closed in the room."""

    round_path = "desk__round"
    list_display = ("code", "desk", "no", "starts", "ends", "mode", "place", "state")
    list_filter = ("state", "mode", ("desk", admin.RelatedOnlyFieldListFilter))
    search_fields = ("code", "desk__name", "place")
    list_select_related = ("desk",)
    form = PlanForm
    plan_fields = ("desk", "regions", "starts", "ends", "tz", "mode", "place")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The secretariat plans."""
        return self.has_view_permission(request)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What is asked for a new one, or everything known of one."""
        if obj is None:
            return self.plan_fields
        return (
            "code",
            "desk",
            "no",
            "starts",
            "ends",
            "tz",
            "mode",
            "place",
            "state",
            "opened_at",
            "closed_at",
            "follows",
        )

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """Who sits, once it is planned."""
        return (MejaLines,) if obj is not None else ()

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Desks and regions of the rounds that the speaker keeps."""
        if obj is not None:
            return super().get_form(request, obj, change, form=forms.ModelForm, **kwargs)
        form: Any = super().get_form(request, obj, change, **kwargs)
        rounds = rounds_of(request)
        form.base_fields["desk"].queryset = Desk.objects.filter(round__in=rounds, round__closed_at__isnull=True)
        form.base_fields["regions"].queryset = Region.objects.filter(mejas__round__in=rounds).distinct()
        return form

    def save_model(self, request: HttpRequest, obj: Session, form: ModelForm, change: bool) -> None:
        """Plan through the service, which records it in the chains of the mejas."""
        given = {name: form.cleaned_data[name] for name in ("starts", "ends", "tz", "mode", "place")}
        made = plan_session(speaking(request), obj.desk, form.cleaned_data["mejas"], **given)
        obj.pk, obj.code, obj.no = made.pk, made.code, made.no


@admin.register(Attendance)
class AttendanceAdmin(RecordAdmin):
    """Who was there, and which party the chair recorded as absent."""

    round_path = "session__desk__round"
    list_display = ("session", "institution", "name", "mode", "at", "left_at", "lifted_at")
    list_filter = ("mode", "institution__kind")
    search_fields = ("institution__name", "session__code", "session__desk__name")
    list_select_related = ("session__desk", "institution")


@admin.register(AgendaEntry)
class AgendaEntryAdmin(RecordAdmin):
    """The agendas of sittings and what became of each row there."""

    round_path = "session__desk__round"
    list_display = ("session", "order", "item", "outcome")
    list_filter = ("outcome",)
    search_fields = ("session__code", "session__desk__name", "item__code")
    list_select_related = ("session__desk", "item")
