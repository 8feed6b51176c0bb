"""Targets of a desk: the national ones on one page, the indicative ones of an indicator on another; both one plain form."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.actors import Actor
from accounts.http import speaker_required
from accounts.lists import list_tools, opened
from core.errors import KeyReused, StageClosed
from desks.filters_priority import chips_of_desk, node_choice
from desks.lists import TARGETS
from desks.models import Desk
from desks.selectors.targets import TargetBook
from desks.services.targets import save_targets
from desks.target_form import TargetForm
from desks.views.desk_pages import desk_for, page


@speaker_required
@require_http_methods(["GET", "HEAD", "POST"])
def targets(request: HttpRequest, round_code: str, desk_code: str) -> HttpResponse:
    """All indicators with their national target, and how far the regions are filled."""
    actor, desk = desk_for(request, round_code, desk_code)
    if (saved := opened(request, TARGETS)) is not None:
        return saved
    book = TargetBook(actor, desk, node=request.GET.get("prioritas", ""))
    form = TargetForm([row.nation for row in book.overview()], request.POST if request.method == "POST" else None)
    error, status = _act(request, actor, desk, form)
    if status == 302:
        return redirect(request.get_full_path())
    rows = list(zip(book.overview(), form.rows, strict=True))
    context = page(
        request,
        actor,
        desk,
        book=book,
        rows=rows,
        form=form,
        error=error,
        choice=node_choice(request, desk),
        tools=list_tools(request, TARGETS),
        chips=chips_of_desk(desk),
    )
    return render(request, "desks/targets.html", context, status=status)


@speaker_required
@require_http_methods(["GET", "HEAD", "POST"])
def targets_indicator(request: HttpRequest, round_code: str, desk_code: str, indicator: str) -> HttpResponse:
    """The indicative target of one indicator for every region, beside what is known there."""
    actor, desk = desk_for(request, round_code, desk_code)
    book = TargetBook(actor, desk, only=indicator)
    row = book.indicators[0]
    form = TargetForm(book.provinces(row), request.POST if request.method == "POST" else None)
    error, status = _act(request, actor, desk, form)
    if status == 302:
        return redirect("desks:targets_indicator", round_code, desk_code, indicator)
    context = page(
        request,
        actor,
        desk,
        book=book,
        indicator=row,
        name=book.name(row),
        nation=book.nation(row),
        form=form,
        error=error,
    )
    return render(request, "desks/targets_indicator.html", context, status=status)


def _act(request: HttpRequest, actor: Actor, desk: Desk, form: TargetForm) -> tuple[str, int]:
    """Do what the button pressed asks: fill the empty fields (nothing saved yet) or save. The message and status of the answer."""
    if request.method != "POST":
        return "", 200
    if request.POST.get("act") == "spread":
        return form.spread(request.POST.get("isi", "")), 200
    writes = form.writes(request.POST.get("dot", "ask"))
    if not writes:
        messages.info(request, "Tidak ada target yang berubah.")
        return "", 302
    try:
        form.take(save_targets(actor, desk, writes, key=request.POST.get("kunci", "")[:64]))
    except StageClosed as error:
        return error.message, error.status
    except KeyReused:
        return "Isian berubah setelah dikirim. Periksa, lalu simpan sekali lagi.", 422
    if form.failed:
        return form.summary(), 409 if form.conflicts else 422
    messages.success(request, form.summary())
    return "", 302
