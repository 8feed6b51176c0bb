"""SQLite: the backup interface copies while others write; the restored file takes the old one's name in one step."""

from __future__ import annotations

import os
import secrets
import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

from django.db import connection
from django.utils import timezone

from core.backup.databases import MIGRATIONS, STORED, Copied
from core.backup.manifest import BackupError

IN_USE = "Portal masih berjalan di atas basis data ini. Hentikan dahulu (Ctrl-C pada make run), lalu ulangi."


class Sqlite:
    """The database of `make run`."""

    ENGINE = "sqlite"
    MEMBER = "database.sqlite3"
    COMPRESSION = zipfile.ZIP_DEFLATED

    @property
    def path(self) -> Path:
        """The file of the present database."""
        return Path(connection.settings_dict["NAME"])

    def copy_to(self, path: Path) -> Copied:
        """The whole file in one step: a reader of the write-ahead log holds up no writer."""
        connection.ensure_connection()
        with closing(sqlite3.connect(path, isolation_level=None)) as copy:
            connection.connection.backup(copy)
            # One file, without a log beside it.
            copy.execute("PRAGMA journal_mode=DELETE")
            if (found := copy.execute("PRAGMA quick_check").fetchone()[0]) != "ok":
                raise BackupError(
                    f"Basis data rusak ({found}). Cadangan tidak dibuat; pulihkan dari cadangan terakhir."
                )
            tables = [
                row[0]
                for row in copy.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
                )
            ]
            counts = {table: copy.execute(f'SELECT COUNT(*) FROM "{table}"').fetchone()[0] for table in sorted(tables)}  # noqa: S608
            return Copied(
                sqlite3.sqlite_version, copy.execute(MIGRATIONS).fetchall(), counts, copy.execute(STORED).fetchall()
            )

    def refuse_if_used(self) -> None:
        """Leaving the write-ahead log needs the file for oneself, and takes the log into the file."""
        connection.close()
        if not self.path.exists():
            return
        try:
            with closing(sqlite3.connect(self.path, timeout=3, isolation_level=None)) as own:
                if own.execute("PRAGMA journal_mode=DELETE").fetchone()[0] != "delete":
                    raise BackupError(IN_USE)
        except sqlite3.OperationalError as error:
            if "locked" in str(error) or "busy" in str(error):
                raise BackupError(IN_USE) from None
        except sqlite3.DatabaseError:
            return  # broken: what a restore is for

    def fill(self, copy: Path) -> str:
        """A file beside the present one."""
        beside = self.path.with_name(f"{self.path.name}.pulih-{secrets.token_hex(4)}")
        beside.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(copy, beside)
        with closing(sqlite3.connect(beside)) as restored:
            found = restored.execute("PRAGMA integrity_check").fetchone()[0]
        if found != "ok":
            beside.unlink()
            raise BackupError(f"Basis data dalam cadangan rusak ({found}). Tidak ada yang diubah.")
        return str(beside)

    def drop(self, name: str) -> None:
        """The file and what SQLite lays beside it."""
        for suffix in ("", "-wal", "-shm", "-journal"):
            Path(f"{name}{suffix}").unlink(missing_ok=True)

    def swap(self, name: str, keep: bool) -> str:
        """One rename; the old file stays under another name."""
        self.refuse_if_used()
        with closing(sqlite3.connect(name, isolation_level=None)) as restored:
            restored.execute("PRAGMA journal_mode=DELETE")
        old = ""
        if keep and self.path.exists():
            old = f"{self.path}.lama-{timezone.now():%Y%m%d%H%M%S}"
            shutil.copymode(self.path, name)
            _second_name(self.path, Path(old))
        for suffix in ("-wal", "-shm"):
            Path(f"{self.path}{suffix}").unlink(missing_ok=True)
        with Path(name).open("rb") as file:
            os.fsync(file.fileno())
        Path(name).replace(self.path)
        return old


def _second_name(path: Path, name: Path) -> None:
    try:
        name.hardlink_to(path)
    except OSError:
        path.rename(name)  # a disk without links: for a moment there is no database, never half of one
