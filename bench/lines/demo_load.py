"""`manage.py load_demo` on an empty, migrated database, from the command's start to its end."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from django.core.management import get_commands

from bench.context import Bench
from bench.databases import ROOT
from bench.result import Result, measured, missing

NAME = "demo_load"
BUDGET = 60
FULL, QUICK = 3, 1


def run(bench: Bench) -> list[Result]:
    """Seconds, and how many rows it wrote. Quick: once; else three times, emptied between."""
    name = bench.name(NAME)
    if "load_demo" not in get_commands():
        return [missing(name, "s", BUDGET, "there is no load_demo in this version")]
    times = []
    for turn in range(QUICK if bench.quick else FULL):
        if turn:
            _empty()
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "manage.py", "load_demo"],
            cwd=ROOT,
            env={**os.environ, "DEMO": "1"},
            check=True,
            stdout=subprocess.DEVNULL,
        )
        times.append(time.perf_counter() - start)
    return [measured(name, times, "s", BUDGET, _counts())]


def _empty() -> None:
    """Insert-only tables cannot be emptied row by row: the schema goes and comes back."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            connection.close()
            for ending in ("", "-wal", "-shm"):
                Path(f"{connection.settings_dict['NAME']}{ending}").unlink(missing_ok=True)
        else:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    connection.close()
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity=0"], cwd=ROOT, check=True)


def _counts() -> str:
    from desks.models import Event, Item

    return f"{Item.objects.count()} items, {Event.objects.count()} events"
