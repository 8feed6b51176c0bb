"""At the desk: who comes, what is called, offered, said and settled."""

from __future__ import annotations

import datetime as dt

from accounts.actors import Actor
from agreements.demo import texts
from agreements.demo.clock import Slot
from agreements.demo.filling import Stagehand, between
from agreements.demo.world import PLAN_YEAR, SECRETARIAT
from core.values import Value
from desks.choices import (
    Applicability,
    AttendanceMode,
    ItemState,
    ReasonCode,
    SessionMode,
    StanceBasis,
    StanceKind,
    SupportVerdict,
)
from desks.models import Item, Session, Support
from desks.services.bulk import BulkSession

MINUTE = dt.timedelta(minutes=1)
ROOM = "Hotel Contoh, Jakarta, dan ruang daring"


def plan_sitting(hand: Stagehand, slot: Slot, at: dt.datetime) -> BulkSession:
    """Put the sitting on the timetable."""
    hand.book.until(at)
    session = Session(
        desk=hand.book.meja.desk, starts=slot.starts, ends=slot.ends, tz="Asia/Jakarta", mode=SessionMode.HYBRID, place=ROOM
    )  # fmt: skip
    return BulkSession.plan(hand.moderator, hand.book, session)


def _peipd(hand: Stagehand, role: str) -> Actor:
    return hand.world.actors[f"{role}:{hand.world.central[SECRETARIAT].code}"]


def gather(hand: Stagehand, sitting: BulkSession) -> None:
    """Open the sitting and record who came; now and then the K/L is absent."""
    sitting.open(hand.moderator)
    notulis, kemendagri = _peipd(hand, "notulis"), _peipd(hand, "pembahas")
    for actor, mode in (
        (hand.bappeda, AttendanceMode.ONLINE),
        (hand.opd, AttendanceMode.ONLINE),
        (kemendagri, AttendanceMode.ONSITE),
    ):
        sitting.attend(notulis, actor.user, actor.institution, actor.membership.office, mode)
    if hand.chance(0.04):
        sitting.miss(_peipd(hand, "pimpinan_sidang"), hand.kl.institution, texts.ABSENCE)
    else:
        sitting.attend(notulis, hand.kl.user, hand.kl.institution, hand.kl.membership.office)


def discuss(
    hand: Stagehand, sitting: BulkSession, item: Item, supports: list[Support], at: dt.datetime, *, verdict: str = ""
) -> None:
    """Call a row and bring it to a verdict: plain agreement, agreement with a note, or none. Without a verdict it stays on the table."""
    book = hand.book
    book.until(at)
    sitting.call(hand.moderator, item)
    wanted = verdict or hand.random.choices(("agree", "agree_noted", "decline", "open"), (52, 36, 7, 5))[0]
    if item.applicability != Applicability.APPLIES:
        wanted = "agree"
    if wanted != "agree":
        counter(hand, item)
    if wanted == "open":
        book.stance(
            hand.bappeda,
            item,
            hand.bappeda.institution,
            StanceKind.BAHAS,
            text="Perlu mencocokkan data dasar.",
            session=sitting.session,
        )
        return
    if wanted == "decline":
        _decline(hand, sitting, item)
        return
    consent(hand, sitting, item)
    for support in supports:
        settle_support(hand, support)
    book.until(book.at + MINUTE / 3)
    if wanted == "agree":
        sitting.settle(hand.moderator, item, "agree")
        return
    book.note(hand.kl, hand.random.choice(texts.KL_NOTES), item)
    book.note(hand.bappeda, hand.random.choice(texts.REGION_NOTES), item)
    sitting.settle(hand.moderator, item, "agree_noted", conclusion=hand.random.choice(texts.CONCLUSIONS))


def counter(hand: Stagehand, item: Item) -> None:
    """The K/L puts a figure of its own on the table, between proposal and indicative target."""
    if item.indicator is None or hand.kl.institution.pk in hand.book.absent:
        return
    proposed: Value | None = item.value_proposed
    aim = hand.numbers.at(item.indicator, hand.region, PLAN_YEAR, reach=1.15)
    if proposed is None or between(proposed, aim, item.indicator).same_as(proposed):
        return
    hand.book.until(hand.book.at + MINUTE / 3)
    hand.book.position(hand.kl, item, between(proposed, aim, item.indicator), hand.random.choice(texts.COUNTERS))


def consent(hand: Stagehand, sitting: BulkSession, item: Item) -> None:
    """Every party that has not said so stands at setuju: mostly by itself, now and then by word of mouth."""
    notulis = hand.notulis
    for actor in hand.speakers:
        said = hand.book.talk[item.code].stances
        if actor.institution.pk in said or actor.institution.pk in hand.book.absent:
            continue
        if hand.chance(0.3):
            hand.book.stance(notulis, item, actor.institution, basis=StanceBasis.SPOKEN, session=sitting.session)
        else:
            hand.book.stance(actor, item, actor.institution, session=sitting.session)


def _decline(hand: Stagehand, sitting: BulkSession, item: Item) -> None:
    reason, conclusion = hand.random.choice(texts.DECLINES)
    text = hand.random.choice(texts.OBJECTIONS)
    hand.book.stance(
        hand.bappeda, item, hand.bappeda.institution, StanceKind.KEBERATAN, text=text, session=sitting.session
    )
    hand.book.note(hand.bappeda, text, item)
    sitting.settle(hand.moderator, item, "decline", conclusion=conclusion, reason=reason)


def settle_support(hand: Stagehand, support: Support) -> None:
    """Settle one sub kegiatan by itself."""
    kinds = (SupportVerdict.AGREED, SupportVerdict.AGREED_NOTED, SupportVerdict.EXCLUDED)
    verdict = hand.random.choices(kinds, (80, 13, 7))[0]
    pool = {
        SupportVerdict.AGREED: ("",),
        SupportVerdict.AGREED_NOTED: texts.SUPPORT_NOTES,
        SupportVerdict.EXCLUDED: texts.SUPPORT_EXCLUDED,
    }
    hand.book.settle_support(hand.moderator, support, verdict, hand.random.choice(pool[verdict]))


def close(hand: Stagehand, sitting: BulkSession, at: dt.datetime) -> None:
    """Close the sitting; what is left is not discussed."""
    hand.book.until(at)
    left = [
        entry for entry in sitting.agenda.values() if entry.item.state in (ItemState.SUBMITTED, ItemState.DISCUSSED)
    ]
    reason = hand.random.choice((ReasonCode.TIME, ReasonCode.TIME, ReasonCode.DATA)) if left else ""
    sitting.close(hand.moderator, str(reason))
