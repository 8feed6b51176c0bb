"""The RPJMD of Maluku Utara as far as its tables were published: goals with targets by year, and the projection of the APBD as written."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from django.db import transaction

from accounts.choices import InstitutionKind
from accounts.models import Institution
from core.errors import InvalidInput
from core.imports import Counts, Loaded, Row, read_file
from core.values import parse_value
from indicators.models import Indicator
from indicators.services.documents import StatedFigure, write_figures
from planning.choices import DocumentKind, DocumentStage
from planning.models import Document
from planning.services.documents import DocumentHead, LineData, YearData, write_document

YEARS: Final = range(2025, 2031)
OWNER: Final = "82"
LABEL: Final = "RPJMD Maluku Utara"


@transaction.atomic
def load_rpjmd(folder: Path) -> Loaded:
    """The lines of `rpjmd_maluku_utara.csv`. A document that stands already is left alone."""
    columns = ("kode_baris", "kode_induk", "jenjang", "uraian", "indikator", "kode_indikator", "satuan")
    reader = read_file(
        folder / "rpjmd_maluku_utara.csv", (*columns, *(f"target_{year}" for year in YEARS)), key=["kode_baris"]
    )
    owner = Institution.objects.get(kind=InstitutionKind.BAPPEDA, region__kode=OWNER)
    if Document.objects.filter(kind=DocumentKind.RPJMD, owner=owner, year_from=YEARS[0]).exists():
        return Loaded(LABEL, Counts(unchanged=len(reader.rows)))
    known = {row.code: row for row in Indicator.objects.all()}
    stated: list[StatedFigure] = []

    def read(row: Row) -> LineData:
        if code := row["kode_indikator"]:
            if code not in known:
                raise InvalidInput(f"Indikator “{code}” tidak dikenal.")
            stated.extend(_figures(row, known[code], owner.region_id))
        said = {year: YearData(row[f"target_{year}"]) for year in YEARS if row[f"target_{year}"]}
        return LineData(
            row["kode_baris"],
            row["uraian"],
            row["kode_induk"],
            row["jenjang"],
            indicator_text=row["indikator"],
            unit=row["satuan"],
            years=said,
        )

    lines = reader.collect(read)
    head = DocumentHead(
        DocumentKind.RPJMD, owner, YEARS[0], YEARS[-1], DocumentStage.PENETAPAN, "RPJMD Provinsi Maluku Utara Tahun 2025–2030",
        "RPJMD Provinsi Maluku Utara 2025–2030, Tabel 2.29 dan 3.1 (sebagian)",
    )  # fmt: skip
    write_figures(write_document(head, lines), stated)
    return Loaded(LABEL, Counts(created=len(lines)), reader.remarks)


def _figures(row: Row, indicator: Indicator, region: int) -> list[StatedFigure]:
    found = []
    for year in YEARS:
        value = parse_value(row[f"target_{year}"], unit=indicator.unit, decimals=indicator.decimals, dot="decimal")
        if value is not None:
            found.append(StatedFigure(row["kode_baris"], indicator.pk, region, year, value))
    return found
