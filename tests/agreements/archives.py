"""Archives for the tests of backup and restore: made, altered, and a place for a restore to go."""

from __future__ import annotations

import hashlib
import io
import json
import uuid
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from core.backup import manifest as manifests
from core.backup.databases import working_on
from core.backup.postgres import _maintenance


@contextmanager
def another_database(folder: Path) -> Iterator[str]:
    """A name under which no database exists yet, spoken to for the block."""
    if connection.vendor == "sqlite":
        path = str(folder / "mesin-lain" / "portal.sqlite3")
        with working_on(path):
            yield path
        return
    place = f"rakortek_backup_{uuid.uuid4().hex[:8]}"
    try:
        with working_on(place):
            yield place
    finally:
        with _maintenance() as cursor:
            cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [place])
            for row in cursor.fetchall():
                cursor.execute(f'DROP DATABASE "{row[0]}" WITH (FORCE)')


def backup(path: Path) -> Path:
    call_command("cadangkan", str(path), stdout=io.StringIO())
    return path


def restore(path: Path, *options: str) -> str:
    out = io.StringIO()
    call_command("pulihkan", str(path), *options, stdout=out, stderr=out)
    return out.getvalue()


def altered(path: Path, change) -> Path:
    """The archive with its members passed through `change(name, content)`; None drops a member."""
    target = path.with_name("diubah.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            content = change(info.filename, old.read(info))
            if content is not None:
                new.writestr(info.filename, content, info.compress_type)
    return target


def with_manifest(path: Path, **changes) -> Path:
    def change(name: str, content: bytes) -> bytes:
        return json.dumps({**json.loads(content), **changes}).encode() if name == manifests.NAME else content

    return altered(path, change)


def damaged(archive: Path) -> Path:
    """The archive of an installation in which somebody had exchanged the scan."""
    scan = b"%PDF-1.4 pindaian lain"
    with zipfile.ZipFile(archive) as opened:
        facts = json.loads(opened.read(manifests.NAME))
    (file,) = facts["files"]
    file |= {"size": len(scan), "sha256": hashlib.sha256(scan).hexdigest()}
    exchanged = altered(archive, lambda name, content: scan if name.startswith("files/") else content)
    exchanged.replace(archive)
    return with_manifest(archive, files=[file])
