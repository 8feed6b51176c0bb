"""Reading what was written: documents with the number of their lines."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from planning.models import Document


def documents() -> QuerySet[Document]:
    """All documents by kind, owner and years, newest first, each with `line_count`."""
    return (
        Document.objects.select_related("owner__region")
        .annotate(line_count=Count("lines"))
        .order_by("kind", "owner__region__kode", "owner__name", "-year_from", "-version", "pk")
    )
