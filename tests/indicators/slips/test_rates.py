"""How well slips are caught, in small: the measurement itself is the bench line `slips`."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from bench.slips.judge import REPORT_SEEDS, TUNING_SEEDS, report

ROOT = Path(__file__).resolve().parents[3]
REACHED = 90.0
"""A few points below what the line reports, as a sample of 40 wavers; a rule that stops working falls far below."""


def imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    plain = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    return plain | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


@pytest.mark.parametrize("name", ["generator", "series"])
def test_who_makes_the_slips_knows_nothing_of_the_catcher(name: str) -> None:
    found = imports(ROOT / f"bench/slips/{name}.py")
    ours = {module for module in found if module.partition(".")[0] in ("bench", "core", "desks", "indicators")}
    assert ours <= {"bench.slips.series", "core.numbers"}
    assert found != set()


def test_the_catcher_asks_no_database() -> None:
    for path in (ROOT / "indicators/slips").glob("*.py"):
        used = {module for module in imports(path) if module.startswith(("django", "desks", "indicators.", "bench"))}
        assert all(module == "indicators.choices" or module.startswith("indicators.slips") for module in used), path


@pytest.mark.parametrize("tuned", [True, False], ids=["tuned half", "other half"])
def test_slips_are_found_and_honest_cells_left_alone(tuned: bool) -> None:
    honest, found = report(tuned=tuned, seeds=(TUNING_SEEDS if tuned else REPORT_SEEDS)[:1], most=60)
    assert honest["semua"].asked > 1000
    assert honest["semua"].rate <= 0.02
    rates = {kind: round(tally.rate * 100, 1) for kind, tally in found.items() if kind != "pagu ×1000"}
    assert {kind: rate for kind, rate in rates.items() if rate < REACHED} == {}
    assert all(tally.asked >= 40 for tally in found.values())
