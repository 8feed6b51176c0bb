"""Loading one shape beside the example."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from agreements.demo.size.ground import ground_of
from agreements.demo.size.national import load_national
from agreements.demo.size.provincial import load_provincial
from agreements.demo.size.shape import NATIONAL, Shape


@dataclass(frozen=True)
class Loaded:
    """What a load made: rounds, rows by table, and seconds. No round where all of them stood already."""

    rounds: int
    counts: dict[str, int]
    seconds: float


def load_size(shape: Shape, say: Callable[[str], None]) -> Loaded:
    """The round or rounds of the shape; those that stand already are left alone. Needs the example with its people."""
    started = time.monotonic()
    ground = ground_of(shape.targets, say)
    rounds = (
        int(load_national(ground, shape.regions)) if shape.kind == NATIONAL else load_provincial(ground, shape.regions)
    )
    return Loaded(rounds, dict(ground.counts), time.monotonic() - started)
