"""Cell styles: a few named looks and the tones of states, built once per workbook."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.cell_style import StyleArray

from core.choices import TONE_FILLS, Tone

WHOLE: Final = "#,##0"
DECIMAL: Final = "#,##0.00##"
TEXT: Final = "@"
DATE: Final = "dd/mm/yyyy"
DATETIME: Final = "dd/mm/yyyy hh:mm"
FONT: Final = "Arial"
_LINE: Final = Side(style="thin", color="8A9299")
_BOX: Final = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell looks: `format` is Excel's number format, `fill` is RRGGBB, `locked` counts on protected sheets."""

    format: str = "General"
    bold: bool = False
    italic: bool = False
    underline: bool = False
    size: int = 10
    align: str = "left"
    valign: str = "top"
    wrap: bool = False
    border: bool = True
    fill: str = ""
    locked: bool = True


STYLES: Final[dict[str, Style]] = {
    "title": Style(bold=True, size=13, align="center", valign="center", wrap=True, border=False),
    "plain": Style(border=False, wrap=True),
    "line": Style(border=False),
    "strong": Style(border=False, bold=True),
    "note": Style(border=False, italic=True, size=9),
    "header": Style(bold=True, align="center", valign="center", wrap=True, fill="DCE6E8"),
    "group": Style(bold=True, wrap=True, fill="EEF2F3"),
    "text": Style(wrap=True),
    "code": Style(format=TEXT),
    "center": Style(align="center"),
    "whole": Style(format=WHOLE, align="right"),
    "decimal": Style(format=DECIMAL, align="right"),
    "agreed": Style(format=DECIMAL, align="right", bold=True),
    "money": Style(format=WHOLE, align="right"),
    "total": Style(format=WHOLE, align="right", bold=True, fill="EEF2F3"),
    "date": Style(format=DATE, align="center"),
    "datetime": Style(format=DATETIME, align="center"),
    "input": Style(format=DECIMAL, align="right", fill="FFFDE7", locked=False),
}
"""The looks every workbook of the portal shares."""


def number_style(decimals: int, base: Style = STYLES["decimal"]) -> Style:
    """`base` for a unit with so many decimals: whole units show none, others at least two."""
    return replace(base, format=WHOLE if decimals == 0 else DECIMAL)


def tone_style(tone: Tone | str, base: Style = STYLES["text"]) -> Style:
    """`base` on the background of a state's tone; the cell itself must carry the state's word."""
    return replace(base, fill=TONE_FILLS[Tone(tone)])


class StyleBook:
    """The styles of one workbook: each look is registered once and shared by all its cells."""

    def __init__(self, worksheet: Any) -> None:
        self._prototype = WriteOnlyCell(worksheet)
        self._known: dict[tuple[Style, bool], StyleArray] = {}
        # A second way in by identity: hashing eleven fields for every cell is a third of the writing time.
        self._quick: dict[tuple[int, bool], tuple[Style, StyleArray]] = {}

    def of(self, style: Style, *, quoted: bool = False) -> StyleArray:
        """The registered form of `style`; `quoted` marks text that Excel must never reinterpret."""
        quick = self._quick.get((id(style), quoted))
        if quick is not None:
            return quick[1]
        key = (style, quoted)
        if key not in self._known:
            self._known[key] = self._register(style, quoted)
        self._quick[id(style), quoted] = (style, self._known[key])
        return self._known[key]

    def _register(self, style: Style, quoted: bool) -> StyleArray:
        cell: Any = self._prototype
        cell.font = Font(
            name=FONT,
            size=style.size,
            bold=style.bold,
            italic=style.italic,
            underline="single" if style.underline else None,
        )
        cell.alignment = Alignment(horizontal=style.align, vertical=style.valign, wrap_text=style.wrap)
        cell.border = _BOX if style.border else Border()
        cell.fill = PatternFill("solid", fgColor=style.fill) if style.fill else PatternFill()
        cell.number_format = style.format
        cell.protection = Protection(locked=style.locked)
        array = StyleArray(cell._style)
        array.quotePrefix = int(quoted)
        return array
