"""The page of one row: its figures, its proposal, its sub kegiatan, its moves and its life."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import Actor, can
from core.errors import DomainError, InvalidInput, NotFound
from core.values import format_value
from desks.choices import STATE_TONES
from desks.forms import ItemForm
from desks.models import Item
from desks.scopes import OWNER_ROLES
from desks.selectors.item import edit_refusal, figure_rows, moves_for, notes_of, offers_of, supports_of
from desks.selectors.stages import windows_for
from desks.selectors.story import life_story
from desks.selectors.target_marks import moved_targets
from desks.services.item import RowResult, load_item, move_rows, save_rows
from desks.services.target_marks import confirm_target
from desks.strand_screens import strand_context
from desks.views.common import asked, form_key, new_key, show_context, speaker_of, speaker_required
from desks.views.moves import MoveForm, owners_for
from desks.views.slips import slip_context
from desks.views.strands import PAGES
from indicators.selectors.priorities import indicator_chips

DOTS = ("thousands", "decimal")


@speaker_required
@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, code: str) -> HttpResponse:
    """Everything about a row; POST saves its proposal."""
    actor = speaker_of(request)
    row = load_item(actor, code)
    if (own := PAGES.get(row.strand)) is not None:
        return own.item(request, actor, row)
    if request.method == "GET":
        return _page(request, actor, row, ItemForm(item=row, initial=_initial(row)))
    form = ItemForm(request.POST, item=row)
    if not form.is_valid():
        return _page(request, actor, row, form, status=422)
    dot = request.POST.get("titik", "")
    write = form.write(row.code, _version(request), dot if dot in DOTS else "ask")
    result = save_rows(
        actor, rows=[write], key=form_key(request, [write.code, write.version, write.changes, write.dot])
    )[0]
    if result.ok:
        messages.success(request, "Tersimpan." if result.status == "saved" else "Tidak ada perubahan.")
        return redirect("desks:item", row.code)
    return _refused(request, actor, load_item(actor, code), form, result)


def _version(request: HttpRequest) -> int:
    version = request.POST.get("versi", "")
    if not version.isdecimal():
        raise InvalidInput("Versi butir tidak disertakan. Muat ulang halaman lalu simpan lagi.")
    return int(version)


def _initial(row: Item) -> dict[str, Any]:
    return {
        "value": format_value(row.value_proposed), "proposal_note": row.proposal_note,
        "applicability": row.applicability, "applicability_reason": row.applicability_reason,
    }  # fmt: skip


def _refused(request: HttpRequest, actor: Actor, row: Item, form: ItemForm, result: RowResult) -> HttpResponse:
    """The form again with what was typed: beside it theirs and base after a conflict, two readings of a dot, or the refusal."""
    more: dict[str, Any] = {}
    status = 422
    if result.status == "conflict":
        more["conflict"] = conflict_rows(result)
        more["by"] = (result.details.get("theirs") or {}).get("by")
        status = 409
    elif result.status == "ask":
        more["asked"] = asked(result)
    elif result.problem in ("not_allowed", "transition_not_allowed", "stage_closed"):
        status = 403 if result.problem == "not_allowed" else 409
        more["refusal"] = result.message
    else:
        field = str(result.details.get("field", "value"))
        form.add_error(field if field in form.fields else None, result.message)
    return _page(request, actor, row, form, status=status, **more)


CONFLICT_LABELS = {
    "value": ("value_proposed", "Usulan"), "proposal_note": ("proposal_note", "Penjelasan"),
    "applicability": ("applicability", "Keberlakuan"), "applicability_reason": ("applicability_reason", "Alasan"),
}  # fmt: skip


def conflict_rows(result: RowResult) -> list[dict[str, str]]:
    """Field by field what differs: yours, theirs, and what you had seen."""
    yours, theirs, base = (result.details.get(name) or {} for name in ("yours", "theirs", "base"))
    rows = []
    for name, (fact, label) in CONFLICT_LABELS.items():
        mine, now = str(yours.get(name, "")), str(theirs.get(fact, ""))
        if name in yours and mine.strip() != now.strip():
            rows.append({"label": label, "yours": mine, "theirs": now, "base": str(base.get(fact, ""))})
    return rows


def _page(
    request: HttpRequest,
    actor: Actor,
    row: Item,
    form: ItemForm,
    *,
    status: int = 200,
    move: MoveForm | None = None,
    **more: Any,
) -> HttpResponse:
    refusal = edit_refusal(actor, row)
    windows = windows_for(row.round, actor)
    show_context(request, row.round, windows)
    offered = moves_for(actor, row)
    owners = owners_for(row) if any(each.action == "repair" for each, _ in offered) else []
    forms = [
        move if move is not None and move.action == each.action else MoveForm(move=each, item=row, owners=owners)
        for each, blocked in offered
        if not blocked
    ]
    mine = actor.role in OWNER_ROLES and row.region_id == actor.region_id
    context = {
        "section": "isian" if mine else "desk", "item": row, "form": form, "kunci": new_key(), "editable": refusal is None,
        "why_not": refusal, "figures": figure_rows(row), "supports": supports_of(actor, row), "offers": offers_of(row),
        "notes": notes_of(actor, row), "story": life_story(actor, row), "move_forms": forms, "mine": mine, "may_confirm": can(actor, "desks.edit_item", row),
        "blocked": [(each, why) for each, why in offered if why], "tone": STATE_TONES[row.state].value,
        "bar_desk": row.meja.desk.name, "bar_region": row.region.name, "now": timezone.now(),
        "moved": moved_targets([row]).get(row.pk) if row.locked_at is None else None,
        "value": format_value(row.value_proposed), "agreed": format_value(row.value_agreed),
        **strand_context(actor, row), **slip_context(actor, row, mine=mine),
        "chips": indicator_chips([row.indicator_id or 0], row.round.plan_year).get(row.indicator_id or 0, ()), **more,
    }  # fmt: skip
    return render(request, "desks/item.html", context, status=status)


@speaker_required
@require_POST
def item_move(request: HttpRequest, code: str) -> HttpResponse:
    """One move on the row, with what it needs."""
    actor = speaker_of(request)
    row = load_item(actor, code)
    action = request.POST.get("tindakan", "")
    move = next((each for each, blocked in moves_for(actor, row) if each.action == action and not blocked), None)
    if move is None:
        # Let the service say why: without the right, in another state, or a verdict that belongs to the room.
        return _moved(request, row, move_rows(actor, action, [(row.code, _version(request))])[0])
    form = MoveForm(request.POST, move=move, item=row, owners=owners_for(row) if action == "repair" else [])
    if form.is_valid():
        given = form.given()
        facts = {name: getattr(content, "code", content) for name, content in given.items()}
        version = _version(request)
        key = form_key(request, [action, row.code, version, facts])
        result = move_rows(actor, action, [(row.code, version)], given=given, key=key)[0]
        if result.ok:
            return _moved(request, row, result)
        form.refuse_result(result)
    status = 409 if form.stale else 422
    fresh = load_item(actor, code)
    if (own := PAGES.get(fresh.strand)) is not None:
        return own.item(request, actor, fresh, status=status, move=form)
    return _page(request, actor, fresh, ItemForm(item=fresh, initial=_initial(fresh)), status=status, move=form)


@speaker_required
@require_POST
def confirm(request: HttpRequest, code: str) -> HttpResponse:
    """The owner has looked at the target that moved: what is filled in holds."""
    actor = speaker_of(request)
    row = load_item(actor, code)
    seen = request.POST.get("terlihat", "")
    if not seen.isdecimal():
        raise InvalidInput("Perubahan target yang dibaca tidak disertakan. Muat ulang halaman lalu nyatakan lagi.")
    confirm_target(actor, row, int(seen))
    messages.success(request, "Tercatat: isian tetap berlaku terhadap target yang berubah.")
    return redirect("desks:item", row.code)


def _moved(request: HttpRequest, row: Item, result: RowResult) -> HttpResponse:
    if not result.ok:
        raise _as_error(result)
    messages.success(request, f"Butir kini {result.shown['state_label'].lower()}.")
    if result.state == "withdrawn" and not Item.objects.visible_to(speaker_of(request)).filter(pk=row.pk).exists():
        return redirect("desks:isian_index")
    return redirect("desks:item", row.code)


def _as_error(result: RowResult) -> DomainError:
    from core import errors

    known: dict[str, type[DomainError]] = {
        each.code: each
        for each in (errors.NotAllowed, errors.TransitionNotAllowed, errors.StageClosed, errors.StaleState, NotFound)
    }
    return known.get(result.problem, InvalidInput)(result.message, **result.details)
