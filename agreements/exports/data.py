"""The flat sheet of the workbook: one row for each target, pagu and note, codes as text, true numbers, units in their own column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from agreements.exports.usulan import DATA, data_heads, usulan_data
from agreements.selectors.sheet import BaSheet, SupportRow
from core.excel import STYLES, Sheet, split_text
from core.excel.style import Style
from core.numbers import parse_number
from core.values import Value, format_value
from indicators.choices import Strand

TEXT: Final = replace(STYLES["text"], wrap=False)
CODE: Final = STYLES["code"]
DECIMAL: Final = STYLES["decimal"]
MONEY: Final = STYLES["money"]
COLUMNS: Final[tuple[tuple[str, float, Style], ...]] = (
    ("Nomor BA", 26, TEXT), ("Kode BA", 14, CODE), ("Lampiran", 10, TEXT), ("No", 6, STYLES["whole"]), ("Tahun rencana", 10, CODE),
    ("Kode wilayah", 12, CODE), ("Wilayah", 22, TEXT), ("Kode butir", 14, CODE), ("Kode indikator", 16, CODE), ("Indikator", 50, TEXT),
    ("Satuan", 14, TEXT), ("Status", 26, TEXT),
    ("Target nasional min", 14, DECIMAL), ("Target nasional maks", 14, DECIMAL), ("Target nasional tertulis", 16, TEXT),
    ("Usulan min", 14, DECIMAL), ("Usulan maks", 14, DECIMAL), ("Usulan tertulis", 16, TEXT),
    ("Kesepakatan min", 14, DECIMAL), ("Kesepakatan maks", 14, DECIMAL), ("Kesepakatan tertulis", 16, TEXT),
    ("Kode sub kegiatan", 20, CODE), ("Sub kegiatan", 40, TEXT), ("Kode OPD", 18, CODE), ("OPD", 34, TEXT), ("Volume", 12, DECIMAL),
    ("Satuan volume", 14, TEXT), ("Kode lokasi", 20, CODE), ("Lokasi", 30, TEXT), ("Kode sumber dana", 16, CODE), ("Sumber dana", 26, TEXT),
    ("Pagu usulan (Rp)", 20, MONEY), ("Pagu kesepakatan (Rp)", 20, MONEY), ("Lembaga", 30, TEXT), ("Alasan", 34, TEXT), ("Catatan", 60, TEXT),
)  # fmt: skip
MACRO_COLUMNS: Final = (
    *COLUMNS[:21], ("Realisasi terakhir", 24, TEXT), ("RPJMN wilayah", 18, TEXT), ("RPJMD", 18, TEXT), ("Pihak", 10, TEXT),
    ("Strategi dan aksi", 60, TEXT), ("Kode penanggung jawab", 20, CODE), ("Penanggung jawab", 34, TEXT), *COLUMNS[33:],
)  # fmt: skip
COLUMNS_OF: Final = {Strand.MAKRO.value: MACRO_COLUMNS, Strand.KEWILAYAHAN.value: DATA}
"""The columns of the strands that print something else than sub kegiatan."""


def write_data(workbook: Workbook, sheet: BaSheet) -> None:
    """The sheet `Data`, ready for a filter or pivot."""
    by_strand: dict[str, list[BaSheet]] = {}
    for part in sheet.parts:
        by_strand.setdefault(part.strand, []).append(part)
    for place, (strand, parts) in enumerate(by_strand.items()):
        _write(workbook, f"Data {strand}" if place else "Data", parts)


def _write(workbook: Workbook, title: str, parts: list[BaSheet]) -> None:
    columns = COLUMNS_OF.get(parts[0].strand, COLUMNS)
    if parts[0].part:
        columns = (*columns, ("Desk", 30, TEXT))
    heads = data_heads(parts[0]) if parts[0].strand == Strand.KEWILAYAHAN else _area_heads(parts[0])
    names, looks = [name for name, _, _ in columns], [style for _, _, style in columns]
    page = Sheet(workbook, title, widths=[width for _, width, _ in columns], landscape=True, header_rows=(1, 1), freeze="A2",
                 footer_left="Data olahan, bukan bagian naskah")  # fmt: skip
    page.row([heads.get(name, name) for name in names], style=STYLES["header"], height=30)
    reader = usulan_data if parts[0].strand == Strand.KEWILAYAHAN else data_rows
    for row in (row for part in parts for row in reader(part)):
        first, *more = split_text(row.get("Catatan") or "")
        page.row(_cells(names, {**row, "Catatan": first}), style=looks)
        for part in more:
            page.row(_cells(names, {**_keys(names, row), "Catatan": part}), style=looks)
    if page.row_count > 1:
        page.ws.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{page.row_count}"


def _area_heads(sheet: BaSheet) -> dict[str, str]:
    """Whose targets the columns hold, as the paper's level calls it."""
    return {name: name.replace("Target nasional", f"Target {sheet.area}") for name, _, _ in COLUMNS}


def _cells(names: list[str], row: dict[str, Any]) -> list[Any]:
    return [None if row.get(name) == "" else row.get(name) for name in names]


def _keys(names: list[str], row: dict[str, Any]) -> dict[str, Any]:
    return {name: row.get(name) for name in names[:9]}


def data_rows(sheet: BaSheet) -> Iterator[dict[str, Any]]:
    """Every row by its column names; absent cells are simply absent."""
    base = {"Nomor BA": sheet.number or "DRAF", "Kode BA": sheet.code, "Tahun rencana": str(sheet.plan_year)}
    if sheet.part:
        base["Desk"] = f"{sheet.part} {sheet.part_name}"
    for target in sheet.targets:
        yield {
            **base, "Lampiran": "II", "No": target.no, "Kode wilayah": target.region_code, "Wilayah": target.region, "Kode butir": target.item,
            "Kode indikator": target.indicator_code, "Indikator": target.indicator, "Satuan": target.unit, "Status": target.status,
            **_value("Target nasional", target.national), **_value("Usulan", target.proposed), **_value("Kesepakatan", target.agreed),
            "Catatan": target.note, "Realisasi terakhir": target.actual, "RPJMN wilayah": target.rpjmn, "RPJMD": target.rpjmd,
        }  # fmt: skip
    for support in sheet.supports:
        yield from _support(base, support)
    for action in sheet.actions:
        yield {
            **base, "Lampiran": "III", "No": action.no, "Kode wilayah": action.region_code, "Wilayah": action.region, "Kode butir": action.item,
            "Kode indikator": action.indicator_code, "Indikator": action.indicator, **_value("Kesepakatan", action.agreed),
            "Pihak": action.side, "Strategi dan aksi": action.text, "Kode penanggung jawab": action.owner_code,
            "Penanggung jawab": action.owner, "Catatan": "Ditambahkan di desk" if action.added else "",
        }  # fmt: skip
    for left in sheet.left:
        code = (
            {"Kode indikator": left.code, "Indikator": left.subject}
            if left.kind == "Target"
            else {"Kode sub kegiatan": left.code, "Sub kegiatan": left.subject}
        )
        yield {
            **base, **code, "Lampiran": "IV", "No": left.no, "Kode wilayah": left.region_code, "Wilayah": left.region, "Kode butir": left.item,
            "Satuan": left.unit, "Status": left.status, **_value("Usulan", left.proposed), "Alasan": left.reason,
            "Catatan": "\n".join(text for text in (left.conclusion, f"Keberatan daerah: {left.objection}" if left.objection else "") if text),
        }  # fmt: skip
    for note in sheet.notes:
        yield {
            **base, "Lampiran": "V", "No": note.no, "Wilayah": note.region, "Kode butir": note.item, "Indikator": note.subject,
            "Lembaga": note.institution, "Catatan": note.text,
        }  # fmt: skip


def _support(base: dict[str, Any], row: SupportRow) -> Iterator[dict[str, Any]]:
    volume: Decimal | None = parse_number(row.volume, decimals=4, dot="thousands") if row.volume else None
    facts = {
        **base, "Lampiran": "III", "No": row.no, "Kode wilayah": row.region_code, "Wilayah": row.region, "Kode butir": row.item,
        "Indikator": row.indicator, "Status": row.status, "Kode sub kegiatan": row.code, "Sub kegiatan": row.name, "Kode OPD": row.opd_code,
        "OPD": row.opd, "Volume": volume, "Satuan volume": row.volume_unit, "Kode lokasi": row.place_codes, "Lokasi": row.places,
        "Catatan": row.note,
    }  # fmt: skip
    if not row.funds:
        yield facts
    for no, fund in enumerate(row.funds):
        # The volume belongs to the sub kegiatan: said once, so that a sum over rows is right.
        once = facts if no == 0 else {**facts, "Volume": None}
        yield {
            **once, "Kode sumber dana": fund.source_code, "Sumber dana": fund.source, "Pagu usulan (Rp)": fund.proposed,
            "Pagu kesepakatan (Rp)": fund.agreed,
        }  # fmt: skip


def _value(name: str, value: Value | None) -> dict[str, Any]:
    if value is None:
        return {}
    return {f"{name} min": value.min, f"{name} maks": value.max, f"{name} tertulis": format_value(value)}
