"""Administration: recorded tables to look at; series and wording are kept here and audited."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.administration import ByRight, actor_of
from accounts.models import Institution
from agreements.models import BeritaAcara, Line, Series, Signatory, SignatoryChange, Signature, Snapshot, Template
from agreements.services.numbers import check_pattern
from agreements.wording import PLACEHOLDERS, default_body, read_body
from core.admin import AuditedAdmin
from core.errors import InvalidInput
from desks.admin.base import KEEP, RecordAdmin, speaking


class SeriesForm(forms.ModelForm):
    """A series whose pattern can number."""

    class Meta:
        model = Series
        fields = ("host", "year", "kind", "pattern")

    def clean_pattern(self) -> str:
        """Known fields only."""
        return _checked(check_pattern, self.cleaned_data["pattern"])


class TemplateForm(forms.ModelForm):
    """A wording whose placeholders are known."""

    class Meta:
        model = Template
        fields = ("kind", "level", "version", "body")
        help_texts = {"body": "Isian yang dikenal: " + ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)}

    def clean_body(self) -> str:
        """Complete, and without unknown placeholders."""
        _checked(read_body, self.cleaned_data["body"])
        return self.cleaned_data["body"]


def _checked(rule: Callable[[str], Any], value: str) -> Any:
    try:
        return rule(value)
    except InvalidInput as error:
        raise ValidationError(error.message) from None


@admin.register(Series)
class SeriesAdmin(ByRight, AuditedAdmin):
    """Series of numbers of the speaker's own institution; the counter itself moves only by finalising."""

    view_right = change_right = KEEP

    form = SeriesForm
    list_display = ("host", "year", "kind", "pattern", "last")
    list_select_related = ("host",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Series]:
        """Those of the own institution."""
        actor = actor_of(request)
        rows = super().get_queryset(request)
        return rows.filter(host=actor.institution) if actor else rows.none()

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The host is the speaker's own institution."""
        if db_field.name == "host":
            kwargs["queryset"] = Institution.objects.filter(pk=speaking(request).institution.pk)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Template)
class TemplateAdmin(ByRight, AuditedAdmin):
    """Wording by version, kept by the secretariat of a national round. A version that a final text names is kept as it is; write a new one."""

    view_right = KEEP
    change_right = "planning.edit_reference"
    form = TemplateForm
    list_display = ("kind", "level", "version", "created_at")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, str | list[str]]:
        """A new wording starts from the built-in text."""
        return {**super().get_changeform_initial_data(request), "body": default_body()}

    def has_change_permission(self, request: HttpRequest, obj: Template | None = None) -> bool:
        """Not once it was used."""
        if obj is not None and Snapshot.objects.filter(template=obj).exists():
            return False
        return super().has_change_permission(request, obj)


@admin.register(BeritaAcara)
class BeritaAcaraAdmin(RecordAdmin):
    """Headers of the rounds that the speaker keeps; acts go through the pages."""

    list_display = ("number", "title", "state", "round", "signed_on", "finalised_at")
    list_filter = ("state", "round")
    search_fields = ("number", "title", "code", "check_code")
    list_select_related = ("round",)


@admin.register(Snapshot, Line, Signatory)
class OfPaperAdmin(RecordAdmin):
    """Recorded rows of a berita acara."""

    round_path = "ba__round"
    list_select_related = ("ba",)


@admin.register(SignatoryChange, Signature)
class OfSignatoryAdmin(RecordAdmin):
    """Recorded rows of a signatory."""

    round_path = "signatory__ba__round"
    list_select_related = ("signatory__ba", "signatory__institution")
