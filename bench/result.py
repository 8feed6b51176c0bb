"""What a line answers: one number against its budget, with the spread it came from."""

from __future__ import annotations

import os
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Result:
    """One measured value. `ok` is false where the budget is missed and also where it lies inside the spread of the runs."""

    name: str
    value: float | None
    unit: str
    budget: float
    ok: bool
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        """The row of bench/latest.json."""
        return asdict(self)


def machine() -> str:
    """The kind of machine and how busy it was, for the note of every row: milliseconds of a busy one say little."""
    return f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.0f}"


def measured(
    name: str, runs: Sequence[float], unit: str, budget: float, note: str = "", *, extrapolated: bool = False
) -> Result:
    """The median of the runs; ok only if even the worst run keeps the budget."""
    low, middle, high = min(runs), statistics.median(runs), max(runs)
    spread = f"min–max {shown(low)}–{shown(high)} of {len(runs)}"
    parts = ["*extrapolated*"] if extrapolated else []
    parts += [spread, *([note] if note else []), machine()]
    return Result(name, round(middle, 4), unit, budget, high <= budget, "; ".join(parts))


def missing(name: str, unit: str, budget: float, why: str) -> Result:
    """A line that could not be measured is not ok, and says why."""
    return Result(name, None, unit, budget, False, f"not measured: {why}; {machine()}")


def shown(value: float | None) -> str:
    """A number short enough for the table."""
    if value is None:
        return "-"
    return f"{value:.0f}" if value == int(value) or abs(value) >= 1000 else f"{value:.3g}"
