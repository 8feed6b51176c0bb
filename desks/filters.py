"""Filters of agenda rows: the same words on the pages, in the API and in Excel."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models import Value as Constant
from django.db.models.functions import Concat

from accounts.choices import Role
from core.pagination import PLACE
from desks.choices import UNSUBMITTED, Applicability, ItemState
from desks.filters_priority import PriorityFilter
from desks.models import Item
from indicators.models import IndicatorVersion

COMPLETE = Q(applicability=Applicability.APPLIES) & ~Q(value_proposed_kind="") | (
    ~Q(applicability=Applicability.APPLIES) & ~Q(applicability_reason="")
)
"""The row can be submitted: it has a target, or says why it has none. The same rule as `workflow.incomplete_reason`."""

NEWER_WORDING = Q(
    Exists(
        IndicatorVersion.objects.filter(
            indicator=OuterRef("indicator_id"), year=OuterRef("indicator_version__year"), no__gt=OuterRef("indicator_version__no")
        )
    )
)  # fmt: skip
"""The row stands under a wording that is no longer the newest of its plan year."""

WORK: dict[str, Q] = {
    "kosong": Q(state=ItemState.DRAFT, applicability=Applicability.APPLIES, value_proposed_kind=""),
    "perbaikan": Q(state=ItemState.REPAIR),
    "dikembalikan": Q(state=ItemState.RETURNED),
    "lengkap": Q(state=ItemState.DRAFT) & COMPLETE,
    "diusulkan": Q(state=ItemState.PROPOSED),
    "siap": Q(state__in=[ItemState.DRAFT, ItemState.PROPOSED]) & COMPLETE,
    "belum": Q(state__in=UNSUBMITTED),
    "definisi": NEWER_WORDING & Q(locked_at__isnull=True),
    "target": Q(target_seq__isnull=False, locked_at__isnull=True),
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
    "definisi": "definisi berubah",
    "target": "target berubah",
}


def work_for(role: str, *, submits: bool = False) -> list[str]:
    """The filters that a role works with on the Isian, in the order of its day; an OPD that `submits` does without a check between."""
    if role == Role.OPD and submits:
        return ["kosong", "perbaikan", "siap", "definisi", "target"]
    if role == Role.OPD:
        return ["kosong", "perbaikan", "dikembalikan", "lengkap", "diusulkan", "definisi", "target"]
    return ["kosong", "perbaikan", "dikembalikan", "diusulkan", "siap", "definisi", "target"]


def with_states(rows: QuerySet[Item], condition: Q) -> QuerySet[Item]:
    """Rows that meet a condition on their states. Where rows are gathered for one speaker first, the states of all others are not searched."""
    if PLACE not in rows.query.annotations:
        return rows.filter(condition)
    return rows.annotate(standing=Concat("state", Constant(""))).filter(_renamed(condition, "state", "standing"))


def _renamed(condition: Q, field: str, name: str) -> Q:
    """The same condition on another name of the field."""
    renamed = Q()
    renamed.connector, renamed.negated = condition.connector, condition.negated
    for child in condition.children:
        if isinstance(child, Q):
            child = _renamed(child, field, name)
        elif isinstance(child, tuple) and child[0].partition("__")[0] == field:
            child = (name + child[0][len(field) :], child[1])
        renamed.children.append(child)
    return renamed


class ItemFilter(PriorityFilter):
    """Rows by round, desk, region, state, work left, indicator, words and priority."""

    ronde = django_filters.CharFilter(field_name="round__code", label="kode penyelenggaraan")
    meja = django_filters.CharFilter(field_name="meja__code", label="kode meja")
    desk = django_filters.CharFilter(field_name="meja__desk__code", label="kode desk")
    daerah = django_filters.CharFilter(field_name="region__kode", label="kode wilayah Kemendagri")
    bidang = django_filters.CharFilter(field_name="indicator__bidang__kode", label="kode bidang urusan")
    indikator = django_filters.CharFilter(field_name="indicator__code", label="kode indikator")
    keadaan = django_filters.MultipleChoiceFilter(method="by_state", choices=ItemState.choices, label="keadaan butir")
    saring = django_filters.ChoiceFilter(
        method="by_work", choices=list(WORK_LABELS.items()), label="pekerjaan yang tersisa"
    )
    q = django_filters.CharFilter(method="by_words", label="kata dalam nama atau kode indikator")

    handed_in = True

    class Meta:
        model = Item
        fields: list[str] = []

    def by_state(self, queryset: QuerySet[Item], name: str, values: list[str]) -> QuerySet[Item]:
        """Rows in one of the states."""
        return with_states(queryset, Q(state__in=values)) if values else queryset

    def by_work(self, queryset: QuerySet[Item], name: str, value: str) -> QuerySet[Item]:
        """Rows with this work left."""
        return with_states(queryset, WORK[value])

    def by_words(self, queryset: QuerySet[Item], name: str, value: Any) -> QuerySet[Item]:
        """Rows whose indicator's name or code holds every word."""
        for word in str(value).split():
            queryset = queryset.filter(Q(indicator_version__name__icontains=word) | Q(indicator__code__icontains=word))
        return queryset
