"""Filters of agenda rows: the same words on the pages, in the API and in Excel."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet

from accounts.choices import Role
from desks.choices import UNSUBMITTED, Applicability, ItemState
from desks.models import Item

COMPLETE = Q(applicability=Applicability.APPLIES) & ~Q(value_proposed_kind="") | (
    ~Q(applicability=Applicability.APPLIES) & ~Q(applicability_reason="")
)
"""The row can be submitted: it has a target, or says why it has none. The same rule as `workflow.incomplete_reason`."""

WORK: dict[str, Q] = {
    "kosong": Q(state=ItemState.DRAFT, applicability=Applicability.APPLIES, value_proposed_kind=""),
    "perbaikan": Q(state=ItemState.REPAIR),
    "dikembalikan": Q(state=ItemState.RETURNED),
    "lengkap": Q(state=ItemState.DRAFT) & COMPLETE,
    "diusulkan": Q(state=ItemState.PROPOSED),
    "siap": Q(state__in=[ItemState.DRAFT, ItemState.PROPOSED]) & COMPLETE,
    "belum": Q(state__in=UNSUBMITTED),
}
"""What is left to do with a row, by the name used in addresses."""

WORK_LABELS: dict[str, str] = {
    "kosong": "kosong",
    "perbaikan": "perlu perbaikan",
    "dikembalikan": "dikembalikan",
    "lengkap": "siap diusulkan",
    "diusulkan": "menunggu pemeriksaan",
    "siap": "siap diajukan",
    "belum": "belum diajukan",
}


def work_for(role: str) -> list[str]:
    """The filters that a role works with on the Isian, in the order of its day."""
    if role == Role.OPD:
        return ["kosong", "perbaikan", "dikembalikan", "lengkap", "diusulkan"]
    return ["kosong", "perbaikan", "dikembalikan", "diusulkan", "siap"]


class ItemFilter(django_filters.FilterSet):
    """Rows by round, desk, region, state, work left, indicator and words."""

    ronde = django_filters.CharFilter(field_name="round__code", label="kode penyelenggaraan")
    meja = django_filters.CharFilter(field_name="meja__code", label="kode meja")
    desk = django_filters.CharFilter(field_name="meja__desk__code", label="kode desk")
    daerah = django_filters.CharFilter(field_name="region__kode", label="kode wilayah Kemendagri")
    bidang = django_filters.CharFilter(field_name="indicator__bidang__kode", label="kode bidang urusan")
    indikator = django_filters.CharFilter(field_name="indicator__code", label="kode indikator")
    keadaan = django_filters.MultipleChoiceFilter(field_name="state", choices=ItemState.choices, label="keadaan butir")
    saring = django_filters.ChoiceFilter(
        method="by_work", choices=list(WORK_LABELS.items()), label="pekerjaan yang tersisa"
    )
    q = django_filters.CharFilter(method="by_words", label="kata dalam nama atau kode indikator")

    class Meta:
        model = Item
        fields: list[str] = []

    def by_work(self, queryset: QuerySet[Item], name: str, value: str) -> QuerySet[Item]:
        """Rows with this work left."""
        return queryset.filter(WORK[value])

    def by_words(self, queryset: QuerySet[Item], name: str, value: Any) -> QuerySet[Item]:
        """Rows whose indicator's name or code holds every word."""
        for word in str(value).split():
            queryset = queryset.filter(Q(indicator_version__name__icontains=word) | Q(indicator__code__icontains=word))
        return queryset
