"""What stands in the first member of an archive: versions, counts, and size and SHA-256 of every other member."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any, Final

from django.conf import settings

from core.canonical import hmac_hex
from core.errors import DomainError

FORMAT: Final = 1
NAME: Final = "manifest.json"
FILES: Final = "files/"
CHUNK: Final = 1 << 20
MOST_MANIFEST: Final = 512 * 1024 * 1024
_PATH: Final = re.compile(r"[0-9a-f]{2}/[A-Za-z0-9_-]+\.[a-z0-9]{1,8}")
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError, ValueError)


class BackupError(DomainError):
    """Why no archive was written or restored; nothing was changed."""

    code = "backup"
    status = 409


@dataclass(frozen=True)
class Member:
    """One member of the archive."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """The facts of an archive. `lost` names stored files whose content was missing or altered when it was made."""

    engine: str
    server: str
    made_at: str
    migrations: list[tuple[str, str]]
    counts: dict[str, int]
    database: Member
    files: list[Member]
    record_key_id: str
    record_key_check: str
    lost: list[str] = field(default_factory=list)
    format: int = FORMAT

    def as_text(self) -> str:
        """The JSON text as it stands in the archive."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True)

    def members(self) -> Iterator[tuple[str, Member]]:
        """Every other member under its name in the archive."""
        yield self.database.path, self.database
        for each in self.files:
            yield FILES + each.path, each


def key_check() -> str:
    """A mark by which RECORD_KEY is recognised and from which it cannot be found."""
    return hmac_hex("portal rakortek: kunci segel dalam cadangan", settings.RECORD_KEY)[:16]


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    """The manifest, refused in words where it is missing, unreadable or of a format this portal does not know."""
    with readable():
        if archive.getinfo(NAME).file_size > MOST_MANIFEST:
            raise ValueError("manifest too large")
        facts: dict[str, Any] = json.loads(archive.read(NAME))
        if facts.get("format") != FORMAT:
            raise BackupError(
                f"Bentuk cadangan {facts.get('format')!r} tidak dikenal; portal ini membaca bentuk {FORMAT}. "
                "Pulihkan dengan versi portal yang membuatnya."
            )
        try:
            return _from(facts)
        except (TypeError, AttributeError) as error:
            raise ValueError(str(error)) from None


def _from(facts: dict[str, Any]) -> Manifest:
    files = [Member(**each) for each in facts["files"]]
    if bad := [each.path for each in files if not _PATH.fullmatch(each.path)]:
        raise BackupError(f"Cadangan menyebut alamat berkas yang tidak wajar: {bad[0]!r}. Tidak ada yang diubah.")
    read = {**facts, "files": files, "database": Member(**facts["database"])}
    return Manifest(**{**read, "migrations": [(app, name) for app, name in facts["migrations"]]})


@contextmanager
def readable() -> Iterator[None]:
    """Turns what a broken archive raises into words."""
    try:
        yield
    except _BROKEN as error:
        raise BackupError(
            f"Berkas cadangan rusak atau bukan cadangan portal ({error}). Tidak ada yang diubah; ambil salinan lain."
        ) from None


def check_members(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Read every member and compare size and SHA-256, before anything is touched."""
    for name, member in manifest.members():
        with readable(), archive.open(name) as content:
            size, digest = copy_hashed(content, None)
        if (size, digest) != (member.size, member.sha256):
            raise BackupError(f"Isi {name} dalam cadangan berbeda dari manifesnya. Tidak ada yang diubah.")


def copy_hashed(content: IO[bytes], target: IO[bytes] | None) -> tuple[int, str]:
    """Copy to `target` where there is one; size and SHA-256 of what was read."""
    digest, size = hashlib.sha256(), 0
    while chunk := content.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
        if target is not None:
            target.write(chunk)
    return size, digest.hexdigest()


def extract(archive: zipfile.ZipFile, name: str, member: Member, target: Path) -> None:
    """Write a member to `target`, whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.baru")
    try:
        with readable(), archive.open(name) as content, temporary.open("wb") as file:
            found = copy_hashed(content, file)
        if found != (member.size, member.sha256):
            raise BackupError(f"Isi {name} dalam cadangan berbeda dari manifesnya.")
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
