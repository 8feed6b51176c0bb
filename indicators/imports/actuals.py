"""Achievements published by BPS, per province (Kemendagri code) and year; '00' is Indonesia."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from django.db import transaction

from accounts.imports.regions import PROVINCE_CODE, region_ids
from core.errors import InvalidInput
from core.imports import Loaded, Row, read_file, sync_rows
from core.values import Value
from indicators.choices import FigureKind
from indicators.imports.figures import KEY, decimal_of, figure_row, year_of
from indicators.imports.indicators import same_figures
from indicators.models import Figure

SOURCE: Final = "bps"
COLUMNS: Final = ("kode_provinsi", "kode_indikator", "tahun", "periode", "nilai", "satuan", "sumber")
YEARLY: Final = "Tahunan"


@transaction.atomic
def load_bps(folder: Path) -> Loaded:
    """The rows of `capaian_bps.csv`. A year may hold two periods (March and September); each is a figure of its own."""
    reader = read_file(
        folder / "capaian_bps.csv",
        COLUMNS,
        key=["kode_provinsi", "kode_indikator", "tahun", "periode"],
        codes={"kode_provinsi": PROVINCE_CODE},
    )
    regions, fed = region_ids(), same_figures(folder, SOURCE)

    def read(row: Row) -> list[dict[str, Any]]:
        if row["kode_provinsi"] not in regions:
            raise InvalidInput(f"Wilayah “{row['kode_provinsi']}” tidak dikenal.")
        if row["kode_indikator"] not in fed:
            raise InvalidInput(f"Kode indikator “{row['kode_indikator']}” tidak ada dalam padanan.")
        number, year = decimal_of(row["nilai"], "nilai"), year_of(row["tahun"])
        period = "" if row["periode"] == YEARLY else row["periode"]
        return [
            figure_row(
                indicator,
                regions[row["kode_provinsi"]],
                year,
                FigureKind.ACTUAL,
                SOURCE,
                Value.point(number, unit=indicator.unit, decimals=indicator.decimals),
                period=period,
                origin=f"BPS; {row['sumber']}",
            )
            for indicator in fed[row["kode_indikator"]]
        ]

    rows = [row for rows in reader.collect(read) for row in rows]
    return Loaded("Capaian BPS", sync_rows(Figure, rows, KEY), reader.remarks)
