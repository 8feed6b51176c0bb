"""A document as a workbook of our template, so that what is taken home can be changed and loaded as the next version; and the empty template."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from django.db.models import QuerySet

from accounts.actors import Actor
from accounts.choices import RegionLevel
from accounts.models import Institution, Region
from core.excel import STYLES, Cell, Sheet, new_workbook, workbook_bytes
from core.values import Kind
from indicators.exports.figures import figures_sheet
from indicators.models import Indicator
from indicators.selectors.figures import figure_rows, figures_of_lines, figures_seen_by, shown_value, with_names
from planning.choices import LineLevel
from planning.imports.documents import HEADS
from planning.models import Document, DocumentLine
from planning.selectors import document_years, writable_owners, years_of

WIDTHS: Final = (24, 20, 14, 60, 20, 14, 12, 30, 14, 44, 14)
GUIDE: Final = (
    "Isi lembar Baris, satu baris dokumen per baris Excel. Kode baris dan uraian wajib; kolom lain boleh kosong.",
    "Kode baris tidak boleh berulang dan tetap sama pada versi berikutnya, agar dua versi dapat dibandingkan.",
    "Kode induk menyusun pohon. Kosong berarti baris berada di bawah kode yang menjadi awalan kodenya, bila ada.",
    "Pagu baris atas tidak perlu diisi: portal menjumlahkan dari baris terbawah. Bila diisi dan berbeda, portal menunjukkannya.",
    "Kolom target dan pagu menyebut tahunnya, misalnya Target 2027 dan Pagu 2027 (Rp). Satuan pagu lain: (ribu), (juta), (miliar).",
    "Isi kode indikator bila targetnya memakai indikator portal (lembar Kode). Target itu lalu tampil di samping usulan dan di halaman Angka.",
    "Kode wilayah diisi bila baris berlaku bagi wilayah lain dari pemilik dokumen, misalnya satu kabupaten.",
    "Semua kode diketik sebagai teks. Berkas dimuat utuh atau tidak sama sekali; setiap baris yang salah disebut nomornya.",
)


def document_workbook(actor: Actor, document: Document, lines: QuerySet[DocumentLine]) -> bytes:
    """The lines as filtered in the columns of the template, and every figure they state."""
    workbook = new_workbook(document.title)
    years = document_years(document)
    sheet = _lines_sheet(workbook, years)
    rows = list(lines.select_related("parent"))
    keys = [row.pk for row in rows]
    said, figures = years_of(keys), figures_of_lines(actor, keys)
    text, code = STYLES["text"], STYLES["code"]
    styles = (code, code, text, text, code, code, code, text, code, text, text)
    for row in rows:
        by_year = {each.year: each for each in said.get(row.pk, [])}
        stated = figures.get(row.pk, [])
        codes = {each["code"] for each in stated}
        only = stated if len(codes) == 1 else []
        cells = (
            row.line_code, row.parent.line_code if row.parent else "", row.get_level_display(), row.text,
            row.nomenclature.kode if row.nomenclature else "", row.institution.kode if row.institution else "",
            row.region.kode if row.region else "", row.location, next(iter(codes), "") if only else "", row.indicator_text, row.unit,
        )  # fmt: skip
        yearly = [
            cell
            for year in years
            for cell in (
                _target(by_year.get(year), only, year),
                Cell(getattr(by_year.get(year), "amount", None), STYLES["money"]),
            )
        ]
        sheet.row([*(Cell(value, style) for value, style in zip(cells, styles, strict=True)), *yearly])
    figures_sheet(
        workbook,
        figure_rows(figures_seen_by(actor).filter(line__in=keys)) if len(keys) < 900 else _figures(actor, document),
    )
    return workbook_bytes(workbook)


def _figures(actor: Actor, document: Document) -> Any:
    """The figures of the whole document: a list of thousands of keys is more than SQLite takes in one question."""
    return figure_rows(figures_seen_by(actor).filter(line__document=document))


def _target(said: Any, figures: Sequence[dict[str, Any]], year: int) -> Cell:
    if said is not None and said.target:
        return Cell(said.target, STYLES["text"])
    for row in figures:
        if row["year"] == year and not row["period"]:
            value: Decimal | str = row["value_min"] if row["value_kind"] == Kind.POINT else shown_value(row)
            return Cell(value, STYLES["text"] if isinstance(value, str) else STYLES["decimal"])
    return Cell(None, STYLES["text"])


def _lines_sheet(workbook: Any, years: Sequence[int]) -> Sheet:
    widths = (*WIDTHS, *(16, 22) * len(years))
    sheet = Sheet(workbook, "Baris", widths=widths, landscape=True, header_rows=(1, 1), freeze="B2")
    yearly = [head for year in years for head in (f"Target {year}", f"Pagu {year} (Rp)")]
    sheet.row([*HEADS, *yearly], style=STYLES["header"], height=30)
    return sheet


def template_workbook(actor: Actor, year: int) -> bytes:
    """Petunjuk, an empty Baris for one year, and the codes."""
    workbook = new_workbook("Templat dokumen")
    sheet = _lines_sheet(workbook, [year])
    blank = [Cell(None, STYLES["code"])] * len(HEADS) + [Cell(None, STYLES["text"]), Cell(None, STYLES["money"])]
    for _ in range(200):
        sheet.row(blank)
    guide = Sheet(workbook, "Petunjuk", widths=(5, 110))
    for no, line in enumerate(GUIDE, start=1):
        guide.row([f"{no}.", line], style=STYLES["plain"])
    guide.row(["", f"Jenjang: {', '.join(LineLevel.labels)}."], style=STYLES["plain"])
    codes = Sheet(workbook, "Kode", widths=(16, 24, 80, 20), header_rows=(1, 1), freeze="A2")
    codes.row(("Jenis", "Kode", "Nama", "Satuan"), style=STYLES["header"])
    for row in _codes(actor):
        codes.row(row, style=(STYLES["text"], STYLES["code"], STYLES["text"], STYLES["text"]))
    return workbook_bytes(workbook)


def _codes(actor: Actor) -> list[tuple[str, str, str, str]]:
    owners: QuerySet[Institution] = writable_owners(actor).filter(region_id=actor.region_id)
    found = [("Pelaksana", row.kode, row.name, "") for row in owners]
    places = Region.objects.filter(parent_id=actor.region_id) | Region.objects.filter(pk=actor.region_id)
    if actor.central:
        places = Region.objects.filter(level=RegionLevel.PROVINCE)
    found += [("Wilayah", row.kode, row.name, "") for row in places.order_by("kode")]
    indicators = with_names(Indicator.objects.filter(simulated=False)).order_by("code")
    return found + [("Indikator", row.code, str(getattr(row, "latest_name", "") or ""), row.unit) for row in indicators]
