"""Before the desk: targets of the K/L, what the region fills, hands in, gets back and repairs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from accounts.actors import Actor
from accounts.models import Institution, Region
from agreements.demo import texts
from agreements.demo.numbers import Numbers, better_up
from agreements.demo.world import PLAN_YEAR, SECRETARIAT, World
from core.values import Value
from desks.models import Item, Meja, Support
from desks.services.bulk import BulkChain, BulkMeja, BulkRows
from indicators.choices import FigureKind
from indicators.models import Figure, Indicator
from planning.models import BidangUrusan, FundingSource, Nomenclature

SHARE = {"PAD": 0.55, "DAU": 0.3, "DAK-F": 0.15}
BIDANG_SHARE = 0.006


@dataclass
class Stagehand:
    """What every act of a meja needs: the world, the numbers, the book, and the actors of this meja."""

    world: World
    numbers: Numbers
    book: BulkMeja
    bidang: BidangUrusan
    supports: dict[str, list[Support]] = field(default_factory=dict)

    @property
    def random(self) -> Random:
        """The one source of chance."""
        return self.world.random

    @property
    def region(self) -> Region:
        """The region of the meja."""
        return self.book.meja.region

    @property
    def owner(self) -> Institution:
        """The perangkat daerah that fills."""
        return self.world.owners[self.region.pk, self.bidang.pk]

    @property
    def opd(self) -> Actor:
        """Who speaks for it."""
        return self.world.actors[f"opd:{self.owner.code}"]

    @property
    def bappeda(self) -> Actor:
        """Who speaks for the region."""
        return self.world.actors[f"bappeda:{self.world.bappeda[self.region.pk].code}"]

    @property
    def kl(self) -> Actor:
        """Who speaks for the K/L in charge."""
        return self.world.actors[f"pembahas:{self.world.in_charge[self.bidang.pk].code}"]

    @property
    def moderator(self) -> Actor:
        """Who runs the room."""
        return self.world.actors[f"moderator:{self.world.in_charge[self.bidang.pk].code}"]

    @property
    def notulis(self) -> Actor:
        """Who records what is spoken."""
        return self.world.actors[f"notulis:{self.world.central[SECRETARIAT].code}"]

    @property
    def speakers(self) -> tuple[Actor, ...]:
        """Who speaks for each party, in the order of the room."""
        return (self.world.actors[f"pembahas:{self.world.central[SECRETARIAT].code}"], self.kl, self.bappeda)

    @property
    def offered(self) -> list[Nomenclature]:
        """The sub kegiatan that the region can link."""
        return self.world.nomenclature[self.bidang.pk]

    @property
    def places(self) -> list[Region]:
        """Where they can lie."""
        return [region for region in self.world.places[self.region.pk] if region.autonomous]

    @property
    def ceiling(self) -> int:
        """The pagu of the region, whole rupiah."""
        return self.world.pagu[self.region.kode]

    def chance(self, share: float) -> bool:
        """True in this share of cases."""
        return self.random.random() < share


def draft_items(world: World, meja: Meja, bidang: BidangUrusan, year: int) -> list[Item]:
    """The draft rows of a meja, one per indicator of its bidang."""
    return [
        Item(
            meja=meja, round=meja.round, region=meja.region, strand=meja.desk.strand, indicator=indicator,
            indicator_version=world.versions[indicator.pk, year], order=order,
        )
        for order, indicator in enumerate(world.indicators[bidang.pk], 1)
    ]  # fmt: skip


def set_target(
    rows: BulkRows, chain: BulkChain, actor: Actor, kind: FigureKind, indicator: Indicator, region: Region, value: Value
) -> None:
    """A national or indicative target by the K/L in charge (see `targets.save_targets`), marked simulasi."""
    round_ = chain.target.round if isinstance(chain.target, Meja) else chain.target
    figure = rows.add(
        Figure(
            indicator=indicator, region=region, year=round_.plan_year, kind=kind, source=f"kl_{'nasional' if kind == FigureKind.NATIONAL else 'indikatif'}",
            line_key=round_.code, origin=f"{actor.institution.short_name}, {round_.short_name} (simulasi)", simulated=True,
        )
    )  # fmt: skip
    figure.value = value
    facts = {"indicator": indicator.code, "before": None, "after": value.as_json(), "figure_version": 1}
    chain.record(actor, f"set_{kind}", facts)


def fill(hand: Stagehand, item: Item, at: dt.datetime) -> None:
    """The OPD fills a row and links its sub kegiatan."""
    assert item.indicator is not None
    hand.book.until(at)
    reach = hand.random.uniform(0.75, 1.05)
    value = hand.numbers.at(item.indicator, hand.region, PLAN_YEAR, reach=reach)
    note = hand.random.choice(texts.PROPOSED_NOTES)
    hand.book.edit(hand.opd, item, value, **({"proposal_note": note} if note else {}))
    offered = hand.offered
    count = len(hand.world.indicators[hand.bidang.pk])
    for row in offered[(item.order - 1) % count :: count][:3]:
        if hand.chance(0.8):
            hand.book.until(hand.book.at)
            support = hand.book.add_support(
                hand.opd, item, row, hand.owner, volume=Decimal(hand.random.randint(1, 48)), places=_places(hand), funds=_funds(hand, len(offered))
            )  # fmt: skip
            hand.supports.setdefault(item.code, []).append(support)


def declare_not_relevant(hand: Stagehand, item: Item, at: dt.datetime) -> None:
    """The OPD says that the row does not apply or has no data."""
    hand.book.until(at)
    kind, reason = hand.random.choice(texts.NOT_RELEVANT)
    hand.book.edit(hand.opd, item, applicability=kind, applicability_reason=reason)


def _places(hand: Stagehand) -> Sequence[Region]:
    places = hand.places
    return hand.random.sample(places, min(len(places), hand.random.randint(1, 3)))


def _funds(hand: Stagehand, rows: int) -> list[tuple[FundingSource, int]]:
    total = hand.ceiling * BIDANG_SHARE / rows * hand.random.uniform(0.4, 1.6)
    sources = ["PAD", *[code for code in ("DAU", "DAK-F") if hand.chance(0.4)]]
    weight = sum(SHARE[code] for code in sources)
    return [(hand.world.sources[code], round(total * SHARE[code] / weight / 1000) * 1000) for code in sources]


def hand_in(hand: Stagehand, item: Item, at: dt.datetime, *, until: str = "submitted") -> None:
    """From filled to proposed, returned or submitted, with a repair now and then."""
    book = hand.book
    book.until(at)
    book.hand_in(hand.opd, item, "propose")
    if until == "proposed":
        return
    if until == "returned" or hand.chance(0.06):
        book.until(book.at + dt.timedelta(hours=3))
        book.ask(hand.bappeda, item, "return", hand.random.choice(texts.RETURNS))
        if until == "returned":
            return
        book.until(book.at + dt.timedelta(hours=5))
        book.move(hand.opd, item, "redraft")
        book.edit(
            hand.opd, item, proposal_note=f"{item.proposal_note} Sudah disesuaikan menurut catatan Bappeda.".strip()
        )
        book.hand_in(hand.opd, item, "propose")
    book.until(book.at + dt.timedelta(hours=6))
    book.hand_in(hand.bappeda, item, "submit")


def ask_repair(hand: Stagehand, item: Item, at: dt.datetime, due: dt.datetime, *, answered: bool) -> None:
    """The K/L asks for repair; the region answers or not yet."""
    book = hand.book
    book.until(at)
    book.ask(hand.kl, item, "repair", hand.random.choice(texts.REPAIRS), due=due, owner=hand.bappeda.institution)
    if not answered:
        return
    book.until(at + dt.timedelta(hours=9))
    value: Value | None = item.value_proposed
    if value is not None and item.indicator is not None:
        better = hand.numbers.at(item.indicator, hand.region, PLAN_YEAR, reach=1.0)
        if not better.same_as(value):
            book.edit(hand.bappeda, item, better)
    book.hand_in(hand.bappeda, item, "answer")


def between(one: Value, other: Value, indicator: Indicator) -> Value:
    """The middle of two figures, as K/L and region meet."""
    numbers = sorted(value.number or Decimal(0) for value in (one, other))
    middle = ((numbers[0] + numbers[1]) / 2).quantize(Decimal(1).scaleb(-indicator.decimals))
    return Value.point(max(middle, Decimal(0)), unit=indicator.unit, decimals=indicator.decimals)


__all__ = [
    "Stagehand",
    "ask_repair",
    "better_up",
    "between",
    "declare_not_relevant",
    "draft_items",
    "fill",
    "hand_in",
    "set_target",
]
