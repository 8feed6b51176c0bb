"""`manage.py load_reference`: the published facts that a portal starts with. Saying it twice changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import imports as accounts
from core.imports import FileRefused, Loaded
from indicators import imports as indicators
from planning import imports as planning

HOLDER_YEARS = (2026, 2027)


def reference_steps(folder: Path) -> Iterator[Callable[[], Loaded]]:
    """The loaders in the order in which the facts lean on each other."""
    for load in (accounts.load_provinces, accounts.load_kabkota, accounts.load_groups, accounts.load_central):
        yield lambda load=load: load(folder)  # type: ignore[misc]
    yield accounts.load_bappeda
    yield lambda: accounts.load_opd(folder)
    yield lambda: planning.load_bidang(folder)
    for year in HOLDER_YEARS:
        yield lambda year=year: planning.load_holders(folder, year)  # type: ignore[misc]
    for load in (
        planning.load_nomenclature,
        planning.load_funding_sources,
        planning.load_nodes,
        planning.load_criteria,
        planning.load_catalogue,
        indicators.load_outcome,
        indicators.load_macro,
        indicators.load_population,
        indicators.load_crosswalk,
        indicators.load_rpjmn,
        indicators.load_rpjmn_groups,
        indicators.load_national,
        indicators.load_rpjmd,
        indicators.load_bps,
        indicators.load_priority_tags,
    ):
        yield lambda load=load: load(folder)  # type: ignore[misc]


class Command(BaseCommand):
    """Loads `data/` file by file; at a file with bad rows all of them are named and the loading stops."""

    help = "Muat data rujukan: wilayah, lembaga, urusan, nomenklatur, indikator, angka terbitan"

    def add_arguments(self, parser: CommandParser) -> None:
        """`--folder` for facts from elsewhere, `--remarks` to print the remarks on rows that were taken."""
        parser.add_argument("--folder", default=str(Path(settings.BASE_DIR) / "data"))
        parser.add_argument("--remarks", action="store_true", help="cetak juga catatan per baris")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load every file, one transaction each."""
        for step in reference_steps(Path(options["folder"])):
            try:
                loaded = step()
            except FileRefused as error:
                for problem in error.problems:
                    self.stderr.write(str(problem))
                raise CommandError(error.message) from error
            self.stdout.write(str(loaded))
            if options["remarks"]:
                for remark in loaded.remarks:
                    self.stdout.write(f"  {remark}")
