"""What the shared services do differently for a strand: one row each; a strand without a row works as urusan does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from desks.chain import Writer
from desks.models import Item, Meja
from desks.services.talk import write_first_position
from desks.services.usulan.package import free_places, hand_in_usulan, settle_places
from desks.services.usulan.quota import mejas_of_quota, require_quota
from indicators.choices import Strand

BeforeVerdict = Callable[..., dict[str, Any]]


def _no_more(item: Item) -> None:
    return None


def _nothing(writer: Writer, item: Item, action: str, *, reason: str, forum: str) -> dict[str, Any]:
    return {}


def _unlimited(writer: Writer, item: Item) -> None:
    pass


def _no_further(items: list[Item]) -> list[Meja]:
    return []


@dataclass(frozen=True)
class StrandActs:
    """`hand_in` puts the region's figures on the table; `before_verdict` settles what hangs on the row and adds to the event's payload.
    `before_hand_in` refuses what may not be handed in; it counts over the mejas of `counts_over`, which stand still with the row's own.
    `reopened` takes back what only followed the verdict that was taken back.
    """

    hand_in: Callable[[Writer, Item], None] = write_first_position
    before_verdict: BeforeVerdict = _nothing
    before_hand_in: Callable[[Writer, Item], None] = _unlimited
    counts_over: Callable[[list[Item]], list[Meja]] = _no_further
    reopened: Callable[[Item], None] = _no_more


USUAL: Final = StrandActs()
ACTS: Final[dict[str, StrandActs]] = {
    Strand.KEWILAYAHAN: StrandActs(hand_in_usulan, settle_places, require_quota, mejas_of_quota, free_places)
}


def acts_of(item: Item) -> StrandActs:
    """How the row's strand does it."""
    return ACTS.get(item.strand, USUAL)


def counted_mejas(items: list[Item]) -> list[Meja]:
    """The further mejas over which the strands of these rows count when they are handed in."""
    strands = {item.strand for item in items}
    return [meja for strand in sorted(strands) for meja in ACTS.get(strand, USUAL).counts_over(items)]
