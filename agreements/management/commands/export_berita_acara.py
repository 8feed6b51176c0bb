"""`export_berita_acara NOMOR BERKAS.xlsx`: the workbook without a browser."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from agreements.exports.workbook import ba_workbook
from agreements.selectors.frozen import sheet_of
from agreements.selectors.lists import find_ba


class Command(BaseCommand):
    """Writes the workbook of one berita acara."""

    help = "Menulis buku kerja Excel sebuah berita acara."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which one, and where to."""
        parser.add_argument("nomor", help="nomor, kode, atau kode periksa berita acara")
        parser.add_argument("berkas", type=Path, help="berkas tujuan, .xlsx")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it, whole or not at all."""
        target: Path = options["berkas"]
        content = ba_workbook(sheet_of(find_ba(options["nomor"])))
        temporary = target.with_name(f".{target.name}.baru")
        temporary.write_bytes(content)
        temporary.replace(target)
        self.stdout.write(f"{target}: {len(content)} bita.")
