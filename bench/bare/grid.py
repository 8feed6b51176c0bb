"""The board of a desk, bare: same middleware, login and rights query, the same cells by values_list, strings joined with the same formatters."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.html import escape

from accounts.http import speaker_of, speaker_required
from core.dates import date_with_time
from core.fields import value_from, value_names
from core.values import Value, format_value
from desks.choices import ItemState
from desks.models import Desk, Item, Position
from indicators.choices import FigureKind
from indicators.models import Figure

FIGURES = ("indicative", "national", "document", "actual", "agreement")
GAPS = ("actual", "document", "agreement")
ROWS = (
    "pk", "code", "version", "state", "region_id", "region__short_name", "indicator_id", "indicator_version__name", "indicator__unit",
    "indicator__decimals", "request_due", "request_owner__short_name",
)  # fmt: skip


@speaker_required
def bare_grid(request: HttpRequest, round_code: str, desk_code: str) -> HttpResponse:
    """One table, no chrome."""
    actor = speaker_of(request)
    desk = Desk.objects.select_related("round").get(round__code=round_code, code=desk_code)
    items = list(
        Item.objects.visible_to(actor).filter(meja__desk=desk).order_by("order", "region__kode").values_list(*ROWS)
    )
    newest = _positions([row[0] for row in items])
    book = _figures(desk, {row[6] for row in items})
    lines = [_line(row, newest.get(row[0]), book) for row in items]
    return HttpResponse(f"<!doctype html><title>{escape(desk.name)}</title><table>{''.join(lines)}</table>")


def _positions(items: list[int]) -> dict[int, tuple[Any, ...]]:
    rows = Position.objects.filter(item_id__in=items).order_by("item_id", "seq")
    return {row[0]: row[1:] for row in rows.values_list("item_id", "institution__short_name", *value_names("value"))}


def _figures(desk: Desk, indicators: set[int]) -> dict[tuple[int, int, str], Value | None]:
    kinds = (FigureKind.ACTUAL, FigureKind.DOCUMENT, FigureKind.INDICATIVE, FigureKind.AGREEMENT, FigureKind.NATIONAL)
    wanted = Q(
        kind__in=kinds, year__gte=desk.round.held_year - 5, year__lte=desk.round.plan_year, indicator_id__in=indicators
    )
    rows = (
        Figure.objects.filter(wanted)
        .order_by("year")
        .values_list("indicator_id", "region_id", "region__kode", "kind", *value_names("value"))
    )
    found: dict[tuple[int, int, str], Value | None] = {}
    for indicator, region, kode, kind, *value in rows:
        found[indicator, 0 if kode == "00" else region, kind] = value_from(*value)
    return found


def _line(
    row: tuple[Any, ...], position: tuple[Any, ...] | None, book: dict[tuple[int, int, str], Value | None]
) -> str:
    _, code, version, state, region, region_name, indicator, name, unit, decimals, due, owner = row
    value = value_from(*position[1:]) if position else None
    shown = {kind: book.get((indicator, 0 if kind == "national" else region, kind)) for kind in FIGURES}
    cells = [escape(region_name), format_value(value) + (escape(position[0]) if position else "")]
    cells += [format_value(shown[kind]) for kind in FIGURES]
    cells += [_gap(value, shown[kind], decimals) for kind in GAPS]
    cells += [
        str(ItemState(state).label),
        f"{owner}, {date_with_time(due)}" if due else "",
        f"{escape(name)} ({escape(unit)})",
    ]
    return f'<tr id="b-{code}" data-version="{version}"><td>{"</td><td>".join(cells)}</td></tr>'


def _gap(value: Value | None, other: Value | None, decimals: int) -> str:
    if value is None or other is None or value.number is None or other.number is None:
        return ""
    return format_value(Value.point(value.number - other.number, decimals=decimals))
