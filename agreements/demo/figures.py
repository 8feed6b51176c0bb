"""Figures around the rows: past actuals, RPJMD targets, national targets, last year's agreement, ceilings. All marked simulasi."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random
from typing import Final

from accounts.models import Region
from agreements.demo.filling import set_target
from agreements.demo.numbers import Numbers
from agreements.demo.rounds import RoundPlan
from agreements.demo.world import PLAN_YEAR, SEED, World
from core.values import Value
from desks.levels import AGREED_SOURCE
from desks.models import Item, Round
from desks.services.bulk import BulkChain, BulkRows
from indicators.choices import FigureKind
from indicators.models import Figure, Indicator
from planning.choices import DocumentKind, DocumentStage
from planning.models import Document, DocumentLine, Pagu

ACTUAL_YEARS: Final = (2023, 2024, 2025)
SIMULATED: Final = "simulasi"


def add_figure(
    rows: BulkRows, indicator: Indicator, region: Region, year: int, kind: FigureKind, source: str, value: Value, *,
    origin: str = SIMULATED, line: DocumentLine | None = None, key: str = "",
) -> None:  # fmt: skip
    """One figure marked simulasi."""
    figure = rows.add(
        Figure(
            indicator=indicator, region=region, year=year, kind=kind, source=source, line=line, line_key=line.line_code if line else key,
            origin=origin, simulated=True,
        )
    )  # fmt: skip
    figure.value = value


def add_actuals(world: World, numbers: Numbers, rows: BulkRows) -> None:
    """Invented achievements of the outcome indicators, for which nobody publishes a series."""
    for indicator in _indicators(world):
        for region in world.provinces:
            for year in ACTUAL_YEARS:
                value = numbers.at(indicator, region, year, reach=world.random.uniform(0.9, 1.1))
                add_figure(rows, indicator, region, year, FigureKind.ACTUAL, SIMULATED, value)


def add_rpjmd(world: World, numbers: Numbers, rows: BulkRows) -> None:
    """An invented RPJMD 2025–2029 of each province with its targets of the plan year; Maluku Utara has its real one.

    Five in six state what the region proposes in the running round, as a region mostly follows its own plan.
    """
    said = {
        (item.indicator_id, item.region_id): item.value_proposed
        for item in rows.rows[Item]
        if item.round.plan_year == PLAN_YEAR
    }
    own = Random(SEED + 3)  # noqa: S311 - a fixed seed is the point
    real = set(
        Document.objects.filter(kind=DocumentKind.RPJMD, year_from=2025).values_list("owner__region_id", flat=True)
    )
    for region in world.provinces:
        if region.pk in real:
            continue
        document = rows.add(
            Document(
                kind=DocumentKind.RPJMD, owner=world.bappeda[region.pk], year_from=2025, year_to=2029, version=1, stage=DocumentStage.PENETAPAN,
                title=f"RPJMD {region.name} 2025–2029 (simulasi)", source=SIMULATED, simulated=True,
            )
        )  # fmt: skip
        for indicator in _indicators(world):
            name = world.versions[indicator.pk, PLAN_YEAR].name
            line = rows.add(DocumentLine(document=document, line_code=indicator.code, text=name))
            value = numbers.at(indicator, region, PLAN_YEAR, reach=1.0)
            proposed: Value | None = said.get((indicator.pk, region.pk))
            value = proposed if proposed is not None and own.random() < 5 / 6 else value
            add_figure(
                rows,
                indicator,
                region,
                PLAN_YEAR,
                FigureKind.DOCUMENT,
                "rpjmd",
                value,
                origin=document.title,
                line=line,
            )


def add_national(world: World, numbers: Numbers, rows: BulkRows, plan: RoundPlan, chain: BulkChain) -> None:
    """The national targets that the K/L in charge set in the running round."""
    for _, bidang in plan.desks:
        actor = world.actors[f"pembahas:{world.in_charge[bidang.pk].code}"]
        for indicator in world.indicators[bidang.pk]:
            chain.until(plan.clock.day(-24))
            value = numbers.national(indicator, world.provinces, plan.round.plan_year)
            set_target(rows, chain, actor, FigureKind.NATIONAL, indicator, world.nation, value)


def add_agreements(rows: BulkRows, items: Iterable[Item], round_: Round) -> None:
    """What last year's round agreed, as the last agreement of each row; under the round, so that a berita acara of it would state the same figure."""
    for item in items:
        value: Value | None = item.value_agreed
        if value is not None and item.indicator is not None:
            add_figure(
                rows,
                item.indicator,
                item.region,
                round_.plan_year,
                FigureKind.AGREEMENT,
                AGREED_SOURCE[round_.level],
                value,
                origin=f"{round_.short_name} ({SIMULATED})",
                key=round_.code,
            )


def add_pagu(world: World, rows: BulkRows) -> None:
    """Ceilings of each perangkat daerah, of the size of RKPD 2021; one in fourteen not yet set."""
    for (region_id, bidang_id), owner in world.owners.items():
        kode = next(region.kode for region in world.provinces if region.pk == region_id)
        if world.random.random() < 1 / 14:
            continue
        amount = round(world.pagu[kode] * 0.009 * world.random.uniform(0.5, 1.9) / 1_000_000) * 1_000_000
        rows.add(
            Pagu(
                year=PLAN_YEAR,
                institution=owner,
                bidang_id=bidang_id,
                amount=amount,
                provisional=world.random.random() < 0.3,
                source=SIMULATED,
                simulated=True,
            )
        )


def _indicators(world: World) -> list[Indicator]:
    return [indicator for bidang in world.bidang for indicator in world.indicators[bidang.pk]]
