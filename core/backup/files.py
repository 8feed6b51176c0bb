"""Laying the files of an archive into the store, undone where the restore does not come to its end."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from core.backup.manifest import FILES, Manifest, Member, extract

OLD = ".lama"


@contextmanager
def laid_files(path: Path, manifest: Manifest, tell: Callable[[str], None]) -> Iterator[None]:
    """The files lie in the store for the block; afterwards they stay if it ended well, else the store is as it was.

    Names are random, so a file that is there already is the same file, perhaps damaged: it steps aside.
    """
    tell(f"Menaruh {len(manifest.files)} berkas …")
    root = Path(settings.FILES_DIR)
    new: list[Path] = []
    aside: list[Path] = []
    try:
        with zipfile.ZipFile(path) as archive:
            for each in manifest.files:
                target = root / each.path
                if _same(target, each):
                    continue
                if target.exists():
                    target.replace(_aside(target))
                    aside.append(target)
                extract(archive, FILES + each.path, each, target)
                new.append(target)
        yield
    except BaseException:
        for target in new:
            target.unlink(missing_ok=True)
        for target in aside:
            _aside(target).replace(target)
        raise
    for target in aside:
        _aside(target).unlink(missing_ok=True)


def _same(target: Path, member: Member) -> bool:
    if not target.is_file() or target.stat().st_size != member.size:
        return False
    with target.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == member.sha256


def _aside(target: Path) -> Path:
    return target.with_name(target.name + OLD)
