"""The rounds below the national one: Banten with its kabupaten/kota, and a rakor of one dinas of Kepulauan Bangka Belitung. All simulasi."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from accounts.actors import Actor
from accounts.choices import InstitutionKind, Role
from accounts.models import Institution, Region
from agreements.demo import filling, sitting
from agreements.demo.clock import LONG, STAGES, Clock
from agreements.demo.filling import Stagehand
from agreements.demo.local import Cast, LocalHand, Locals, People, word
from agreements.demo.local_renja import add_lines, conclude_lines, host_paper
from agreements.demo.names import BIDANG
from agreements.demo.numbers import Numbers
from agreements.demo.rounds import RoundPlan
from agreements.demo.world import PLAN_YEAR, World
from desks.choices import BaScope, Party, RoundLevel, SessionMode
from desks.models import AgendaLine, ConsentParty, Desk, DeskBidang, DeskIndicator, Meja, Round, Seat, Session, Stage
from desks.services.bulk import BulkChain, BulkMeja, BulkRows, BulkSession
from indicators.choices import FigureKind, Strand
from planning.models import BidangUrusan

BANTEN: Final = "36"
BABEL: Final = "19"
DESKS: Final = ("1.01", "1.02", "1.03", "1.06")
"""Two that have sat, one that sits now with all kabupaten/kota at once, one still to come."""
SECTOR: Final = "2.14"
HOUR: Final = dt.timedelta(hours=1)
GUESTS: Final = (
    ("bkkbn", "Perwakilan BKKBN Provinsi Kepulauan Bangka Belitung (simulasi)", "Perwakilan BKKBN Babel"),
    ("akademisi", "Perguruan tinggi di Bangka Belitung (simulasi)", "Perguruan tinggi"),
    ("lsm", "Forum organisasi masyarakat Bangka Belitung (simulasi)", "Forum ormas"),
)  # fmt: skip


def add_provincial(world: World, numbers: Numbers, rows: BulkRows, national: RoundPlan) -> None:
    """Both rounds with everything that happened in them."""
    _banten(world, numbers, rows, national)
    _babel(world, numbers, rows, national)


def _banten(world: World, numbers: Numbers, rows: BulkRows, national: RoundPlan) -> None:
    province = next(region for region in world.provinces if region.kode == BANTEN)
    bidang = [each for each in world.bidang if each.kode in DESKS]
    host, clock = world.bappeda[province.pk], national.clock
    round_ = _round(rows, clock, RoundLevel.PROVINCIAL, host, national.round, "Rapat Koordinasi Teknis Perencanaan Pembangunan Provinsi Banten",
                    f"Rakortek Banten {PLAN_YEAR - 1}")  # fmt: skip
    places, people = Locals.of(world, province, bidang), People(world, rows)
    cast = _host_cast(people, places, host, "banten", "Bappeda Banten")
    for each in bidang:
        office = world.owners[province.pk, each.pk]
        cast.province[each.pk] = people.add(
            f"{BIDANG[each.kode]}.banten", Role.PEMBAHAS, office, f"Kepala Bidang, {office.short_name}"
        )
        _seat(rows, round_, office, Role.PEMBAHAS, Role.PENANDATANGAN)
    _seat(rows, round_, host, Role.PEMBAHAS, Role.PENANDATANGAN)
    for place in places.places:
        plan = places.bappeda[place.pk]
        people.add(f"bappeda.{word(place)}", Role.BAPPEDA, plan, f"Kepala Bidang Perencanaan, {plan.short_name}")
        _seat(rows, round_, plan, Role.BAPPEDA, Role.PENANDATANGAN, region=place)
        for each in bidang:
            office = places.owners[place.pk, each.pk]
            people.add(
                f"opd.{BIDANG[each.kode]}.{word(place)}",
                Role.OPD,
                office,
                f"Subbagian Perencanaan, {office.short_name}",
            )
            _seat(rows, round_, office, Role.OPD, region=place)
    for order, each in enumerate(bidang, 1):
        hands = _desk(world, numbers, rows, round_, clock, cast, each, order)
        _play(hands, cast, clock, DESKS.index(each.kode))


def _babel(world: World, numbers: Numbers, rows: BulkRows, national: RoundPlan) -> None:
    province = next(region for region in world.provinces if region.kode == BABEL)
    chief = next(each for each in world.bidang if each.kode == SECTOR)
    host, clock = world.owners[province.pk, chief.pk], national.clock
    bidang = [each for each in world.bidang if world.owners.get((province.pk, each.pk)) == host]
    round_ = _round(rows, clock, RoundLevel.SECTOR, host, national.round, f"Rapat Koordinasi Rencana Kerja {host.name}",
                    f"Rakor Renja KB Babel {PLAN_YEAR - 1}")  # fmt: skip
    places, people = Locals.of(world, province, bidang), People(world, rows)
    cast = _host_cast(people, places, host, "kb.babel", host.short_name)
    cast.sector = True
    _seat(rows, round_, host, Role.PEMBAHAS, Role.PENANDATANGAN)
    speaker = people.add("dinas.kb.babel", Role.PEMBAHAS, host, f"Kepala Bidang, {host.short_name}")
    cast.province = {each.pk: speaker for each in bidang}
    for place in places.places:
        # One dinas may hold several bidang: one person, one seat.
        for office in {
            places.owners[place.pk, each.pk].pk: places.owners[place.pk, each.pk] for each in bidang
        }.values():
            people.add(f"opd.kb.{word(place)}", Role.OPD, office, f"Subbagian Perencanaan, {office.short_name}")
            _seat(rows, round_, office, Role.OPD, Role.PENANDATANGAN, region=place)
    chain, paper = BulkChain(rows, round_, clock.day(-5)), host_paper(rows, host)
    guests = [_guest(province, *each) for each in GUESTS]
    for guest in guests:
        _seat(rows, round_, guest, Role.PENGAMAT)
    for order, each in enumerate(bidang, 1):
        hands = _desk(world, numbers, rows, round_, clock, cast, each, order)
        renja = add_lines(rows, chain, paper, hands[0].book.meja.desk, each, host_secretariat(world, round_))
        _play(hands, cast, clock, order - 1 if order < 3 else 1, guests=guests, whole=True, renja=renja)


def _guest(province: Region, kode: str, name: str, short: str) -> Institution:
    return Institution.objects.get_or_create(
        kind=InstitutionKind.OTHER,
        kode=f"{province.kode}.{kode}",
        defaults={"region": province, "name": name, "short_name": short},
    )[0]


def _round(
    rows: BulkRows, clock: Clock, level: RoundLevel, host: Institution, parent: Round, forum: str, short: str
) -> Round:  # fmt: skip
    round_ = Round(
        forum_name=f"{forum} (data contoh)", short_name=short, held_year=PLAN_YEAR - 1, plan_year=PLAN_YEAR, level=level, host=host, parent=parent,
        simulated=True, ba_scope=BaScope.ROUND, opd_step=level != RoundLevel.SECTOR,
    )  # fmt: skip
    return open_host_round(rows, clock, round_)


def open_host_round(rows: BulkRows, clock: Clock, round_: Round) -> Round:
    """The round with its stages, the parties of its level and the seats of its host."""
    rows.add(round_)
    for kind, opens, closes, consequence in STAGES:
        rows.add(
            Stage(
                round=round_,
                kind=kind,
                opens_at=clock.midnight(opens),
                closes_at=clock.midnight(closes),
                on_close=consequence,
            )
        )
    for party in (Party.PROVINCE, Party.REGION):
        rows.add(ConsentParty(round=round_, strand=Strand.URUSAN, party=party))
    _seat(rows, round_, round_.host, Role.SEKRETARIAT, Role.PIMPINAN_SIDANG, Role.MODERATOR, Role.NOTULIS)
    return round_


def _host_cast(people: People, places: Locals, host: Institution, slug: str, name: str) -> Cast:
    people.add(f"sekretariat.{slug}", Role.SEKRETARIAT, host, f"Sekretariat, {name}")
    chair = people.add(f"pimpinan.{slug}", Role.PIMPINAN_SIDANG, host, f"Kepala {name}")
    moderator = people.add(f"moderator.{slug}", Role.MODERATOR, host, f"Moderator, {name}")
    notulis = people.add(f"notulis.{slug}", Role.NOTULIS, host, f"Notulis, {name}")
    return Cast(places, moderator, notulis, chair, {})


def _seat(rows: BulkRows, round_: Round, institution: Institution, *roles: Role, region: Region | None = None) -> None:
    for role in roles:
        rows.add(Seat(round=round_, strand="", institution=institution, region=region, role=role))


def _desk(
    world: World, numbers: Numbers, rows: BulkRows, round_: Round, clock: Clock, cast: Cast, bidang: BidangUrusan, order: int
) -> list[LocalHand]:  # fmt: skip
    """A desk with its mejas opened and the indicative targets that the province set."""
    desk = rows.add(Desk(round=round_, code=bidang.kode, name=bidang.short_name, strand=Strand.URUSAN, order=order))
    rows.add(DeskBidang(desk=desk, bidang=bidang))
    for place, indicator in enumerate(world.indicators[bidang.pk], 1):
        rows.add(DeskIndicator(round=round_, desk=desk, indicator=indicator, order=place))
    speaker = cast.province[bidang.pk]
    hands = []
    for region in cast.places.places:
        meja = rows.add(Meja(round=round_, desk=desk, region=region))
        owner = cast.places.owners[region.pk, bidang.pk] if cast.sector else cast.places.bappeda[region.pk]
        parties = [(Party.PROVINCE, [speaker.institution]), (Party.REGION, [owner])]
        book = BulkMeja(rows, meja, clock.day(-30), parties)
        hand = LocalHand.at(Stagehand(world, numbers, book, bidang), cast)
        book.open(host_secretariat(world, round_), filling.draft_items(world, meja, bidang, PLAN_YEAR))
        for item in book.items:
            assert item.indicator is not None
            if hand.chance(0.9):
                book.until(clock.day(-22))
                value = numbers.at(item.indicator, region, PLAN_YEAR, reach=1.1)
                filling.set_target(rows, book, speaker, FigureKind.INDICATIVE, item.indicator, region, value)
        hands.append(hand)
    return hands


def host_secretariat(world: World, round_: Round) -> Actor:
    """The secretariat of the host."""
    return world.actors[f"sekretariat:{round_.host.code}"]


def _play(
    hands: list[LocalHand], cast: Cast, clock: Clock, place: int, *, guests: list[Institution] | None = None, whole: bool = False,
    renja: Sequence[AgendaLine] = (),
) -> None:  # fmt: skip
    """A desk by its place on the timetable: 0 and 1 have sat, 2 sits now, 3 is to come; `whole`: every row was handed in."""
    for hand in hands:
        for item in hand.book.items:
            _before(hand, item.order, clock, place, whole)
    starts = clock.long_start(place)
    desk = hands[0].book.meja.desk
    session = Session(
        desk=desk,
        starts=starts,
        ends=starts + LONG,
        tz="Asia/Jakarta",
        mode=SessionMode.HYBRID,
        place=_place(desk.round),
    )
    books = [hand.book for hand in hands]
    for book in books:
        book.until(clock.day(-4))
    stage = BulkSession.plan(cast.moderator, books, session)
    if place > 2:
        return
    stage.until(starts)
    _gather(hands, cast, stage, guests or [])
    _sit(hands, stage, starts, running=place == 2, whole=whole)
    conclude_lines(stage, cast.notulis, renja)
    if place < 2:
        stage.until(starts + LONG)
        left = any(entry.item.state in ("submitted", "discussed") for entry in stage.agenda.values())
        stage.close(cast.moderator, "waktu" if left else "")


def _place(round_: Round) -> str:
    return (
        "Pendopo Contoh, Serang, dan ruang daring"
        if round_.level == RoundLevel.PROVINCIAL
        else "Aula Contoh, Pangkal Pinang"
    )


def _before(hand: LocalHand, order: int, clock: Clock, place: int, whole: bool) -> None:
    item = hand.book.items[order - 1]
    ready = whole or hand.chance((0.97, 0.97, 0.9, 0.45)[place])
    at = clock.day(-14 + hand.random.random() * 5)
    if not ready:
        if hand.chance(0.6):
            filling.fill(hand, item, at)
            if hand.chance(0.5) and not hand.cast.sector:
                filling.hand_in(hand, item, at + 20 * HOUR, until=hand.random.choice(("proposed", "returned")))
        return
    filling.fill(hand, item, at)
    if hand.cast.sector:
        hand.book.until(clock.day(-6))
        hand.book.hand_in(hand.bappeda, item, "submit")
        return
    filling.hand_in(hand, item, clock.day(-7 + hand.random.random()))
    if not whole and hand.chance(0.08):
        filling.ask_repair(hand, item, clock.day(-5), clock.midnight(2), answered=place < 2)


def _gather(hands: list[LocalHand], cast: Cast, stage: BulkSession, guests: list[Institution]) -> None:
    stage.open(cast.moderator)
    for actor in {actor.user.username: actor for hand in hands for actor in hand.speakers}.values():
        stage.attend(cast.notulis, actor.user, actor.institution, actor.membership.office)
    for guest in guests:
        stage.attend(cast.notulis, None, guest, "Narasumber", name=f"Wakil {guest.short_name} (contoh)")


def _sit(hands: list[LocalHand], stage: BulkSession, starts: dt.datetime, *, running: bool, whole: bool) -> None:
    """Row by row over all kabupaten/kota; a running sitting stops half way with one row still open."""
    owners = {item.code: hand for hand in hands for item in hand.book.items}
    agenda = [entry.item for entry in stage.agenda.values()]
    called = (
        agenda[: max(1, len(agenda) // 2)]
        if running
        else [item for item in agenda if whole or owners[item.code].random.random() > 0.06]
    )
    step = LONG * (0.4 if running else 0.9) / max(len(called), 1)
    for number, item in enumerate(called):
        hand = owners[item.code]
        verdict = "open" if running and number == len(called) - 1 else ""
        if whole:
            verdict = hand.random.choices(("agree", "agree_noted", "decline"), (6, 3, 1))[0]
        elif not verdict:
            verdict = hand.random.choices(("agree", "agree_noted", "decline", "open"), (52, 36, 7, 5))[0]
        sitting.discuss(
            hand, stage, item, hand.supports.get(item.code, []), starts + step * (number + 0.1), verdict=verdict
        )


__all__ = ["add_provincial", "open_host_round"]
