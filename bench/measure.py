"""Timing: ours and bare take turns, so that a noisy neighbour hits both."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import connection
from django.test.utils import CaptureQueriesContext

RUNS = 5
Act = Callable[[], Callable[[], object]]
"""Prepares one act outside the clock and answers what the clock measures."""


@dataclass
class Pair:
    """The medians of each run, in seconds."""

    ours: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)

    @property
    def ratios(self) -> list[float]:
        """Ours over bare, run by run."""
        return [one / other for one, other in zip(self.ours, self.bare, strict=True)]

    @property
    def milliseconds(self) -> list[float]:
        """Ours in milliseconds, run by run."""
        return [one * 1000 for one in self.ours]


def timed(act: Act) -> float:
    """Seconds of one act."""
    work = act()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def interleaved(ours: Act, bare: Act, *, repeats: int, runs: int = RUNS, warm: int = 3) -> Pair:
    """`runs` runs of `repeats` turns each; every turn is one act of ours and one of bare."""
    for _ in range(warm):
        timed(ours)
        timed(bare)
    pair = Pair()
    for _ in range(runs):
        turns = [(timed(ours), timed(bare)) for _ in range(repeats)]
        pair.ours.append(statistics.median(one for one, _ in turns))
        pair.bare.append(statistics.median(other for _, other in turns))
    return pair


def queries_of(act: Act) -> list[str]:
    """The SQL of one act, transaction statements left out."""
    work = act()
    with CaptureQueriesContext(connection) as captured:
        work()
    return [query["sql"] for query in captured.captured_queries if not _frame(query["sql"])]


def _frame(sql: str) -> bool:
    return sql.split(" ")[0].upper() in ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
