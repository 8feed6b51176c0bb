"""Portals for browser tests. Migrating and filling is done once per seed and run; each portal starts on a copy of that folder."""

from __future__ import annotations

import fcntl
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.portal_process import ROOT, Portal
from tests.template import sqlite_template

EMPTY = "empty"
FACTS = "facts.json"


@dataclass
class Stage:
    """A running portal with its seeded people and codes."""

    portal: Portal
    facts: dict[str, Any]

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.portal.port}"

    def run(self, module: str, *args: str) -> str:
        """A helper process on the same database; what it printed."""
        return _run(self.portal, module, *args)


def _run(portal: Portal, module: str, *args: str) -> str:
    command = [sys.executable, "-m", module, *args]
    done = subprocess.run(command, cwd=ROOT, env=portal.environ, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


class Wardrobe:
    """Prepared folders: an empty migrated database with its keys and static files, and a filled copy of it for each seed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(exist_ok=True)

    def fill(self, folder: Path, seed: str) -> dict[str, Any]:
        """Copy what the seed makes into `folder`; people and codes of it."""
        with (self.root / "lock").open("w") as lock:
            # Two workers of the run share the wardrobe; the second waits for what the first is making.
            fcntl.flock(lock, fcntl.LOCK_EX)
            made = self._prepared(seed)
        shutil.copytree(made, folder, dirs_exist_ok=True)
        return json.loads((made / FACTS).read_text(encoding="utf-8"))

    def _prepared(self, name: str) -> Path:
        made = self.root / name
        if made.exists():
            return made
        growing = self.root / f"{name}.part"
        if name == EMPTY:
            growing.mkdir()
            shutil.copy(sqlite_template(self.root.parent), growing / "portal.sqlite3")
            Portal(growing).manage("collectstatic", "--noinput", "--verbosity=0")
        else:
            shutil.copytree(self._prepared(EMPTY), growing)
            (growing / FACTS).write_text(_run(Portal(growing), name), encoding="utf-8")
        return growing.rename(made)


@contextmanager
def staged(folder: Path, wardrobe: Wardrobe, seed: str, *, jobs: bool = True) -> Iterator[Stage]:
    """A portal filled by the module `seed`, for as long as the block lasts; without `jobs` nobody works its queues."""
    facts = wardrobe.fill(folder, seed)
    with _running(Stage(Portal(folder, AXES_ENABLED="0"), facts), jobs=jobs) as stage:
        yield stage


@contextmanager
def staged_on(folder: Path, seed: str, **environ: str) -> Iterator[Stage]:
    """A portal on the servers of `environ`, filled there; its database is migrated."""
    portal = Portal(folder, AXES_ENABLED="0", **environ)
    with _running(Stage(portal, json.loads(_run(portal, seed))), prepared=False) as stage:
        yield stage


@contextmanager
def _running(stage: Stage, *, jobs: bool = True, prepared: bool = True) -> Iterator[Stage]:
    portal = stage.portal
    if jobs:
        portal.start(*(["--no-prepare"] if prepared else []))
    else:
        portal.start_web()
    try:
        portal.wait_healthy(web_only=not jobs)
        yield stage
    finally:
        portal.end()


@pytest.fixture(scope="session")
def wardrobe(shared_folder: Path) -> Wardrobe:
    """One for the whole run, whatever number of workers it has."""
    return Wardrobe(shared_folder / "wardrobe")
