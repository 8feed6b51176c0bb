"""Reading an archive back: everything is checked first and filled in beside; the present database goes in the last step alone."""

from __future__ import annotations

import secrets
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from core.audit import broken_links
from core.backup.databases import Database, count_rows, database, holds_content, working_on
from core.backup.files import laid_files
from core.backup.manifest import (
    BackupError,
    Manifest,
    check_members,
    extract,
    key_check,
    read_manifest,
    readable,
)
from core.triggers import missing_triggers

Check = Callable[[], list[str]]
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Restored:
    """What was put in place; `old` says where the replaced database lies, `findings` what was accepted although it is wrong."""

    manifest: Manifest
    old: str = ""
    findings: list[str] = field(default_factory=list)


def check_backup(path: Path) -> Manifest:
    """Whether this portal can restore the archive: form, versions, key, and the content of every member. Changes nothing."""
    if not path.is_file():
        raise BackupError(f"{path} tidak ada.")
    with readable(), zipfile.ZipFile(path) as archive:
        manifest = read_manifest(archive)
        _check_versions(manifest)
        check_members(archive, manifest)
    return manifest


def restore_backup(path: Path, *, replace: bool, accept: bool, check: Check, tell: Tell) -> Restored:
    """Restore the archive. `check` names what is wrong with the restored records; with `accept` that does not stop the restore.

    Raises BackupError, and then database and files are as they were.
    """
    tell("Memeriksa cadangan …")
    manifest = check_backup(path)
    side = database()
    occupied = _occupied()
    if occupied and not replace:
        raise BackupError(
            "Pemasangan ini sudah berisi data. Untuk menggantinya dengan isi cadangan, ulangi dengan --ganti; "
            "basis data yang sekarang disimpan di sampingnya."
        )
    side.refuse_if_used()
    tell("Menyiapkan basis data di samping yang sekarang …")
    name = _fill(path, manifest, side)
    try:
        with laid_files(path, manifest, tell):
            findings = _checked(manifest, name, check, tell)
            if findings and not accept:
                raise BackupError(
                    "Isi yang dipulihkan tidak lolos pemeriksaan:\n  " + "\n  ".join(findings[:20]) + "\nTidak ada yang "
                    "diganti. Ambil cadangan lain, atau ulangi dengan --terima-temuan bila temuan ini sudah diketahui."
                )  # fmt: skip
            old = side.swap(name, keep=occupied)
    except BaseException:
        side.drop(name)
        raise
    return Restored(manifest, old, findings)


def _check_versions(manifest: Manifest) -> None:
    if manifest.engine != database().ENGINE:
        raise BackupError(
            f"Cadangan ini berasal dari {manifest.engine}, pemasangan ini memakai {database().ENGINE}. "
            "Pulihkan pada pemasangan dengan basis data yang sama."
        )
    known = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
    if newer := sorted(set(manifest.migrations) - known):
        raise BackupError(
            f"Cadangan dibuat oleh portal yang lebih baru ({newer[-1][0]} {newer[-1][1]}). "
            "Pasang versi itu dahulu, lalu pulihkan."
        )
    if manifest.record_key_id == str(settings.RECORD_KEY_ID) and manifest.record_key_check != key_check():
        raise BackupError(
            f"RECORD_KEY di mesin ini bukan kunci {manifest.record_key_id} yang dipakai saat cadangan dibuat. "
            "Pasang kunci yang lama, lalu ulangi. Bila kunci itu hilang, beri kunci baru RECORD_KEY_ID yang lain."
        )


def _occupied() -> bool:
    """Whether there is anything to lose: rows, files, or a database that cannot even be read."""
    if any(each.is_file() for each in Path(settings.FILES_DIR).glob("[0-9a-f][0-9a-f]/*")):
        return True
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and not Path(name).exists():
        return False
    try:
        return holds_content()
    except DatabaseError:
        return connection.vendor == "sqlite"
    finally:
        connection.close()


def _fill(path: Path, manifest: Manifest, side: Database) -> str:
    folder = Path(settings.FILES_DIR) / "tmp"
    copy = folder / f"pulih-{secrets.token_hex(6)}"
    try:
        with zipfile.ZipFile(path) as archive:
            extract(archive, manifest.database.path, manifest.database, copy)
        return side.fill(copy)
    finally:
        copy.unlink(missing_ok=True)


def _checked(manifest: Manifest, name: str, check: Check, tell: Tell) -> list[str]:
    """Bring the restored database to this version and ask whether all is as it was recorded."""
    with working_on(name):
        found = count_rows()
        wrong = [table for table, count in manifest.counts.items() if found.get(table) != count]
        if wrong:
            raise BackupError(f"Jumlah baris {wrong[0]} berbeda dari manifes. Tidak ada yang diganti.")
        tell("Menyesuaikan tabel dengan versi portal ini …")
        call_command("migrate", interactive=False, verbosity=0)
        tell("Memeriksa rantai peristiwa, berita acara, dan berkas …")
        faults = [f"pelindung hilang: {each}" for each in missing_triggers(connection)]
        faults += [f"jejak audit putus pada {seq}" for seq in broken_links()]
        return faults + check()
