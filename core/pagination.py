"""Pages of the API."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import BigIntegerField, ExpressionWrapper, F, QuerySet, Value
from rest_framework.pagination import CursorPagination

PLACE: Final = "place_of_row"


def gathered(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """Rows of which few are seen, for a page by cursor: the database gathers them and sorts what it found.

    Without it the database walks along the whole table by key until the page is full, hoping that rows of everybody lie evenly in it.
    """
    return rows.annotate(**{PLACE: plain_key("pk")})


def plain_key(name: str) -> ExpressionWrapper:
    """A key as a mere number, by which the database does not begin its search."""
    return ExpressionWrapper(F(name) + Value(0), output_field=BigIntegerField())


class PortalCursorPagination(CursorPagination):
    """Pages by cursor, so that the last page of a million rows costs what the first does; 100 rows, at most 500."""

    ordering = "pk"
    page_size = 100
    page_size_query_param = "page_size"
    max_page_size = 500

    def get_ordering(self, request: Any, queryset: QuerySet[Any, Any], view: Any) -> tuple[str, ...]:
        """By key, for `gathered` rows by what stands for it."""
        return (PLACE,) if PLACE in queryset.query.annotations else ("pk",)
