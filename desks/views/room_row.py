"""Pages of a row that open from the room: its sub kegiatan, and asking the region to mend the row."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.actors import Actor, can
from accounts.http import speaker_of, speaker_required
from core.dates import deadline
from core.errors import InvalidInput, NotAllowed, NotFound, StaleState, TransitionNotAllowed
from desks.choices import ItemState, SessionState
from desks.forms_board import RepairForm
from desks.models import Item, Session
from desks.selectors.deadlines import latest_answer, usual_due
from desks.selectors.room import load_session
from desks.services.item import load_item
from desks.services.repair import request_repair
from desks.views.common import act_key, require_ok
from desks.views.room import head_context, seen_version
from desks.views.support import Place, add_at, change_at
from desks.workflow import require_move


def row_of(request: HttpRequest, code: str, butir: str) -> tuple[Actor, Session, Item]:
    """Speaker, sitting and row, if the speaker may see both and the row stands on the agenda; else NotFound."""
    actor = speaker_of(request)
    session = load_session(actor, code)
    item = load_item(actor, butir)
    if not session.agenda.filter(item=item).exists():
        raise NotFound("Butir ini tidak ada pada agenda sesi.")
    return actor, session, item


def row_url(session: Session, item: Item) -> str:
    """The row in its room."""
    return f"{reverse('desks:session', args=[session.code])}?{urlencode({'butir': item.code})}"


@speaker_required
@require_http_methods(["GET", "POST"])
def support_add(request: HttpRequest, code: str, butir: str) -> HttpResponseBase:
    """The chair adds a sub kegiatan to the row under discussion."""
    return add_at(request, _at_desk(request, code, butir))


@speaker_required
@require_http_methods(["GET", "POST"])
def support_change(request: HttpRequest, code: str, butir: str, pk: int) -> HttpResponseBase:
    """The chair changes volume, places or pagu of a sub kegiatan of the row under discussion."""
    return change_at(request, _at_desk(request, code, butir), pk)


def _at_desk(request: HttpRequest, code: str, butir: str) -> Place:
    actor, session, item = row_of(request, code, butir)
    if not can(actor, "desks.settle_item", item):
        raise NotAllowed("Sub kegiatan di desk ditambah atau diubah oleh moderator atau pimpinan sidang.")
    if session.state != SessionState.OPEN or item.state != ItemState.DISCUSSED or item.locked_at is not None:
        raise TransitionNotAllowed(
            "Sub kegiatan di desk hanya untuk butir yang sedang dibahas dalam sesi yang berlangsung."
        )
    return Place(actor, item, row_url(session, item), request.path, session)


@speaker_required
@require_http_methods(["GET", "POST"])
def repair(request: HttpRequest, code: str, butir: str) -> HttpResponseBase:
    """Ask the region to mend the row: what, by whom, until when."""
    actor, session, item = row_of(request, code, butir)
    if not can(actor, "desks.request_repair", item):
        raise NotAllowed("Perbaikan diminta oleh K/L pengampu, Bappenas, pimpinan sidang, atau sekretariat.")
    if (
        request.method != "POST"
    ):  # a request sent twice finds the row moved by itself: its first answer is the service's to give
        require_move(actor, item, "repair")
    round_ = session.desk.round
    form = RepairForm(request.POST or None, tz=round_.tz, initial={"date": usual_due(round_)})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _ask(request, actor, session, item, form)
            except InvalidInput as error:
                field = {"due": "date"}.get(error.details.get("field", ""), error.details.get("field"))
                form.add_error(field if field in form.fields else None, error.message)
            except StaleState as error:
                item.refresh_from_db(fields=["version"])
                form.add_error(None, f"{error.message} Ketikan Anda masih di layar; kirim lagi bila masih sesuai.")
                status = 409
    last = latest_answer(round_)
    context = head_context(request, actor, session) | {
        "form": form, "item": item, "back": row_url(session, item), "last": deadline(last, round_.tz) if last else "",
    }  # fmt: skip
    return render(request, "desks/room_repair.html", context, status=status)


def _ask(request: HttpRequest, actor: Actor, session: Session, item: Item, form: RepairForm) -> HttpResponse:
    rows = [(item.code, seen_version(request))]
    given = form.cleaned_data
    results = request_repair(
        actor, session.desk, rows, note=given["note"], due=form.due, owner=given["owner"], key=act_key(request)[:48]
    )
    require_ok(results[0])
    messages.success(request, f"Perbaikan diminta sampai {deadline(form.due, session.desk.round.tz)}.")
    return redirect(row_url(session, item))
