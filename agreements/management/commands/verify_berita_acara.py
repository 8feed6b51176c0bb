"""`verify_berita_acara NOMOR` or `--semua`: is every record still what was recorded?"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agreements.selectors.lists import find_ba
from agreements.verify import verify_all, verify_one


class Command(BaseCommand):
    """Names every fault and ends with 1; says one line and ends with 0 when all is well."""

    help = "Memeriksa keutuhan berita acara, rantai peristiwa, tanda tangan, dan berkasnya."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A number (or code), or everything."""
        parser.add_argument("nomor", nargs="?", help="nomor, kode, atau kode periksa berita acara")
        parser.add_argument("--semua", action="store_true", help="periksa semua catatan")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check and report."""
        if bool(options["nomor"]) == options["semua"]:
            raise CommandError("Sebutkan satu nomor berita acara, atau --semua.")
        report = verify_all() if options["semua"] else verify_one(find_ba(options["nomor"]))
        for remark in report.remarks:
            self.stdout.write(remark)
        for fault in report.faults:
            self.stderr.write(str(fault))
        self.stdout.write(report.summary())
        if report.faults:
            raise SystemExit(1)
