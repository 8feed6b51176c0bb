"""The two databases a backup knows: a copy taken while people work, and a restore beside the old one with one step at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection

TECHNICAL = frozenset({"core_processbeat", "core_schedulerlease", "core_audithead"})
"""Written by a portal that merely runs: an installation with nothing else is empty."""
OURS = ("core", "accounts", "planning", "indicators", "desks", "agreements")
MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY app, name"
STORED = "SELECT path, sha256 FROM core_storedfile ORDER BY path"


@dataclass(frozen=True)
class Copied:
    """What the copy of the database says of itself."""

    server: str
    migrations: list[tuple[str, str]]
    counts: dict[str, int]
    stored: list[tuple[str, str]]


class Database(Protocol):
    """One kind of database."""

    ENGINE: str
    MEMBER: str
    COMPRESSION: int

    def copy_to(self, path: Path) -> Copied:
        """A consistent copy in the file `path`, while others write."""

    def refuse_if_used(self) -> None:
        """BackupError while another process works with the database."""

    def fill(self, copy: Path) -> str:
        """Restore the copy beside the present database; the name to reach it by."""

    def drop(self, name: str) -> None:
        """Take away what `fill` made."""

    def swap(self, name: str, keep: bool) -> str:
        """Put what `fill` made in the place of the present database in one step; where the old one lies now, '' if not kept."""


def database() -> Database:
    """The kind that this installation runs on."""
    from core.backup.postgres import Postgres
    from core.backup.sqlite import Sqlite

    return Postgres() if connection.vendor == "postgresql" else Sqlite()


@contextmanager
def working_on(name: str) -> Iterator[None]:
    """Let Django speak to the database `name` on the same server or disk."""
    present = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    ContentType.objects.clear_cache()
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = present
        ContentType.objects.clear_cache()


def count_rows() -> dict[str, int]:
    """The rows of every table there is."""
    with connection.cursor() as cursor:
        return {table: _count(cursor, table) for table in sorted(connection.introspection.table_names(cursor))}


def holds_content() -> bool:
    """Whether any table of ours holds what people or an import wrote."""
    ours = {model._meta.db_table for label in OURS for model in apps.get_app_config(label).get_models()}
    with connection.cursor() as cursor:
        present = ours.intersection(connection.introspection.table_names(cursor)) - TECHNICAL
        return any(_count(cursor, table, " LIMIT 1") for table in sorted(present))


def _count(cursor: object, table: str, limit: str = "") -> int:
    quoted = connection.ops.quote_name(table)
    cursor.execute(f"SELECT COUNT(*) FROM (SELECT 1 FROM {quoted}{limit}) AS rows_there")  # type: ignore[attr-defined]  # noqa: S608
    return int(cursor.fetchone()[0])  # type: ignore[attr-defined]
