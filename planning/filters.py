"""Filters of documents: the same words on the page and in Excel."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet

from planning.choices import DocumentKind, DocumentStage
from planning.models import Document


class DocumentFilter(django_filters.FilterSet):
    """Documents by words, kind, stage and a year they cover."""

    q = django_filters.CharFilter(method="by_words", label="Judul atau pemilik")
    jenis = django_filters.ChoiceFilter(
        field_name="kind", choices=DocumentKind.choices, label="Jenis", empty_label="Semua"
    )
    tahap = django_filters.ChoiceFilter(
        field_name="stage", choices=DocumentStage.choices, label="Tahapan", empty_label="Semua"
    )
    tahun = django_filters.NumberFilter(method="by_year", label="Mencakup tahun")

    class Meta:
        model = Document
        fields: list[str] = []

    def by_words(self, queryset: QuerySet[Document], name: str, value: Any) -> QuerySet[Document]:
        """Every word stands in the title or the owner's name."""
        for word in str(value).split():
            queryset = queryset.filter(
                Q(title__icontains=word) | Q(owner__name__icontains=word) | Q(owner__region__name__icontains=word)
            )
        return queryset

    def by_year(self, queryset: QuerySet[Document], name: str, value: Any) -> QuerySet[Document]:
        """The year lies within the document's years."""
        return queryset.filter(year_from__lte=int(value), year_to__gte=int(value))
