"""Whole pages that a strand draws by itself, one row per strand; strands without a row use the shared pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpResponse

from accounts.actors import Actor
from desks.models import Item, Session
from desks.selectors.usulan.panel import usulan_panel
from desks.views.usulan import board, filing
from indicators.choices import Strand


@dataclass(frozen=True)
class StrandPages:
    """The table of a region, the page of a row, the board of a desk and its workbook, and the row in the room with what it reads."""

    isian: Callable[..., HttpResponse]
    item: Callable[..., HttpResponse]
    board: Callable[..., HttpResponse]
    board_download: Callable[..., HttpResponse]
    room_item: str
    room_read: Callable[[Actor, Session, Item], dict[str, Any]]


PAGES: Final[dict[str, StrandPages]] = {
    Strand.KEWILAYAHAN: StrandPages(
        filing.isian, filing.item, board.board, board.board_download, "desks/usulan/room_item.html", usulan_panel
    )
}


def room_parts(actor: Actor, session: Session, item: Item | None) -> dict[str, Any]:
    """Which template draws the row in the room, and what a strand's own one reads beside the panel."""
    own = PAGES.get(session.desk.strand)
    if own is None:
        return {"room_item": "desks/room_item.html"}
    return {"room_item": own.room_item, **(own.room_read(actor, session, item) if item else {})}
