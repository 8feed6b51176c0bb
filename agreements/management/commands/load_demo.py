"""`manage.py load_demo`: the example round with logins. Refused outside a demo installation unless forced; a second run says so."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.demo_logins import LOGINS
from agreements.demo.load import is_loaded, load_demo
from agreements.demo.papers import make_papers
from agreements.demo.wide_papers import make_wide_papers
from agreements.demo.world import PLAN_YEAR
from core.example import DONE, example_step


class Command(BaseCommand):
    """Loads the example and prints the logins."""

    help = "Muat data contoh (simulasi) dengan akun untuk setiap peran"

    def add_arguments(self, parser: CommandParser) -> None:
        """`--force` loads it although DEMO is not set."""
        parser.add_argument("--force", action="store_true", help="muat walaupun DEMO tidak diaktifkan")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load once."""
        if not (settings.DEMO or options["force"]):
            raise CommandError("Data contoh hanya untuk pemasangan contoh: setel DEMO=1, atau pakai --force.")
        if is_loaded():
            make_papers()
            make_wide_papers(PLAN_YEAR)
            example_step(DONE)
            self.stdout.write("Data contoh sudah dimuat.")
        else:
            started = time.monotonic()
            counts = load_demo(lambda text: self.stdout.write(f"  {text} …"))
            total = sum(counts.values())
            self.stdout.write(
                f"Data contoh dimuat: {total:,} baris dalam {time.monotonic() - started:.0f} detik.".replace(",", ".")
            )
            if options["verbosity"] > 1:
                self.stdout.write("\n".join(f"  {name}: {count}" for name, count in counts.items()))
        self._print_logins()

    def _print_logins(self) -> None:
        self.stdout.write(f"\nMasuk dengan kata sandi {settings.DEMO_PASSWORD} sebagai:")
        for username, meaning in LOGINS:
            self.stdout.write(f"  {username:<18} {meaning}")
