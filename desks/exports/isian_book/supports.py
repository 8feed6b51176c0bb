"""The sheet of sub kegiatan: one row each, pagu in pairs of sumber dana and amount, empty rows below to add more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from openpyxl.worksheet.datavalidation import DataValidation

from core.excel import STYLES, Cell, Sheet, Style, row_height
from desks.exports.isian_book.lists import Listed
from desks.exports.isian_book.paper import (
    CODE_INPUT,
    HEAD_INPUT,
    HEAD_ROW,
    NUMBER_INPUT,
    SPARE,
    TEXT_INPUT,
    WHOLE_INPUT,
    Overlay,
    Paper,
    ReturnedRow,
    input_cell,
)
from desks.isian_fields import (
    AMOUNT_HEAD,
    HEADS,
    ITEM_HEAD,
    KODE_HEAD,
    OPD_HEAD,
    PAGU,
    REMOVE,
    REMOVE_WORD,
    SOURCE_HEAD,
    SUPPORTS,
)
from desks.models import Support
from desks.selectors.isian_book import BookRow

PAIRS: Final = 3
_CODE: Final = STYLES["code"]
_NONE: Final = Overlay()
_HINT: Final = (
    "Kolom kuning boleh diubah. Tambah sub kegiatan pada baris kosong di bawah: kode butir (atau kode indikator), kode sub kegiatan, perangkat daerah. "
    "Kode dan perangkat daerah baris yang sudah ada tidak diganti: hapus barisnya lewat kolom terakhir, lalu tambahkan yang benar."
)


def write_supports(workbook: Any, paper: Paper, listed: Listed) -> None:
    """The sheet of all sub kegiatan of the workbook."""
    rows = [(row, support) for row in paper.book.rows for support in row.supports]
    pairs = max([PAIRS, *(len(support.funds.all()) for _, support in rows)])
    heads, widths = support_heads(pairs)
    out = Sheet(
        workbook, SUPPORTS, widths=widths, landscape=True, header_rows=(HEAD_ROW, HEAD_ROW), freeze=f"D{HEAD_ROW + 1}"
    )
    out.row([paper.title.replace("Isian", "Sub kegiatan pendukung", 1)], style=STYLES["strong"])
    out.row([f"Dibuat {paper.made}. Pagu dalam rupiah penuh."], style=STYLES["note"])
    out.row([_HINT], style=STYLES["note"])
    shut = {ITEM_HEAD, "Indikator", KODE_HEAD, "Nama sub kegiatan", OPD_HEAD, "Keputusan"}
    out.row(heads, style=[STYLES["header"] if head in shut else HEAD_INPUT for head in heads], height=30)
    overlay = paper.overlay or _NONE
    for row, support in rows:
        out.row(
            _cells(row, support, pairs, overlay, listed),
            height=_height(row, support, listed.places_text(place.region for place in support.places.all()) or ""),
        )
    for added in overlay.added:
        out.row(_returned(added, heads))
    blank = [Cell(None, _blank_style(head)) for head in heads]
    for _ in range(SPARE):
        out.row(blank)
    _choices(out, heads, listed, HEAD_ROW + len(rows) + len(overlay.added) + SPARE)
    out.ws.auto_filter.ref = f"A{HEAD_ROW}:{out.last_column(len(heads))}{HEAD_ROW + max(len(rows), 1)}"
    out.protect()
    out.ws.protection.autoFilter = False
    out.ws.protection.sort = False


def support_heads(pairs: int) -> tuple[list[str], list[float]]:
    """The heads of the sheet and how wide their columns are."""
    known: list[tuple[str, float]] = [
        (ITEM_HEAD, 15), ("Indikator", 34), (KODE_HEAD, 17), ("Nama sub kegiatan", 36), (OPD_HEAD, 28), (HEADS["places"], 26),
        (HEADS["volume"], 11), (HEADS["volume_unit"], 12),
    ]  # fmt: skip
    for no in range(1, pairs + 1):
        known += [(SOURCE_HEAD.format(no), 11), (AMOUNT_HEAD.format(no), 17)]
    known += [("Keputusan", 14), (HEADS[REMOVE], 9)]
    return [head for head, _ in known], [width for _, width in known]


def _cells(row: BookRow, support: Support, pairs: int, overlay: Overlay, listed: Listed) -> list[Any]:
    item, shut = row.item, bool(row.refusal)
    back = overlay.of(item.code, support.nomenclature.kode, support.opd.code)
    places = listed.places_text(place.region for place in support.places.all())
    cells: list[Any] = [
        Cell(item.code, _CODE), item.subject, Cell(support.nomenclature.kode, _CODE), support.nomenclature.name,
        listed.office_name(support.opd), input_cell(places, TEXT_INPUT, shut, back.get("places")),
        input_cell(support.volume, NUMBER_INPUT, shut, back.get("volume")),
        input_cell(support.volume_unit or None, TEXT_INPUT, shut, back.get("volume_unit")),
    ]  # fmt: skip
    funds: list[tuple[str, Any]] = [(fund.source.kode, fund.proposed) for fund in support.funds.all()]
    known = {kode for kode, _ in funds}
    funds += [
        (name.removeprefix(PAGU), None) for name in back if name.startswith(PAGU) and name.removeprefix(PAGU) not in known
    ]  # fmt: skip
    for kode, amount in [*funds, *[("", None)] * pairs][:pairs]:
        came = back.get(f"{PAGU}{kode}") if kode else None
        cells += [input_cell(kode or None, TEXT_INPUT, shut, None), input_cell(amount, WHOLE_INPUT, shut, came)]
    remove = input_cell(None, TEXT_INPUT, shut, back.get(REMOVE))
    return [*cells, support.get_verdict_display(), remove]


def _returned(added: ReturnedRow, heads: Sequence[str]) -> list[Any]:
    return [input_cell(None, _blank_style(head), False, added.cells.get(head)) for head in heads]


def _blank_style(head: str) -> Style:
    if head == HEADS["volume"]:
        return NUMBER_INPUT
    if head.startswith("Pagu "):
        return WHOLE_INPUT
    return CODE_INPUT if head in (ITEM_HEAD, KODE_HEAD) else TEXT_INPUT


def _height(row: BookRow, support: Support, places: str) -> float:
    texts = (
        (row.item.subject, 32),
        (support.nomenclature.name, 34),
        (support.opd.name, 26),
        (support.volume_unit, 11),
        (places, 24),
    )
    return min(row_height(*texts, ("x" * 15, 14)), 180)


def _choices(out: Sheet, heads: Sequence[str], listed: Listed, last: int) -> None:
    for place, head in enumerate(heads, start=1):
        source = _source(head, listed)
        if not source:
            continue
        letter = out.last_column(place)
        rule = DataValidation(type="list", formula1=source, allow_blank=True)
        rule.error, rule.errorTitle = "Pilih salah satu dari daftar.", head
        rule.add(f"{letter}{HEAD_ROW + 1}:{letter}{last}")
        out.ws.data_validations.append(rule)


def _source(head: str, listed: Listed) -> str:
    if head == OPD_HEAD:
        return listed.range_of(OPD_HEAD)
    if head.startswith("Sumber dana "):
        return listed.range_of("Sumber dana")
    return f'"{REMOVE_WORD}"' if head == HEADS[REMOVE] else ""
