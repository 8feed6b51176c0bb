"""The makro desk of the example: eight indicators × every province, run by Bappenas and Kemendagri together."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random
from typing import Final

from django.conf import settings
from django.contrib.auth.hashers import make_password

from accounts.actors import Actor
from accounts.choices import Role
from accounts.models import Institution, Membership, Region
from agreements.demo import macro_sitting
from agreements.demo.filling import set_target
from agreements.demo.macro_figures import CODES, RANGED, Courses, add_documents, national_value
from agreements.demo.macro_texts import ACTIONS, NOTES, PROPOSED, REPAIRS
from agreements.demo.names import invented_name
from agreements.demo.people import user_named
from agreements.demo.rounds import JABAR, RoundPlan
from agreements.demo.world import BAPPENAS, PLAN_YEAR, SECRETARIAT, SEED, World
from core.values import Value
from desks.choices import ActionSide, Party
from desks.models import ConsentParty, Desk, DeskIndicator, Item, Meja, Seat
from desks.services.bulk import BulkChain, BulkMeja, BulkRows, add_bulk_action
from indicators.choices import FigureKind, Strand
from indicators.models import Indicator, IndicatorHolder
from planning.choices import HolderPart

DESK: Final = "M"
PLACE: Final = 35
"""The desk's number in the timetable: Jawa Barat has its turn later today, another province sits now."""
PEOPLE: Final = (
    ("moderator.makro", Role.MODERATOR, "Moderator Desk Indikator Makro, Deputi Bidang Pembangunan Kewilayahan"),
    ("sekretariat.makro", Role.SEKRETARIAT, "Sekretariat desk makro, Deputi Bidang Pembangunan Kewilayahan"),
    ("direktur.makro", Role.PENANDATANGAN, "Direktur Pembangunan Daerah, Kementerian PPN/Bappenas"),
)
PARTIES: Final = (Party.KEMENDAGRI, Party.BAPPENAS, Party.REGION)


@dataclass
class MacroHand:
    """What every act of a makro meja needs."""

    world: World
    courses: Courses
    book: BulkMeja
    random: Random

    @property
    def region(self) -> Region:
        """The region of the meja."""
        return self.book.meja.region

    @property
    def bappeda(self) -> Actor:
        """Who speaks for the region."""
        return self.world.actors[f"bappeda:{self.world.bappeda[self.region.pk].code}"]

    @property
    def bappenas(self) -> Actor:
        """Who speaks for Bappenas."""
        return self.world.actors["bappenas"]

    @property
    def kemendagri(self) -> Actor:
        """Who speaks for Kemendagri."""
        return self.world.actors["kemendagri"]

    @property
    def moderator(self) -> Actor:
        """Who runs the room."""
        return self.world.actors["moderator.makro"]

    def chance(self, share: float) -> bool:
        """True in this share of cases."""
        return self.random.random() < share


def add_makro(world: World, rows: BulkRows, plan: RoundPlan) -> None:
    """The desk with its people, figures and every meja up to its place on the timetable."""
    random = Random(SEED + 1)  # noqa: S311 - a chance of its own: the other desks stay as they are
    _people(world, rows, random)
    indicators = sorted(Indicator.objects.filter(code__in=CODES), key=lambda row: CODES.index(row.code))
    courses = Courses(indicators)
    desk = _desk(world, rows, plan, indicators)
    add_documents(rows, courses, world.provinces, PLAN_YEAR)
    for place, province in enumerate(plan.provinces):
        meja = rows.add(Meja(round=plan.round, desk=desk, region=province))
        parties = [
            (Party.KEMENDAGRI, [world.central[SECRETARIAT]]), (Party.BAPPENAS, [world.central[BAPPENAS]]),
            (Party.REGION, [world.bappeda[province.pk]]),
        ]  # fmt: skip
        hand = MacroHand(world, courses, BulkMeja(rows, meja, plan.clock.day(-40), parties), random)
        _play(hand, rows, plan, plan.clock.slot(place, PLACE))


def add_national(world: World, rows: BulkRows, plan: RoundPlan, chain: BulkChain) -> None:
    """The national targets that Bappenas set in the running round, some of them ranges."""
    for indicator in sorted(Indicator.objects.filter(code__in=CODES), key=lambda row: CODES.index(row.code)):
        chain.until(plan.clock.day(-24))
        set_target(
            rows, chain, world.actors["bappenas"], FigureKind.NATIONAL, indicator, world.nation, national_value(indicator)
        )  # fmt: skip


def _people(world: World, rows: BulkRows, random: Random) -> None:
    password = make_password(settings.DEMO_PASSWORD)
    for username, role, office in PEOPLE:
        user = rows.add(user_named(username, invented_name(random), password))
        membership = rows.add(Membership(user=user, institution=world.central[BAPPENAS], role=role, office=office))
        world.actors[username] = Actor(user, membership)


def _desk(world: World, rows: BulkRows, plan: RoundPlan, indicators: list[Indicator]) -> Desk:
    desk = rows.add(
        Desk(round=plan.round, code=DESK, name="Indikator Makro", strand=Strand.MAKRO, order=len(plan.desks) + 1)
    )
    for party in PARTIES:
        rows.add(ConsentParty(round=plan.round, strand=Strand.MAKRO, party=party))
    bappenas: Institution = world.central[BAPPENAS]
    for _, role, _ in PEOPLE:
        rows.add(Seat(round=plan.round, desk=desk, strand="", institution=bappenas, role=role))
    for place, indicator in enumerate(indicators, 1):
        rows.add(DeskIndicator(round=plan.round, desk=desk, indicator=indicator, order=place))
        for institution, part in (
            (bappenas, HolderPart.PENANGGUNG_JAWAB), (world.central[SECRETARIAT], HolderPart.PENDUKUNG)
        ):  # fmt: skip
            rows.add(IndicatorHolder(indicator=indicator, year=PLAN_YEAR, institution=institution, part=part))
    return desk


def _play(hand: MacroHand, rows: BulkRows, plan: RoundPlan, slot: macro_sitting.Slot) -> None:
    clock, world = plan.clock, hand.world
    hand.book.open(world.actors["sekretariat"], _items(hand))
    for item in hand.book.items:
        assert item.indicator is not None
        if hand.chance(0.9):
            hand.book.until(clock.day(-23) + hand.random.random() * dt.timedelta(days=2))
            value = hand.courses.value(item.indicator, hand.courses.number(item.indicator, hand.region, PLAN_YEAR, 0.2))
            set_target(rows, hand.book, hand.bappenas, FigureKind.INDICATIVE, item.indicator, hand.region, value)
    for item in hand.book.items:
        _before_desk(hand, item, plan, slot)
    macro_sitting.hold(hand, slot, clock)


def _items(hand: MacroHand) -> list[Item]:
    meja = hand.book.meja
    return [
        Item(
            meja=meja, round=meja.round, region=meja.region, strand=Strand.MAKRO, indicator=indicator,
            indicator_version=hand.world.versions[indicator.pk, PLAN_YEAR], order=order,
        )
        for order, indicator in enumerate(hand.courses.indicators, 1)
    ]  # fmt: skip


def _before_desk(hand: MacroHand, item: Item, plan: RoundPlan, slot: macro_sitting.Slot) -> None:
    """Where the row stands before its sitting; Jawa Barat keeps two to fill, so that every login finds some work."""
    clock, book = plan.clock, hand.book
    left = 0 if slot.is_past(clock.now) or slot.is_running(clock.now) else max(slot.day, 0)
    ready = hand.chance(max(0.35, 0.97 - 0.1 * left))
    if hand.region.kode == JABAR and item.order > 6:
        ready = False
    if not ready and (item.order == 8 or hand.region.kode != JABAR and hand.chance(0.4)):
        return
    book.until(clock.day(-17 + hand.random.random() * 8))
    book.edit(hand.bappeda, item, _proposal(hand, item), proposal_note=hand.random.choice(PROPOSED))
    for text in _some(hand, item, ActionSide.DAERAH, hand.random.randint(1, 3)):
        _act(hand, item, ActionSide.DAERAH, text, hand.bappeda)
    if not ready:
        return
    book.until(clock.day(-8 + hand.random.random() * 2))
    book.hand_in(hand.bappeda, item, "submit")
    for text in _some(hand, item, ActionSide.PUSAT, hand.random.randint(1, 2)):
        book.until(book.at + dt.timedelta(hours=2))
        _act(hand, item, ActionSide.PUSAT, text, hand.bappenas)
    if left > 1 and hand.chance(0.12):
        book.until(clock.day(-4))
        book.ask(
            hand.bappenas, item, "repair", hand.random.choice(REPAIRS), due=clock.midnight(3), owner=hand.bappeda.institution
        )  # fmt: skip
    elif hand.chance(0.2):
        book.until(clock.day(-4))
        book.note(hand.bappenas, hand.random.choice(NOTES), item)


def _proposal(hand: MacroHand, item: Item) -> Value:
    assert item.indicator is not None
    number = hand.courses.number(item.indicator, hand.region, PLAN_YEAR, hand.random.uniform(-0.6, 0.3))
    ranged = item.indicator.code in RANGED and hand.chance(0.5)
    return hand.courses.value(item.indicator, number, spread=number / 25 if ranged else None)


def _some(hand: MacroHand, item: Item, side: str, count: int) -> list[tuple[str, str]]:
    assert item.indicator is not None
    known = ACTIONS[item.indicator.code][side]
    return hand.random.sample(known, min(count, len(known)))


def _act(hand: MacroHand, item: Item, side: str, said: tuple[str, str], actor: Actor) -> None:
    text, kode = said
    if side == ActionSide.PUSAT:
        owner = hand.world.central[kode]
    else:
        bidang = next((row for row in hand.world.bidang if row.kode == kode), None)
        owner = hand.world.owners[hand.region.pk, bidang.pk] if bidang else hand.world.bappeda[hand.region.pk]
    add_bulk_action(hand.book, actor, item, side, text.format(daerah=hand.region.short_name), owner=owner)
