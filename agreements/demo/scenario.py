"""The course of one meja, by where its sitting stands on the timetable."""

from __future__ import annotations

import datetime as dt

from agreements.demo import filling, sitting, texts
from agreements.demo.clock import FIRST_DAY, Clock, Slot
from agreements.demo.filling import Stagehand
from agreements.demo.numbers import Numbers
from agreements.demo.world import PLAN_YEAR, SECRETARIAT, World
from desks.choices import ItemState, Party
from desks.models import Item, Meja
from desks.services.bulk import BulkMeja, BulkRows
from indicators.choices import FigureKind
from planning.models import BidangUrusan

HOUR = dt.timedelta(hours=1)


def make_hand(
    world: World, numbers: Numbers, rows: BulkRows, meja: Meja, bidang: BidangUrusan, at: dt.datetime
) -> Stagehand:
    """The book of a meja with its parties, in the order of the round's consent rules."""
    parties = [
        (Party.KEMENDAGRI, [world.central[SECRETARIAT]]),
        (Party.KL, [world.in_charge[bidang.pk]]),
        (Party.REGION, [world.bappeda[meja.region.pk]]),
    ]
    return Stagehand(world, numbers, BulkMeja(rows, meja, at, parties), bidang)


def play_running(hand: Stagehand, rows: BulkRows, clock: Clock, slot: Slot) -> None:
    """This year's course up to now."""
    _prepare(hand, rows, clock)
    future = max(slot.day, 0) if not (slot.is_past(clock.now) or slot.is_running(clock.now)) else -1
    for item in hand.book.items:
        _before_desk(hand, item, clock, future)
    stage = sitting.plan_sitting(hand, slot, clock.day(FIRST_DAY - 2))
    if slot.is_past(clock.now):
        _hold(hand, stage, slot.starts, slot.ends)
    elif slot.is_running(clock.now):
        _begin(hand, stage, slot, clock)


def _prepare(hand: Stagehand, rows: BulkRows, clock: Clock) -> None:
    secretariat = hand.world.actors["sekretariat"]
    hand.book.open(secretariat, filling.draft_items(hand.world, hand.book.meja, hand.bidang, PLAN_YEAR))
    for item in hand.book.items:
        if item.indicator is not None and hand.chance(0.94):
            hand.book.until(clock.day(-23) + hand.random.random() * 48 * HOUR)
            value = hand.numbers.at(item.indicator, hand.region, PLAN_YEAR, reach=1.12)
            filling.set_target(rows, hand.book, hand.kl, FigureKind.INDICATIVE, item.indicator, hand.region, value)


def _before_desk(hand: Stagehand, item: Item, clock: Clock, future: int) -> None:
    """Where the row stands before its sitting; the further away that is, the more is still open."""
    ready = 0.93 if future < 0 else max(0.25, 0.9 - 0.11 * future)
    filled = clock.day(-18 + hand.random.random() * 9)
    handed = clock.day(-8 + hand.random.random() * 2.5)
    if not hand.chance(ready):
        _unfinished(hand, item, filled)
        return
    if hand.chance(0.03):
        filling.declare_not_relevant(hand, item, filled)
    else:
        filling.fill(hand, item, filled)
    filling.hand_in(hand, item, handed)
    if hand.chance(0.08):
        answered = future < 0 or hand.chance(0.3)
        filling.ask_repair(hand, item, clock.day(-5 + hand.random.random() * 0.3), clock.midnight(2), answered=answered)
    elif hand.chance(0.015):
        hand.book.until(clock.day(-5))
        hand.book.move(hand.bappeda, item, "withdraw", given={"note": hand.random.choice(texts.WITHDRAWALS)})


def _unfinished(hand: Stagehand, item: Item, at: dt.datetime) -> None:
    kind = hand.random.choices(("empty", "filled", "proposed", "returned"), (35, 30, 22, 13))[0]
    if kind == "empty":
        return
    filling.fill(hand, item, at)
    if kind != "filled":
        filling.hand_in(hand, item, at + 20 * HOUR, until=kind)


def _hold(hand: Stagehand, stage: sitting.BulkSession, starts: dt.datetime, ends: dt.datetime) -> None:
    hand.book.until(starts)
    sitting.gather(hand, stage)
    called = [entry.item for entry in stage.agenda.values() if not hand.chance(0.05)]
    step = (ends - starts) * 0.9 / max(len(called), 1)
    for number, item in enumerate(called):
        sitting.discuss(hand, stage, item, hand.supports.get(item.code, []), starts + step * number + step / 20)
    sitting.close(hand, stage, ends - HOUR / 20)


def _begin(hand: Stagehand, stage: sitting.BulkSession, slot: Slot, clock: Clock) -> None:
    """A sitting that runs now: some rows settled, one on the table with stances that differ, the rest waiting."""
    hand.book.until(slot.starts)
    sitting.gather(hand, stage)
    agenda = [entry.item for entry in stage.agenda.values()]
    done = agenda[: len(agenda) // 2]
    step = (clock.now - slot.starts) * 0.8 / (len(done) + 1)
    for number, item in enumerate(done):
        verdict = ("agree", "agree_noted", "decline")[number % 3]
        sitting.discuss(
            hand, stage, item, hand.supports.get(item.code, []), slot.starts + step * (number + 0.2), verdict=verdict
        )
    for item in agenda[len(done) : len(done) + 1]:
        sitting.discuss(hand, stage, item, [], slot.starts + step * (len(done) + 0.2), verdict="open")


def play_closed(hand: Stagehand, clock: Clock, slot: Slot) -> None:
    """Last year's course, in short: filled, submitted, agreed."""
    hand.book.open(
        hand.world.actors["sekretariat"], filling.draft_items(hand.world, hand.book.meja, hand.bidang, PLAN_YEAR - 1)
    )
    for item in hand.book.items:
        assert item.indicator is not None
        hand.book.until(clock.day(-10 + hand.random.random()))
        hand.book.edit(hand.opd, item, hand.numbers.at(item.indicator, hand.region, PLAN_YEAR - 1, reach=0.95))
        hand.book.hand_in(hand.bappeda, item, "submit")
    stage = sitting.plan_sitting(hand, slot, clock.day(-5))
    hand.book.until(slot.starts)
    stage.open(hand.moderator)
    for item in [entry.item for entry in stage.agenda.values()]:
        hand.book.until(hand.book.at + HOUR / 30)
        stage.call(hand.moderator, item)
        sitting.consent(hand, stage, item)
        stage.settle(hand.moderator, item, "agree")
    sitting.close(hand, stage, slot.ends)
    assert all(item.state == ItemState.AGREED for item in hand.book.items)
