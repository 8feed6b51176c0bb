"""On the board: one strategi or aksi of the centre for many rows in one act."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html_join
from django.views.decorators.http import require_POST

from accounts.actors import Actor, can
from accounts.http import speaker_required
from core.errors import NotAllowed
from desks.choices import ActionSide
from desks.forms_macro import ActionForm
from desks.models import Desk
from desks.selectors.board import items_for
from desks.selectors.macro import host_owners
from desks.services.macro import add_to_many
from desks.views.board_acts import chosen_rows
from desks.views.common import act_key
from desks.views.desk_pages import desk_for, page


@speaker_required
@require_POST
def board_actions(request: HttpRequest, round_code: str, desk_code: str) -> HttpResponse:
    """First the form over the ticked rows, then the act with its result per row."""
    actor, desk = desk_for(request, round_code, desk_code)
    side = desk.round.words.host_side
    if not can(actor, "desks.edit_central_actions", desk):
        raise NotAllowed(f"Strategi dan aksi {side} ditulis {desk.round.words.host_actors} yang duduk di desk ini.")
    rows = chosen_rows(request)
    if not rows:
        messages.warning(request, f"Centang dahulu butir yang diberi strategi dan aksi {side}.")
        return redirect("desks:board", round_code, desk_code)
    owners = host_owners(desk.round)
    if "text" not in request.POST:
        return _form(
            request, actor, desk, ActionForm(owners=owners, initial={"owner": actor.institution.short_name}), rows
        )
    form = ActionForm(request.POST, owners=owners)
    if not form.is_valid():
        return _form(request, actor, desk, form, rows, 422)
    results = add_to_many(actor, rows, form.action_data(ActionSide.PUSAT), key=act_key(request))
    done = sum(result.ok for result in results)
    if done:
        messages.success(request, f"Strategi dan aksi {side} ditambahkan pada {done} butir.")
    if done == len(results):
        return redirect("desks:board", round_code, desk_code)
    for message in dict.fromkeys(result.message for result in results if not result.ok):
        form.add_error(None, message)
    left = {result.code: result.version for result in results if not result.ok}
    return _form(request, actor, desk, form, list(left.items()), 409)


def _form(
    request: HttpRequest, actor: Actor, desk: Desk, form: ActionForm, rows: list[tuple[str, int]], status: int = 200
) -> HttpResponse:
    items = items_for(actor, desk, [code for code, _ in rows])
    ticked = format_html_join(
        "", '<input type="hidden" name="pilih" value="{}:{}">', [row for row in rows if row[0] in items]
    )
    chosen = [items[code] for code, _ in rows if code in items]
    context = page(request, actor, desk, form=form, ticked=ticked, chosen=chosen)
    return render(request, "desks/makro/board_actions.html", context, status=status)
