"""Pages of the API."""

from __future__ import annotations

from rest_framework.pagination import CursorPagination


class PortalCursorPagination(CursorPagination):
    """Pages by cursor, so that the last page of a million rows costs what the first does; 100 rows, at most 500."""

    ordering = "pk"
    page_size = 100
    page_size_query_param = "page_size"
    max_page_size = 500
