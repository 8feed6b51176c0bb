"""Targets of the RPJMN 2025–2029 for its island groups."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from accounts.imports.regions import SCHEME
from accounts.models import RegionGroup
from core.errors import InvalidInput
from core.fields import value_columns
from core.imports import Loaded, Row, read_file, sync_rows
from core.values import Value
from indicators.imports.figures import decimal_of
from indicators.imports.indicators import same_figures
from indicators.imports.rpjmn import AVERAGE_PERIOD, SOURCE
from indicators.models import GroupFigure, Indicator

KEY: Final = ("indicator_id", "group_id", "year", "period", "source")
ORIGIN: Final = "RPJMN 2025–2029 (Perpres 12/2025), wilayah"
AVERAGES: Final = {"lpe_rata2_2025_2029": ("lpe", 2025, AVERAGE_PERIOD)}
_YEARLY: Final = re.compile(r"([a-z_]+?)(?:_rpjuta)?_(2025|2029)")


@transaction.atomic
def load_rpjmn_groups(folder: Path) -> Loaded:
    """A row per island group, a column per indicator and year; ranges as written, years between are not made up."""
    reader = read_file(folder / "target_rpjmn_wilayah.csv", ("wilayah",), key=["wilayah"])
    groups = dict(RegionGroup.objects.filter(scheme=SCHEME).values_list("name", "pk"))
    fed = same_figures(folder, "rpjmn-provinsi")

    def read(row: Row) -> list[dict[str, Any]]:
        if row["wilayah"] not in groups:
            raise InvalidInput(f"Kelompok wilayah “{row['wilayah']}” tidak dikenal.")
        return [
            _figure(row, column, indicator, year, period, groups[row["wilayah"]])
            for column, code, year, period in _columns(row)
            for indicator in fed[code]
        ]

    rows = [row for rows in reader.collect(read) for row in rows]
    return Loaded("Target RPJMN per kelompok wilayah", sync_rows(GroupFigure, rows, KEY), reader.remarks)


def _columns(row: Row) -> list[tuple[str, str, int, str]]:
    """Name, code of the indicator, year and period of each column that holds a figure."""
    found = []
    for name in row:
        if name in AVERAGES:
            found.append((name, *AVERAGES[name]))
        elif (match := _YEARLY.fullmatch(name)) and row[name]:
            found.append((name, match[1], int(match[2]), ""))
    return found


def _figure(row: Row, column: str, indicator: Indicator, year: int, period: str, group: int) -> dict[str, Any]:
    low, _, high = row[column].partition("–")
    settings: dict[str, Any] = {
        "text": row[column].replace(".", ","),
        "unit": indicator.unit,
        "decimals": indicator.decimals,
    }
    first = decimal_of(low, column)
    value = Value.range(first, decimal_of(high, column), **settings) if high else Value.point(first, **settings)
    return {
        "indicator_id": indicator.pk, "group_id": group, "year": year, "period": period, "source": SOURCE,
        "origin": f"{ORIGIN} {row['wilayah']}", **value_columns("value", value),
    }  # fmt: skip
