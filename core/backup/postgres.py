"""PostgreSQL: pg_dump of one snapshot; pg_restore into a database beside, and two renames in one transaction."""

from __future__ import annotations

import os
import secrets
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg2
from django.db import connection, transaction
from django.utils import timezone

from core.backup.databases import MIGRATIONS, STORED, Copied, count_rows
from core.backup.manifest import BackupError

IN_USE = "Portal masih berjalan: {count} sambungan lain ke basis data {name}. Hentikan web, pekerja, dan penjadwal, lalu ulangi."


class Postgres:
    """The database of production."""

    ENGINE = "postgresql"
    MEMBER = "database.dump"
    COMPRESSION = zipfile.ZIP_STORED  # pg_dump's own form is compressed

    def copy_to(self, path: Path) -> Copied:
        """One snapshot for the dump, the counts and the list of files."""
        connection.close()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
            cursor.execute(MIGRATIONS)
            migrations = cursor.fetchall()
            cursor.execute(STORED)
            stored = cursor.fetchall()
            cursor.execute("SHOW server_version")
            server = cursor.fetchone()[0]
            counts = count_rows()
            _run(
                "pg_dump",
                "--format=custom",
                f"--snapshot={snapshot}",
                "--no-owner",
                "--no-privileges",
                f"--file={path}",
                f"--dbname={_name()}",
            )
        return Copied(server, migrations, counts, stored)

    def refuse_if_used(self) -> None:
        """No other process may be connected, or the renames would not work and its work would be lost."""
        connection.close()
        with _maintenance() as cursor:
            _refuse_others(cursor, _name())

    def fill(self, copy: Path) -> str:
        """A new database on the same server, restored in one transaction."""
        name = f"{_name()[:40]}_pulih_{secrets.token_hex(4)}"
        with _maintenance() as cursor:
            try:
                cursor.execute(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'{_locale(cursor)}")
            except psycopg2.Error as error:
                raise BackupError(
                    f"Basis data sementara tidak dapat dibuat: {str(error).strip()}. Peran basis data perlu CREATEDB."
                ) from None
        try:
            _run(
                "pg_restore",
                "--single-transaction",
                "--exit-on-error",
                "--no-owner",
                "--no-privileges",
                f"--dbname={name}",
                str(copy),
            )
        except BackupError:
            self.drop(name)
            raise
        return name

    def drop(self, name: str) -> None:
        """The database beside."""
        with _maintenance() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def swap(self, name: str, keep: bool) -> str:
        """Both renames or neither."""
        connection.close()
        present, old = _name(), f"{_name()[:40]}_lama_{timezone.now():%Y%m%d%H%M%S}"
        with _maintenance(autocommit=False) as cursor:
            _refuse_others(cursor, present)
            if _exists(cursor, present):
                cursor.execute(f'ALTER DATABASE "{present}" RENAME TO "{old}"')
            cursor.execute(f'ALTER DATABASE "{name}" RENAME TO "{present}"')
        if keep:
            return old
        self.drop(old)
        return ""


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _locale(cursor: Any) -> str:
    cursor.execute("SELECT datcollate, datctype FROM pg_database WHERE datname = %s", [_name()])
    row = cursor.fetchone()
    return f" LC_COLLATE '{row[0]}' LC_CTYPE '{row[1]}'" if row else ""


def _exists(cursor: Any, name: str) -> bool:
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
    return cursor.fetchone() is not None


def _refuse_others(cursor: Any, name: str) -> None:
    cursor.execute(
        "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend'", [name]
    )
    if count := cursor.fetchone()[0]:
        raise BackupError(IN_USE.format(count=count, name=name))


@contextmanager
def _maintenance(autocommit: bool = True) -> Iterator[Any]:
    """A cursor in the server's own database; without `autocommit` one transaction for the block."""
    given = {**connection.get_connection_params(), "dbname": "postgres"}
    for name in ("cursor_factory", "context", "prepare_threshold"):
        given.pop(name, None)
    try:
        with closing(psycopg2.connect(**given)) as own:
            own.autocommit = autocommit
            with own.cursor() as cursor:
                yield cursor
            if not autocommit:
                own.commit()
    except psycopg2.Error as error:
        raise BackupError(f"Server basis data menolak: {str(error).strip()}") from None


def _run(program: str, *words: str) -> None:
    """A program of PostgreSQL with the connection of the settings; the password never stands on the command line."""
    own = connection.settings_dict
    given = {"PGHOST": own["HOST"], "PGPORT": own["PORT"], "PGUSER": own["USER"], "PGPASSWORD": own["PASSWORD"]}
    environ = {**os.environ, **{name: str(value) for name, value in given.items() if value}}
    if mode := own.get("OPTIONS", {}).get("sslmode"):
        environ["PGSSLMODE"] = str(mode)
    quiet: dict[str, Any] = {"capture_output": True, "text": True, "stdin": subprocess.DEVNULL}
    try:
        done = subprocess.run([program, *words], env=environ, check=False, **quiet)  # noqa: S603 - ours
    except FileNotFoundError:
        raise BackupError(
            f"{program} tidak ada di mesin ini. Pasang paket postgresql-client dengan versi server atau lebih baru."
        ) from None
    if done.returncode:
        last = (done.stderr.strip() or "tanpa keterangan").splitlines()[-1]
        raise BackupError(f"{program} gagal: {last}")
