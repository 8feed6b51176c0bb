"""One desk of a provincial round at full size: what the kabupaten/kota fill and hand in, and at every fifth desk what was settled."""

from __future__ import annotations

import datetime as dt
from typing import Final

from accounts.actors import Actor
from accounts.choices import Role
from accounts.models import Region
from agreements.demo.clock import LONG, Clock
from agreements.demo.size.ground import Ground, add_figures
from agreements.demo.texts import PROPOSED_NOTES
from agreements.demo.world import PLAN_YEAR
from desks.choices import Party
from desks.models import Desk, Item, Meja, Session
from desks.services.bulk import BulkMeja, BulkRows, BulkSession
from indicators.choices import FigureKind
from planning.models import BidangUrusan

BESIDE: Final = {(FigureKind.ACTUAL, "simulasi"): (PLAN_YEAR - 2,)}
HELD: Final = 5
MINUTE: Final = dt.timedelta(minutes=1)
Speakers = list[tuple[Region, Actor]]


def play_desk(
    ground: Ground, rows: BulkRows, clock: Clock, desk: Desk, bidang: BidangUrusan, speakers: Speakers
) -> None:  # fmt: skip
    """All mejas of the desk up to now."""
    books = [_filled(ground, rows, clock, desk, bidang, *each) for each in speakers]
    if desk.order % HELD == 1:
        _sit(ground, clock, desk, books)


def _filled(
    ground: Ground, rows: BulkRows, clock: Clock, desk: Desk, bidang: BidangUrusan, place: Region, actor: Actor
) -> BulkMeja:  # fmt: skip
    """One meja: nine rows of ten are filled, most of these handed in."""
    world, chance = ground.world, ground.world.random.random
    meja = rows.add(Meja(round=desk.round, desk=desk, region=place))
    parties = [(Party.PROVINCE, [desk.round.host]), (Party.REGION, [actor.institution])]
    book = BulkMeja(rows, meja, clock.day(-30), parties)
    indicators = world.indicators[bidang.pk]
    book.open(
        world.actors[f"{Role.SEKRETARIAT}:{desk.round.host.code}"],
        [
            Item(
                meja=meja, round=desk.round, region=place, strand=desk.strand, indicator=each,
                indicator_version=world.versions[each.pk, PLAN_YEAR], order=order,
            )
            for order, each in enumerate(indicators, 1)
        ],
    )  # fmt: skip
    add_figures(ground, rows, indicators, place, BESIDE)
    for item in book.items:
        if chance() > 0.9:
            continue
        assert item.indicator is not None
        book.until(clock.day(-14 + chance() * 5))
        note = world.random.choice(PROPOSED_NOTES)
        value = ground.numbers.at(item.indicator, place, PLAN_YEAR, reach=0.9)
        book.edit(actor, item, value, **({"proposal_note": note} if note else {}))
        if chance() < 0.8:
            book.until(clock.day(-7 + chance()))
            book.hand_in(actor, item, "submit")
    return book


def _sit(ground: Ground, clock: Clock, desk: Desk, books: list[BulkMeja]) -> None:
    """A sitting of all kabupaten/kota two days ago; seven rows of eight were agreed, the others not reached."""
    host = desk.round.host.code
    actors = ground.world.actors
    province, moderator = actors[f"{Role.PEMBAHAS}:{host}"], actors[f"{Role.MODERATOR}:{host}"]
    starts = clock.long_start(0)
    session = Session(desk=desk, starts=starts, ends=starts + LONG, tz="Asia/Jakarta", place="Aula Contoh")
    stage = BulkSession.plan(moderator, books, session)
    stage.until(starts)
    stage.open(moderator)
    stage.attend(moderator, province.user, province.institution, province.membership.office)
    for book in books:
        for item in book.items:
            if item.state == "submitted" and ground.world.random.random() < 0.875:
                book.until(book.at + MINUTE / 10)
                stage.call(moderator, item)
                book.stance(province, item, province.institution, session=session)
                stage.settle(moderator, item, "agree")
    stage.until(starts + LONG)
    stage.close(moderator, "waktu")
