"""The sources of the portal as the rules read them: our own files, without migrations and what was taken over from others."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("core", "accounts", "planning", "indicators", "desks", "agreements")
"""From the lowest to the highest: an app knows those before it."""


def own(*patterns: str) -> list[Path]:
    """Files of ours that match, in order."""
    found = {path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()}
    return sorted(path for path in found if not {"migrations", "vendor", ".venv", ".git"} & set(path.parts))


def python_files() -> list[Path]:
    """The Python of the apps and of the project around them."""
    return own(*(f"{app}/**/*.py" for app in (*APPS, "rakortek")))


def name_of(path: Path) -> str:
    """The path as people write it."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(path.read_text(encoding="utf-8"))
