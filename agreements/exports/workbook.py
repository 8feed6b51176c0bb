"""The workbook of a berita acara, made of its sheet alone: print-ready F4, one sheet for each lampiran, and flat data.

The printed sheets carry numbers as the paper writes them (text, with Indonesian separators whatever the reader's Excel is set to);
the sheet Data carries true numbers.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.worksheet.pagebreak import Break

from agreements.exports.annexes import write_annexes
from agreements.exports.data import write_data
from agreements.exports.layout import height
from agreements.selectors.scope_sheet import SittingRow
from agreements.selectors.sheet import BaSheet, SignBlock
from core.canonical import canonical, sha256_hex
from core.codes import format_check_code
from core.excel import STYLES, Cell, Sheet, new_workbook, workbook_bytes
from core.excel.style import Style

WIDTHS: Final = (5, 12, 2, 38, 39)
FULL: Final = float(sum(WIDTHS))
TEXT: Final = replace(STYLES["plain"], align="justify")
CENTER: Final = Style(border=False, align="center", wrap=True)
BOLD_CENTER: Final = replace(CENTER, bold=True)
KOP: Final = Style(border=False, bold=True, size=12, align="center", wrap=True)
NOTE: Final = replace(STYLES["note"], wrap=True)
NAME: Final = Style(border=False, bold=True, underline=True, align="center", wrap=True)
ROW: Final = 15.9
PAGE: Final = 820.0  # points between the margins of an upright F4
MANY: Final = 12
EPOCH: Final = (2020, 1, 1, 0, 0, 0)
Progress = Callable[[float, str], None]


def ba_workbook(sheet: BaSheet, progress: Progress = lambda percent, note: None) -> bytes:
    """The file. Equal sheets give equal bytes."""
    workbook = new_workbook(sheet.number or f"Draf {sheet.heading}")
    progress(5, "Menulis naskah")
    _write_text(workbook, sheet)
    write_annexes(workbook, sheet, progress)
    progress(80, "Menulis data")
    write_data(workbook, sheet)
    return settled(workbook_bytes(workbook))


def file_name(sheet: BaSheet) -> str:
    """`Berita Acara 012-BA-RAKORTEK-III-2026.xlsx`; a draft says so."""
    return f"Berita Acara {re.sub(r'[^A-Za-z0-9.-]+', '-', sheet.number) or 'DRAF ' + sheet.code}.xlsx"


def footer(sheet: BaSheet) -> str:
    """Left in the footer of every page."""
    if sheet.number:
        return f"Nomor {sheet.number} · kode periksa {format_check_code(sheet.check_code)}"
    return f"DRAF · {sheet.heading}"[:120]


def printed(workbook: Workbook, sheet: BaSheet, title: str, widths: tuple[float, ...], **more: Any) -> Sheet:
    """A sheet with the footer of all; every page of a draft or void one says so at its head."""
    page = Sheet(workbook, title, widths=widths, footer_left=footer(sheet), **more)
    if sheet.mark:
        page.ws.oddHeader.center.text = sheet.mark
        page.ws.oddHeader.center.size = 14
        page.ws.oddHeader.center.font = "Arial,Bold"
    return page


def _write_text(workbook: Workbook, sheet: BaSheet) -> None:
    page = printed(workbook, sheet, "Berita Acara", WIDTHS)
    # The columns fit the paper as they are; scaling would make Excel ignore the page breaks.
    page.ws.sheet_properties.pageSetUpPr.fitToPage = False
    for line in sheet.kop:
        _full(page, line, KOP)
    page.row([Cell(None, replace(STYLES["line"], fill="17211F"))] * len(WIDTHS), height=2)
    page.blank()
    for line in sheet.title:
        _full(page, line, BOLD_CENTER)
    _full(page, f"NOMOR: {sheet.number or '………………………'}", BOLD_CENTER)
    page.blank()
    _full(page, sheet.opening, TEXT)
    page.blank()
    if sheet.sittings:
        _full(page, "Sesi yang tercakup:", TEXT)
    for no, text in enumerate(sittings_of(sheet), start=1):
        _listed(page, f"{no}.", text)
    if sheet.sittings:
        page.blank()
    _full(page, sheet.legal_heading, TEXT)
    for no, line in enumerate(sheet.legal, start=1):
        _listed(page, f"{no}.", line)
    page.blank()
    _full(page, sheet.parties, TEXT)
    _full(page, sheet.agree_heading, replace(BOLD_CENTER, size=11))
    page.blank()
    for label, text in sheet.agreements:
        _clause(page, label, text)
    page.blank()
    _full(page, sheet.closing, TEXT)
    page.blank()
    _signing(page, sheet)
    _foot(page, sheet)


def _full(page: Sheet, text: str, style: Style) -> None:
    row = page.row(
        [Cell(text, style), *[Cell(None, style)] * (len(WIDTHS) - 1)],
        height=height([(text, FULL)], scale=style.size / 10),
    )
    page.merge(f"A{row}:E{row}")


def _listed(page: Sheet, label: str, text: str) -> None:
    row = page.row(
        [Cell(label, replace(STYLES["line"], align="right")), Cell(text, TEXT)],
        height=height([(text, FULL - WIDTHS[0])]),
    )
    page.merge(f"B{row}:E{row}")


def _clause(page: Sheet, label: str, text: str) -> None:
    cells = [Cell(label, STYLES["strong"]), None, Cell(":", STYLES["line"]), Cell(text, TEXT)]
    row = page.row(cells, height=height([(text, WIDTHS[3] + WIDTHS[4])]))
    page.merge(f"A{row}:B{row}")
    page.merge(f"D{row}:E{row}")


def _signing(page: Sheet, sheet: BaSheet) -> None:
    """The pimpinan sidang at the right, then the parties two abreast."""
    _keep(page, (sum(len(_block(block)) for block in sheet.chairs) + 2) * ROW)
    _right(page, f"{sheet.signed_place}, {sheet.signed_on}", CENTER)
    _right(page, sheet.chair_heading, CENTER)
    for block in sheet.chairs:
        for text, style in _block(block):
            _right(page, text, style)
    page.blank()
    blocks = list(sheet.consenting)
    _keep(page, (len(_block(blocks[0])) + 5) * ROW if blocks else 0)
    _full(page, sheet.signers_heading, BOLD_CENTER)
    page.blank()
    for left, right in zip(blocks[::2], [*blocks[1::2], None], strict=False):
        _keep(page, (max(len(_block(each)) for each in (left, right or left)) + 2) * ROW)
        _pair(page, left, right)


def _keep(page: Sheet, needed: float) -> None:
    """Begin a new page where `needed` points are no longer left on this one: a signature never stands alone."""
    breaks = page.ws.row_breaks.brk
    first = breaks[-1].id + 1 if breaks else 1
    sizes = page.ws.row_dimensions
    used = sum((sizes[no].height or ROW) if no in sizes else ROW for no in range(first, page.row_count + 1))
    if used % PAGE + needed > PAGE:
        page.ws.row_breaks.append(Break(id=page.row_count))


def _block(block: SignBlock) -> list[tuple[str, Style]]:
    rows = [(text, CENTER) for text in block.office_lines]
    rows += [("", CENTER)] * 4
    rows += [(block.name or "………………………", NAME)]
    rows += [(text, CENTER) for text in (block.rank, f"NIP {block.nip_text}" if block.nip else "") if text]
    return rows


def _right(page: Sheet, text: str, style: Style) -> None:
    page.row([None, None, None, None, Cell(text, style)], height=height([(text, WIDTHS[4])]))


def _pair(page: Sheet, left: SignBlock, right: SignBlock | None) -> None:
    half = WIDTHS[1] + WIDTHS[2] + WIDTHS[3]
    one = [(left.institution, BOLD_CENTER), *_block(left)]
    two = [(right.institution, BOLD_CENTER), *_block(right)] if right else []
    empty = ("", CENTER)
    if two and len(left.office_lines) != len(right.office_lines if right else ()):
        short = one if len(left.office_lines) == 1 else two
        short.insert(1, empty)
    for place in range(max(len(one), len(two))):
        (text, style), (other, look) = (rows[place] if place < len(rows) else empty for rows in (one, two))
        row = page.row([Cell(None, CENTER), Cell(text, style), Cell(None, style), Cell(None, style), Cell(other, look)],
                       height=height([(text, half), (other, WIDTHS[4])]))  # fmt: skip
        page.merge(f"B{row}:D{row}")
    page.blank()


def _foot(page: Sheet, sheet: BaSheet) -> None:
    if sheet.simulated:
        _full(page, "Data simulasi, bukan kesepakatan yang sebenarnya.", NOTE)
    for text in sheet.changes:
        _full(page, text, NOTE)
    if not sheet.sha256:
        return
    _full(page, f"SHA-256 naskah: {sheet.sha256}", NOTE)
    for text in chain_lines(sheet):
        _full(page, text, NOTE)


def sittings_of(sheet: BaSheet) -> tuple[str, ...]:
    """The sittings that a berita acara of several takes in, one line per desk, in words for paper and screen."""
    days: dict[str, list[SittingRow]] = {}
    for row in sheet.sittings:
        days.setdefault(row.desk, []).append(row)
    return tuple(
        f"Desk {desk}: " + "; ".join(f"sesi {row.no}, {row.day}, {row.regions} daerah" for row in rows) + "."
        for desk, rows in days.items()
    )


def chain_lines(sheet: BaSheet) -> tuple[str, ...]:
    """Where the chains stood: each of a few, of many one hash over all that the check page lists."""
    if len(sheet.heads) <= MANY:
        return tuple(f"Rantai peristiwa {head.title}: nomor {head.seq}, {head.hash}" for head in sheet.heads)
    together = sha256_hex(canonical([[head.meja, head.seq, head.hash] for head in sheet.heads]))
    return (f"Rantai peristiwa {len(sheet.heads)} meja, sidik gabungan {together}; rinciannya di halaman periksa.",)


def settled(content: bytes) -> bytes:
    """The same workbook without the hour it was made at, so that equal sheets give equal files."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for entry in source.infolist():
            body = source.read(entry)
            if entry.filename == "docProps/core.xml":
                stamp = dt.datetime(*EPOCH, tzinfo=dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                body = re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>" + stamp, body)
            fixed = zipfile.ZipInfo(entry.filename, EPOCH)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            fixed.external_attr = 0o600 << 16
            out.writestr(fixed, body)
    return target.getvalue()
