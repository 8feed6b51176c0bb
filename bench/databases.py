"""Databases of their own: a SQLite file in a temporary folder, and one on the PostgreSQL server where one is named."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def server() -> str:
    """The PostgreSQL server to use (TEST_DATABASE_URL or DATABASE_URL), '' where none is named."""
    for name in ("TEST_DATABASE_URL", "DATABASE_URL"):
        url = os.environ.get(name, "")
        if url.startswith("postgres"):
            return url
    return ""


def kinds() -> list[str]:
    """The databases that can be measured here."""
    return ["sqlite", "postgres"] if server() else ["sqlite"]


def environment(url: str, folder: Path) -> dict[str, str]:
    """The environment of a process that works on the database."""
    kept = {
        name: content
        for name, content in os.environ.items()
        if name not in ("REDIS_URL", "DEMO", "DEBUG", "HTTPS", "FILES_DIR")
    }
    return {
        **kept,
        "DATABASE_URL": url,
        "VAR_DIR": str(folder),
        "QUEUE_DIR": str(folder / "queue"),
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "SECRET_KEY": "only for measurements, long enough to be accepted by the checks of Django",
        "RECORD_KEY": "only for measurements, seals what is thrown away",
        "LOG_LEVEL": "ERROR",
    }


def end_cleanly() -> None:
    """Let SIGTERM (a time limit, a closed terminal) end the program like an error does: databases and folders are removed."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


@contextmanager
def database(kind: str, folder: Path) -> Iterator[dict[str, str]]:
    """A migrated, empty database; answers the environment for it and removes it afterwards."""
    if kind == "sqlite":
        env = environment(f"sqlite://{folder / 'bench.sqlite3'}", folder)
        _migrate(env)
        yield env
        return
    name = f"bench_{secrets.token_hex(6)}"
    _admin(f'CREATE DATABASE "{name}"')
    try:
        env = environment(f"{server().rsplit('/', 1)[0]}/{name}", folder)
        _migrate(env)
        yield env
    finally:
        _admin(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _migrate(env: dict[str, str]) -> None:
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity=0"], cwd=ROOT, env=env, check=True)


def _admin(statement: str) -> None:
    import psycopg2

    connection = psycopg2.connect(server())
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()


def settle_down() -> None:
    """What a running PostgreSQL does by itself within a minute: its planner learns how many rows there are. SQLite never does."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
