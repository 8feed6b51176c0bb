"""Targets of the RPJMN 2025–2029 per province, as lines of the document."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from django.db import transaction

from accounts.choices import InstitutionKind
from accounts.imports.regions import PROVINCE_CODE, region_ids
from accounts.models import Institution
from core.errors import InvalidInput
from core.imports import Loaded, Row, read_file, sync_rows
from core.values import Value
from indicators.choices import FigureKind
from indicators.imports.figures import KEY, decimal_of, figure_row, year_of
from indicators.imports.indicators import same_figures
from indicators.models import Figure, Indicator
from planning.choices import DocumentKind, DocumentStage
from planning.models import Document, DocumentLine

SOURCE: Final = "rpjmn"
ORIGIN: Final = "RPJMN 2025–2029 (Perpres 12/2025), bab kewilayahan"
AVERAGE: Final = "2025-2029"
AVERAGE_PERIOD: Final = "rata-rata 2025–2029"
COLUMNS: Final = (
    "kode_provinsi",
    "provinsi",
    "kode_indikator",
    "indikator",
    "tahun",
    "nilai_teks",
    "nilai_min",
    "nilai_maks",
    "perlu_verifikasi",
)


def rpjmn_document() -> Document:
    """The RPJMN 2025–2029, owned by Bappenas."""
    bappenas = Institution.objects.get(kind=InstitutionKind.BAPPENAS, kode="055")
    document, _ = Document.objects.get_or_create(
        kind=DocumentKind.RPJMN,
        owner=bappenas,
        year_from=2025,
        version=1,
        defaults={
            "year_to": 2029,
            "stage": DocumentStage.PENETAPAN,
            "title": "RPJMN Tahun 2025–2029",
            "source": "Peraturan Presiden Nomor 12 Tahun 2025",
        },
    )
    return document


def document_lines(document: Document, texts: dict[str, str]) -> dict[str, tuple[str, int]]:
    """Key and row of the document's lines, created where missing; `texts` holds the wording by line code."""
    rows = [{"document_id": document.pk, "line_code": code, "text": text[:500]} for code, text in texts.items()]
    sync_rows(DocumentLine, rows, ["document_id", "line_code"])
    found = DocumentLine.objects.filter(document=document).values_list("line_code", "pk")
    return {code: (code, pk) for code, pk in found}


@transaction.atomic
def load_rpjmn(folder: Path) -> Loaded:
    """The provincial targets; doubtful ones stay marked, years between 2025 and 2029 are not made up."""
    reader = read_file(
        folder / "target_rpjmn_provinsi.csv",
        COLUMNS,
        key=["kode_provinsi", "kode_indikator", "tahun"],
        codes={"kode_provinsi": PROVINCE_CODE},
    )
    regions, fed = region_ids(), same_figures(folder, "rpjmn-provinsi")
    texts = {_line_code(row): f"{row['indikator']} {row['provinsi']}" for row in reader.rows}
    lines = document_lines(rpjmn_document(), texts)

    def read(row: Row) -> list[dict[str, Any]]:
        if row["kode_provinsi"] not in regions or row["kode_indikator"] not in fed:
            raise InvalidInput(
                f"Wilayah “{row['kode_provinsi']}” atau indikator “{row['kode_indikator']}” tidak dikenal."
            )
        return [
            _figure(row, indicator, regions[row["kode_provinsi"]], lines) for indicator in fed[row["kode_indikator"]]
        ]

    rows = [row for rows in reader.collect(read) for row in rows]
    return Loaded("Target RPJMN per provinsi", sync_rows(Figure, rows, KEY), reader.remarks)


def _line_code(row: Row) -> str:
    return f"{row['kode_provinsi']}.{row['kode_indikator']}"


def _figure(row: Row, indicator: Indicator, region: int, lines: dict[str, tuple[str, int]]) -> dict[str, Any]:
    low, high = decimal_of(row["nilai_min"], "nilai_min"), decimal_of(row["nilai_maks"], "nilai_maks")
    settings: dict[str, Any] = {"text": row["nilai_teks"], "unit": indicator.unit, "decimals": indicator.decimals}
    value = Value.point(low, **settings) if low == high else Value.range(low, high, **settings)
    average = row["tahun"] == AVERAGE
    return figure_row(
        indicator,
        region,
        2025 if average else year_of(row["tahun"]),
        FigureKind.DOCUMENT,
        SOURCE,
        value,
        period=AVERAGE_PERIOD if average else "",
        origin=ORIGIN,
        line=lines[_line_code(row)],
        needs_check=row["perlu_verifikasi"] == "1",
    )
