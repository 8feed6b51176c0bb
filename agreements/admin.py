"""Administration: recorded tables to look at; series and wording are kept here and audited."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from agreements.models import BeritaAcara, Line, Series, Signatory, SignatoryChange, Signature, Snapshot, Template
from agreements.services.numbers import check_pattern
from agreements.wording import PLACEHOLDERS, default_body, read_body
from core.admin import AuditedAdmin, ReadOnlyAdmin
from core.errors import InvalidInput


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
class SeriesAdmin(AuditedAdmin):
    """Series of numbers; the counter itself moves only by finalising."""

    form = SeriesForm
    list_display = ("host", "year", "kind", "pattern", "last")
    list_select_related = ("host",)


@admin.register(Template)
class TemplateAdmin(AuditedAdmin):
    """Wording by version. A version that a final text names is kept as it is; write a new one."""

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
class BeritaAcaraAdmin(ReadOnlyAdmin):
    """Headers; acts go through the pages."""

    list_display = ("number", "title", "state", "round", "signed_on", "finalised_at")
    list_filter = ("state", "round")
    search_fields = ("number", "title", "code", "check_code")
    list_select_related = ("round",)


@admin.register(Snapshot, Line, Signatory, SignatoryChange, Signature)
class RecordAdmin(ReadOnlyAdmin):
    """Recorded rows."""
