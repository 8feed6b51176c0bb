"""`manage.py load_demo`: the example round with logins. Refused outside a demo installation unless forced; a second run says so."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.demo_logins import LOGINS
from agreements.demo.load import is_loaded, load_demo
from agreements.demo.papers import make_papers
from agreements.demo.size import Shape, load_size, read_shape
from agreements.demo.wide_papers import make_wide_papers
from agreements.demo.world import PLAN_YEAR
from core.errors import InvalidInput
from core.example import DONE, example_step
from core.numbers import format_number
from desks.models import Round


class Command(BaseCommand):
    """Loads the example and prints the logins."""

    help = "Muat data contoh (simulasi) dengan akun untuk setiap peran"

    def add_arguments(self, parser: CommandParser) -> None:
        """`--force` loads it although DEMO is not set; `--size` adds rounds of full size."""
        parser.add_argument("--force", action="store_true", help="muat walaupun DEMO tidak diaktifkan")
        parser.add_argument(
            "--size", nargs="+", default=[], metavar="UKURAN",
            help="muat pula penyelenggaraan seukuran aslinya: “nasional” (38 provinsi × 354 target), “provinsi” (penyelenggaraan tiap provinsi, bersama "
            "514 kabupaten/kota × 273 target, termasuk enam wilayah administrasi DKI), atau keduanya; “nasional:2x5” memuat 2 × 5",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        """Load once."""
        if not (settings.DEMO or options["force"]):
            raise CommandError("Data contoh hanya untuk pemasangan contoh: setel DEMO=1, atau pakai --force.")
        shapes = self._shapes(options["size"])
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
        for shape in shapes:
            self._load_size(shape)
        self._print_logins()

    def _shapes(self, asked: list[str]) -> list[Shape]:
        if asked and Round.objects.filter(simulated=False).exists():
            raise CommandError(
                "Portal ini memuat penyelenggaraan yang bukan simulasi; ukuran penuh tidak dimuat di sini."
            )
        try:
            return [read_shape(text) for text in asked]
        except InvalidInput as error:
            raise CommandError(str(error)) from error

    def _load_size(self, shape: Shape) -> None:
        loaded = load_size(shape, lambda text: self.stdout.write(f"  {text} …"))
        if not loaded.rounds:
            self.stdout.write(f"Ukuran {shape} sudah dimuat.")
            return
        items, events = loaded.counts.get("Item", 0), loaded.counts.get("Event", 0)
        total = sum(loaded.counts.values())
        self.stdout.write(
            f"Ukuran {shape} dimuat: {loaded.rounds} penyelenggaraan, {format_number(items)} butir, {format_number(events)} peristiwa, "
            f"{format_number(total)} baris dalam {loaded.seconds:.0f} detik. Semua angkanya simulasi."
        )

    def _print_logins(self) -> None:
        self.stdout.write(f"\nMasuk dengan kata sandi {settings.DEMO_PASSWORD} sebagai:")
        for username, meaning in LOGINS:
            self.stdout.write(f"  {username:<18} {meaning}")
