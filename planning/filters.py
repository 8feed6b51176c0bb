"""Filters of documents: the same words on the page and in Excel."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.actors import Actor
from planning.choices import DocumentKind, DocumentStage, LineLevel, PriorityTree
from planning.models import Document, DocumentLine, NomenclaturePriority, PriorityNode, RincianOutput
from planning.selectors.outputs import by_words
from planning.selectors.priorities import find_node, node_choices, nodes_below, tree_years


def priority_choices() -> list[tuple[str, str]]:
    """Nodes of the newest year on which a sub kegiatan hangs, and those above."""
    year = next(iter(tree_years()), 0)
    return node_choices(year, [NomenclaturePriority.objects.all()]) if year else []


def sub_kegiatan_of(key: str) -> QuerySet[Any]:
    """The sub kegiatan that hang on a node or below it, for `__in`."""
    return NomenclaturePriority.objects.filter(node__in=nodes_below(key)[1]).order_by().values("nomenclature")


class DocumentFilter(django_filters.FilterSet):
    """Documents by words, kind, stage, a year they cover, and the priorities they serve."""

    q = django_filters.CharFilter(method="by_words", label="Judul atau pemilik")
    jenis = django_filters.ChoiceFilter(
        field_name="kind", choices=DocumentKind.choices, label="Jenis", empty_label="Semua"
    )
    tahap = django_filters.ChoiceFilter(
        field_name="stage", choices=DocumentStage.choices, label="Tahapan", empty_label="Semua"
    )
    tahun = django_filters.NumberFilter(method="by_year", label="Mencakup tahun")
    terbaru = django_filters.BooleanFilter(
        method="by_newest",
        label="Versi",
        widget=forms.Select(choices=[("", "Semua versi"), ("true", "Hanya yang terbaru")]),
    )
    prioritas = django_filters.ChoiceFilter(
        method="by_priority", label="Prioritas sub kegiatan", empty_label="Semua", choices=priority_choices
    )

    class Meta:
        model = Document
        fields: list[str] = []

    def __init__(self, *args: Any, actor: Actor | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def by_words(self, queryset: QuerySet[Document], name: str, value: Any) -> QuerySet[Document]:
        """Every word stands in the title or the owner's name."""
        for word in str(value).split():
            queryset = queryset.filter(
                Q(title__icontains=word)
                | Q(owner__name__icontains=word)
                | Q(owner__short_name__icontains=word)
                | Q(owner__region__name__icontains=word)
            )
        return queryset

    def by_year(self, queryset: QuerySet[Document], name: str, value: Any) -> QuerySet[Document]:
        """The year lies within the document's years."""
        return queryset.filter(year_from__lte=int(value), year_to__gte=int(value))

    def by_newest(self, queryset: QuerySet[Document], name: str, value: Any) -> QuerySet[Document]:
        """Only the newest version that the reader may see."""
        if not value:
            return queryset
        newer = Document.objects.visible_to(self.actor).filter(
            kind=OuterRef("kind"),
            owner=OuterRef("owner"),
            year_from=OuterRef("year_from"),
            version__gt=OuterRef("version"),
        )
        return queryset.filter(~Exists(newer))

    def by_priority(self, queryset: QuerySet[Document], name: str, value: str) -> QuerySet[Document]:
        """Documents with a line for a sub kegiatan that hangs on the node or below it."""
        return queryset.filter(
            Exists(DocumentLine.objects.filter(document=OuterRef("pk"), nomenclature__in=sub_kegiatan_of(value)))
        )


class LineFilter(django_filters.FilterSet):
    """Lines of one document by words, level, unit in charge and what they have."""

    q = django_filters.CharFilter(method="by_words", label="Kata atau kode")
    jenjang = django_filters.ChoiceFilter(
        field_name="level", choices=LineLevel.choices, label="Jenjang", empty_label="Semua"
    )
    pelaksana = django_filters.CharFilter(method="by_unit", label="Pelaksana")
    induk = django_filters.CharFilter(method="by_parent", label="Di bawah kode")

    class Meta:
        model = DocumentLine
        fields: list[str] = []

    def by_words(self, queryset: QuerySet[DocumentLine], name: str, value: Any) -> QuerySet[DocumentLine]:
        """Every word stands in the line, its code, its indicator or its place."""
        for word in str(value).split():
            queryset = queryset.filter(
                Q(text__icontains=word)
                | Q(line_code__icontains=word)
                | Q(indicator_text__icontains=word)
                | Q(location__icontains=word)
            )
        return queryset

    def by_unit(self, queryset: QuerySet[DocumentLine], name: str, value: Any) -> QuerySet[DocumentLine]:
        """Every word stands in the name of the unit in charge."""
        for word in str(value).split():
            queryset = queryset.filter(
                Q(institution__name__icontains=word) | Q(institution__short_name__icontains=word)
            )
        return queryset

    def by_parent(self, queryset: QuerySet[DocumentLine], name: str, value: str) -> QuerySet[DocumentLine]:
        """The line of this code and those up to four levels below it."""
        found, above = Q(line_code=value), "parent"
        for _ in range(4):
            found |= Q(**{f"{above}__line_code": value})
            above += "__parent"
        return queryset.filter(found)


class NodeFilter(django_filters.FilterSet):
    """Nodes of priority trees by tree, year, parent and words."""

    pohon = django_filters.ChoiceFilter(field_name="tree", choices=PriorityTree.choices, label="Pohon")
    tahun = django_filters.NumberFilter(field_name="year", label="Tahun")
    induk = django_filters.CharFilter(method="by_parent", label="Kunci simpul induk (pohon:tahun:kode)")
    q = django_filters.CharFilter(method="by_words", label="Kata dalam nama atau kode")

    class Meta:
        model = PriorityNode
        fields: list[str] = []

    def by_parent(self, queryset: QuerySet[PriorityNode], name: str, value: str) -> QuerySet[PriorityNode]:
        """The nodes directly below the one of this key."""
        node = find_node(value)
        return queryset.filter(parent=node) if node else queryset.none()

    def by_words(self, queryset: QuerySet[PriorityNode], name: str, value: Any) -> QuerySet[PriorityNode]:
        """Every word stands in code or name."""
        for word in str(value).split():
            queryset = queryset.filter(Q(name__icontains=word) | Q(code__iexact=word))
        return queryset


class OutputFilter(django_filters.FilterSet):
    """RO by words, year and K/L."""

    q = django_filters.CharFilter(method="with_words", label="Kode, nama RO, atau K/L")
    tahun = django_filters.NumberFilter(field_name="year", label="Tahun")
    kl = django_filters.CharFilter(field_name="kl__kode", label="Kode K/L")

    class Meta:
        model = RincianOutput
        fields: list[str] = []

    def with_words(self, queryset: QuerySet[RincianOutput], name: str, value: Any) -> QuerySet[RincianOutput]:
        """Every word stands in code, name or K/L."""
        return by_words(queryset, str(value))
