"""`manage.py load_rincian_output FILE`: the catalogue of rincian output of one or more K/L, from .xlsx or CSV."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.errors import DomainError
from core.imports import FileRefused
from planning.imports.outputs import COLUMNS, read_catalogue, take_catalogue


class Command(BaseCommand):
    """Takes a file whole or not at all; rows of the table that the file does not name stay."""

    help = f"Muat katalog rincian output. Kolom: {', '.join(COLUMNS)}"

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and whether its rows are invented."""
        parser.add_argument("berkas")
        parser.add_argument("--simulasi", action="store_true", help="tandai semua baris sebagai simulasi")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load it."""
        path = Path(options["berkas"])
        if not path.is_file():
            raise CommandError(f"Berkas {path} tidak ditemukan.")
        try:
            loaded = take_catalogue(read_catalogue(path), simulated=options["simulasi"])
        except FileRefused as error:
            raise CommandError("\n".join([error.message, *(str(problem) for problem in error.problems)])) from error
        except DomainError as error:
            raise CommandError(error.message) from error
        self.stdout.write(str(loaded))
