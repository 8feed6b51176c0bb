"""What a table says of the sub kegiatan of its rows: how many, and their pagu together."""

from __future__ import annotations

from django.db.models import Count, Q, Sum

from core.money import format_rupiah
from core.numbers import format_number
from desks.models import Support

Cells = dict[int, tuple[str, ...]]
"""Per row (pk) the printed cells about its detail rows."""


def support_cells(condition: Q) -> Cells:
    """Per row (pk): how many sub kegiatan support it and their pagu together, or the words where it is not set; one query."""
    rows = (
        Support.objects.filter(condition)
        .order_by()
        .values_list("item_id")
        .annotate(
            n=Count("pk", distinct=True),
            total=Sum("funds__proposed"),
            without=Count("pk", distinct=True, filter=Q(funds__proposed__isnull=True)),
        )
    )
    return {item: (str(n), _pagu_text(total, without)) for item, n, total, without in rows}


def _pagu_text(total: int | None, without: int) -> str:
    if total is None:
        return "pagu belum ditetapkan"
    return format_rupiah(total) + (f" · {format_number(without)} tanpa pagu" if without else "")
