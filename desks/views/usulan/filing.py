"""Filing usulan: the list of a region at a desk, the form of one usulan, taking over from an earlier round."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.actors import Actor, can
from accounts.choices import Role
from accounts.lists import ListTools, list_tools, opened
from core.dates import date_with_time
from core.errors import DomainError, InvalidInput, NotAllowed, NotFound, StaleState
from core.templatetags.rakortek import url_with
from desks.choices import ItemState, StageKind
from desks.exports.response import xlsx_response
from desks.exports.usulan import usulan_workbook
from desks.filters import WORK, WORK_LABELS
from desks.filters_priority import NodeChoice, rows_of_node, usulan_nodes
from desks.forms_usulan import UsulanForm, initial_of
from desks.lists import USULAN
from desks.models import Item, Meja, Usulan
from desks.rules import roles_at
from desks.scopes import OWNER_ROLES, scope_of
from desks.selectors.isian import filling_deadline, fills
from desks.selectors.item import edit_refusal, moves_for, notes_of, offers_of
from desks.selectors.stages import require_stage, windows_for
from desks.selectors.story import life_story
from desks.selectors.usulan.page import (
    UsulanShown,
    carriable,
    corrections_of,
    fate_of,
    only,
    relatives_of,
    shown_usulan,
)
from desks.selectors.usulan.quota import quota_of
from desks.services.item import load_item
from desks.services.usulan.package import usulan_of
from desks.services.usulan.write import carry_usulan, change_usulan, create_usulan
from desks.views.common import act_key, new_key, show_context, speaker_of, speaker_required
from desks.views.moves import MoveForm, owners_for

LIST_WORK = ("kosong", "perbaikan", "dikembalikan", "diusulkan", "siap")
STALE = (
    "Usulan ini sudah diubah orang lain sesudah Anda membukanya (lihat riwayat). Ketikan Anda masih di layar; "
    "simpan lagi bila masih sesuai."
)
LIST_WORDS = {**WORK_LABELS, "kosong": "belum lengkap"}


def isian(request: HttpRequest, actor: Actor, meja: Meja) -> HttpResponse:
    """The usulan of the region at the desk, with what is left to do."""
    if actor.role not in roles_at(actor, meja):
        raise NotFound("Desk tidak ditemukan.")
    if (saved := opened(request, USULAN)) is not None:
        return saved
    tools = list_tools(request, USULAN)
    now, windows, words = timezone.now(), windows_for(meja.round, actor), meja.round.words
    work = request.GET.get("saring", "")
    visible = Item.objects.visible_to(actor).filter(meja=meja)
    counts = {name: visible.filter(WORK[name]).count() for name in LIST_WORK}
    node = request.GET.get("prioritas", "")
    wanted = visible.filter(WORK[work]) if work in LIST_WORK else visible
    wanted = wanted.filter(rows_of_node(node)) if node else wanted
    rows = shown_usulan(actor, Usulan.objects.filter(item__in=wanted).order_by("item__order", "item__pk"))
    if request.GET.get("format") == "xlsx":
        said = LIST_WORDS.get(work, "semua usulan") + (f", prioritas {node}" if node else "")
        return _workbook(meja, rows, said, tools)
    show_context(request, meja.round, windows)
    total = visible.count()
    chips = [{"label": "semua", "count": total, "url": url_with(request, saring=None), "active": work not in LIST_WORK}] + [
        {"label": LIST_WORDS[name], "count": counts[name], "url": url_with(request, saring=name), "active": work == name} for name in LIST_WORK
    ]  # fmt: skip
    may_add = can(actor, "desks.add_usulan", meja) and _filling(meja, actor)
    context = {
        "section": "isian", "meja": meja, "rows": rows, "chips": chips, "total": total, "counts": counts, "work": work,
        "tools": tools,
        "deadline": filling_deadline(meja.round, windows, now), "quota": quota_of(meja.round, meja.region_id), "may_add": may_add,
        "choice": NodeChoice(usulan_nodes(visible), node, ""), "submits": actor.role == Role.BAPPEDA, "words": words,
        "empty_text": f"Tambahkan usulan dengan {words.aim.in_sentence}, lokasi, volume, alokasi, dan kesiapannya. "
        f"Usulan baru terlihat {words.readers} setelah diajukan.",
        "closed_text": f"Usulan ditambahkan {words.submitter} atau {words.opd} selama {words.filling}.",
        "bar_desk": meja.desk.name, "bar_region": meja.region.name,
        "carriable": len(carriable(actor, meja.region_id, meja.round_id)) if may_add else 0,
    }  # fmt: skip
    return render(request, "desks/usulan/isian.html", context)


def _workbook(meja: Meja, rows: list[UsulanShown], work: str, tools: ListTools) -> HttpResponse:
    """The usulan as filtered, one row for each location."""
    title = f"Usulan {meja.desk.name}, {meja.region.name}, {meja.round.short_name}"
    made = date_with_time(timezone.now(), meja.round.tz)
    content = usulan_workbook(title, work, made, rows, meja.round.words, tools.hidden)
    return xlsx_response(content, f"Usulan {meja.desk.name} {meja.region.short_name}.xlsx")


def _filling(meja: Meja, actor: Actor) -> bool:
    try:
        require_stage(meja.round, actor, (StageKind.FILLING_REGION,))
    except DomainError:
        return False
    return True


def filing_meja(actor: Actor, code: str) -> Meja:
    """The kewilayahan meja of the actor's own region at which it may file; outsiders meet nothing."""
    meja = Meja.objects.select_related("desk", "round", "region").filter(code=code).first()
    if (
        meja is None
        or not fills(actor)
        or meja.region_id != actor.region_id
        or meja.round_id not in scope_of(actor).rounds()
    ):
        raise NotFound("Desk tidak ditemukan.")
    if not can(actor, "desks.add_usulan", meja):
        raise NotAllowed("Usulan diisi oleh Bappeda atau perangkat daerah dari daerah ini.")
    return meja


@speaker_required
@require_http_methods(["GET", "POST"])
def usulan_add(request: HttpRequest, code: str) -> HttpResponse:
    """The form of a new usulan."""
    actor = speaker_of(request)
    meja = filing_meja(actor, code)
    require_stage(meja.round, actor, (StageKind.FILLING_REGION,))
    if request.method != "POST":
        return _form_page(request, actor, meja, UsulanForm(meja=meja))
    form = UsulanForm(request.POST, request.FILES, meja=meja, person=actor.user)
    problem = read_form(request, form)
    if problem is None:
        try:
            usulan = create_usulan(actor, meja, form.usulan_data(), key=act_key(request))
        except InvalidInput as error:
            problem = error
            form.refuse(error)
        else:
            messages.success(request, f"Usulan “{usulan.title}” tersimpan sebagai draf.")
            return redirect("desks:item", usulan.item.code)
    return _form_page(request, actor, meja, form, status=200 if form_step(request) else 422)


def form_step(request: HttpRequest) -> bool:
    """Whether the button pressed only asks for more rows or searches the catalogue."""
    return request.POST.get("langkah", "") in ("baris", "cari")


def read_form(request: HttpRequest, form: UsulanForm) -> object:
    """None when the form can go to the service; a step or a refusal otherwise. What was uploaded is kept either way."""
    try:
        form.keep_uploads()
    except InvalidInput as error:
        form.is_valid()
        form.refuse(error)
        return error
    if form_step(request):
        # Not a try to save: nothing is refused yet.
        form.is_valid()
        form.errors.clear()
        return request.POST["langkah"]
    return None if form.is_valid() else form.errors


def _form_page(request: HttpRequest, actor: Actor, meja: Meja, form: UsulanForm, *, status: int = 200) -> HttpResponse:
    windows = windows_for(meja.round, actor)
    show_context(request, meja.round, windows)
    context = {
        "section": "isian", "meja": meja, "form": form, "kunci": new_key(), "quota": quota_of(meja.round, meja.region_id), "bar_desk": meja.desk.name,
        "bar_region": meja.region.name, **form_context(form),
    }  # fmt: skip
    return render(request, "desks/usulan/add.html", context, status=status)


def form_context(form: UsulanForm) -> dict[str, Any]:
    """What the template of the form reads beside its fields."""
    return {
        **form.aim_context(), "places": form.place_rows(), "regions": form.regions(), "readiness": form.readiness_rows(),
        "plan_year": form.meja.round.plan_year,
    }  # fmt: skip


@speaker_required
@require_http_methods(["GET", "POST"])
def usulan_carry(request: HttpRequest, code: str) -> HttpResponse:
    """Usulan of earlier rounds with their fate; POST takes one over."""
    actor = speaker_of(request)
    meja = filing_meja(actor, code)
    found = carriable(actor, meja.region_id, meja.round_id)
    if request.method == "POST":
        source = (
            Item.objects.visible_to(actor)
            .select_related("round", "region")
            .filter(code=request.POST.get("butir", ""))
            .first()
        )
        if source is None:
            raise NotFound("Usulan tidak ditemukan.")
        usulan = carry_usulan(actor, meja, source, key=act_key(request))
        messages.success(
            request, f"“{usulan.title}” diambil alih sebagai draf. Periksa sasaran, volume, dan kesiapannya."
        )
        return redirect("desks:item", usulan.item.code)
    show_context(request, meja.round, windows_for(meja.round, actor))
    context = {
        "section": "isian",
        "meja": meja,
        "found": found,
        "kunci": new_key(),
        "quota": quota_of(meja.round, meja.region_id),
        "bar_desk": meja.desk.name,
    }
    return render(request, "desks/usulan/carry.html", context)


def item(
    request: HttpRequest, actor: Actor, row: Item, *, status: int = 200, move: MoveForm | None = None
) -> HttpResponse:
    """Everything about an usulan; POST saves it."""
    if request.method == "POST" and move is None:
        return _save(request, actor, row)
    return _item_page(request, actor, row, status=status, move=move)


def _save(request: HttpRequest, actor: Actor, row: Item) -> HttpResponse:
    usulan = usulan_of(row)
    form = UsulanForm(request.POST, request.FILES, meja=row.meja, usulan=usulan, person=actor.user)
    if edit_refusal(actor, row) == "":
        raise NotAllowed()
    problem, status = read_form(request, form), 200 if form_step(request) else 422
    if problem is None:
        version = request.POST.get("versi", "")
        if not version.isdecimal():
            raise InvalidInput("Versi usulan tidak disertakan. Muat ulang halaman lalu simpan lagi.")
        try:
            change_usulan(actor, row, form.usulan_data(), seen_version=int(version), key=act_key(request))
        except StaleState:
            form.add_error(None, STALE)
            status = 409
        except InvalidInput as error:
            form.refuse(error)
        else:
            messages.success(request, "Tersimpan.")
            return redirect("desks:item", row.code)
    return _item_page(request, actor, load_item(actor, row.code), form=form, status=status)


def _item_page(
    request: HttpRequest,
    actor: Actor,
    row: Item,
    *,
    form: UsulanForm | None = None,
    status: int = 200,
    move: MoveForm | None = None,
) -> HttpResponse:
    refusal = edit_refusal(actor, row)
    usulan = usulan_of(row)
    windows = windows_for(row.round, actor)
    show_context(request, row.round, windows)
    if form is None and refusal is None:
        form = UsulanForm(meja=row.meja, usulan=usulan, initial=initial_of(usulan))
    offered = moves_for(actor, row)
    owners = owners_for(row) if any(each.action == "repair" for each, _ in offered) else []
    forms = [
        move if move is not None and move.action == each.action else MoveForm(move=each, item=row, owners=owners)
        for each, blocked in offered if not blocked
    ]  # fmt: skip
    mine = actor.role in OWNER_ROLES and row.region_id == actor.region_id
    source = row.carried_from_id and Item.objects.select_related("round", "usulan").get(pk=row.carried_from_id)
    context = {
        "section": "isian" if mine else "desk", "item": row, "shown": only(shown_usulan(actor, Usulan.objects.filter(pk=usulan.pk))),
        "chips_above": True, "form": form, "kunci": new_key(), "editable": refusal is None, "why_not": refusal, "offers": offers_of(row),
        "notes": notes_of(actor, row), "story": life_story(actor, row), "move_forms": forms, "mine": mine,
        "blocked": [(each, why) for each, why in offered if why], "bar_desk": row.meja.desk.name, "bar_region": row.region.name,
        "fate": fate_of(source) if source else None, "relatives": relatives_of(row), "corrections": corrections_of(usulan),
        "handed": row.state not in (ItemState.DRAFT, ItemState.PROPOSED, ItemState.RETURNED),
        **(form_context(form) if form and refusal is None else {}),
    }  # fmt: skip
    return render(request, "desks/usulan/item.html", context, status=status)
