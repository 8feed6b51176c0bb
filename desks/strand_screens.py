"""The parts of shared pages that a strand draws itself: which templates, and what they read. A new strand is a new row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from accounts.actors import Actor
from desks.models import Item, Session
from desks.selectors.agenda_lines import has_lines, lines_at
from desks.selectors.macro_page import macro_row
from desks.selectors.usulan.panel import usulan_panel
from indicators.choices import Strand


def _nothing(actor: Actor, item: Item, session: Session | None) -> None:
    return None


def _no_more(actor: Actor, session: Session, item: Item) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Verb:
    """A button that settles a row, and the key that presses it."""

    action: str
    label: str
    key: str


@dataclass(frozen=True)
class RoomWords:
    """How the room speaks of a row and of what lies on the table."""

    row: str = "butir"
    figure: str = "angka"
    verbs: tuple[Verb, ...] = (Verb("agree", "Sepakati", "s"), Verb("agree_noted", "Dengan catatan", "c"))
    """The usual verdict first."""
    reopened: str = "Angka kembali ke meja dan sikap semua pihak ditanyakan lagi."
    folded: bool = False
    """Whether the thread is folded below its newest: packages are long, figures short."""


@dataclass(frozen=True)
class StrandScreen:
    """Templates included by the pages of a row; '' draws nothing. `read` gives them `own`, `room_read` more for those of the room."""

    page: str = "desks/item_supports_panel.html"
    """On the page of a row, below its proposal."""
    room_facts: str = "desks/room_facts.html"
    """In the room: what is known of the row."""
    room_links: str = ""
    """In the room: more ways out of the row."""
    room_table: str = ""
    """In the room: what is settled before the row itself."""
    room_figure: str = "desks/room_figure.html"
    """In the form of the verdict: the figure."""
    room_verdict: str = ""
    """In the form of the verdict: more to fill in."""
    room_offer: str = "desks/room_offer.html"
    """In the room: another figure for the whole row."""
    room_details: str = "desks/room_supports_part.html"
    """In the room: what hangs on the row."""
    board: str = ""
    """On the page of a row of the board."""
    stylesheet: str = ""
    read: Callable[[Actor, Item, Session | None], Any] = _nothing
    room_read: Callable[[Actor, Session, Item], dict[str, Any]] = _no_more
    words: RoomWords = RoomWords()


URUSAN: Final = StrandScreen()
USULAN: Final = RoomWords(
    "usulan", "paket", (Verb("agree_noted", "Dengan catatan", "c"), Verb("agree", "Rekomendasikan", "s")),
    "Paket kembali ke meja dan sikap semua pihak ditanyakan lagi; putusan tiap lokasi dapat diubah.", folded=True,
)  # fmt: skip
SCREENS: Final[dict[str, StrandScreen]] = {
    Strand.URUSAN: URUSAN,
    Strand.MAKRO: StrandScreen(
        page="desks/makro/item_panel.html", room_facts="desks/makro/room_facts.html", room_details="desks/makro/room_actions.html",
        board="desks/makro/board_panel.html", stylesheet="css/makro.css", read=macro_row,
    ),
    Strand.KEWILAYAHAN: StrandScreen(
        room_facts="desks/usulan/room_facts.html", room_links="desks/usulan/room_links.html", room_table="desks/usulan/room_places.html",
        room_figure="desks/usulan/room_figure.html", room_verdict="desks/usulan/room_verdict.html", room_offer="", room_details="",
        stylesheet="css/usulan.css", room_read=usulan_panel, words=USULAN,
    ),
}  # fmt: skip


def strand_context(actor: Actor, item: Item, session: Session | None = None) -> dict[str, Any]:
    """`screen` and `own` for a page of the row, and the lines of the host's Renja on its desk's agenda."""
    screen = SCREENS.get(item.strand, URUSAN)
    renja = list(lines_at(item.meja.desk)) if has_lines(item.round.level) else []
    more = screen.room_read(actor, session, item) if session is not None else {}
    return {"screen": screen, "own": screen.read(actor, item, session), "renja": renja, **more}
