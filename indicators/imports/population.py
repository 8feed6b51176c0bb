"""The people of each province: the figure that weighs means of shares."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from django.db import transaction

from accounts.imports.regions import PROVINCE_CODE, region_ids
from core.errors import InvalidInput
from core.imports import Loaded, Row, read_file, sync_rows
from core.values import Value
from indicators.choices import FigureKind, Strand
from indicators.imports.figures import KEY, decimal_of, figure_row
from indicators.models import Figure, Indicator, IndicatorVersion
from planning.choices import GovLevel

CODE: Final = "PENDUDUK"
NAME: Final = "Jumlah penduduk"
ORIGIN: Final = "Kepmendagri 300.2.2-2430/2025, penduduk semester II 2024"
YEAR: Final = 2024


@transaction.atomic
def load_population(folder: Path) -> Loaded:
    """The population of `provinsi.csv` as an achievement of 2024 of the indicator PENDUDUK, which this makes."""
    columns = ("kode", "penduduk_2024_s2")
    reader = read_file(folder / "provinsi.csv", columns, key=["kode"], codes={"kode": PROVINCE_CODE})
    made = {"strand": Strand.MAKRO, "unit": "orang", "decimals": 0, "gov_levels": GovLevel.PROVINSI.value}
    indicator, _ = Indicator.objects.get_or_create(code=CODE, defaults=made)
    IndicatorVersion.objects.get_or_create(
        indicator=indicator, year=YEAR, defaults={"name": NAME, "unit": "orang", "source": ORIGIN}
    )
    regions = region_ids()

    def read(row: Row) -> dict[str, Any]:
        if row["kode"] not in regions:
            raise InvalidInput(f"Wilayah “{row['kode']}” tidak dikenal.")
        value = Value.point(decimal_of(row["penduduk_2024_s2"], "penduduk"), unit="orang", decimals=0)
        region = regions[row["kode"]]
        return figure_row(
            indicator, region, YEAR, FigureKind.ACTUAL, "kemendagri", value, period="Semester II", origin=ORIGIN
        )

    return Loaded("Jumlah penduduk", sync_rows(Figure, reader.collect(read), KEY), reader.remarks)
