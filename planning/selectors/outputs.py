"""Searching the catalogue of rincian output."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from planning.models import RincianOutput

FOUND = 40


def outputs() -> QuerySet[RincianOutput]:
    """All RO, newest year first, by K/L and code."""
    return RincianOutput.objects.select_related("kl").order_by("-year", "kl__name", "code")


def by_words(rows: QuerySet[RincianOutput], words: str) -> QuerySet[RincianOutput]:
    """Those that hold every word in code, name or the name of the K/L."""
    for word in words.split():
        rows = rows.filter(
            Q(code__icontains=word)
            | Q(name__icontains=word)
            | Q(kl__name__icontains=word)
            | Q(kl__short_name__icontains=word)
        )
    return rows


def find_outputs(year: int, words: str) -> list[RincianOutput]:
    """The first RO of a year that hold every word; none without words."""
    return list(by_words(outputs().filter(year=year), words)[:FOUND]) if words.strip() else []
