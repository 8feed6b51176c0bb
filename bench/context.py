"""What a line is given: where it runs and how much it may do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Final

BOTH: Final = ("sqlite", "postgres")
LINES: Final[dict[str, tuple[str, ...]]] = {
    "desk_grid": BOTH,
    "save_one_row": BOTH,
    "ba_workbook_400": BOTH,
    "import_20000": BOTH,
    "list_1m": BOTH,
    "demo_load": BOTH,
    "fresh_start": ("",),
    "slips": ("",),
}
"""The lines in the order they run, with the databases each is given ('' for none). Each is bench/lines/<name>.py with NAME and run(bench)."""


@dataclass(frozen=True)
class Bench:
    """One run of a line: the kind of database (or ''), a folder of its own, and whether it must be quick."""

    kind: str
    folder: Path
    quick: bool

    def name(self, line: str) -> str:
        """The name of a value, with the database it was measured on."""
        return f"{line}.{self.kind}" if self.kind else line

    def repeats(self, full: int) -> int:
        """How many turns a run takes: a quarter when quick."""
        return max(3, full // 4) if self.quick else full


def line(name: str) -> ModuleType:
    """The module of a line."""
    from importlib import import_module

    return import_module(f"bench.lines.{name}")
