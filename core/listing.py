"""What lists share: a page of rows that counts no further than people care, and the answer that carries a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify

from core.numbers import format_number

PAGE: Final = 50
COUNT_LIMIT: Final = 10_000
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class ListPage:
    """The rows of one page; `count_text` reads "354 dokumen", beyond 10.000 "lebih dari 10.000 dokumen"."""

    rows: Sequence[Any]
    count: int
    count_text: str
    previous_url: str
    next_url: str


def page_of(
    request: HttpRequest, rows: QuerySet[Any, Any], noun: str, size: int = PAGE, *, count: int | None = None,
    full: QuerySet[Any, Any] | None = None,
) -> ListPage:  # fmt: skip
    """The page that `?halaman=` asks for, in two queries, in one where the caller has counted already; nonsense is the first page.

    With `full` the page has its columns, and `rows` only chooses and orders their keys: sorting many wide rows costs far more than sorting keys.
    """
    asked = request.GET.get("halaman", "")
    number = max(int(asked), 1) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    if count is None:
        count = rows.order_by()[: COUNT_LIMIT + 1].count()
    start = (number - 1) * size
    part = rows[start : start + size + 1]
    found = list(part if full is None else full.filter(pk__in=part.values("pk")))
    text = (
        f"lebih dari {format_number(COUNT_LIMIT)} {noun}" if count > COUNT_LIMIT else f"{format_number(count)} {noun}"
    )
    return ListPage(
        rows=found[:size],
        count=count,
        count_text=text,
        previous_url=_page_url(request, number - 1) if number > 1 else "",
        next_url=_page_url(request, number + 1) if len(found) > size else "",
    )


def page_of_rows(request: HttpRequest, rows: Sequence[Any], noun: str, size: int = PAGE) -> ListPage:
    """The page that `?halaman=` asks for of rows that stand in memory already; past the end is the last page."""
    asked = request.GET.get("halaman", "")
    number = max(int(asked), 1) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    number = min(number, max(-(-len(rows) // size), 1))
    start = (number - 1) * size
    return ListPage(
        rows=rows[start : start + size],
        count=len(rows),
        count_text=f"{format_number(len(rows))} {noun}",
        previous_url=_page_url(request, number - 1) if number > 1 else "",
        next_url=_page_url(request, number + 1) if start + size < len(rows) else "",
    )


def _page_url(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["halaman"] = str(number)
    return f"?{query.urlencode()}"


def workbook_response(content: bytes, name: str) -> HttpResponse:
    """A workbook to be saved under `name`."""
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{slugify(name) or "daftar"}.xlsx"'
    return response
