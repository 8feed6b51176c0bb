"""The whole example: reference facts, people, last year's round, this year's round, the figures around them."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from agreements.demo import figures, local_macro, local_usulan, macro, provincial, usulan
from agreements.demo.clock import Clock
from agreements.demo.documents import make_documents
from agreements.demo.numbers import Numbers
from agreements.demo.papers import make_papers, running_example
from agreements.demo.people import make_people
from agreements.demo.rounds import RoundPlan, add_deadlines, make_mejas, make_round
from agreements.demo.scenario import make_hand, play_closed, play_running
from agreements.demo.weighing import set_rules
from agreements.demo.wide_papers import make_wide_papers
from agreements.demo.world import PLAN_YEAR, World, read_world
from core.example import DONE, example_step
from desks.management.commands.load_reference import reference_steps
from desks.models import Item, Usulan
from desks.services.bulk import BulkChain, BulkRows

LAST_YEAR = 365


def is_loaded() -> bool:
    """Whether the example stands in the database."""
    return running_example() is not None


def load_demo(say: Callable[[str], None]) -> dict[str, int]:
    """Load everything; the invented part is one transaction, so that it stands whole or not at all, and each berita acara one more.

    Answers rows per table.
    """

    def step(text: str) -> None:
        example_step(text)
        say(text)

    step("data rujukan")
    for load in reference_steps(Path(settings.BASE_DIR) / "data"):
        load()
    step("orang dan penyelenggaraan")
    with _without_collector():
        return _load_rounds(step)


@contextmanager
def _without_collector() -> Iterator[None]:
    # All rows stand in memory and none is garbage: searching them again and again would double the time.
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _load_rounds(step: Callable[[str], None]) -> dict[str, int]:
    world, rows = read_world(), BulkRows()
    set_rules(world)
    numbers = Numbers(world.random, world.people)
    make_people(world, rows)
    now = timezone.now()
    step("penyelenggaraan tahun lalu")
    last = make_round(world, rows, Clock(now, LAST_YEAR), PLAN_YEAR - 1, closed=True)
    agreed = _play(world, numbers, rows, last)
    figures.add_agreements(rows, agreed, last.round)
    step("penyelenggaraan berjalan")
    plan = make_round(world, rows, Clock(now), PLAN_YEAR, closed=False)
    _play(world, numbers, rows, plan)
    macro.add_makro(world, rows, plan)
    step("target dan capaian simulasi")
    chain = BulkChain(rows, plan.round, plan.clock.day(-24))
    figures.add_national(world, numbers, rows, plan, chain)
    macro.add_national(world, rows, plan, chain)
    add_deadlines(world, rows, plan, chain)
    figures.add_actuals(world, numbers, rows)
    figures.add_rpjmd(world, numbers, rows)
    figures.add_pagu(world, rows)
    step("penyelenggaraan provinsi dan sektor")
    provincial.add_provincial(world, numbers, rows, plan)
    step("penyimpanan")
    with transaction.atomic():
        counts = rows.save()
        step("usulan kewilayahan")
        usulan.add_usulan(last, plan)
        step("usulan dan indikator makro provinsi")
        local_macro.add_local_macro(plan.clock)
        local_usulan.add_local_usulan(plan.clock)
        counts["Usulan"] = Usulan.objects.count()
    step("dokumen perencanaan")
    counts["dokumen contoh"] = make_documents(world, numbers)
    step("berita acara")
    counts["BeritaAcara"] = make_papers() + make_wide_papers(PLAN_YEAR)
    example_step(DONE)
    return counts


def _play(world: World, numbers: Numbers, rows: BulkRows, plan: RoundPlan) -> list[Item]:
    """Every meja of a round, each up to its place on the timetable; answers the rows."""
    items: list[Item] = []
    for meja, bidang, province_no, desk_no in make_mejas(rows, plan):
        hand = make_hand(world, numbers, rows, meja, bidang, plan.clock.day(-40))
        slot = plan.clock.slot(province_no, desk_no)
        if plan.running:
            play_running(hand, rows, plan.clock, slot)
        else:
            play_closed(hand, plan.clock, slot)
        items += hand.book.items
    return items
