"""Filters of figures and of lines of documents: the same words on the page and in Excel."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from indicators.choices import FigureKind, Strand
from indicators.models import Figure, Indicator, IndicatorPriority, IndicatorVersion
from indicators.selectors import find_region
from indicators.selectors.priorities import indicators_under, lines_under
from planning.filters import LineFilter
from planning.models import DocumentLine
from planning.selectors.priorities import node_choices, tree_years


def indicator_node_choices() -> list[tuple[str, str]]:
    """Nodes of the newest year on which an indicator hangs, and those above."""
    year = next(iter(tree_years()), 0)
    return node_choices(year, [IndicatorPriority.objects.all()]) if year else []


class FigureFilter(django_filters.FilterSet):
    """Figures by indicator (code or words of its name), region (code or name), year, kind and source."""

    indikator = django_filters.CharFilter(
        method="by_indicator", label="Indikator", widget=forms.TextInput(attrs={"placeholder": "nama atau kode"})
    )
    wilayah = django_filters.CharFilter(
        method="by_region",
        label="Wilayah",
        widget=forms.TextInput(attrs={"list": "wilayah", "placeholder": "nama atau kode"}),
    )
    tahun = django_filters.NumberFilter(field_name="year", label="Tahun")
    jenis = django_filters.ChoiceFilter(
        field_name="kind", choices=FigureKind.choices, label="Jenis", empty_label="Semua"
    )
    sumber = django_filters.CharFilter(field_name="source", lookup_expr="iexact", label="Kode sumber")

    prioritas = django_filters.ChoiceFilter(
        method="by_priority", label="Prioritas", empty_label="Semua", choices=indicator_node_choices
    )

    class Meta:
        model = Figure
        fields: list[str] = []

    def by_indicator(self, queryset: QuerySet[Figure], name: str, value: Any) -> QuerySet[Figure]:
        """The indicator of this code, or those whose name in any year holds every word."""
        text = str(value).strip()
        exact = Indicator.objects.filter(Q(code__iexact=text) | Q(codes__code__iexact=text))
        if exact.exists():
            return queryset.filter(indicator__in=exact)
        named = IndicatorVersion.objects.all()
        for word in text.split():
            named = named.filter(name__icontains=word)
        return queryset.filter(indicator__in=named.values("indicator"))

    def by_region(self, queryset: QuerySet[Figure], name: str, value: Any) -> QuerySet[Figure]:
        """The region of this code or name; an unknown one has no figures."""
        region = find_region(str(value))
        return queryset.filter(region=region) if region else queryset.none()

    def by_priority(self, queryset: QuerySet[Figure], name: str, value: str) -> QuerySet[Figure]:
        """Figures of indicators that hang on the node or below it."""
        return queryset.filter(indicator__in=indicators_under(value))


class IndicatorFilter(django_filters.FilterSet):
    """Indicators of the catalogue by words, strand, bidang urusan and priority."""

    q = django_filters.CharFilter(method="by_words", label="Kata dalam nama atau kode")
    pendekatan = django_filters.ChoiceFilter(field_name="strand", choices=Strand.choices, label="Pendekatan")
    bidang = django_filters.CharFilter(field_name="bidang__kode", label="Kode bidang urusan")
    prioritas = django_filters.CharFilter(method="by_priority", label="Simpul prioritas (pohon:tahun:kode)")

    class Meta:
        model = Indicator
        fields: list[str] = []

    def by_words(self, queryset: QuerySet[Indicator], name: str, value: Any) -> QuerySet[Indicator]:
        """Every word stands in the code or in one wording."""
        for word in str(value).split():
            named = IndicatorVersion.objects.filter(name__icontains=word).values("indicator")
            queryset = queryset.filter(Q(code__icontains=word) | Q(pk__in=named))
        return queryset

    def by_priority(self, queryset: QuerySet[Indicator], name: str, value: str) -> QuerySet[Indicator]:
        """Indicators that hang on the node or below it."""
        return queryset.filter(pk__in=indicators_under(value))


class DocumentLineFilter(LineFilter):
    """Lines of one document, also by the priorities that their sub kegiatan or indicators serve."""

    prioritas = django_filters.CharFilter(method="by_priority", label="Prioritas")

    class Meta(LineFilter.Meta):
        model = DocumentLine

    def by_priority(self, queryset: QuerySet[DocumentLine], name: str, value: str) -> QuerySet[DocumentLine]:
        """Lines whose sub kegiatan or indicator hangs on the node or below it."""
        return queryset.filter(lines_under(value))
