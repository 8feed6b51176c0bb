"""The Isian: index of a region's desks, the table of one desk, moves of many rows, the inner deadline."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.actors import Actor
from accounts.choices import Role
from accounts.lists import ListTools, list_tools, opened
from core.dates import date_with_time
from core.errors import InvalidInput, NotFound
from desks.choices import StageKind
from desks.exports.isian import desks_workbook, isian_workbook
from desks.exports.response import xlsx_response
from desks.filters import WORK, WORK_LABELS
from desks.filters_priority import chips_of_desk, node_choice
from desks.forms import InnerDeadlineForm
from desks.lists import ISIAN
from desks.models import Desk, Meja, Round
from desks.scopes import REGION_ROLES, hands_in, host_side, scope_of
from desks.selectors.home import desks_of
from desks.selectors.isian import (
    IsianTable,
    desk_rows,
    filling_deadline,
    fills,
    isian_table,
    rounds_of,
)
from desks.selectors.isian_warnings import WARNED
from desks.selectors.stages import StageWindow, windows_for
from desks.services.item import RowResult, RowWrite, move_rows, save_rows
from desks.services.setup import set_inner_deadline
from desks.views.common import (
    asked,
    form_key,
    new_key,
    refusal_status,
    require_some_right,
    show_context,
    speaker_of,
    speaker_required,
)
from desks.views.isian_rows import Ticks, rows_html, without_figures
from desks.views.strands import PAGES

MOVES_HERE = ("propose", "return")
DOTS = ("thousands", "decimal")


@speaker_required
@require_GET
def isian_index(request: HttpRequest) -> HttpResponse:
    """The desks of the actor's region in one round; people of the centre are led to their desks."""
    actor = speaker_of(request)
    rounds = rounds_of(actor)
    chosen = chosen_round(rounds, request.GET.get("ronde", ""))
    windows = windows_for(chosen, actor) if chosen else []
    desks = desk_rows(actor, chosen) if chosen and fills(actor) else []
    if request.GET.get("format") == "xlsx" and chosen is not None and fills(actor):
        place, made = actor.institution.region.name, date_with_time(timezone.now(), chosen.tz)
        content = desks_workbook(f"Isian {place}, {chosen.short_name}", f"Dibuat {made}.", desks)
        return xlsx_response(content, f"Isian {place} {chosen.short_name}.xlsx")
    show_context(request, chosen, windows)
    context = {
        "section": "isian", "rounds": rounds, "round": chosen, "fills": fills(actor), "bar_region": actor.institution.region.name,
        "desks": desks,
        "deadline": filling_deadline(chosen, windows, timezone.now()) if chosen else None,
        "links": [] if fills(actor) or chosen is None else desk_links(actor, chosen),
        "submits": chosen is not None and hands_in(actor, chosen.pk), "deadline_form": _deadline_form(actor, chosen, windows),
    }  # fmt: skip
    return render(request, "desks/isian_index.html", context)


def desk_links(actor: Actor, round_: Round) -> list[tuple[str, str]]:
    """The desks of the round at which the actor sits: code with name, and address. The board is the centre's, so regions get none."""
    if not host_side(actor, round_.pk):
        return []
    own = desks_of(actor, [round_])
    desks = Desk.objects.filter(round=round_).order_by("order", "code")
    if own is not None:
        desks = desks.filter(pk__in=own)
    return [(f"{desk.code} {desk.name}", reverse("desks:board", args=[round_.code, desk.code])) for desk in desks]


def chosen_round(rounds: list[Round], code: str) -> Round | None:
    """The round asked for, else the first; NotFound for one in which the actor does not sit."""
    if not code:
        return rounds[0] if rounds else None
    found = next((each for each in rounds if each.code == code), None)
    if found is None:
        raise NotFound("Penyelenggaraan tidak ditemukan.")
    return found


def _deadline_form(actor: Actor, round_: Round | None, windows: list[StageWindow]) -> InnerDeadlineForm | None:
    if round_ is None or actor.role != Role.BAPPEDA or not round_.opd_step or round_.closed_at is not None:
        return None
    window = next((each for each in windows if each.stage.kind == StageKind.FILLING_REGION), None)
    if window is None:
        return None
    inner = window.stage.inner_deadlines.filter(region_id=actor.region_id).first()
    return InnerDeadlineForm(
        round_=round_, stage=window.stage, initial={"closes_at": inner.closes_at if inner else None}
    )


@speaker_required
@require_POST
def inner_deadline(request: HttpRequest, code: str) -> HttpResponse:
    """The Bappeda sets the earlier date for its own OPD."""
    actor = speaker_of(request)
    round_ = chosen_round(rounds_of(actor), code)
    assert round_ is not None
    window = next((each for each in windows_for(round_, actor) if each.stage.kind == StageKind.FILLING_REGION), None)
    if window is None:
        raise NotFound(f"Tahapan {round_.words.filling} belum dijadwalkan.")
    form = InnerDeadlineForm(request.POST, round_=round_, stage=window.stage)
    if form.is_valid():
        try:
            set_inner_deadline(actor, round_, window.stage, actor.institution.region, form.cleaned_data["closes_at"])
        except InvalidInput as error:
            form.refuse(error)
    if form.errors:
        show_context(request, round_)
        return render(
            request, "desks/isian_deadline.html", {"section": "isian", "form": form, "round": round_}, status=422
        )
    messages.success(request, f"Batas waktu perangkat daerah ditetapkan: {form.said()}.")
    return redirect(f"{reverse('desks:isian_index')}?ronde={round_.code}")


def meja_of(actor: Actor, code: str) -> Meja:
    """The meja of the actor's own region; outsiders meet nothing."""
    meja = Meja.objects.select_related("desk", "round", "region").filter(code=code).first()
    if meja is None or not fills(actor) or meja.region_id != actor.region_id:
        raise NotFound("Desk tidak ditemukan.")
    seats = scope_of(actor).at(meja.round_id, meja.desk_id, meja.desk.strand, meja.region_id)
    if actor.role in REGION_ROLES and actor.role not in seats:
        raise NotFound("Desk tidak ditemukan.")
    return meja


@speaker_required
@require_http_methods(["GET", "POST"])
def isian(request: HttpRequest, code: str) -> HttpResponse:
    """The table of one desk; POST saves every changed row and shows what became of each."""
    actor = speaker_of(request)
    meja = meja_of(actor, code)
    if (own := PAGES.get(meja.desk.strand)) is not None:
        return own.isian(request, actor, meja)
    if request.method == "GET":
        return opened(request, ISIAN) or _page(request, actor, meja)
    writes = changed_rows(request)
    results = save_rows(
        actor, rows=writes, key=form_key(request, [[row.code, row.version, row.changes, row.dot] for row in writes])
    )
    require_some_right(results)
    bad = [result for result in results if not result.ok]
    saved = sum(result.status == "saved" for result in results)
    if not bad:
        messages.success(request, f"{saved} baris tersimpan." if saved else "Tidak ada perubahan.")
        return redirect(request.get_full_path())
    typed = {row.code: row.changes["value"] for row in writes}
    return _page(request, actor, meja, results=results, typed=typed, status=refusal_status(bad))


def changed_rows(request: HttpRequest) -> list[RowWrite]:
    """The rows of the posted table whose text differs from what the page showed (`d.<code>` = version and that text)."""
    dot = request.POST.get("titik", "")
    writes = []
    for name, text in request.POST.items():
        if not name.startswith("v."):
            continue
        version, _, shown = str(request.POST.get(f"d.{name[2:]}", "")).partition("|")
        if version.isdecimal() and str(text).strip() != shown.strip():
            changes = {"value": str(text)}
            writes.append(RowWrite(name[2:], int(version), changes, dot if dot in DOTS else "ask"))
    return writes


def _page(
    request: HttpRequest, actor: Actor, meja: Meja, *, results: list[RowResult] | None = None,
    typed: dict[str, str] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    work = request.GET.get("saring", "")
    wanted_work = work if work in (*WORK, WARNED) and not results else ""
    table = isian_table(actor, meja, timezone.now(), work=wanted_work, data=None if results else request.GET)
    if actor.role == Role.OPD and not table.counts["semua"] and not request.GET.get("prioritas"):
        raise NotFound("Desk tidak ditemukan.")
    tools = list_tools(request, ISIAN)
    without_figures(table, tools.hidden)
    if request.GET.get("format") == "xlsx" and request.method == "GET":
        return _workbook(meja, table, tools)
    _put_results(table, results or [], typed or {})
    chips = chips_of_desk(meja.desk)
    for row in table.rows:
        row.chips = chips.get(row.indicator, ())
    questions = [asked(result) for result in results or [] if result.status == "ask"]
    show_context(request, meja.round, table.windows)
    ticks = _ticks(actor, table)
    pickable = table.can_edit and ticks.any(table.rows)
    context = {
        "section": "isian", "meja": meja, "table": table, "chips": table.chips(work, actor.role, _kept(request)), "asked": questions,
        "rows": rows_html(table, ticks=ticks if pickable else None, hidden=tools.hidden), "tools": tools, "kunci": new_key(), "saved": _count(results, "saved"),
        "bad": [result for result in results or [] if not result.ok], "opd": actor.role == Role.OPD,
        "bar_desk": meja.desk.name, "bar_region": meja.region.name, "work": work,
        "choice": node_choice(request, meja.desk), "pickable": pickable, "editable": any(row.editable for row in table.rows),
    }  # fmt: skip
    return render(request, "desks/isian_table.html", context, status=status)


def _workbook(meja: Meja, table: IsianTable, tools: ListTools) -> HttpResponse:
    """The table as filtered, in the columns that show."""
    work = {**WORK_LABELS, WARNED: WARNED}.get(tools.query.get("saring", ""), "semua butir")
    node = f", prioritas {tools.query['prioritas']}" if "prioritas" in tools.query else ""
    title = f"Isian {meja.desk.name}, {meja.region.name}, {meja.round.short_name}"
    note = f"Saringan: {work}{node}. Dibuat {date_with_time(timezone.now(), meja.round.tz)}."
    return xlsx_response(
        isian_workbook(title, note, table, tools.hidden), f"Isian {meja.desk.name} {meja.region.short_name}.xlsx"
    )


def _ticks(actor: Actor, table: IsianTable) -> Ticks:
    """What is ticked: by the OPD what it proposes, also rows it fills on this page; by the Bappeda what it checks; who submits itself ticks nothing here."""
    if actor.role == Role.OPD:
        return Ticks() if table.can_submit else Ticks(frozenset({"lengkap"}), frozenset({"kosong"}))
    return Ticks(frozenset({"diusulkan"} if table.can_submit else set()))


def _kept(request: HttpRequest) -> str:
    return urlencode({name: request.GET[name] for name in ("prioritas", "lewat") if request.GET.get(name)})


def _count(results: list[RowResult] | None, status: str) -> int:
    return sum(result.status == status for result in results or [])


def _put_results(table: IsianTable, results: list[RowResult], typed: dict[str, str]) -> None:
    found = {result.code: result for result in results}
    for row in table.rows:
        row.result = found.get(row.code)
        if row.result is not None and not row.result.ok:
            row.typed = typed[row.code]


@speaker_required
@require_POST
def isian_move(request: HttpRequest, code: str) -> HttpResponse:
    """One move on the ticked rows: the OPD proposes, the Bappeda returns with a note."""
    actor = speaker_of(request)
    meja = meja_of(actor, code)
    action = request.POST.get("tindakan", "")
    if action not in MOVES_HERE:
        raise NotFound("Tindakan ini tidak ada di sini.")
    rows = picked_rows(request)
    given: dict[str, Any] = {"note": request.POST.get("catatan", "").strip()} if action == "return" else {}
    results = move_rows(
        actor, action, rows, given=given, key=form_key(request, [action, [list(row) for row in rows], given])
    )
    require_some_right(results)
    tell(
        request,
        results,
        {"propose": "diusulkan kepada Bappeda", "return": "dikembalikan kepada perangkat daerah"}[action],
    )
    return redirect("desks:isian", meja.code)


def picked_rows(request: HttpRequest) -> list[tuple[str, int]]:
    """The ticked rows: (code, version seen)."""
    pairs = (value.partition(":") for value in request.POST.getlist("butir"))
    return [(code, int(version)) for code, _, version in pairs if version.isdecimal()]


def tell(request: HttpRequest, results: list[RowResult], done: str) -> None:
    """Say on the next page how many rows went and, in their own words, why others did not."""
    good = [result for result in results if result.ok]
    if good:
        messages.success(request, f"{len(good)} butir {done}.")
    if not results:
        messages.warning(request, "Belum ada butir yang dipilih.")
    reasons: dict[str, int] = {}
    for result in results:
        if not result.ok:
            reasons[result.message] = reasons.get(result.message, 0) + 1
    for message, count in reasons.items():
        messages.error(request, f"{count} butir tidak diproses. {message}")
