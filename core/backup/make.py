"""Writing an archive while the portal runs: first a consistent copy of the database, then the files that this copy names."""

from __future__ import annotations

import os
import secrets
import zipfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from core.backup.databases import Copied, database
from core.backup.manifest import FILES, NAME, BackupError, Manifest, Member, copy_hashed, key_check
from core.models import StoredFile


@dataclass(frozen=True)
class Made:
    """What was written; `lost` names stored files that could not be taken along as recorded."""

    path: Path
    size: int
    rows: int
    files: int
    lost: list[str]


def make_backup(target: Path) -> Made:
    """Write the archive to `target`, whole or not at all; an existing file is never overwritten."""
    if target.exists():
        raise BackupError(f"{target} sudah ada. Pilih nama lain, misalnya dengan tanggal.")
    if not target.parent.is_dir():
        raise BackupError(f"Folder {target.parent} tidak ada. Buat dahulu foldernya.")
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    dump = part.with_name(f"{part.name}.basisdata")
    try:
        manifest = _write(part, dump)
        part.replace(target)
    finally:
        for path in (part, dump):
            path.unlink(missing_ok=True)
    return Made(target, target.stat().st_size, sum(manifest.counts.values()), len(manifest.files), manifest.lost)


def _write(part: Path, dump: Path) -> Manifest:
    # Names, figures and notes of a whole round: for the owner's eyes only.
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    os.close(os.open(dump, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    side = database()
    copied = side.copy_to(dump)
    with part.open("r+b") as file:
        with zipfile.ZipFile(file, "w", allowZip64=True) as archive:
            base = _put(archive, side.MEMBER, dump, side.COMPRESSION)
            files, lost = _put_files(archive, copied)
            manifest = Manifest(
                engine=side.ENGINE, server=copied.server, made_at=timezone.now().isoformat(), migrations=copied.migrations,
                counts=copied.counts, database=base, files=files, lost=lost, record_key_id=str(settings.RECORD_KEY_ID),
                record_key_check=key_check(),
            )  # fmt: skip
            archive.writestr(NAME, manifest.as_text(), zipfile.ZIP_DEFLATED)
        file.flush()
        os.fsync(file.fileno())
    return manifest


def _put(archive: zipfile.ZipFile, name: str, path: Path, compression: int) -> Member:
    """Add a file; documents, pictures and workbooks are compressed already."""
    info = zipfile.ZipInfo.from_file(path, name)
    info.compress_type = compression
    with path.open("rb") as content, archive.open(info, "w", force_zip64=True) as member:
        size, digest = copy_hashed(content, member)
    return Member(name, size, digest)


def _put_files(archive: zipfile.ZipFile, copied: Copied) -> tuple[list[Member], list[str]]:
    files, lost = [], []
    for path, sha256 in copied.stored:
        try:
            member = _put(archive, FILES + path, Path(settings.FILES_DIR) / path, zipfile.ZIP_STORED)
        except FileNotFoundError:
            # Swept between the copy of the database and now: nothing pointed to it any more.
            if StoredFile.objects.filter(path=path).exists():
                lost.append(f"{path}: tidak ada di penyimpanan")
            continue
        files.append(Member(path, member.size, member.sha256))
        if member.sha256 != sha256:
            lost.append(f"{path}: isinya berbeda dari yang tercatat")
    return files, lost
