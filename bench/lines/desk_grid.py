"""The board of a desk: 354 rows × 13 columns for a moderator whose seat is that desk, against a bare view of the same cells."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from bench.context import Bench
from bench.databases import settle_down
from bench.measure import interleaved, queries_of
from bench.result import Result, measured, missing
from bench.world import World, build, consent, fill_and_submit, sit

NAME = "desk_grid"
ROWS, SMALL = 354, 30
QUERIES, RATIO, P50 = 15, 2.5, 60
Act = Callable[[], Callable[[], object]]


def run(bench: Bench) -> list[Result]:
    """Queries at 30 and 354 rows, ratio to bare, p50."""
    name = bench.name(NAME)
    try:
        reverse("desks:board", args=["R", "D"])
    except NoReverseMatch:
        why = "the board has no address in this version"
        return [missing(f"{name}.queries", "queries", QUERIES, why), missing(f"{name}.ratio", "× bare", RATIO, why)]
    world = build(provinces=38, indicators=10)
    _submit(world, 3)
    ours, bare = _pages(world)
    cold, *counts = [float(len(queries_of(ours))) for _ in ("first look of a process", "again")]
    _submit(world, 38)
    _settle_some(world)
    settle_down()
    counts.append(float(len(queries_of(ours))))
    pair = interleaved(ours, bare, repeats=bench.repeats(24))
    size = len(ours()().content)  # type: ignore[attr-defined]
    note = f"{ROWS} rows × 13 columns, {size / 1024:.0f} KB as sent"
    same = counts[0] == counts[1]
    said = f"{SMALL} and {ROWS} rows{'' if same else ', GROWS with rows'}; first look of a process, its caches empty: {cold:.0f}"
    count = measured(f"{name}.queries", counts, "queries", QUERIES, said)
    return [
        count,
        measured(f"{name}.ratio", pair.ratios, "× bare", RATIO, note),
        measured(f"{name}.p50", pair.milliseconds, "ms", P50, note),
    ]


def _submit(world: World, provinces: int) -> None:
    """Every province hands in all ten rows, the last three only what makes 354 of 380."""
    for place, region in enumerate(world.regions[:provinces], start=1):
        left = 10 if place <= 35 else (2, 1, 1)[place - 36]
        if world.items(region.kode)[0].state == "draft":
            with transaction.atomic():
                fill_and_submit(world, region.kode, left)


def _settle_some(world: World) -> None:
    """Three provinces have an open sitting and the consent of all, so that the board shows more than one state."""
    from desks.services.settle import settle_uncontested

    for region in world.regions[:3]:
        session = sit(world, region.kode)
        consent(world, region.kode)
        rows = [(item.code, item.version) for item in world.items(region.kode)[:5]]
        settle_uncontested(world.people["moderator"], session, rows)


def _pages(world: World) -> tuple[Act, Act]:
    client = Client(headers={"Accept-Encoding": "gzip"})
    client.force_login(world.people["moderator"].user)

    def act(path: str) -> Act:
        def get() -> object:
            answer = client.get(path)
            if answer.status_code != 200:
                raise RuntimeError(f"{path} answered {answer.status_code}")
            return answer

        return lambda: get

    args = [world.round.code, world.desk.code]
    return act(reverse("desks:board", args=args)), act(reverse("bare_grid", args=args))
