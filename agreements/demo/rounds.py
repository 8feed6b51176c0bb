"""The two rounds of the example: this year's, running, and last year's, closed. Setup rows only."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.choices import Role
from accounts.models import Institution, Region
from agreements.demo.clock import STAGES, Clock
from agreements.demo.people import AUDIT
from agreements.demo.world import BAPPENAS, HOST, SECRETARIAT, World
from desks.choices import Party, RoundLevel, StageKind
from desks.models import (
    ConsentParty,
    Desk,
    DeskBidang,
    DeskIndicator,
    InnerDeadline,
    Meja,
    Round,
    Seat,
    Stage,
    StageException,
)
from desks.services.bulk import BulkChain, BulkRows
from indicators.choices import Strand
from planning.models import BidangUrusan

JABAR = "32"
DISTANT = "95"


@dataclass
class RoundPlan:
    """A round with its desks in order and its provinces in the order of the timetable."""

    round: Round
    clock: Clock
    desks: list[tuple[Desk, BidangUrusan]]
    provinces: list[Region]
    stages: dict[StageKind, Stage]

    @property
    def running(self) -> bool:
        """Whether this is the round that runs now."""
        return self.round.closed_at is None


def timetable(world: World) -> list[Region]:
    """The provinces in the order in which they sit; Jawa Barat first today."""
    if all(region.kode != JABAR for region in world.provinces):
        return world.provinces
    others = [region for region in world.provinces if region.kode != JABAR]
    jabar = next(region for region in world.provinces if region.kode == JABAR)
    return [*others[:12], jabar, *others[12:]]


def make_round(world: World, rows: BulkRows, clock: Clock, plan_year: int, *, closed: bool) -> RoundPlan:
    """The rows of a round before anything happens in it."""
    host = world.central[HOST]
    round_ = rows.add(
        Round(
            forum_name="Rapat Koordinasi Teknis Perencanaan Pembangunan (data contoh)", short_name=f"Rakortekrenbang {plan_year - 1}",
            held_year=plan_year - 1, plan_year=plan_year, level=RoundLevel.NATIONAL, host=host, simulated=True,
            closed_at=clock.day(20) if closed else None,
        )
    )  # fmt: skip
    stages = {}
    for kind, opens, closes, consequence in STAGES:
        stages[kind] = rows.add(
            Stage(
                round=round_,
                kind=kind,
                opens_at=clock.midnight(opens),
                closes_at=clock.midnight(closes),
                on_close=consequence,
            )
        )
    for party in (Party.KEMENDAGRI, Party.KL, Party.REGION):
        rows.add(ConsentParty(round=round_, strand=Strand.URUSAN, party=party))
    desks = [_desk(world, rows, round_, order, bidang) for order, bidang in enumerate(world.bidang, 1)]
    _common_seats(world, rows, round_)
    return RoundPlan(round_, clock, desks, timetable(world), stages)


def _desk(world: World, rows: BulkRows, round_: Round, order: int, bidang: BidangUrusan) -> tuple[Desk, BidangUrusan]:
    desk = rows.add(Desk(round=round_, code=bidang.kode, name=bidang.short_name, strand=Strand.URUSAN, order=order))
    rows.add(DeskBidang(desk=desk, bidang=bidang))
    for place, indicator in enumerate(world.indicators[bidang.pk], 1):
        rows.add(DeskIndicator(round=round_, desk=desk, indicator=indicator, order=place))
    kl = world.in_charge[bidang.pk]
    for role in (Role.MODERATOR, Role.PEMBAHAS, Role.PENANDATANGAN):
        _seat(rows, round_, kl, role, desk=desk)
    for institution in world.supporting.get(bidang.pk, ()):
        _seat(rows, round_, institution, Role.PEMBAHAS, desk=desk)
    return desk, bidang


def _common_seats(world: World, rows: BulkRows, round_: Round) -> None:
    peipd = world.central[SECRETARIAT]
    for role in (Role.SEKRETARIAT, Role.PEMBAHAS, Role.PIMPINAN_SIDANG, Role.NOTULIS, Role.PENANDATANGAN):
        _seat(rows, round_, peipd, role)
    _seat(rows, round_, world.central[BAPPENAS], Role.PEMBAHAS)
    _seat(rows, round_, world.central[AUDIT], Role.AUDITOR)
    for province in world.provinces:
        for role in (Role.BAPPEDA, Role.PENANDATANGAN):
            _seat(rows, round_, world.bappeda[province.pk], role, region=province)
        owners = {owner.pk: owner for (region, _), owner in world.owners.items() if region == province.pk}
        for owner in owners.values():
            _seat(rows, round_, owner, Role.OPD, region=province)


def _seat(
    rows: BulkRows, round_: Round, institution: Institution, role: Role, *, desk: Desk | None = None, region: Region | None = None
) -> None:  # fmt: skip
    rows.add(Seat(round=round_, desk=desk, strand="", institution=institution, region=region, role=role))


def make_mejas(rows: BulkRows, plan: RoundPlan) -> list[tuple[Meja, BidangUrusan, int, int]]:
    """Every desk × province, with the numbers of province and desk in the timetable."""
    made = []
    for desk_no, (desk, bidang) in enumerate(plan.desks):
        for province_no, province in enumerate(plan.provinces):
            meja = rows.add(Meja(round=plan.round, desk=desk, region=province))
            made.append((meja, bidang, province_no, desk_no))
    return made


def add_deadlines(world: World, rows: BulkRows, plan: RoundPlan, chain: BulkChain) -> None:
    """Jawa Barat closes earlier for its OPD; one distant province has an extension (see `setup`)."""
    stage = plan.stages[StageKind.FILLING_REGION]
    jabar = next(region for region in world.provinces if region.kode == JABAR)
    actor = world.actors[f"bappeda:{world.bappeda[jabar.pk].code}"]
    chain.until(plan.clock.day(-15))
    inner = rows.add(InnerDeadline(stage=stage, region=jabar, closes_at=plan.clock.midnight(1)))
    facts = {"stage": stage.kind, "region": jabar.kode, "closes_at": inner.closes_at}
    chain.record(actor, "inner_deadline", facts)
    distant = world.bappeda[next(region.pk for region in world.provinces if region.kode == DISTANT)]
    secretariat = world.actors["sekretariat"]
    chain.until(plan.clock.day(-1))
    until, reason = plan.clock.midnight(6), "Gangguan jaringan selama tiga hari di ibu kota provinsi."
    rows.add(StageException(stage=stage, institution=distant, until=until, reason=reason, by=secretariat.user))
    chain.record(
        secretariat, "extend_stage", {"stage": stage.kind, "for": distant.code, "until": until, "reason": reason}
    )
