"""Filters of the board of a desk: one set for the page, the download and the API."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import django_filters
from django.db.models import QuerySet

from desks.choices import UNSUBMITTED, ItemState
from desks.filters_priority import PriorityFilter
from desks.models import Item

STATES: Final = [(state.value, state.label) for state in ItemState if state not in UNSUBMITTED]
ORDERS: Final = [
    ("", "Indikator, lalu daerah"),
    ("daerah", "Daerah"),
    ("capaian", "Selisih terhadap capaian, terburuk dahulu"),
    ("-capaian", "Selisih terhadap capaian, terbaik dahulu"),
    ("rpjmn", "Selisih terhadap RPJMN, terburuk dahulu"),
    ("-rpjmn", "Selisih terhadap RPJMN, terbaik dahulu"),
    ("kesepakatan", "Selisih terhadap kesepakatan lalu, terburuk dahulu"),
    ("-kesepakatan", "Selisih terhadap kesepakatan lalu, terbaik dahulu"),
]


class BoardFilter(PriorityFilter):
    """Rows by indicator, region, group of regions, state, priority, and what changed since `since`; `urut` is read by the selector."""

    indikator = django_filters.CharFilter(field_name="indicator__code", label="Indikator")
    daerah = django_filters.CharFilter(field_name="region__kode", label="Daerah")
    kelompok = django_filters.CharFilter(method="by_group", label="Kelompok daerah")
    keadaan = django_filters.ChoiceFilter(field_name="state", choices=STATES, label="Status")
    berubah = django_filters.BooleanFilter(method="by_change", label="Berubah sejak kunjungan terakhir")
    urut = django_filters.ChoiceFilter(method="as_is", choices=ORDERS[1:], label="Urutkan", empty_label=ORDERS[0][1])

    handed_in = True

    class Meta:
        model = Item
        fields: list[str] = []

    def __init__(self, *args: Any, since: dt.datetime | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.since = since

    def by_group(self, queryset: QuerySet[Item], name: str, value: str) -> QuerySet[Item]:
        """Rows of the regions of a group, named `skema:kode`."""
        scheme, _, code = value.partition(":")
        return queryset.filter(region__groups__scheme=scheme, region__groups__code=code)

    def by_change(self, queryset: QuerySet[Item], name: str, value: bool) -> QuerySet[Item]:
        """Rows that changed since the last visit; without an earlier visit none did."""
        if not value:
            return queryset
        return queryset.filter(changed_at__gt=self.since) if self.since else queryset.none()

    def as_is(self, queryset: QuerySet[Item], name: str, value: str) -> QuerySet[Item]:
        """Order is no matter of the query: gaps are reckoned in Python, with the direction of each indicator."""
        return queryset
