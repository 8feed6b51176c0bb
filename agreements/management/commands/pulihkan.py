"""`pulihkan BERKAS.zip`: put an archive of `cadangkan` in the place of this installation's database and files."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agreements.verify import verify_all
from core.backup import Restored, restore_backup
from core.backup.manifest import Manifest
from core.backup.restore import check_backup
from core.errors import DomainError
from core.numbers import format_number


class Command(BaseCommand):
    """Restores all or nothing; afterwards every berita acara has been verified."""

    help = "Memulihkan basis data dan berkas portal dari berkas cadangan."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which archive, and what may be replaced."""
        parser.add_argument("berkas", type=Path, help="berkas yang dibuat cadangkan")
        parser.add_argument("--ganti", action="store_true", help="ganti data yang sudah ada; yang lama disimpan")
        parser.add_argument("--periksa", action="store_true", help="hanya periksa cadangan, tidak mengubah apa pun")
        parser.add_argument(
            "--terima-temuan", action="store_true", help="pulihkan walaupun pemeriksaan berita acara menemukan cacat"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, restore beside, verify, swap."""
        path: Path = options["berkas"]
        try:
            if options["periksa"]:
                self.stdout.write(f"Cadangan utuh: {_summary(check_backup(path))}.")
                return
            given = {"replace": options["ganti"], "accept": options["terima_temuan"]}
            done = restore_backup(path, check=self._verify, tell=self.stdout.write, **given)
        except (DomainError, OSError) as error:
            raise CommandError(f"Tidak dipulihkan. {error}") from None
        self._say(done)

    def _verify(self) -> list[str]:
        report = verify_all()
        for remark in report.remarks:
            self.stdout.write(remark)
        self.stdout.write(report.summary())
        return [str(fault) for fault in report.faults]

    def _say(self, done: Restored) -> None:
        self.stdout.write(f"Dipulihkan: {_summary(done.manifest)}.")
        if done.old:
            self.stdout.write(f"Basis data sebelumnya disimpan sebagai {done.old}; hapus bila tidak diperlukan lagi.")
        if done.findings:
            self.stderr.write("Diterima walaupun cacat:\n  " + "\n  ".join(done.findings))


def _summary(manifest: Manifest) -> str:
    rows, files = format_number(sum(manifest.counts.values())), format_number(len(manifest.files))
    return f"dibuat {manifest.made_at[:16].replace('T', ' ')} UTC, {rows} baris, {files} berkas"
