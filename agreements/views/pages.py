"""The list, the paper with what is missing, and the workbook."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_POST, require_safe

from accounts.actors import Actor, can
from accounts.http import speaker_of, speaker_required
from accounts.lists import list_tools, opened
from agreements.choices import BA_TONES
from agreements.exports.papers import papers_workbook
from agreements.files import WORKBOOK
from agreements.forms import HeaderForm, NumberForm
from agreements.lists import PAPERS
from agreements.models import BeritaAcara
from agreements.querysets import STAFF_ROLES
from agreements.selectors.frozen import sheet_of
from agreements.selectors.lists import BaFilter, ba_rows, choices_of, every_row
from agreements.selectors.live import live_sheet
from agreements.selectors.material import gather
from agreements.selectors.missing import lacks
from agreements.selectors.paper import PaperView
from agreements.selectors.scopes import draftable, induk_rounds, session_line
from agreements.selectors.sheet import BaSheet
from agreements.selectors.signing import sign_rows
from agreements.selectors.waiting import session_title, undrafted_sessions
from agreements.views.common import ba_or_404, situate
from core.codes import format_check_code
from core.dates import date_with_time
from core.jobs import enqueue
from core.listing import workbook_response
from core.waiting import job_answer

LABELS = {"round": "Penyelenggaraan", "desk": "Desk", "region": "Daerah", "state": "Keadaan"}
UNDRAFTED = 20


@require_safe
@speaker_required
def ba_list(request: HttpRequest) -> HttpResponse:
    """Visible berita acara, newest first."""
    actor = speaker_of(request)
    typed = {name: request.GET.get(name, "").strip() for name in ("round", "desk", "region", "state", "q")}
    if (saved := opened(request, PAPERS)) is not None:
        return saved
    if request.GET.get("format") == "xlsx":
        return _list_workbook(actor, typed)
    page = int(request.GET["page"]) if request.GET.get("page", "").isdecimal() else 1
    rows, more = ba_rows(actor, BaFilter(**typed), page)
    choices = choices_of(actor)
    filters = [{"name": name, "label": LABELS[name], "choices": choices[name], "value": typed[name]} for name in LABELS]
    context = {
        "section": "ba",
        "tools": list_tools(request, PAPERS),
        "undrafted": _undrafted(actor) if page == 1 and not any(typed.values()) else [],
        **(_wider(actor) if page == 1 and not any(typed.values()) else {}),
        "rows": rows,
        "filters": filters,
        "typed": typed,
        "filtered": any(typed.values()),
        "page": page,
        "more": more,
    }
    return render(request, "agreements/list.html", context)


def _list_workbook(actor: Actor, typed: dict[str, str]) -> HttpResponse:
    given = [f"{LABELS.get(name, 'kata')}: {value}" for name, value in typed.items() if value]
    made = date_with_time(timezone.now(), actor.institution.region.tz)
    note = f"Saringan: {'; '.join(given) or 'tanpa saringan'}. Dibuat {made}."
    return workbook_response(papers_workbook(note, every_row(actor, BaFilter(**typed))), "berita acara")


def _undrafted(actor: Actor) -> list[tuple[str, str]]:
    if actor.role not in STAFF_ROLES:
        return []
    return [(session.code, session_title(session)) for session in undrafted_sessions(actor)[:UNDRAFTED]]


def _wider(actor: Actor) -> dict[str, Any]:
    """The scopes over several sittings that can be drafted, each with its address, and the rounds that may get an induk."""
    if actor.role not in STAFF_ROLES:
        return {}
    scopes = [
        (row, urlencode({"desk": row.desk.code} if row.desk else {"daerah": row.region.kode} if row.region else {}))
        for row in draftable(actor)
    ]
    return {"scopes": scopes, "induk": induk_rounds(actor)}


@require_safe
@speaker_required
def ba(request: HttpRequest, code: str) -> HttpResponse:
    """The paper as it will print; beside it what is missing, who signs, and the one next step."""
    actor = speaker_of(request)
    found = ba_or_404(actor, code)
    situate(request, found)
    response = render(request, "agreements/ba.html", _review(actor, found))
    add_never_cache_headers(response)
    return response


def _review(actor: Actor, found: BeritaAcara) -> dict[str, Any]:
    context: dict[str, Any] = {
        "section": "ba", "ba": found, "label": found.get_state_display(), "tone": BA_TONES[found.state].value,
        "check_code": format_check_code(found.check_code),
        "may": {name: can(actor, f"agreements.{name}", found) for name in ("draft_ba", "finalise_ba", "void_ba")},
    }  # fmt: skip
    if found.is_draft:
        material = gather(found)
        sheet = live_sheet(found, material)
        missing = lacks(found, material, sheet)
        context |= {
            "missing": missing, "blocked": any(lack.blocks for lack in missing), "digest": sheet.digest(),
            "taken": [session_line(row) for row in material.sessions] if found.session is None else [],
            "header_form": HeaderForm.of(found), "number_form": NumberForm(),
        }  # fmt: skip
    else:
        sheet = sheet_of(found)
    signers = sign_rows(actor, found)
    mine = next((row for row in signers if row.may_sign), None)
    return {**context, "sheet": sheet, "paper": PaperView(sheet), "signers": signers, "mine": mine}


@require_POST
@speaker_required
def download(request: HttpRequest, code: str) -> HttpResponse:
    """The workbook: at once if it is ready within three seconds, else the page of the job."""
    actor = speaker_of(request)
    found = ba_or_404(actor, code)
    job = enqueue(WORKBOOK, _key(actor, found, sheet_of(found)), {"ba": found.code}, by=actor.user)
    return job_answer(request, job)


def _key(actor: Actor, found: BeritaAcara, sheet: BaSheet) -> str:
    # The job's page belongs to who asked, so two people do not share one job.
    return f"{found.code}:{sheet.sha256 or sheet.digest()}:{actor.user.code}"
