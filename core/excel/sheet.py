"""Writing sheets row by row with little memory: safe text, shared styles, print set-up."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet.properties import PageSetupProperties

from core.excel.style import FONT, STYLES, Style, StyleBook
from core.excel.text import clean_text, fits, needs_quote
from core.numbers import MAX_DIGITS, plain

PAPERS: Final = {"F4": 14, "A4": 9}
_BAD_TITLE: Final = re.compile(r"[\[\]:*?/\\]")


class Cell(NamedTuple):
    """A cell that needs more than its value: an own style, or a comment such as the reason of a refusal."""

    value: Any
    style: Style | None = None
    comment: str = ""


def new_workbook(title: str = "") -> Workbook:
    """An empty write-only workbook that names the portal as its maker."""
    workbook = Workbook(write_only=True)
    workbook.properties.creator = "Portal Rakortek"
    workbook.properties.title = clean_text(title)
    _set_font(workbook)
    return workbook


def _set_font(workbook: Any) -> None:
    """Column widths are measured in the workbook's own font: without ours they would depend on what the reader has installed."""
    font = Font(name=FONT, size=10, family=2)
    workbook._fonts = IndexedList([font])
    workbook._named_styles["Normal"].font = font


def workbook_bytes(workbook: Workbook) -> bytes:
    """The finished file; the workbook cannot be written to afterwards."""
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


class Sheet:
    """One sheet of a write-only workbook, ready to print.

    `widths` are column widths in characters, `header_rows` the (first, last) rows repeated on every page, `freeze` the
    cell below and right of the frozen part, `footer_left` a text beside "Halaman x dari y", such as a check code.
    Times with a zone are written as the wall clock of `tz`. `keep` are the places of the columns that stand: `widths`,
    `freeze` and every row with a cell for each column are given for all of them.
    """

    def __init__(
        self,
        workbook: Workbook,
        title: str,
        *,
        widths: Sequence[float],
        paper: Literal["F4", "A4"] = "F4",
        landscape: bool = False,
        header_rows: tuple[int, int] | None = None,
        footer_left: str = "",
        freeze: str | None = None,
        tz: str = "Asia/Jakarta",
        keep: Sequence[int] | None = None,
    ) -> None:
        self.ws: Any = workbook.create_sheet(_BAD_TITLE.sub(" ", clean_text(title)).strip("' ")[:31] or "Lembar")
        self.row_count = 0
        self._zone = ZoneInfo(tz)
        self._keep: list[int] | None = None if keep is None else list(keep)
        self._full = len(widths)
        if keep is not None:
            widths, freeze = [widths[no] for no in keep], _moved(freeze, keep)
        self._styles = _style_book(workbook, self.ws)
        for place, width in enumerate(widths, start=1):
            self.ws.column_dimensions[get_column_letter(place)].width = width
        if freeze:
            self.ws.freeze_panes = freeze
        if header_rows:
            self.ws.print_title_rows = f"{header_rows[0]}:{header_rows[1]}"
        self._set_up_page(PAPERS[paper], landscape, footer_left)

    def _set_up_page(self, paper: int, landscape: bool, footer_left: str) -> None:
        ws = self.ws
        ws.page_setup.paperSize = paper
        ws.page_setup.orientation = "landscape" if landscape else "portrait"
        ws.page_setup.fitToWidth = 1
        ws.page_setup.fitToHeight = 0
        ws.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        ws.page_margins.left = ws.page_margins.right = 0.5
        ws.page_margins.top = ws.page_margins.bottom = 0.75
        ws.page_margins.header = ws.page_margins.footer = 0.3
        ws.oddFooter.left.text = clean_text(footer_left).replace("&", "&&")[:180] or None
        ws.oddFooter.right.text = "Halaman &P dari &N"

    def row(
        self,
        cells: Iterable[Any],
        *,
        style: Style | Sequence[Style] | None = None,
        height: float | None = None,
    ) -> int:
        """Append a row and return its number, from 1.

        Values are text, int, Decimal, date, datetime, bool or None, or a Cell. `style` is one for all or one per
        column; without it text, numbers and dates take their usual looks. `height` is in points.
        """
        if self._keep is not None:
            cells, style = self._kept(list(cells), style)
        self.row_count += 1
        if height is not None:
            self.ws.row_dimensions[self.row_count].height = height
        if style is None or isinstance(style, Style):
            self.ws.append([self._cell(value, style) for value in cells])
        else:
            self.ws.append([self._cell(value, look) for value, look in zip(cells, style, strict=True)])
        return self.row_count

    def _kept(
        self, cells: list[Any], style: Style | Sequence[Style] | None
    ) -> tuple[list[Any], Style | Sequence[Style] | None]:
        """A full row without the columns that do not stand; titles and notes, which are shorter, as they are."""
        assert self._keep is not None
        if len(cells) != self._full:
            return cells, style
        if style is not None and not isinstance(style, Style):
            style = [style[no] for no in self._keep]
        return [cells[no] for no in self._keep], style

    def blank(self, count: int = 1) -> None:
        """Append empty rows."""
        for _ in range(count):
            self.row_count += 1
            self.ws.append([])

    def last_column(self, count: int) -> str:
        """The letter of the last of so many columns."""
        return str(get_column_letter(count))

    def merge(self, area: str) -> None:
        """Merge the cells of `area`, such as `A1:H1`."""
        self.ws.merged_cells.add(area)

    def protect(self) -> None:
        """Lock the sheet against slips; cells of an unlocked style stay open."""
        self.ws.protection.sheet = True
        self.ws.protection.formatColumns = False
        self.ws.protection.formatRows = False

    def _cell(self, value: Any, style: Style | None) -> WriteOnlyCell | None:
        comment = ""
        if isinstance(value, Cell):
            value, style, comment = value.value, value.style or style, value.comment
        if value is None and style is None and not comment:
            return None
        value, usual = self._writable(value)
        cell: Any = WriteOnlyCell(self.ws, None)
        if isinstance(value, str):
            cell._value, cell.data_type = value, "s"
            cell._style = self._styles.of(style or usual, quoted=needs_quote(value))
        else:
            cell.value = value
            cell._style = self._styles.of(style or usual)
        if comment:
            cell.comment = Comment(clean_text(comment), "Portal Rakortek", width=320, height=120)
        return cell

    def _writable(self, value: Any) -> tuple[Any, Style]:
        if value is None:
            return None, STYLES["text"]
        if isinstance(value, bool):
            return ("Ya" if value else "Tidak"), STYLES["center"]
        if isinstance(value, str):
            return _text(str(value)), STYLES["text"]
        if isinstance(value, int):
            return _exact(value), STYLES["whole"]
        if isinstance(value, Decimal):
            return _exact(value), STYLES["decimal"]
        if isinstance(value, dt.datetime):
            local = value.astimezone(self._zone).replace(tzinfo=None) if value.tzinfo else value
            return local.replace(microsecond=0), STYLES["datetime"]
        if isinstance(value, dt.date):
            return value, STYLES["date"]
        raise TypeError(f"a workbook cell cannot hold {type(value).__name__}")


def _moved(freeze: str | None, keep: Sequence[int]) -> str | None:
    """The cell below and right of the frozen part where only these columns stand."""
    if not freeze:
        return freeze
    letters, row = coordinate_from_string(freeze)
    before = column_index_from_string(letters) - 1
    return f"{get_column_letter(1 + sum(no < before for no in keep))}{row}"


def _text(value: str) -> str:
    text = clean_text(value)
    if not fits(text):
        raise ValueError("text too long for one cell: split it with split_text()")
    return text


def _exact(value: int | Decimal) -> int | Decimal | str:
    """A number Excel would round after 15 digits is written as text instead."""
    text = plain(Decimal(value))
    return value if len(text.replace(".", "").strip("-0")) <= MAX_DIGITS else text.replace(".", ",")


def _style_book(workbook: Any, worksheet: Any) -> StyleBook:
    """The styles of the workbook, kept on it so that both are freed together."""
    if not hasattr(workbook, "portal_styles"):
        workbook.portal_styles = StyleBook(worksheet)
    return workbook.portal_styles
