"""The board of a kewilayahan desk as a workbook: one row for each location, true numbers, codes as text."""

from __future__ import annotations

from collections.abc import Iterable

from core.excel import STYLES, Sheet, new_workbook, workbook_bytes
from core.numbers import parse_number
from desks.levels import LevelWords
from desks.selectors.usulan.page import PlaceLine, UsulanShown
from planning.chips import chip_names

COLUMNS = (
    ("Kode usulan", 14), ("{region}", 20), ("Usulan", 44), ("{owner}", 24), ("{code}", 22), ("{name}", 40), ("Lokasi", 24),
    ("Lokasi rinci", 24), ("Satuan", 14), ("Volume tersedia", 14), ("Volume usulan", 14), ("Volume di meja", 14), ("Volume kesepakatan", 14),
    ("Satuan alokasi", 12), ("Alokasi tersedia", 18), ("Alokasi usulan", 18), ("Alokasi di meja", 18), ("Alokasi kesepakatan", 18),
    ("Putusan lokasi", 24), ("Alasan lokasi", 30), ("Kesiapan", 16), ("Prioritas", 30), ("Status usulan", 26), ("Alasan", 30), ("Kesimpulan", 60),
)  # fmt: skip


def usulan_workbook(title: str, filters: str, made: str, rows: Iterable[UsulanShown], words: LevelWords) -> bytes:
    """The rows exactly as filtered, headed in the words of the round's level; an usulan without location takes one row."""
    workbook = new_workbook(title)
    sheet = Sheet(
        workbook, "Usulan", widths=[width for _, width in COLUMNS], landscape=True, header_rows=(4, 4), freeze="D5"
    )
    sheet.row([title], style=STYLES["title"])
    sheet.row([f"Saringan: {filters}. Dibuat {made}."], style=STYLES["note"])
    sheet.blank()
    heads = {"region": words.region, "owner": words.aim.owner, "code": words.aim.code, "name": words.aim.name}
    sheet.row([name.format(**heads) for name, _ in COLUMNS], style=STYLES["header"])
    text, code, number = STYLES["text"], STYLES["code"], STYLES["decimal"]
    styles = (
        code, text, text, text, code, text, text, text, text, *(number,) * 4, text, *(number,) * 4, *(text,) * 7,
    )  # fmt: skip
    for row in rows:
        for place in row.places or [PlaceLine("", "", "", "", "")]:
            sheet.row(_cells(row, place), style=styles)
    return workbook_bytes(workbook)


def _cells(row: UsulanShown, place: PlaceLine) -> list[object]:
    ro = row.ro or {"kl": "", "code": "", "name": ""}
    item = row.item
    volumes = (place.available_volume, place.volume, place.newest_volume, place.agreed_volume)
    amounts = (place.available_amount, place.amount, place.newest_amount, place.agreed_amount)
    return [
        row.code, item.region.short_name, row.title, ro["kl"], ro["code"], ro["name"], place.name, place.detail, row.unit,
        *map(_number, volumes), row.money_label, *map(_number, amounts), place.label, place.reason, row.readiness_words,
        chip_names(row.chips), row.state, item.get_reason_display() if item.reason else "", item.conclusion,
    ]  # fmt: skip


def _number(text: str) -> object:
    return parse_number(text, decimals=4, dot="thousands") if text else None
