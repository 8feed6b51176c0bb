"""The makro desk of Banten's round: four indicators × its kabupaten/kota, played by the services themselves (simulasi)."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Final

from agreements.demo.clock import LONG, Clock
from agreements.demo.local_cast import MINUTE, Stage, add_planner, bantens_round, fresh, places_of
from agreements.demo.macro_figures import Courses
from agreements.demo.macro_texts import ACTIONS, CONCLUSIONS, PROPOSED
from agreements.demo.papers import actor_named
from agreements.demo.world import PLAN_YEAR, SEED
from core.numbers import format_number, round_half_up
from desks.chain import acting_at
from desks.choices import ActionSide, Party
from desks.models import ConsentParty, Desk, DeskIndicator, Item, Session
from desks.services.item import RowWrite, move_rows, save_rows
from desks.services.macro import ActionData, add_action
from desks.services.room import call_item, close_session
from desks.services.settle import settle
from desks.services.setup import open_mejas
from desks.services.talk import take_stances
from desks.services.targets import TargetWrite, save_targets
from indicators.choices import Strand
from indicators.models import Indicator, IndicatorHolder

CODES: Final = ("PE", "TK", "TPT", "IPM")
PROVINCE_ACTS: Final = (
    "Bantuan Keuangan provinsi diarahkan ke kecamatan dengan capaian terendah. (simulasi)",
    "Rapat pemantauan triwulanan bersama Bappeda kabupaten/kota. (simulasi)",
)


def add_local_macro(clock: Clock) -> None:
    """Desk, targets of the province, what the kabupaten/kota filled, and yesterday's sitting."""
    chance = Random(SEED + 3)  # noqa: S311 - a fixed seed is the point
    stage, indicators = _desk(clock)
    course = _spread(stage, indicators, chance)
    items = [item for kode in stage.mejas for item in _fill(stage, kode, course, chance)]
    session = stage.sit(clock.long_before(1), [add_planner(stage.round.host)])
    played = [item for item in items if item.state == "submitted" and chance.random() > 0.08]
    for no, item in enumerate(played):
        with acting_at(session.starts + LONG * 0.85 / len(played) * (no + 0.1)):
            _discuss(session, item, chance)
    with acting_at(session.ends - MINUTE):
        close_session(actor_named("moderator.banten"), session, reason="waktu")


def _desk(clock: Clock) -> tuple[Stage, list[Indicator]]:
    round_ = bantens_round()
    regions, planner = places_of(round_), add_planner(round_.host)
    for party in (Party.PROVINCE, Party.REGION):
        ConsentParty.objects.create(round=round_, strand=Strand.MAKRO, party=party)
    desk = Desk.objects.create(round=round_, code="M", name="Indikator Makro", strand=Strand.MAKRO, order=80)
    indicators = sorted(Indicator.objects.filter(code__in=CODES), key=lambda row: CODES.index(row.code))
    for order, indicator in enumerate(indicators, 1):
        DeskIndicator.objects.create(round=round_, desk=desk, indicator=indicator, order=order)
        IndicatorHolder.objects.get_or_create(indicator=indicator, year=PLAN_YEAR, institution=planner.institution)
    with acting_at(clock.day(-30)):
        mejas = open_mejas(actor_named("sekretariat.banten"), desk, regions)
    return Stage(round_, clock, {meja.region.kode: meja for meja in mejas}), indicators


def _spread(stage: Stage, indicators: list[Indicator], chance: Random) -> dict[str, float]:
    """The indicative targets of the kabupaten/kota around the province's own course; answers that course by code of indicator."""
    courses, province = Courses(indicators), stage.round.host.region
    desk = next(iter(stage.mejas.values())).desk
    rows, course = [], {}
    for indicator in indicators:
        number = course[indicator.code] = float(courses.number(indicator, province, PLAN_YEAR, 0.2))
        for kode in stage.mejas:
            rows.append(TargetWrite(indicator.code, kode, _text(number * chance.uniform(0.9, 1.1), indicator)))
    with acting_at(stage.clock.day(-22)):
        results = save_targets(actor_named("pembahas.banten"), desk, rows)
    assert all(row.status == "saved" for row in results), results
    return course


def _fill(stage: Stage, kode: str, course: dict[str, float], chance: Random) -> list[Item]:
    """The kabupaten or kota fills and submits, one indicator here and there stays behind; the province adds what it will do."""
    actor, meja = stage.bappeda(kode), stage.mejas[kode]
    items = [fresh(item) for item in Item.objects.filter(meja=meja).order_by("order")]
    wanted = [item for item in items if chance.random() > 0.1]
    with acting_at(stage.clock.day(-10 + chance.random())):
        for item in wanted:
            assert item.indicator is not None
            text, _ = chance.choice(ACTIONS[item.indicator.code][ActionSide.DAERAH])
            data = ActionData(ActionSide.DAERAH, text.format(daerah=meja.region.short_name), actor.institution.pk)
            add_action(actor, item, data, seen_version=item.version)
        rows = [
            RowWrite(
                item.code,
                fresh(item).version,
                {"value": _figure(item, course, chance), "proposal_note": chance.choice(PROPOSED)},
            )
            for item in wanted
        ]
        assert all(row.ok for row in save_rows(actor, rows=rows))
    with acting_at(stage.clock.day(-6 + chance.random())):
        results = move_rows(actor, "submit", [(item.code, fresh(item).version) for item in wanted])
        assert all(row.ok for row in results), results
    for item in wanted[:2]:
        with acting_at(stage.clock.day(-4)):
            now, planner = fresh(item), actor_named("pembahas.banten")
            data = ActionData(ActionSide.PUSAT, chance.choice(PROVINCE_ACTS), planner.institution.pk)
            add_action(planner, now, data, seen_version=now.version)
    return [fresh(item) for item in items]


def _figure(item: Item, course: dict[str, float], chance: Random) -> str:
    assert item.indicator is not None
    return _text(course[item.indicator.code] * chance.uniform(0.9, 1.05), item.indicator)


def _text(number: float, indicator: Indicator) -> str:
    return format_number(round_half_up(Decimal(repr(number)), indicator.decimals), indicator.decimals)


def _discuss(session: Session, item: Item, chance: Random) -> None:
    moderator, planner = actor_named("moderator.banten"), actor_named("pembahas.banten")
    call_item(moderator, session, fresh(item), seen_version=fresh(item).version)
    (result,) = take_stances(planner, [(item.code, 1)], kind="setuju")
    assert result.ok, result
    noted = chance.random() < 0.4
    settle(
        moderator, session, fresh(item), "agree_noted" if noted else "agree", seen_version=fresh(item).version,
        conclusion=chance.choice(CONCLUSIONS) if noted else "",
    )  # fmt: skip


__all__ = ["add_local_macro"]
