"""How well the slip catcher catches: slips it does not find, and honest cells it warns about. Thresholds were set on the other half and seeds 1–5."""

from __future__ import annotations

from bench.context import Bench
from bench.result import Result, measured
from bench.slips.judge import REPORT_SEEDS, Tally, report

NAME = "slips"
MISSED, WARNED = 5.0, 2.0
EXTRA = frozenset({"pagu ×1000"})
"""Not asked for: a pagu a thousand times too large. Told in the note, because nine published pagu are a thousand times too small themselves."""


def run(bench: Bench) -> list[Result]:
    """Of the kind found least: how many percent are missed. Of honest cells: how many percent draw any warning."""
    honest, found = report(tuned=False, seeds=REPORT_SEEDS, most=100 if bench.quick else 400)
    missed = {kind: _percent(1 - tally.rate) for kind, tally in found.items()}
    worst = max(value for kind, value in missed.items() if kind not in EXTRA)
    kinds = ", ".join(f"{kind} {100 - value:.1f} of {found[kind].asked}" for kind, value in missed.items())
    cells = honest["semua"]
    by_kind = ", ".join(f"{kind} {_said(tally)}" for kind, tally in honest.items() if kind != "semua")
    return [
        measured(f"{NAME}.missed", [worst], "% slips", MISSED, f"seeds 6–10, other half; found in %: {kinds}"),
        measured(f"{NAME}.honest", [_percent(cells.rate)], "% cells", WARNED, f"{_said(cells)} warned; {by_kind}"),
    ]


def _percent(rate: float) -> float:
    return round(rate * 100, 2)


def _said(tally: Tally) -> str:
    return f"{tally.warned} of {tally.asked}" if tally.asked else str(tally.warned)
