"""What the pages of one desk share: finding the desk, the right to see it, the bar above."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from accounts.actors import Actor, can
from accounts.http import speaker_of
from core.errors import NotAllowed, NotFound
from desks.models import Desk
from desks.scopes import scope_of
from desks.selectors.stages import current_window
from desks.views.common import new_key


def desk_for(request: HttpRequest, round_code: str, desk_code: str) -> tuple[Actor, Desk]:
    """The speaker and the desk, for central institutions with a seat there.

    NotFound for regions and for whoever has no seat in the round; NotAllowed for those of the centre who sit at other desks only.
    """
    actor = speaker_of(request)
    desk = Desk.objects.select_related("round__host").filter(round__code=round_code, code=desk_code).first()
    if desk is None or not actor.central or desk.round_id not in scope_of(actor).rounds():
        raise NotFound("Desk tidak ditemukan.")
    if not can(actor, "desks.view_desk_board", desk):
        raise NotAllowed("Papan ini hanya untuk lembaga yang duduk di desk tersebut.")
    return actor, desk


def page(request: HttpRequest, actor: Actor, desk: Desk, **more: Any) -> dict[str, Any]:
    """The context of a page of the desk; sets the round and stage of the bar above."""
    window = current_window(desk.round, actor)
    stage = None
    if window:
        stage = {"label": window.stage.get_kind_display(), "closes_at": window.closes_at, "tz": desk.round.tz}
    request.portal_context = {"round": desk.round, "stage": stage}  # type: ignore[attr-defined]
    return {
        "desk": desk,
        "round": desk.round,
        "bar_desk": f"Desk {desk.name}",
        "section": "desk",
        "kunci": new_key(),
        **more,
    }
