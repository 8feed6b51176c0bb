"""Indicators in the search: by code, by the code another source uses, or by words of any year's wording."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from accounts.actors import Actor
from core.search import Group, Hit, Terms, exact_first, has_words, is_code, register_group
from indicators.models import Indicator, IndicatorCode, IndicatorVersion
from indicators.selectors import with_names


def found_indicators(actor: Actor, terms: Terms) -> QuerySet[Indicator]:
    """Names and codes are reference data, open to everybody who speaks for an institution."""
    named = IndicatorVersion.objects.filter(has_words(terms, "name", codes=("indicator__code",))).values("indicator")
    crossed = IndicatorCode.objects.filter(is_code(terms, "code")).values("indicator")
    exact = is_code(terms, "code")
    rows = with_names(Indicator.objects.filter(exact | Q(pk__in=named) | Q(pk__in=crossed)).select_related("bidang"))
    return exact_first(rows, exact, "code")


def _show(row: Indicator) -> Hit:
    where = " · ".join(part for part in (str(row.bidang or ""), row.unit) if part)
    url = f"{reverse('indicators:figures')}?{urlencode({'indikator': row.code})}"
    return Hit(getattr(row, "latest_name", "") or row.code, url, row.code, where)


register_group(Group("indikator", "Indikator", "indikator", 50, found_indicators, _show))
