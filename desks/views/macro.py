"""Pages of the strategies and actions of a macro row: add, change, remove, in filling in and at the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import Actor
from core.errors import DomainError, InvalidInput, StaleState
from desks.choices import ActionSide
from desks.forms_macro import ActionForm, side_of, typed_action
from desks.models import Item, MacroAction
from desks.scopes import OWNER_ROLES
from desks.selectors.macro import find_action, owners_for
from desks.selectors.stages import windows_for
from desks.services.item import load_item
from desks.services.macro import add_action, change_action, remove_action, require_side
from desks.views.common import act_key, new_key, show_context, speaker_of, speaker_required
from desks.views.room import seen_version
from desks.views.room_acts import Act, row_act


@speaker_required
@require_http_methods(["GET", "POST"])
def action_add(request: HttpRequest, code: str) -> HttpResponse:
    """Add a strategi or aksi to one side of the row."""
    actor = speaker_of(request)
    row = load_item(actor, code)
    side = side_of(request.POST.get("sisi") or request.GET.get("sisi", ""))
    require_side(actor, row, side)
    owners = owners_for(row, side)
    initial = {"owner": actor.institution.short_name if actor.institution in owners else ""}
    form = ActionForm(request.POST or None, owners=owners, initial=initial)
    if request.method != "POST":
        return _page(request, actor, row, form, side)
    if not form.is_valid():
        return _page(request, actor, row, form, side, status=422)
    try:
        add_action(actor, row, form.action_data(side), seen_version=seen_version(request), key=act_key(request))
    except (InvalidInput, StaleState) as error:
        return _refused(request, actor, row, form, side, error)
    messages.success(request, f"Strategi dan aksi {row.round.words.side(side)} ditambahkan.")
    return redirect(_back(row))


@speaker_required
@require_http_methods(["GET", "POST"])
def action_change(request: HttpRequest, code: str, aksi: str) -> HttpResponse:
    """Change a strategi or aksi."""
    actor = speaker_of(request)
    row = load_item(actor, code)
    action = find_action(row, aksi)
    require_side(actor, row, action.side, None, action)
    initial = {"text": action.text, "owner": action.owner_name}
    form = ActionForm(request.POST or None, owners=owners_for(row, action.side), initial=initial)
    if request.method != "POST":
        return _page(request, actor, row, form, action.side, action=action)
    if not form.is_valid():
        return _page(request, actor, row, form, action.side, action=action, status=422)
    try:
        change_action(
            actor, action, form.action_data(action.side), seen_version=seen_version(request), key=act_key(request)
        )
    except (InvalidInput, StaleState) as error:
        return _refused(request, actor, row, form, action.side, error, action=action)
    messages.success(request, f"Strategi dan aksi {row.round.words.side(action.side)} disimpan.")
    return redirect(_back(row))


@speaker_required
@require_POST
def action_remove(request: HttpRequest, code: str, aksi: str) -> HttpResponse:
    """Take a strategi or aksi away."""
    actor = speaker_of(request)
    row = load_item(actor, code)
    action = find_action(row, aksi)
    remove_action(actor, action, seen_version=seen_version(request))
    messages.success(request, f"Strategi dan aksi {row.round.words.side(action.side)} dihapus.")
    return redirect(_back(row))


@row_act
def row_action(act: Act) -> str:
    """In the room: add a strategi or aksi, or change the one named."""
    if code := act.text("aksi"):
        action = find_action(act.item, code)
        data = _typed(act, action.side)
        change_action(act.actor, action, data, seen_version=act.version, session=act.session, key=act.key)
        return "Strategi dan aksi disimpan."
    side = side_of(act.text("sisi"))
    add_action(act.actor, act.item, _typed(act, side), seen_version=act.version, session=act.session, key=act.key)
    return f"Strategi dan aksi {act.item.round.words.side(side)} ditambahkan."


@row_act
def row_action_remove(act: Act) -> str:
    """In the room: take a strategi or aksi away."""
    action = find_action(act.item, act.text("aksi"))
    remove_action(act.actor, action, seen_version=act.version, session=act.session, key=act.key)
    return "Strategi dan aksi dihapus."


def _typed(act: Act, side: str) -> Any:
    return typed_action(owners_for(act.item, side), side, act.text("strategi"), act.text("penanggung_jawab"))


def _back(row: Item) -> str:
    return f"{reverse('desks:item', args=[row.code])}#aksi"


def _refused(
    request: HttpRequest, actor: Actor, row: Item, form: ActionForm, side: str, error: DomainError, **more: Any
) -> HttpResponse:
    form.refuse(error)
    if isinstance(error, StaleState):
        form.add_error(None, "Ketikan Anda masih di layar. Periksa butirnya, lalu simpan lagi bila masih sesuai.")
    row.refresh_from_db(fields=["version"])
    return _page(request, actor, row, form, side, status=409 if error.status == 409 else 422, **more)


def _page(
    request: HttpRequest, actor: Actor, row: Item, form: ActionForm, side: str, *, action: MacroAction | None = None, status: int = 200
) -> HttpResponse:  # fmt: skip
    show_context(request, row.round, windows_for(row.round, actor))
    words = row.round.words
    mine = actor.role in OWNER_ROLES and row.region_id == actor.region_id
    context = {
        "section": "isian" if mine else "desk", "item": row, "form": form, "side": ActionSide(side), "side_name": words.side(side),
        "actors": words.host_actors if side == ActionSide.PUSAT else words.region_actors, "action": action, "mine": mine,
        "back": _back(row), "bar_desk": row.meja.desk.name, "bar_region": row.region.name, "kunci": new_key(),
    }  # fmt: skip
    return render(request, "desks/makro/action_form.html", context, status=status)
