"""What the shared services do differently for a strand: one row each; a strand without a row works as urusan does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from desks.chain import Writer
from desks.models import Item
from desks.services.talk import write_first_position
from desks.services.usulan.package import free_places, hand_in_usulan, settle_places
from indicators.choices import Strand

BeforeVerdict = Callable[..., dict[str, Any]]


def _no_more(item: Item) -> None:
    return None


def _nothing(writer: Writer, item: Item, action: str, *, reason: str, forum: str) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class StrandActs:
    """`hand_in` puts the region's figures on the table; `before_verdict` settles what hangs on the row and adds to the event's payload.

    `reopened` takes back what only followed the verdict that was taken back.
    """

    hand_in: Callable[[Writer, Item], None] = write_first_position
    before_verdict: BeforeVerdict = _nothing
    reopened: Callable[[Item], None] = _no_more


USUAL: Final = StrandActs()
ACTS: Final[dict[str, StrandActs]] = {Strand.KEWILAYAHAN: StrandActs(hand_in_usulan, settle_places, free_places)}


def acts_of(item: Item) -> StrandActs:
    """How the row's strand does it."""
    return ACTS.get(item.strand, USUAL)
