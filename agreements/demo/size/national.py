"""The national round at full size: every meja plays the course of the example's running round."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from django.db import transaction
from django.utils import timezone

from agreements.demo import figures
from agreements.demo.clock import Clock
from agreements.demo.rounds import RoundPlan, make_round
from agreements.demo.scenario import make_hand, play_running
from agreements.demo.size.ground import NO, Ground, add_figures, round_exists
from agreements.demo.world import HOST, PLAN_YEAR
from desks.choices import RoundLevel
from desks.models import Meja
from desks.services.bulk import BulkChain, BulkRows
from indicators.choices import FigureKind
from planning.models import BidangUrusan

BESIDE: Final = {
    (FigureKind.ACTUAL, "simulasi"): (2023, 2024, 2025),
    (FigureKind.DOCUMENT, "rpjmd"): (PLAN_YEAR,),
}
"""What stands beside a row."""


def load_national(ground: Ground, provinces: int) -> bool:
    """The round with all its desks, whole or not at all; False where it stands already."""
    host = ground.world.central[HOST]
    if round_exists(RoundLevel.NATIONAL, host.pk):
        return False
    ground.world = replace(ground.world, provinces=ground.world.provinces[:provinces])
    with transaction.atomic():
        plan = _round(ground)
        for desk_no, (desk, bidang) in enumerate(plan.desks):
            ground.say(f"desk {desk.code} {desk.name}")
            with ground.part() as rows:
                _desk(ground, rows, plan, desk_no, bidang)
    return True


def _round(ground: Ground) -> RoundPlan:
    with ground.part() as rows:
        plan = make_round(ground.world, rows, Clock(timezone.now()), PLAN_YEAR, closed=False)
        plan.round.no = NO
        plan.round.forum_name = "Rapat Koordinasi Teknis Perencanaan Pembangunan (ukuran penuh, simulasi)"
        plan.round.short_name = f"Rakortekrenbang {PLAN_YEAR - 1} ukuran penuh"
        chain = BulkChain(rows, plan.round, plan.clock.day(-24))
        figures.add_national(ground.world, ground.numbers, rows, plan, chain)
    return plan


def _desk(ground: Ground, rows: BulkRows, plan: RoundPlan, desk_no: int, bidang: BidangUrusan) -> None:
    desk = plan.desks[desk_no][0]
    for province_no, province in enumerate(plan.provinces):
        meja = rows.add(Meja(round=plan.round, desk=desk, region=province))
        hand = make_hand(ground.world, ground.numbers, rows, meja, bidang, plan.clock.day(-40))
        play_running(hand, rows, plan.clock, plan.clock.slot(province_no, desk_no))
        add_figures(ground, rows, ground.world.indicators[bidang.pk], province, BESIDE)
