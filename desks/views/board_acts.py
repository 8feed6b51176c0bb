"""Acts on the board: asking for repair in bulk, offering a figure, the internal note. Each works as a page of its own."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html_join
from django.views.decorators.http import require_POST, require_safe

from accounts.actors import Actor, can
from accounts.http import speaker_required
from core.dates import deadline
from core.errors import AmbiguousNumber, InvalidInput, KeyReused, NotAllowed, NotFound, StaleState
from desks.choices import NoteKind
from desks.forms_board import InternalNoteForm, OfferForm, RepairForm
from desks.models import Desk, Item
from desks.selectors.board import items_for
from desks.selectors.board_item import internal_note, item_facts
from desks.selectors.deadlines import latest_answer, usual_due
from desks.services.item import RowResult
from desks.services.repair import request_repair
from desks.services.talk import put_position, write_note
from desks.strand_screens import strand_context
from desks.views.common import act_key
from desks.views.desk_pages import desk_for, page


def chosen_rows(request: HttpRequest) -> list[tuple[str, int]]:
    """The ticked rows as (code, version seen)."""
    rows: dict[str, int] = {}
    for text in request.POST.getlist("pilih"):
        code, _, version = text.partition(":")
        if version.isdecimal():
            rows[code] = int(version)
    return list(rows.items())


@speaker_required
@require_POST
def board_repair(request: HttpRequest, round_code: str, desk_code: str) -> HttpResponse:
    """First the form over the chosen rows, then the request itself with its result per row."""
    actor, desk = desk_for(request, round_code, desk_code)
    if not can(actor, "desks.request_repair", desk):
        raise NotAllowed("Perbaikan diminta oleh K/L pengampu, Bappenas, pimpinan sidang, atau sekretariat.")
    rows = chosen_rows(request)
    if not rows:
        messages.warning(request, "Centang dahulu butir yang perlu diperbaiki.")
        return redirect("desks:board", round_code, desk_code)
    if "minta" not in request.POST:
        return _repair_form(request, actor, desk, RepairForm(tz=desk.round.tz, initial=_default_due(desk)), rows)
    form = RepairForm(request.POST, tz=desk.round.tz)
    if not form.is_valid():
        return _repair_form(request, actor, desk, form, rows, 422)
    given = form.cleaned_data
    try:
        results = request_repair(
            actor, desk, rows, note=given["note"], due=form.due, owner=given["owner"], key=request.POST.get("kunci", "")[:48]
        )  # fmt: skip
    except InvalidInput as error:
        field = {"due": "date"}.get(error.details.get("field", ""), error.details.get("field"))
        form.add_error(field if field in form.fields else None, error.message)
        return _repair_form(request, actor, desk, form, rows, 422)
    except KeyReused:
        form.add_error(None, "Isian ini berubah setelah dikirim. Periksa, lalu kirim sekali lagi.")
        return _repair_form(request, actor, desk, form, rows, 422)
    return _repair_result(request, actor, desk, results, form.due)


def _default_due(desk: Desk) -> dict[str, Any]:
    return {"date": usual_due(desk.round)}


def _repair_form(
    request: HttpRequest, actor: Actor, desk: Desk, form: RepairForm, rows: list[tuple[str, int]], status: int = 200
) -> HttpResponse:
    items = items_for(actor, desk, [code for code, _ in rows])
    chosen = [items[code] for code, _ in rows if code in items]
    last = latest_answer(desk.round)
    ticked = format_html_join(
        "", '<input type="hidden" name="pilih" value="{}:{}">', [row for row in rows if row[0] in items]
    )
    context = page(
        request,
        actor,
        desk,
        form=form,
        chosen=chosen,
        ticked=ticked,
        last=deadline(last, desk.round.tz) if last else "",
    )
    return render(request, "desks/board_repair.html", context, status=status)


def _repair_result(
    request: HttpRequest, actor: Actor, desk: Desk, results: list[RowResult], due: dt.datetime
) -> HttpResponse:
    done = sum(row.ok for row in results)
    if done == len(results):
        messages.success(request, f"Perbaikan {done} butir diminta sampai {deadline(due, desk.round.tz)}.")
        return redirect("desks:board", desk.round.code, desk.code)
    items = items_for(actor, desk, [row.code for row in results])
    shown = [{"result": row, "item": items.get(row.code)} for row in results]
    context = page(request, actor, desk, results=shown, done=done, failed=len(results) - done)
    return render(request, "desks/board_repair_result.html", context, status=409)


def _item(request: HttpRequest, round_code: str, desk_code: str, code: str) -> tuple[Actor, Desk, Item]:
    actor, desk = desk_for(request, round_code, desk_code)
    item = items_for(actor, desk, [code]).get(code)
    if item is None:
        raise NotFound("Butir tidak ditemukan.")
    return actor, desk, item


@speaker_required
@require_safe
def board_item(request: HttpRequest, round_code: str, desk_code: str, code: str) -> HttpResponse:
    """One row: its figures, what was put on the table, and the two acts."""
    actor, desk, item = _item(request, round_code, desk_code, code)
    return _item_page(request, actor, desk, item)


def _item_page(
    request: HttpRequest, actor: Actor, desk: Desk, item: Item, *, offer: OfferForm | None = None, note: InternalNoteForm | None = None,
    conflict: StaleState | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    facts = item_facts(actor, item)
    kept = internal_note(actor, item)
    offer = offer or OfferForm(initial={"versi": item.version}, unit=facts.unit)
    note = note or InternalNoteForm(initial={"text": kept.text if kept else "", "versi": kept.version if kept else 0})
    context = page(
        request, actor, desk, item=item, facts=facts, offer=offer, note=note, conflict=conflict, bar_region=item.region.short_name,
        may_offer=facts.open and can(actor, "desks.put_position", item), may_note=can(actor, "desks.write_note", item),
        **strand_context(actor, item),
    )  # fmt: skip
    return render(request, "desks/board_item.html", context, status=status)


@speaker_required
@require_POST
def board_offer(request: HttpRequest, round_code: str, desk_code: str, code: str) -> HttpResponse:
    """Put an own figure with its reason on the table."""
    actor, desk, item = _item(request, round_code, desk_code, code)
    form = OfferForm(request.POST, unit=item.indicator.unit if item.indicator else "")
    if not form.is_valid():
        return _item_page(request, actor, desk, item, offer=form, status=422)
    given = form.cleaned_data
    try:
        put_position(
            actor, item, text=given["value"], reason=given["reason"], seen_version=given["versi"],
            dot=given.get("dot") or "ask", key=act_key(request),
        )  # fmt: skip
    except AmbiguousNumber as error:
        form = OfferForm(request.POST, ask_dot=True, unit=item.indicator.unit if item.indicator else "")
        form.add_error("dot", error.message)
        return _item_page(request, actor, desk, item, offer=form, status=422)
    except InvalidInput as error:
        form.add_error("value", error.message)
        return _item_page(request, actor, desk, item, offer=form, status=422)
    except StaleState as error:
        again = OfferForm(
            {**request.POST.dict(), "versi": _fresh_version(item)}, unit=item.indicator.unit if item.indicator else ""
        )
        return _item_page(request, actor, desk, item, offer=again, conflict=error, status=409)
    messages.success(request, f"Angka {actor.institution.short_name} tercatat untuk {item.region.short_name}.")
    return redirect("desks:board_item", round_code, desk_code, code)


def _fresh_version(item: Item) -> int:
    item.refresh_from_db()
    return item.version


@speaker_required
@require_POST
def board_note(request: HttpRequest, round_code: str, desk_code: str, code: str) -> HttpResponse:
    """Keep the internal note of the own institution."""
    actor, desk, item = _item(request, round_code, desk_code, code)
    form = InternalNoteForm(request.POST)
    if not form.is_valid():
        return _item_page(request, actor, desk, item, note=form, status=422)
    given = form.cleaned_data
    try:
        write_note(
            actor,
            item.meja,
            item=item,
            text=given["text"],
            seen_version=given["versi"],
            kind=NoteKind.INTERNAL,
            key=act_key(request),
        )
    except InvalidInput as error:
        form.add_error("text", error.message)
        return _item_page(request, actor, desk, item, note=form, status=422)
    except StaleState as error:
        again = InternalNoteForm({**request.POST.dict(), "versi": error.details["theirs"]["version"]})
        return _item_page(request, actor, desk, item, note=again, conflict=error, status=409)
    messages.success(request, "Catatan internal tersimpan.")
    return redirect("desks:board_item", round_code, desk_code, code)
