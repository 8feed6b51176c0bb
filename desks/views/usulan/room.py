"""Acts on an usulan in the room: one location at a time; corrections, merging and splitting; an usulan added at the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.actors import Actor, can
from accounts.http import speaker_of, speaker_required
from core.errors import DomainError, InvalidInput, NotAllowed, NotFound, StaleState, TransitionNotAllowed
from desks.choices import OPEN_FOR_DESK, PlaceVerdict, SessionState
from desks.forms_aim import aim_context, aim_data, aim_initial, number
from desks.forms_usulan import UsulanForm
from desks.models import Item, Meja, Session, Usulan, UsulanPriority
from desks.selectors.room import load_session, visible_mejas
from desks.selectors.usulan.panel import usulan_panel
from desks.services.usulan.lineage import add_at_desk, merge_usulan, split_usulan
from desks.services.usulan.priorities import tag_usulan
from desks.services.usulan.read import regions_for
from desks.services.usulan.room import correct_usulan, offer_place, settle_place, state_available
from desks.views.common import act_key, new_key
from desks.views.room import head_context, seen_version
from desks.views.room_acts import Act, row_act
from desks.views.room_row import row_of, row_url
from desks.views.usulan.filing import form_context, form_step, read_form
from indicators.choices import Strand
from planning.forms import WHOLE, NodeGroup, node_groups
from planning.selectors.priorities import node_choices


@row_act
def place(act: Act) -> str:
    """One location: a figure for it, its verdict, or what is available."""
    code, kind = act.text("lokasi"), act.text("perbuatan")
    typed: dict[str, Any] = {
        "volume": act.text("volume"),
        "amount": act.text("alokasi"),
        "seen_version": act.version,
        "key": act.key,
    }
    if kind == "tawar":
        behalf = act.institution("atas_nama")
        by = None if behalf == act.actor.institution else behalf
        row = offer_place(act.actor, act.item, code, reason=act.text("alasan"), on_behalf=by, **typed)
        return f"Angka untuk {row.short_name} ada di meja. Sikap pihak lain ditanyakan lagi."
    if kind == "tersedia":
        row = state_available(act.actor, act.item, code, **typed)
        return f"Ketersediaan untuk {row.short_name} tercatat."
    verdict = act.text("putusan_lokasi")
    row = settle_place(
        act.actor, act.session, act.item, code, verdict=verdict, reason=act.text("alasan_lokasi"), note=act.text("catatan_lokasi"), **typed
    )  # fmt: skip
    return f"{row.short_name}: {PlaceVerdict(verdict).label.lower()}."


@speaker_required
@require_http_methods(["GET", "POST"])
def mend(request: HttpRequest, code: str, butir: str) -> HttpResponseBase:
    """Correct RO, unit or location, take another usulan in, or split locations off: the chair's acts on a row under discussion."""
    actor, session, item = row_of(request, code, butir)
    if item.strand != Strand.KEWILAYAHAN:
        raise NotFound("Halaman ini hanya untuk usulan.")
    if not can(actor, "desks.settle_item", item):
        raise NotAllowed("Usulan dikoreksi, digabung, atau dipecah oleh moderator atau pimpinan sidang.")
    if session.state != SessionState.OPEN or item.state not in OPEN_FOR_DESK or item.locked_at is not None:
        raise TransitionNotAllowed(
            "Koreksi, gabung, dan pecah hanya untuk usulan yang dibahas dalam sesi yang berlangsung."
        )
    if request.method != "POST" or request.POST.get("langkah") == "cari":
        return _mend_page(request, actor, session, item)
    try:
        said = _mend(request, actor, session, item)
    except (InvalidInput, StaleState, TransitionNotAllowed) as error:
        item.refresh_from_db(fields=["version", "state"])
        return _mend_page(request, actor, session, item, problem=error)
    messages.success(request, said)
    return redirect(row_url(session, item))


def _mend(request: HttpRequest, actor: Actor, session: Session, item: Item) -> str:
    post, version, key = request.POST, seen_version(request), act_key(request)
    kind = post.get("perbuatan", "")
    if kind == "gabung":
        other = (
            Item.objects.visible_to(actor)
            .filter(code=post.get("lain", ""), meja=item.meja)
            .select_related("meja__desk", "round")
            .first()
        )
        if other is None:
            raise InvalidInput("Pilih usulan yang digabungkan.", field="other")
        merge_usulan(actor, session, item, other, note=post.get("catatan", ""), seen_version=version, key=key)
        return f"Usulan {other.code} digabungkan ke usulan ini. Sikap para pihak ditanyakan lagi."
    if kind == "pecah":
        made = split_usulan(
            actor, session, item, post.getlist("tempat"), title=post.get("judul", ""), note=post.get("catatan", ""), seen_version=version, key=key,
        )  # fmt: skip
        return f"“{made.title}” menjadi usulan sendiri dan masuk agenda."
    if kind == "prioritas":
        tag_usulan(actor, session, item, post.getlist("priorities"), seen_version=version, key=key)
        return "Prioritas usulan tercatat. Sikap para pihak tetap."
    correct_usulan(
        actor, session, item, kind, aim=aim_data(post), unit=post.get("satuan", ""), place=post.get("lokasi", ""),
        region_id=number(post.get("wilayah")), detail=post.get("rinci", ""), reason=post.get("alasan", ""), seen_version=version, key=key,
    )  # fmt: skip
    return "Koreksi tercatat dan tercetak sebagai “Semula … Menjadi …”. Sikap para pihak ditanyakan lagi."


def _mend_page(
    request: HttpRequest, actor: Actor, session: Session, item: Item, *, problem: DomainError | None = None
) -> HttpResponse:
    others = Item.objects.visible_to(actor).filter(meja=item.meja, state__in=OPEN_FOR_DESK, agenda__session=session)
    context = head_context(request, actor, session) | usulan_panel(actor, session, item) | {
        "item": item, "back": row_url(session, item), "problem": problem, "typed": request.POST,
        "aim_heading": f"Koreksi {item.round.words.aim.in_sentence}",
        **aim_context(item.round, request.POST or aim_initial(Usulan.objects.get(item=item))),
        "regions": [(row.pk, row.name) for row in regions_for(item.meja)], "plan_year": item.round.plan_year,
        "groups": _groups(request, item),
        "others": others.exclude(pk=item.pk).select_related("usulan").distinct(), "kunci": new_key(),
    }  # fmt: skip
    status = 200 if problem is None else 422 if isinstance(problem, InvalidInput) else problem.status
    return render(request, "desks/usulan/mend.html", context, status=status)


def _groups(request: HttpRequest, item: Item) -> list[NodeGroup]:
    typed = request.POST.get("perbuatan") == "prioritas"
    stands = UsulanPriority.objects.filter(usulan__item=item).select_related("node")
    chosen = request.POST.getlist("priorities") if typed else [tag.node.key for tag in stands]
    return node_groups(node_choices(item.round.plan_year, most=WHOLE), chosen)


@speaker_required
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, code: str, meja: str) -> HttpResponseBase:
    """The chair adds an usulan at the desk for one region of the sitting."""
    actor = speaker_of(request)
    session = load_session(actor, code)
    place = _meja(actor, session, meja)
    if not can(actor, "desks.run_session", session):
        raise NotAllowed("Usulan ditambahkan di desk oleh moderator atau pimpinan sidang.")
    if session.state != SessionState.OPEN:
        raise TransitionNotAllowed("Usulan hanya ditambahkan selama sesi berlangsung.")
    if request.method != "POST":
        return _add_page(request, actor, session, place, UsulanForm(meja=place))
    form = UsulanForm(request.POST, request.FILES, meja=place, person=actor.user)
    if read_form(request, form) is None:
        try:
            made = add_at_desk(actor, session, place, form.usulan_data(), key=act_key(request))
        except InvalidInput as error:
            form.refuse(error)
        else:
            messages.success(request, f"“{made.title}” ditambahkan ke agenda.")
            return redirect(row_url(session, made.item))
    return _add_page(request, actor, session, place, form, 200 if form_step(request) else 422)


def _meja(actor: Actor, session: Session, code: str) -> Meja:
    found = next((row for row in visible_mejas(actor, session) if row.code == code), None)
    if found is None or found.desk.strand != Strand.KEWILAYAHAN:
        raise NotFound("Desk daerah ini tidak ada pada sesi.")
    found.round = session.desk.round
    return found


def _add_page(
    request: HttpRequest, actor: Actor, session: Session, meja: Meja, form: UsulanForm, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = head_context(request, actor, session) | {
        "meja": meja, "form": form, "back": reverse("desks:session", args=[session.code]), **form_context(form),
    }  # fmt: skip
    return render(request, "desks/usulan/add.html", context, status=status)
