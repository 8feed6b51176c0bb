"""A sitting of the makro desk: who comes, what is called, countered, said and settled."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from agreements.demo.clock import FIRST_DAY, Clock, Slot
from agreements.demo.filling import between
from agreements.demo.macro_texts import CONCLUSIONS, COUNTERS, DESK_ACTIONS, NOTES
from agreements.demo.sitting import ROOM
from agreements.demo.texts import OBJECTIONS
from agreements.demo.world import PLAN_YEAR
from desks.choices import (
    ActionSide,
    AttendanceMode,
    ItemState,
    ReasonCode,
    SessionMode,
    StanceBasis,
    StanceKind,
)
from desks.models import Item, Session
from desks.services.bulk import BulkSession, add_bulk_action

if TYPE_CHECKING:
    from agreements.demo.macro import MacroHand

MINUTE: Final = dt.timedelta(minutes=1)
__all__ = ["Slot", "hold"]


def hold(hand: MacroHand, slot: Slot, clock: Clock) -> None:
    """Plan the sitting; play it whole where it is over, half where it runs."""
    hand.book.until(clock.day(FIRST_DAY - 2))
    session = Session(
        desk=hand.book.meja.desk, starts=slot.starts, ends=slot.ends, tz="Asia/Jakarta", mode=SessionMode.HYBRID, place=ROOM
    )  # fmt: skip
    sitting = BulkSession.plan(hand.moderator, hand.book, session)
    past, running = slot.is_past(clock.now), slot.is_running(clock.now)
    if not (past or running):
        return
    hand.book.until(slot.starts)
    _gather(hand, sitting)
    agenda = [entry.item for entry in sitting.agenda.values()]
    called = [item for item in agenda if not hand.chance(0.06)] if past else agenda[: len(agenda) // 2 + 1]
    span = (slot.ends if past else clock.now) - slot.starts
    for number, item in enumerate(called):
        hand.book.until(slot.starts + span * 0.85 / max(len(called), 1) * (number + 0.2))
        _discuss(hand, sitting, item, still_open=running and number == len(called) - 1)
    if past:
        hand.book.until(slot.ends - 3 * MINUTE)
        left = [item for item in agenda if item.state in (ItemState.SUBMITTED, ItemState.DISCUSSED)]
        sitting.close(hand.moderator, str(ReasonCode.TIME) if left else "")


def _gather(hand: MacroHand, sitting: BulkSession) -> None:
    sitting.open(hand.moderator)
    notulis = hand.world.actors["notulis"]
    for actor, mode in (
        (hand.bappeda, AttendanceMode.ONLINE), (hand.bappenas, AttendanceMode.ONSITE), (hand.kemendagri, AttendanceMode.ONSITE)
    ):  # fmt: skip
        sitting.attend(notulis, actor.user, actor.institution, actor.membership.office, mode)


def _discuss(hand: MacroHand, sitting: BulkSession, item: Item, *, still_open: bool) -> None:
    book = hand.book
    sitting.call(hand.moderator, item)
    wanted = hand.random.choices(("agree", "agree_noted", "decline"), (55, 38, 7))[0]
    if still_open or wanted != "agree":
        _counter(hand, item)
    if still_open:
        text = "Perlu mencocokkan proyeksi dengan BPS provinsi."
        book.stance(hand.bappeda, item, hand.bappeda.institution, StanceKind.BAHAS, text=text, session=sitting.session)
        return
    if hand.chance(0.25):
        text = hand.random.choice(DESK_ACTIONS)
        add_bulk_action(
            book, hand.world.actors["notulis"], item, ActionSide.PUSAT, text, owner=hand.bappenas.institution, at_desk=True
        )  # fmt: skip
    if wanted == "decline":
        said = hand.random.choice(OBJECTIONS)
        book.stance(
            hand.bappeda, item, hand.bappeda.institution, StanceKind.KEBERATAN, text=said, session=sitting.session
        )
        book.note(hand.bappeda, said, item)
        conclusion = "Daerah bertahan pada proyeksi sendiri; angka dibahas lagi setelah rilis BPS."
        sitting.settle(hand.moderator, item, "decline", conclusion=conclusion, reason=str(ReasonCode.METHOD))
        return
    _consent(hand, sitting, item)
    book.until(book.at + MINUTE / 2)
    if wanted == "agree":
        sitting.settle(hand.moderator, item, "agree")
        return
    book.note(hand.bappenas, hand.random.choice(NOTES), item)
    sitting.settle(hand.moderator, item, "agree_noted", conclusion=hand.random.choice(CONCLUSIONS))


def _counter(hand: MacroHand, item: Item) -> None:
    """Bappenas puts a figure between the region's and the course to RPJMN on the table."""
    if item.indicator is None or item.value_proposed is None:
        return
    aim = hand.courses.value(item.indicator, hand.courses.number(item.indicator, hand.region, PLAN_YEAR, 0.4))
    middle = between(item.value_proposed, aim, item.indicator)
    if middle.same_as(item.value_proposed):
        return
    hand.book.until(hand.book.at + MINUTE / 3)
    hand.book.position(hand.bappenas, item, middle, hand.random.choice(COUNTERS))


def _consent(hand: MacroHand, sitting: BulkSession, item: Item) -> None:
    notulis = hand.world.actors["notulis"]
    for actor in (hand.kemendagri, hand.bappenas, hand.bappeda):
        if actor.institution.pk in hand.book.talk[item.code].stances:
            continue
        if hand.chance(0.3):
            hand.book.stance(notulis, item, actor.institution, basis=StanceBasis.SPOKEN, session=sitting.session)
        else:
            hand.book.stance(actor, item, actor.institution, session=sitting.session)
