"""Small lists: sources of funds."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from core.imports import Loaded, read_file, sync_rows
from planning.models import FundingSource


@transaction.atomic
def load_funding_sources(folder: Path) -> Loaded:
    """The sources of funds of `sumber_dana.csv`."""
    reader = read_file(folder / "sumber_dana.csv", ("kode", "nama"), key=["kode"])
    rows = reader.collect(lambda row: {"kode": row["kode"], "name": row["nama"]})
    return Loaded("Sumber dana", sync_rows(FundingSource, rows, ["kode"]), reader.remarks)
