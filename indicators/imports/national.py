"""National baselines and targets: RPJMN 2025–2029, RKP by year, and press reports of drafts (marked for checking)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from accounts.imports.regions import NATION, region_ids
from core.errors import InvalidInput
from core.imports import Counts, Loaded, Reader, Row, read_file, sync_rows
from core.numbers import Dot
from core.values import Value, parse_value
from indicators.choices import FigureKind
from indicators.imports.figures import KEY, figure_row, year_of
from indicators.imports.indicators import same_figures
from indicators.imports.rpjmn import document_lines, rpjmn_document
from indicators.models import Figure, Indicator

NOTED: Final = re.compile(r"(?P<value>[^(;]*?)\s*(?:\((?P<note>[^)]*)\))?\s*(?:;.*)?")
PERIODS: Final = {"Mar": "Maret", "Agu": "Agustus", "Sem I": "Semester I"}
BASELINE: Final = re.compile(r"(?:(?P<period>.+)\s)?(?P<year>\d{4})")
RKP_YEARS: Final = (2024, 2025, 2026)


@transaction.atomic
def load_national(folder: Path) -> Loaded:
    """`indikator_nasional.csv` (baseline, RPJMN 2025 and 2029, draft budget 2026) and `indikator_makro.csv` (RKP)."""
    rows, remarks = _rpjmn_rows(folder)
    more, remarks_rkp = _rkp_rows(folder)
    return Loaded("Target nasional", sync_rows(Figure, rows + more, KEY), remarks + remarks_rkp)


def _rpjmn_rows(folder: Path) -> tuple[list[dict[str, Any]], list[Any]]:
    columns = (
        "kode_indikator",
        "indikator",
        "baseline",
        "tahun_baseline",
        "target_2025",
        "target_2026",
        "target_2029",
        "sumber",
    )
    reader = read_file(folder / "indikator_nasional.csv", columns, key=["kode_indikator"])
    fed, nation = same_figures(folder, "rpjmn"), region_ids()[NATION]
    texts = {f"00.{row['kode_indikator']}": f"{row['indikator']} (nasional)" for row in reader.rows}
    lines = document_lines(rpjmn_document(), texts)

    def read(row: Row) -> list[dict[str, Any]]:
        if row["kode_indikator"] not in fed:
            raise InvalidInput(f"Kode indikator “{row['kode_indikator']}” tidak ada dalam padanan.")
        made = []
        for indicator in fed[row["kode_indikator"]]:
            made += _baseline(row, indicator, nation)
            for year, source in ((2025, "rpjmn"), (2026, "apbn"), (2029, "rpjmn")):
                line = lines[f"00.{row['kode_indikator']}"] if source == "rpjmn" else None
                made += _target(row, f"target_{year}", year, source, indicator, nation, "decimal", row["sumber"], line)
        return made

    return [figure for figures in reader.collect(read) for figure in figures], reader.remarks


def _baseline(row: Row, indicator: Indicator, nation: int) -> list[dict[str, Any]]:
    if not row["baseline"]:
        return []
    found = BASELINE.fullmatch(row["tahun_baseline"])
    if not found:
        raise InvalidInput(f"“{row['tahun_baseline']}” pada kolom tahun_baseline bukan tahun.")
    value = _value(row["baseline"], indicator, "decimal")
    period = PERIODS.get(found["period"] or "", found["period"] or "")
    origin = f"{row['sumber']} (angka dasar)"
    return [
        figure_row(
            indicator, nation, year_of(found["year"]), FigureKind.ACTUAL, "rpjmn", value, period=period, origin=origin
        )
    ]


def _rkp_rows(folder: Path) -> tuple[list[dict[str, Any]], list[Any]]:
    names = [f"target_nasional_{year}" for year in RKP_YEARS]
    reader: Reader = read_file(folder / "indikator_makro.csv", ("kode", *names), key=["kode"])
    known = {indicator.code: indicator for indicator in Indicator.objects.all()}
    nation = region_ids()[NATION]

    def read(row: Row) -> list[dict[str, Any]]:
        if row["kode"] not in known:
            raise InvalidInput(f"Indikator “{row['kode']}” tidak dikenal.")
        return [
            figure
            for year, name in zip(RKP_YEARS, names, strict=True)
            for figure in _target(row, name, year, "rkp", known[row["kode"]], nation, "ask", f"RKP {year}", None)
        ]

    return [figure for figures in reader.collect(read) for figure in figures], reader.remarks


def _target(
    row: Row,
    column: str,
    year: int,
    source: str,
    indicator: Indicator,
    nation: int,
    dot: Dot,
    origin: str,
    line: tuple[str, int] | None,
) -> list[dict[str, Any]]:
    """The figure of one cell; a remark in brackets goes to the origin and asks for checking; text after ';' repeats."""
    if not row[column]:
        return []
    found = NOTED.fullmatch(row[column])
    if not found:
        raise InvalidInput(f"“{row[column]}” pada kolom {column} tidak dapat dibaca.")
    note = found["note"] or ""
    value = _value(found["value"], indicator, dot)
    kind = FigureKind.DOCUMENT if source == "rpjmn" else FigureKind.NATIONAL
    text = f"{origin} ({note})" if note else origin
    return [figure_row(indicator, nation, year, kind, source, value, origin=text, line=line, needs_check=bool(note))]


def _value(text: str, indicator: Indicator, dot: Dot) -> Value:
    value = parse_value(text, unit=indicator.unit, decimals=indicator.decimals, dot=dot)
    if value is None:
        raise InvalidInput("Nilai kosong.")
    return value


__all__ = ["Counts", "load_national"]
