"""What the pages of one desk share: finding the desk, the right to see it, the bar above."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.actors import Actor, can
from accounts.http import speaker_of
from core.errors import NotAllowed, NotFound
from core.prepared import Prepared
from desks.models import Desk
from desks.scopes import host_side
from desks.selectors.stages import current_window
from desks.strands import Detail, form_at
from desks.views.common import new_key


def _desk(*, round_code: str, desk_code: str) -> QuerySet[Desk]:
    return Desk.objects.select_related("round__host").filter(round__code=round_code, code=desk_code).order_by("pk")


DESK: Final = Prepared(_desk, round_code=str, desk_code=str)


def desk_for(request: HttpRequest, round_code: str, desk_code: str) -> tuple[Actor, Desk]:
    """The speaker and the desk, for institutions of the host's side with a seat there.

    NotFound for regions and for whoever has no seat in the round; NotAllowed for those of the host's side who sit at other desks only.
    """
    actor = speaker_of(request)
    desk = next(iter(DESK(round_code=round_code, desk_code=desk_code)), None)
    if desk is None or not host_side(actor, desk.round_id):
        raise NotFound("Desk tidak ditemukan.")
    if not can(actor, "desks.view_desk_board", desk):
        raise NotAllowed("Papan ini hanya untuk lembaga yang duduk di desk tersebut.")
    return actor, desk


def page(request: HttpRequest, actor: Actor, desk: Desk, **more: Any) -> dict[str, Any]:
    """The context of a page of the desk; sets the round and stage of the bar above."""
    window = current_window(desk.round, actor)
    stage = None
    if window:
        stage = {"label": window.stage.label, "closes_at": window.closes_at, "tz": desk.round.tz}
    request.portal_context = {"round": desk.round, "stage": stage}  # type: ignore[attr-defined]
    words = form_at(desk)
    return {
        "desk": desk,
        "round": desk.round,
        "bar_desk": f"Desk {desk.name}",
        "form_words": words,
        "may_prepare": words.detail == Detail.ACTIONS and can(actor, "desks.edit_central_actions", desk),
        "section": "desk",
        "kunci": new_key(),
        **more,
    }
