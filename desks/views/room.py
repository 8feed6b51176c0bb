"""The room page, its polling, and what every act of the room answers with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.actors import Actor, can
from accounts.http import speaker_of, speaker_required
from core.errors import DomainError, InvalidInput
from desks.choices import ItemState, SessionState, StanceKind, SupportVerdict, reasons_of, state_label
from desks.filters_priority import chips_of_desk
from desks.models import Item, Round, Session
from desks.selectors.presence import expected_at
from desks.selectors.room import agenda_of, load_session, versions_of, visible_mejas
from desks.selectors.room_item import panel_of
from desks.selectors.stages import current_window
from desks.strand_screens import strand_context
from desks.views.common import new_key
from planning.selectors.priorities import Chip


@speaker_required
@require_safe
def session_page(request: HttpRequest, code: str) -> HttpResponseBase:
    """The room: agenda, the row asked for (else the one under discussion), notes."""
    actor = speaker_of(request)
    return room_page(request, actor, load_session(actor, code), request.GET.get("butir", ""))


def room_page(
    request: HttpRequest,
    actor: Actor,
    session: Session,
    item_code: str = "",
    *,
    problem: DomainError | None = None,
    typed: Any = None,
) -> HttpResponse:
    """The room as a page; after a refusal with what was typed, the reason and its status."""
    agenda = agenda_of(actor, session)
    row = agenda.pick(item_code)
    panel = panel_of(actor, session, row.item, agenda.consents.get(row.item.pk)) if row else None
    is_open = session.state == SessionState.OPEN
    context = {
        **head_context(request, actor, session),
        "agenda": agenda, "row": row, "panel": panel, "problem": problem, "typed": typed or {},
        "previous": agenda.beside(row, -1) if row else None, "next": agenda.beside(row, 1) if row else None,
        "next_undecided": agenda.next_undecided(row) if row else None,
        "expected": expected_at(session, agenda), "following": not item_code, "is_open": is_open,
        "waiting": agenda.waits_for(actor.institution) if panel and panel.can_stance else [],
        "reasons": reasons_of(session.desk.strand, national=session.desk.round.national),
        "stances": StanceKind.choices, "support_verdicts": SupportVerdict.choices[1:],
        "locked": session.locked_at is not None, "chips": _chips(row.item, session) if row else (),
        "declined_word": state_label(ItemState.DECLINED, session.desk.strand),
        "wall": request.GET.get("layar") == "1",
        "can_settle": panel is not None and is_open and bool({"agree", "discuss"} & set(panel.actions)),
        **(strand_context(actor, row.item, session) if row else {}),
    }  # fmt: skip
    return render(request, "desks/room_page.html", context, status=_status(problem))


def _chips(item: Item, session: Session) -> Sequence[Chip]:
    """The priorities that the row's indicator measures; those of an usulan stand among its facts."""
    return chips_of_desk(session.desk).get(item.indicator.code, ()) if item.indicator else ()


def _status(problem: DomainError | None) -> int:
    if problem is None:
        return 200
    return 422 if isinstance(problem, InvalidInput) else problem.status


def head_context(request: HttpRequest, actor: Actor, session: Session) -> dict[str, Any]:
    """What every page of a sitting shows above: where we are, the rights, the versions, a key for its forms."""
    show_round(request, session.desk.round, actor)
    mejas = visible_mejas(actor, session)
    names = [meja.region.short_name for meja in mejas]
    return {
        "session": session, "mejas": mejas, "section": "desk", "kunci": new_key(), "now": timezone.now(),
        "regions": ", ".join(names) if len(names) < 4 else f"{len(names)} daerah",
        "bar_desk": f"Desk {session.desk.name}", "bar_region": names[0] if len(names) == 1 else "",
        "can_run": can(actor, "desks.run_session", session), "can_attend": can(actor, "desks.record_attendance", session),
        "can_plan": can(actor, "desks.run_session", session) or can(actor, "desks.manage_round", session.desk.round),
        "versions": stamp(actor, session),
    }  # fmt: skip


def show_round(request: HttpRequest, round_: Round, actor: Actor) -> None:
    """Round and stage in the context bar."""
    window = current_window(round_, actor)
    stage = None
    if window:
        stage = {"label": window.stage.label, "closes_at": window.closes_at, "tz": round_.tz}
    request.portal_context = {"round": round_, "stage": stage}  # type: ignore[attr-defined]


def stamp(actor: Actor, session: Session) -> str:
    """The versions of the mejas followed, as one short text for the address."""
    return "-".join(f"{code}.{version}" for code, version in sorted(versions_of(actor, session).items()))


@speaker_required
@require_safe
def session_versions(request: HttpRequest, code: str) -> HttpResponseBase:
    """What polling asks every few seconds: the versions, or 304 while they are the ones already seen."""
    actor = speaker_of(request)
    session = load_session(actor, code)
    now = stamp(actor, session)
    tag = f'"{session.state}-{now}"'
    if request.headers.get("If-None-Match") == tag or request.GET.get("sejak") == now:
        answer: HttpResponse = HttpResponse(status=304)
    else:
        answer = JsonResponse({"versi": now, "mejas": versions_of(actor, session), "state": session.state})
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache"
    return answer


def seen_version(request: HttpRequest, name: str = "versi") -> int:
    """The version that the form was drawn from."""
    text = request.POST.get(name, "")
    if not text.isdecimal():
        raise InvalidInput("Muat ulang halaman: versi baris tidak terbaca.", field=name)
    return int(text)
