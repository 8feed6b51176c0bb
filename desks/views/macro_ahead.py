"""The centre prepares its strategi dan aksi for regions that have not handed in: per indicator, for one or many regions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import Actor, can
from accounts.http import speaker_required
from core.errors import InvalidInput, NotAllowed, NotFound
from desks.choices import ActionSide
from desks.forms_macro import ActionForm
from desks.models import Desk, DeskIndicator
from desks.selectors.board_choices import indicator_choices
from desks.selectors.macro import host_owners
from desks.selectors.macro_ahead import rows_of_indicator
from desks.services.macro_prepare import drop_prepared, prepare_actions
from desks.strands import Detail, form_of
from desks.views.common import act_key
from desks.views.desk_pages import desk_for, page
from indicators.models import Indicator


@speaker_required
@require_http_methods(["GET", "POST"])
def ahead(request: HttpRequest, round_code: str, desk_code: str) -> HttpResponse:
    """The regions of one indicator with what is prepared; POST adds one strategi or aksi to the ticked ones."""
    actor, desk = _desk(request, round_code, desk_code)
    indicator = _indicator(desk, request.POST.get("indikator") or request.GET.get("indikator", ""))
    owners = host_owners(desk.round)
    form = ActionForm(request.POST or None, owners=owners, initial={"owner": actor.institution.short_name})
    if request.method != "POST":
        return _page(request, actor, desk, indicator, form)
    picked = request.POST.getlist("daerah")
    if not form.is_valid():
        return _page(request, actor, desk, indicator, form, picked, 422)
    try:
        count = prepare_actions(
            actor, desk, indicator, picked, form.action_data(ActionSide.PUSAT), key=act_key(request)
        )
    except InvalidInput as error:
        form.refuse(error)
        return _page(request, actor, desk, indicator, form, picked, 422)
    left = len(set(picked)) - count
    messages.success(request, f"Strategi dan aksi pusat disiapkan bagi {count} daerah.")
    if left:
        messages.warning(request, f"{left} daerah sudah mengajukan butirnya: tulis pada butirnya sendiri.")
    return redirect(_url(desk, indicator))


@speaker_required
@require_POST
def ahead_remove(request: HttpRequest, round_code: str, desk_code: str, aksi: str) -> HttpResponse:
    """Take one prepared strategi or aksi away."""
    actor, desk = _desk(request, round_code, desk_code)
    drop_prepared(actor, desk, aksi, key=act_key(request))
    messages.success(request, "Strategi dan aksi pusat dihapus.")
    return redirect(_url(desk, _indicator(desk, request.POST.get("indikator", ""))))


def _desk(request: HttpRequest, round_code: str, desk_code: str) -> tuple[Actor, Desk]:
    actor, desk = desk_for(request, round_code, desk_code)
    if form_of(desk.strand).detail != Detail.ACTIONS:
        raise NotFound("Desk ini tidak memuat strategi dan aksi.")
    if not can(actor, "desks.edit_central_actions", desk):
        raise NotAllowed("Strategi dan aksi pusat ditulis K/L, Bappenas, dan Kemendagri yang duduk di desk ini.")
    return actor, desk


def _indicator(desk: Desk, code: str) -> Indicator:
    rows = DeskIndicator.objects.filter(desk=desk).select_related("indicator").order_by("order", "indicator__code")
    row = rows.filter(indicator__code=code).first() if code else rows.first()
    if row is None:
        raise NotFound("Indikator ini tidak ada pada desk.")
    return row.indicator


def _url(desk: Desk, indicator: Indicator) -> str:
    return f"{reverse('desks:macro_ahead', args=[desk.round.code, desk.code])}?indikator={indicator.code}"


def _page(
    request: HttpRequest, actor: Actor, desk: Desk, indicator: Indicator, form: ActionForm, picked: Any = (), status: int = 200
) -> HttpResponse:  # fmt: skip
    rows = rows_of_indicator(actor, desk, indicator.pk)
    context = page(
        request, actor, desk, form=form, rows=rows, indicator=indicator, indicators=indicator_choices(desk), tab="ahead", picked=set(picked),
        waiting=sum(row.waits for row in rows),
    )  # fmt: skip
    return render(request, "desks/makro/ahead.html", context, status=status)
