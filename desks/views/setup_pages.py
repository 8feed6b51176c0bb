"""Penyiapan of a round on the screen: the checklist, and for each part a list, a form, a removal."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actors import Actor, can
from accounts.lists import list_tools, opened
from core.dates import date_with_time
from core.errors import InvalidInput, NotAllowed, NotFound, TransitionNotAllowed
from desks.exports.lists import part_workbook
from desks.exports.response import xlsx_response
from desks.forms_parts import PartForm
from desks.lists import SETUP
from desks.models import Round
from desks.selectors.round_overview import may_open
from desks.selectors.setup_state import setup_state
from desks.services.parts import BY_SLUG, Book, Part, Record, apply_plan, make_plan, remove_row, require_keeper
from desks.views.common import show_context, speaker_of, speaker_required

PAGE = 50


def round_for(actor: Actor, code: str) -> Round:
    """The round of the address for its secretariat; 404 for who does not sit there, 403 for the others."""
    round_ = Round.objects.select_related("host__region").filter(code=code).first()
    if round_ is None or not may_open(actor, round_):
        raise NotFound()
    if not can(actor, "desks.manage_round", round_):
        raise NotAllowed("Penyiapan dilakukan sekretariat penyelenggaraan ini.")
    return round_


def part_for(slug: str) -> Part:
    """The part of the address."""
    if slug not in BY_SLUG:
        raise NotFound()
    return BY_SLUG[slug]


def page(request: HttpRequest, round_: Round, **more: Any) -> dict[str, Any]:
    """What every page of the set-up shows."""
    show_context(request, round_)
    return {"section": "penyiapan", "round": round_, "running": round_.closed_at is None, **more}


@require_safe
@speaker_required
def checklist(request: HttpRequest, code: str) -> HttpResponse:
    """The parts in the order of the work, how each stands and what is missing."""
    actor = speaker_of(request)
    round_ = round_for(actor, code)
    found = setup_state(Book(round_, actor))
    lines = [{"line": line, "part": BY_SLUG[line.slug]} for line in found]
    ready = sum(line.state[0] in ("Siap", "Bila perlu") for line in found)
    return render(request, "desks/setup.html", page(request, round_, lines=lines, ready=ready))


@require_safe
@speaker_required
def part_list(request: HttpRequest, code: str, part: str) -> HttpResponse:
    """The rows of a part, with a word to look for."""
    actor = speaker_of(request)
    round_, shown = round_for(actor, code), part_for(part)
    if (saved := opened(request, SETUP)) is not None:
        return saved
    records = shown.records(Book(round_, actor))
    word = " ".join(request.GET.get("q", "").split()).casefold()
    found = [each for each in records if _fits(each, word)]
    paged = Paginator(found, PAGE).get_page(request.GET.get("page"))
    if request.GET.get("format") == "xlsx":
        return _workbook(round_, shown, found, request.GET.get("q", ""))
    rows = [
        {"record": each, "cells": [(column.head, each.cells.get(column.name, "")) for column in shown.columns]}
        for each in paged
    ]
    context = page(
        request,
        round_,
        part=shown,
        rows=rows,
        paged=paged,
        total=len(records),
        q=request.GET.get("q", ""),
        tools=list_tools(request, SETUP),
        notes=any(each.note for each in found),
    )
    return render(request, "desks/setup_part.html", context)


def _workbook(round_: Round, part: Part, found: list[Record], word: str) -> HttpResponse:
    """The rows of the page as they stand there; to change them by Excel there is the workbook of the set-up."""
    made = date_with_time(timezone.now(), round_.tz)
    title = f"{part.title}, {round_.short_name}"
    note = f"Saringan: {f'kata {word}' if word else 'tanpa saringan'}. Dibuat {made}."
    return xlsx_response(part_workbook(title, note, part, found), f"{title}.xlsx")


def _fits(record: Record, word: str) -> bool:
    return not word or any(word in text.casefold() for text in (*record.cells.values(), record.note))


@require_http_methods(["GET", "POST"])
@speaker_required
def add(request: HttpRequest, code: str, part: str) -> HttpResponseBase:
    """A new row of a part."""
    return _form(request, code, part_for(part), None)


@require_http_methods(["GET", "POST"])
@speaker_required
def change(request: HttpRequest, code: str, part: str, pk: int) -> HttpResponseBase:
    """A row of a part."""
    return _form(request, code, part_for(part), pk)


def _form(request: HttpRequest, code: str, part: Part, pk: int | None) -> HttpResponseBase:
    actor = speaker_of(request)
    round_ = round_for(actor, code)
    if request.method == "POST":
        require_keeper(actor, round_)
    book = Book(round_, actor)
    record = _record(part, book, pk) if pk is not None else None
    given = {name: request.GET.get(name, "") for name in part.key if name in request.GET}
    data = request.POST if request.method == "POST" else None
    form = PartForm(data, part=part, book=book, record=record, given=given)
    if request.method == "POST" and form.is_valid() and (answer := _save(request, actor, round_, part, form)):
        return answer
    fixed = (
        [(column.head, record.cells.get(column.name, "")) for column in part.columns if column.fixed] if record else []
    )
    locked = record.locked if record else ""
    only_name = record is not None and not form.fields
    context = page(
        request, round_, part=part, form=form, record=record, fixed=fixed, locked=locked, only_name=only_name
    )
    return render(request, "desks/setup_row.html", context, status=422 if form.errors else 200)


def _record(part: Part, book: Book, pk: int) -> Record:
    record = next((each for each in part.records(book) if each.pk == pk), None)
    if record is None or pk == 0:
        raise NotFound("Baris ini tidak ada atau sudah dihapus.")
    return record


def _save(request: HttpRequest, actor: Actor, round_: Round, part: Part, form: PartForm) -> HttpResponseBase | None:
    typed = [(part, [(1, form.cells())])]
    try:
        plan = make_plan(actor, round_, typed)
        ((_, row),) = plan.rows()
        if form.record is None and row.before is not None:
            raise InvalidInput("Baris dengan nama ini sudah ada. Ubah baris itu dari daftar.", field=part.key[0])
        done = apply_plan(actor, round_, typed, allow_refused=False)
    except InvalidInput as error:
        form.refuse(error)
        return None
    if done.links:
        return _links(request, round_, done.links)
    messages.success(
        request,
        f"Tersimpan.{' ' + row.warn if row.warn else ''}" if done.new or done.changed else "Tidak ada yang berubah.",
    )
    return redirect("desks:setup_part", round_.code, part.slug)


def _links(request: HttpRequest, round_: Round, links: list[tuple[str, str, str]]) -> HttpResponse:
    response = render(request, "desks/setup_links.html", page(request, round_, links=links))
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@speaker_required
def remove(request: HttpRequest, code: str, part: str, pk: int) -> HttpResponse:
    """Take a row away, or say why it stays."""
    actor = speaker_of(request)
    round_, shown = round_for(actor, code), part_for(part)
    try:
        remove_row(actor, round_, shown, pk)
    except (InvalidInput, TransitionNotAllowed) as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "Dihapus dan dicatat.")
    return redirect("desks:setup_part", round_.code, shown.slug)
