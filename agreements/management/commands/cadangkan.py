"""`cadangkan BERKAS.zip`: database and files of this installation in one archive, while the portal runs."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.backup import make_backup
from core.errors import DomainError
from core.numbers import format_number


class Command(BaseCommand):
    """Writes the archive; ends with 1 where a stored file could not be taken along as recorded."""

    help = "Menyimpan basis data dan berkas portal ke satu berkas cadangan. Kunci tidak ikut."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        parser.add_argument("berkas", type=Path, help="berkas cadangan yang dibuat, misalnya portal-2026-11-22.zip")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it, whole or not at all."""
        try:
            made = make_backup(options["berkas"])
        except (DomainError, OSError) as error:
            raise CommandError(f"Cadangan tidak dibuat: {error}") from None
        self.stdout.write(
            f"{made.path}: {format_number(made.size)} bita, {format_number(made.rows)} baris, "
            f"{format_number(made.files)} berkas. RECORD_KEY dan SECRET_KEY tidak ikut; simpan terpisah."
        )
        if made.lost:
            raise CommandError(
                "Cadangan tersimpan, tetapi berkas ini sudah cacat sebelumnya:\n  " + "\n  ".join(made.lost)
            )
