"""The migrated, empty database of a run: made once, copied for each worker, race and portal. Migrating anew takes ten seconds each time."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2

ROOT = Path(__file__).resolve().parent.parent
SQLITE = "template.sqlite3"
POSTGRES = "template.postgres"


def server() -> str:
    """The PostgreSQL server of this run, empty where it runs on SQLite."""
    return os.environ.get("TEST_DATABASE_URL", "")


def run_folder(base: Path) -> Path:
    """The folder that all workers of one run share, by the temporary folder of one of them."""
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


def database_url(name: str) -> str:
    """The URL of a database on the server."""
    return urlunsplit(urlsplit(server())._replace(path=f"/{name}"))


def on_server(statement: str) -> None:
    """One statement outside a transaction, as creating and dropping databases need it."""
    with closing(psycopg2.connect(server())) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)


def sqlite_template(folder: Path) -> Path:
    """The file of the run; in one piece, without a log beside it."""
    made = folder / SQLITE
    with _alone(folder):
        if not made.exists():
            growing = folder / f"{SQLITE}.part"
            _migrate(f"sqlite://{growing}", folder)
            with closing(sqlite3.connect(growing)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            growing.rename(made)
    return made


def postgres_template(folder: Path) -> str:
    """The name of the run's database on the server; `drop_template` removes it."""
    noted = folder / POSTGRES
    with _alone(folder):
        if not noted.exists():
            name = f"rakortek_template_{secrets.token_hex(6)}"
            on_server(f'CREATE DATABASE "{name}"')
            # Noted at once: what fails on the way is dropped as well.
            (folder / f"{POSTGRES}.part").write_text(name)
            _migrate(database_url(name), folder)
            (folder / f"{POSTGRES}.part").rename(noted)
    return noted.read_text()


def drop_template(folder: Path) -> None:
    """Remove what the run made on the server."""
    for noted in folder.glob(f"{POSTGRES}*"):
        on_server(f'DROP DATABASE IF EXISTS "{noted.read_text()}" WITH (FORCE)')
        noted.unlink()


def copy_for_django(folder: Path, create: Callable[..., str]) -> Callable[..., str]:
    """Django's step that creates a test database, ending in a copy of the template; migrating then finds nothing to do."""
    from django.db import connection

    def created(*args: object, **kwargs: object) -> str:
        if connection.vendor == "postgresql":
            connection.settings_dict["TEST"]["TEMPLATE"] = postgres_template(folder)
            return create(*args, **kwargs)
        name = create(*args, **kwargs)
        shutil.copy(sqlite_template(folder), name)
        return name

    return created


def _migrate(url: str, var: Path) -> None:
    environ = {
        **os.environ,
        "DATABASE_URL": url,
        "VAR_DIR": str(var),
        "DJANGO_SETTINGS_MODULE": "tests.process_settings",
    }
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Workers of the run that need the template meanwhile wait."""
    with (folder / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
