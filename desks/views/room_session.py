"""Acts on a sitting as a whole: open, refresh, bulk verdicts and stances, attendance, close, open again, follow up."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import Actor, can
from accounts.http import speaker_of, speaker_required
from core.errors import DomainError, InvalidInput, NotAllowed, NotFound, TransitionNotAllowed
from desks.choices import AttendanceMode, SessionState
from desks.models import Session
from desks.room_forms import CloseForm, FollowUpForm
from desks.selectors.presence import expected_at
from desks.selectors.room import agenda_of, load_session
from desks.services.item import RowResult
from desks.services.room import (
    close_and_follow,
    follow_up,
    open_session,
    record_absent,
    record_attendance,
    record_leaving,
    refresh_agenda,
    reopen_session,
)
from desks.services.settle import settle_uncontested
from desks.services.talk import take_stances
from desks.views.common import act_key
from desks.views.room import head_context
from desks.views.room_acts import to_room


def sitting_act(work: Callable[[HttpRequest, Actor, Session], str]) -> Callable[..., HttpResponseBase]:
    """A POST on the sitting without typed text: back to the room with a sentence."""

    @speaker_required
    @require_POST
    @wraps(work)
    def view(request: HttpRequest, code: str) -> HttpResponseBase:
        actor = speaker_of(request)
        session = load_session(actor, code)
        messages.success(request, work(request, actor, session))
        return to_room(session)

    return view


@sitting_act
def session_open(request: HttpRequest, actor: Actor, session: Session) -> str:
    """Open the sitting."""
    open_session(actor, session, key=act_key(request))
    return f"Sesi dibuka dengan {session.agenda.count()} butir."


@sitting_act
def session_refresh(request: HttpRequest, actor: Actor, session: Session) -> str:
    """Take in what was submitted since."""
    added = refresh_agenda(actor, session, key=act_key(request))
    return f"{added} butir baru masuk agenda." if added else "Tidak ada butir baru."


@sitting_act
def session_reopen(request: HttpRequest, actor: Actor, session: Session) -> str:
    """Open a closed sitting again."""
    reopen_session(actor, session, note=request.POST.get("alasan_buka", ""), key=act_key(request))
    return "Sesi dibuka kembali. Butir tidak terbahas dapat dipanggil lagi."


def _pairs(request: HttpRequest) -> list[tuple[str, int]]:
    """The ticked rows, each as code and the number seen."""
    pairs = []
    for text in request.POST.getlist("butir"):
        code, _, number = text.partition(":")
        if not number.isdecimal():
            raise InvalidInput("Pilihan butir tidak terbaca. Muat ulang halaman.")
        pairs.append((code, int(number)))
    if not pairs:
        raise InvalidInput("Pilih sedikitnya satu butir.")
    return pairs


def _tell(request: HttpRequest, results: list[RowResult], done: str) -> None:
    good = [row for row in results if row.ok]
    if good:
        messages.success(request, f"{len(good)} butir {done}.")
    for row in results:
        if not row.ok:
            messages.warning(request, f"Butir {row.code}: {row.message}")


@speaker_required
@require_http_methods(["GET", "HEAD", "POST"])
def agree_all(request: HttpRequest, code: str) -> HttpResponseBase:
    """Preview and act: settle every uncontested row; the preview says per row on what each consent rests."""
    actor = speaker_of(request)
    session = load_session(actor, code)
    if not can(actor, "desks.run_session", session):
        raise NotAllowed()
    if request.method == "POST":
        results = settle_uncontested(actor, session, _pairs(request), key=act_key(request))
        _tell(request, results, "disepakati")
        return to_room(session)
    agenda = agenda_of(actor, session)
    rows = [(row, agenda.consents[row.item.pk]) for row in agenda.uncontested]
    left = [(row, agenda.consents[row.item.pk]) for row in agenda.remaining if not row.uncontested]
    return render(
        request, "desks/session_agree_all.html", {**head_context(request, actor, session), "rows": rows, "left": left}
    )


@speaker_required
@require_http_methods(["GET", "HEAD", "POST"])
def consent_all(request: HttpRequest, code: str) -> HttpResponseBase:
    """Preview and act: a party says setuju to every figure on which it has said nothing yet."""
    actor = speaker_of(request)
    session = load_session(actor, code)
    if not can(actor, "desks.take_stance", session) and not any(
        can(actor, "desks.take_stance", meja) for meja in session.mejas.all()
    ):
        raise NotAllowed()
    if request.method == "POST":
        results = take_stances(actor, _pairs(request), kind="setuju", session=session, key=act_key(request))
        _tell(request, results, "disetujui")
        return to_room(session)
    agenda = agenda_of(actor, session)
    rows = [(row, agenda.consents[row.item.pk]) for row in agenda.waits_for(actor.institution)]
    return render(request, "desks/session_consent_all.html", {**head_context(request, actor, session), "rows": rows})


@speaker_required
@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: HttpRequest, code: str) -> HttpResponseBase:
    """Who is expected, who is there; room staff record, the chair records a party absent."""
    actor = speaker_of(request)
    session = load_session(actor, code)
    if request.method == "POST":
        try:
            messages.success(request, _record(request, actor, session))
            return redirect("desks:attendance", session.code)
        except (InvalidInput, TransitionNotAllowed) as error:
            return _attendance_page(request, actor, session, error)
    return _attendance_page(request, actor, session)


def _attendance_page(
    request: HttpRequest, actor: Actor, session: Session, error: DomainError | None = None
) -> HttpResponse:
    context = head_context(request, actor, session)
    context |= {
        "expected": expected_at(session, agenda_of(actor, session), people=context["can_attend"]), "problem": error,
        "typed": request.POST, "modes": [mode for mode in AttendanceMode.choices if mode[0] != AttendanceMode.ABSENT],
        "is_open": session.state == SessionState.OPEN,
    }  # fmt: skip
    status = 200 if error is None else 422 if isinstance(error, InvalidInput) else error.status
    return render(request, "desks/room_attendance.html", context, status=status)


def _record(request: HttpRequest, actor: Actor, session: Session) -> str:
    post, key = request.POST, act_key(request)
    expected = expected_at(session, agenda_of(actor, session), people=True)
    if post.get("keluar"):
        rows = {str(row.pk): row for entry in expected for row in entry.here}
        if post["keluar"] not in rows:
            raise NotFound("Catatan kehadiran tidak ditemukan.")
        record_leaving(actor, session, rows[post["keluar"]])
        return f"{rows[post['keluar']].name} dicatat meninggalkan sesi."
    entry = next((each for each in expected if str(each.institution.pk) == post.get("lembaga")), None)
    if entry is None:
        raise InvalidInput("Pilih lembaga dari daftar.", field="lembaga")
    if post.get("perbuatan") == "tidak_hadir":
        record_absent(actor, session, entry.institution, post.get("alasan_absen", ""), key=key)
        return f"{entry.institution.short_name} dicatat tidak hadir. Dicabut sendiri begitu ada yang hadir."
    member = next((row for row in entry.people if str(row.user_id) == post.get("orang")), None)
    row = record_attendance(
        actor, session, institution=entry.institution, mode=post.get("cara", ""), user=member.user if member else None,
        name="" if member else post.get("nama", ""), office=post.get("jabatan", "") or (member.office if member else ""), key=key,
    )  # fmt: skip
    return f"{row.name}, {entry.institution.short_name}, dicatat hadir."


@speaker_required
@require_http_methods(["GET", "HEAD", "POST"])
def session_close(request: HttpRequest, code: str) -> HttpResponseBase:
    """What remains, one reason for all, and if wanted the follow-up sitting in the same act."""
    actor = speaker_of(request)
    session = load_session(actor, code)
    if not can(actor, "desks.run_session", session):
        raise NotAllowed()
    agenda = agenda_of(actor, session)
    form = CloseForm(
        request.POST or None,
        tz=session.tz,
        left=len(agenda.remaining),
        strand=session.desk.strand,
        national=session.desk.round.national,
    )
    status = 200 if request.method != "POST" else 422
    if request.method == "POST" and form.is_valid():
        try:
            return _close(request, actor, session, form)
        except (InvalidInput, TransitionNotAllowed) as error:
            form.refuse(error)
            status = 422 if isinstance(error, InvalidInput) else error.status
    context = {**head_context(request, actor, session), "agenda": agenda, "form": form}
    return render(request, "desks/session_close.html", context, status=status)


def _close(request: HttpRequest, actor: Actor, session: Session, form: CloseForm) -> HttpResponse:
    plan = form.plan() if form.follows else None
    reason = form.cleaned_data["kode_alasan"]
    left, next_one = close_and_follow(actor, session, reason=reason, plan=plan, key=act_key(request))
    messages.success(
        request, f"Sesi ditutup; {left} butir tidak terbahas." if left else "Sesi ditutup; semua butir diputuskan."
    )
    if next_one is not None:
        messages.success(request, f"Sesi {next_one.no} dijadwalkan; butir yang tidak terbahas masuk agendanya.")
    return to_room(session)


@speaker_required
@require_http_methods(["GET", "HEAD", "POST"])
def session_follow_up(request: HttpRequest, code: str) -> HttpResponseBase:
    """Plan the follow-up of a closed sitting."""
    actor = speaker_of(request)
    session = load_session(actor, code)
    context: dict[str, Any] = head_context(request, actor, session)
    if not context["can_plan"]:
        raise NotAllowed()
    form = FollowUpForm(request.POST or None, tz=session.tz)
    if request.method == "POST" and form.is_valid():
        next_one = follow_up(actor, session, **form.plan(), key=act_key(request))
        messages.success(request, f"Sesi {next_one.no} dijadwalkan; butir yang tidak terbahas masuk agendanya.")
        return to_room(next_one)
    context |= {"form": form, "agenda": agenda_of(actor, session)}
    return render(request, "desks/session_follow_up.html", context, status=422 if form.errors else 200)
