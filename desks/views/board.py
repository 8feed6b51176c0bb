"""The board of a desk: what all regions handed in, as a page and as the same rows in Excel."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.actors import can
from accounts.http import speaker_required
from core.dates import date_with_time, plain_date
from core.templatetags.rakortek import url_with
from desks.board_table import BoardColumns, table_body
from desks.exports.board import BoardSheet, board_workbook
from desks.exports.response import xlsx_response
from desks.filters_board import STATES
from desks.filters_priority import chips_of_desk
from desks.forms_board import FilterForm
from desks.models import Desk
from desks.selectors.board import Board, board_of, board_rows, desk_choices
from desks.selectors.columns import board_heads
from desks.selectors.looks import last_visit, mark_all_seen
from desks.views.desk_pages import desk_for, page
from desks.views.strands import PAGES


@speaker_required
@require_safe
def board(request: HttpRequest, round_code: str, desk_code: str) -> HttpResponse:
    """The rows of the desk across the regions, filtered and ordered as the address says."""
    actor, desk = desk_for(request, round_code, desk_code)
    if (own := PAGES.get(desk.strand)) is not None:
        return own.board(request, actor, desk)
    since = last_visit(actor.user, desk, note=not request.GET)
    found = board_of(actor, desk, request.GET, since)
    may_ask = can(actor, "desks.request_repair", desk)
    base = reverse("desks:board", args=[round_code, desk_code])
    heads = board_heads(desk.strand, desk.round.words)
    grouped = request.GET.get("urut", "") == "" and not request.GET.get("daerah")
    # A strand with columns of its own gives the room of a column that would be empty to them.
    last_year = not heads or any("agreement" in row.figures for row in found.rows)
    columns = BoardColumns(len(heads), last_year)
    body = table_body(found.rows, base=base, grouped=grouped, pick=may_ask, columns=columns, chips=chips_of_desk(desk))
    context = page(
        request, actor, desk, board=found, chips=_chips(request, found), body=body,
        may_act=bool(heads) and can(actor, "desks.edit_central_actions", desk),
        form=FilterForm(request.GET, found.choices), may_ask=may_ask, grouped=grouped, heads=heads, last_year=last_year, since=_since_text(since, desk),
        simulated=any(shown.simulated for row in found.rows for shown in row.figures.values()),
    )  # fmt: skip
    return render(request, "desks/board.html", context)


def _since_text(since: dt.datetime | None, desk: Desk) -> str:
    return date_with_time(since, desk.round.tz) if since else ""


def _chips(request: HttpRequest, found: Board) -> list[dict[str, object]]:
    """The states that occur, and before them what changed since the last visit."""
    state, changed = request.GET.get("keadaan", ""), request.GET.get("berubah", "")
    chips: list[dict[str, object]] = [
        {
            "label": "Semua yang diajukan", "count": found.total, "active": not state and not changed,
            "url": url_with(request, keadaan=None, berubah=None),
        },
        {
            "label": "Berubah sejak kunjungan terakhir", "count": found.changed, "active": bool(changed),
            "url": url_with(request, keadaan=None, berubah="true"),
        },
    ]  # fmt: skip
    for value, label, count in found.states:
        url = url_with(request, keadaan=value, berubah=None)
        chips.append({"label": label, "count": count, "active": state == value, "url": url})
    return chips


@speaker_required
@require_safe
def board_download(request: HttpRequest, round_code: str, desk_code: str) -> HttpResponse:
    """The rows exactly as filtered and ordered on the page."""
    actor, desk = desk_for(request, round_code, desk_code)
    if (own := PAGES.get(desk.strand)) is not None:
        return own.board_download(request, actor, desk)
    since = last_visit(actor.user, desk, note=False)
    choices = desk_choices(actor, desk)
    form = FilterForm(request.GET, choices)
    sheet = BoardSheet(
        title=f"Desk {desk.name}, {desk.round.short_name}", filters=_filter_text(form, request),
        made=date_with_time(timezone.now(), desk.round.tz), rows=board_rows(actor, desk, request.GET, since), heads=board_heads(desk.strand, desk.round.words),
        words=desk.round.words, chips=chips_of_desk(desk),
    )  # fmt: skip
    name = f"Papan {desk.name} {desk.round.short_name} {plain_date(timezone.localdate())}.xlsx"
    return xlsx_response(board_workbook(sheet), name)


def _filter_text(form: FilterForm, request: HttpRequest) -> str:
    chosen = []
    for name, field in form.fields.items():
        labels = dict(field.choices)  # type: ignore[attr-defined]
        value = request.GET.get(name, "")
        if value:
            chosen.append(f"{field.label}: {labels.get(value, value)}")
    if state := dict(STATES).get(request.GET.get("keadaan", "")):
        chosen.append(f"Status: {state}")
    if request.GET.get("berubah"):
        chosen.append("berubah sejak kunjungan terakhir")
    return "; ".join(chosen) or "tanpa saringan"


@speaker_required
@require_POST
def board_seen(request: HttpRequest, round_code: str, desk_code: str) -> HttpResponse:
    """Take all marks of change away."""
    actor, desk = desk_for(request, round_code, desk_code)
    mark_all_seen(actor.user, desk)
    return redirect("desks:board", round_code, desk_code)
