"""The parts of shared pages that a strand draws itself: which templates, and what they read. A new strand is a new row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from accounts.actors import Actor
from desks.models import Item, Session
from desks.selectors.agenda_lines import has_lines, lines_at
from desks.selectors.macro_page import macro_row
from indicators.choices import Strand


def _nothing(actor: Actor, item: Item, session: Session | None) -> None:
    return None


@dataclass(frozen=True)
class StrandScreen:
    """Templates included by the pages of a row; '' draws nothing. `read` gives them `own`."""

    page: str = "desks/item_supports_panel.html"
    """On the page of a row, below its proposal."""
    room_facts: str = "desks/room_facts.html"
    """In the room: what is known of the row."""
    room_details: str = "desks/room_supports_part.html"
    """In the room: what hangs on the row."""
    board: str = ""
    """On the page of a row of the board."""
    stylesheet: str = ""
    read: Callable[[Actor, Item, Session | None], Any] = _nothing


URUSAN: Final = StrandScreen()
SCREENS: Final[dict[str, StrandScreen]] = {
    Strand.URUSAN: URUSAN,
    Strand.MAKRO: StrandScreen(
        page="desks/makro/item_panel.html", room_facts="desks/makro/room_facts.html", room_details="desks/makro/room_actions.html",
        board="desks/makro/board_panel.html", stylesheet="css/makro.css", read=macro_row,
    ),
    Strand.KEWILAYAHAN: StrandScreen(stylesheet="css/usulan.css"),
}  # fmt: skip


def strand_context(actor: Actor, item: Item, session: Session | None = None) -> dict[str, Any]:
    """`screen` and `own` for a page of the row, and the lines of the host's Renja on its desk's agenda."""
    screen = SCREENS.get(item.strand, URUSAN)
    renja = list(lines_at(item.meja.desk)) if has_lines(item.round.level) else []
    return {"screen": screen, "own": screen.read(actor, item, session), "renja": renja}
