"""The lampiran of a berita acara of the strand kewilayahan as columns and printed cells, and its flat sheet of data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

from agreements.choices import Lampiran
from agreements.exports.columns import AGREED, CODE, MIDDLE, NUMBER, Column, region_column
from agreements.selectors.sheet import BaSheet
from agreements.selectors.usulan import money_unit
from agreements.selectors.usulan_sheet import UsulanLeftRow, UsulanRow
from core.excel import STYLES
from core.excel.style import Style
from core.money import Unit
from core.numbers import format_number, parse_number
from desks.levels import NATIONAL, WORDS_OF_AREA

HEADINGS: Final = {
    Lampiran.TARGETS: "USULAN YANG DIREKOMENDASIKAN DAN YANG DIREKOMENDASIKAN DENGAN CATATAN",
    Lampiran.SUPPORTS: "USULAN DAN LOKASI YANG TIDAK DIREKOMENDASIKAN ATAU TIDAK TERBAHAS",
    Lampiran.NOT_AGREED: "KOREKSI {corrected}",
}
"""The three lampiran between daftar hadir and catatan, which keep their numbers; what was corrected is called as the level calls it."""
Made = tuple[list[Column], Iterable[Sequence[str]]]


def _money(amount: int | None, unit: Unit) -> str:
    return "" if amount is None else format_number(Decimal(amount) / unit.factor)


def _place(sheet: BaSheet, region: str) -> list[str]:
    return [region] if sheet.many_regions else []


def _region(sheet: BaSheet) -> str:
    return "daerah" if sheet.area == NATIONAL.area else "kab/kota"


def recommended(sheet: BaSheet) -> Made:
    """Lampiran II: one printed row for each location; what belongs to the usulan stands in the first."""
    unit = money_unit(sheet.usulan)
    columns = [
        Column("No", 5, MIDDLE), *region_column(sheet), Column("Usulan", 27), Column(WORDS_OF_AREA[sheet.area].aim.name, 25), Column("Lokasi", 17),
        Column("Volume usulan", 10, NUMBER), Column("Volume kesepakatan", 12, AGREED), Column("Satuan", 9, MIDDLE),
        Column(f"Alokasi usulan ({unit.label})", 14, NUMBER), Column(f"Alokasi kesepakatan ({unit.label})", 15, AGREED),
        Column("Status, kesimpulan, dan dasar persetujuan", 42),
    ]  # fmt: skip
    return columns, (cells for row in sheet.usulan for cells in _recommended(sheet, row, unit))


def _recommended(sheet: BaSheet, row: UsulanRow, unit: Unit) -> Iterator[list[str]]:
    status = "\n".join(
        text for text in (
            f"{row.status}.", row.note, f"Forum berikutnya: {row.forum}." if row.forum else "", f"Kesiapan: {row.readiness}.",
            f"Dasar persetujuan: {row.basis}." if row.basis else "",
        ) if text
    )  # fmt: skip
    serves = f"Prioritas: {row.priorities}" if row.priorities else ""
    head = [
        str(row.no), *_place(sheet, row.region), "\n".join(text for text in (row.title, *row.history, serves) if text),
        f"{row.kl}\n{row.ro_code} {row.ro}",
    ]  # fmt: skip
    empty = [""] * len(head)
    for no, place in enumerate(row.places):
        where = "\n".join(
            text for text in (place.region, place.detail, place.note and f"Catatan: {place.note}") if text
        )
        figures = [
            place.volume_proposed, place.volume_agreed, row.unit, _money(place.amount_proposed, unit), _money(place.amount_agreed, unit)
        ]  # fmt: skip
        yield [*(empty if no else head), where, *figures, "" if no else status]
    if not row.places:
        yield [*head, "", "", "", row.unit, "", "", status]


def left(sheet: BaSheet) -> Made:
    """Lampiran III: why not, and where next."""
    unit = money_unit(sheet.usulan_left)
    columns = [
        Column("No", 5, MIDDLE), *region_column(sheet), Column("Jenis", 8, MIDDLE), Column("Usulan", 26), Column(WORDS_OF_AREA[sheet.area].aim.name, 22),
        Column("Lokasi", 18), Column("Volume usulan", 12, NUMBER), Column(f"Alokasi usulan ({unit.label})", 14, NUMBER),
        Column("Status", 18, MIDDLE), Column("Alasan", 18), Column("Forum berikutnya", 18), Column(f"Kesimpulan dan keberatan {_region(sheet)}", 24),
    ]  # fmt: skip
    return columns, (_left(sheet, row, unit) for row in sheet.usulan_left)


def _left(sheet: BaSheet, row: UsulanLeftRow, unit: Unit) -> list[str]:
    objection = f"Keberatan daerah: {row.objection}" if row.objection else ""
    return [
        str(row.no), *_place(sheet, row.region), row.kind, row.title, f"{row.kl}\n{row.ro_code} {row.ro}".strip(), row.places,
        f"{row.volume} {row.unit}".strip(), _money(row.amount, unit), row.status, row.reason, row.forum,
        "\n".join(text for text in (row.note, objection) if text),
    ]  # fmt: skip


def corrected(sheet: BaSheet) -> Made:
    """Lampiran IV: semula and menjadi."""
    columns = [
        Column("No", 5, MIDDLE), *region_column(sheet), Column("Usulan", 34), Column("Yang dikoreksi", 16), Column("Semula", 42),
        Column("Menjadi", 42), Column("Alasan", 30),
    ]  # fmt: skip
    return columns, (
        [str(row.no), *_place(sheet, row.region), row.title, row.field, row.before, row.after, row.reason]
        for row in sheet.corrections
    )


DECIMAL: Final = STYLES["decimal"]
MONEY: Final = STYLES["money"]
AIM_HEADS: Final = ("K/L", "Kode RO", "Rincian output")


def data_heads(sheet: BaSheet) -> dict[str, str]:
    """How the paper's level calls the columns of the flat sheet that name what usulan are filed against."""
    aim = WORDS_OF_AREA[sheet.area].aim
    return dict(zip(AIM_HEADS, (aim.owner, aim.code, aim.name), strict=True))


DATA: Final[tuple[tuple[str, float, Style], ...]] = (
    ("Nomor BA", 26, STYLES["text"]), ("Kode BA", 14, CODE), ("Lampiran", 10, STYLES["text"]), ("No", 6, STYLES["whole"]),
    ("Tahun rencana", 10, CODE), ("Kode wilayah", 12, CODE), ("Wilayah", 22, STYLES["text"]), ("Kode usulan", 14, CODE),
    ("Usulan", 44, STYLES["text"]), ("K/L", 24, STYLES["text"]), ("Kode RO", 22, CODE), ("Rincian output", 40, STYLES["text"]),
    ("Kode lokasi", 14, CODE), ("Lokasi", 24, STYLES["text"]), ("Satuan", 14, STYLES["text"]), ("Volume usulan", 14, DECIMAL),
    ("Volume kesepakatan", 14, DECIMAL), ("Alokasi usulan (Rp)", 20, MONEY), ("Alokasi kesepakatan (Rp)", 20, MONEY),
    ("Status", 28, STYLES["text"]), ("Status lokasi", 28, STYLES["text"]), ("Alasan", 30, STYLES["text"]),
    ("Forum berikutnya", 26, STYLES["text"]), ("Prioritas", 30, STYLES["text"]), ("Semula", 40, STYLES["text"]), ("Menjadi", 40, STYLES["text"]),
    ("Lembaga", 28, STYLES["text"]), ("Catatan", 60, STYLES["text"]),
)  # fmt: skip


def usulan_data(sheet: BaSheet) -> Iterator[dict[str, Any]]:
    """Every row of the flat sheet by its column names: one for each location, correction and note."""
    base = {"Nomor BA": sheet.number or "DRAF", "Kode BA": sheet.code, "Tahun rencana": str(sheet.plan_year)}
    for row in sheet.usulan:
        yield from _recommended_data(base, row)
    for gone in sheet.usulan_left:
        notes = "\n".join(
            text for text in (gone.note, f"Keberatan daerah: {gone.objection}" if gone.objection else "") if text
        )
        yield {
            **base, "Lampiran": "III", "No": gone.no, "Kode wilayah": gone.region_code, "Wilayah": gone.region, "Kode usulan": gone.item,
            "Usulan": gone.title, "K/L": gone.kl, "Kode RO": gone.ro_code, "Rincian output": gone.ro, "Kode lokasi": gone.place_codes,
            "Lokasi": gone.places, "Satuan": gone.unit, "Volume usulan": _number(gone.volume), "Alokasi usulan (Rp)": gone.amount,
            "Status": gone.status, "Alasan": gone.reason, "Forum berikutnya": gone.forum, "Catatan": notes,
        }  # fmt: skip
    for mended in sheet.corrections:
        yield {
            **base, "Lampiran": "IV", "No": mended.no, "Wilayah": mended.region, "Kode usulan": mended.item, "Usulan": mended.title,
            "Status": f"Koreksi {mended.field.lower()}", "Semula": mended.before, "Menjadi": mended.after, "Catatan": mended.reason,
        }  # fmt: skip
    for note in sheet.notes:
        yield {
            **base, "Lampiran": "V", "No": note.no, "Wilayah": note.region, "Kode usulan": note.item, "Usulan": note.subject,
            "Lembaga": note.institution, "Catatan": note.text,
        }  # fmt: skip


def _recommended_data(base: dict[str, Any], row: UsulanRow) -> Iterator[dict[str, Any]]:
    facts = {
        **base, "Lampiran": "II", "No": row.no, "Kode wilayah": row.region_code, "Wilayah": row.region, "Kode usulan": row.item,
        "Usulan": row.title, "K/L": row.kl, "Kode RO": row.ro_code, "Rincian output": row.ro, "Satuan": row.unit, "Status": row.status,
        "Forum berikutnya": row.forum, "Prioritas": row.priorities,
    }  # fmt: skip
    for no, place in enumerate(row.places):
        yield {
            **facts, "Kode lokasi": place.region_code, "Lokasi": place.region, "Volume usulan": _number(place.volume_proposed),
            "Volume kesepakatan": _number(place.volume_agreed), "Alokasi usulan (Rp)": place.amount_proposed,
            "Alokasi kesepakatan (Rp)": place.amount_agreed, "Status lokasi": place.status,
            "Catatan": "\n".join(text for text in ("" if no else row.note, place.note) if text),
        }  # fmt: skip


def _number(text: str) -> Decimal | None:
    return parse_number(text, decimals=4, dot="thousands") if text else None
