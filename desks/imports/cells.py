"""A cell of an uploaded workbook as the text that the one parser of values reads, or why it is no such text."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from core.errors import DomainError, InvalidInput
from core.excel import CellValue, SheetMarks
from core.numbers import parse_excel_number, plain
from desks.isian_fields import tidy, visible

_DATE: Final = (
    "Excel menyimpan sel ini sebagai tanggal atau jam. Ubah format sel menjadi Umum, lalu tulis angkanya lagi."
)
_UNANSWERED: Final = (
    "Sel berisi rumus tanpa hasil tersimpan. Buka berkas di Excel, simpan, lalu unggah lagi; atau tulis angkanya."
)
_COVERED: Final = "Sel termasuk dalam sel gabungan {}. Pisahkan selnya (Batal Gabung), lalu isi satu per satu."


@dataclass(frozen=True)
class CellText:
    """What stands in a cell: the text, whether it was a true number, and why it cannot be used, if so."""

    text: str
    number: bool = False
    problem: str = ""
    remark: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing stands there and nothing is wrong."""
        return not self.text and not self.problem


def number_text(value: int | float | Decimal, decimals: int = 4) -> str:
    """A true number as text that is never ambiguous: with a comma, so that no dot can be taken for thousands. Raises InvalidInput."""
    whole, point, fraction = plain(parse_excel_number(value, decimals)).partition(".")
    # Three decimals in a whole unit would look like thousands set apart by a comma.
    return f"{whole},{fraction.ljust(4, '0')}" if point else whole


def target_text(content: CellValue, decimals: int) -> str:
    """The content of a cell that holds a target. Raises InvalidInput for what is neither number nor text."""
    if isinstance(content, bool):
        raise InvalidInput("Sel berisi TRUE/FALSE, bukan angka.")
    if isinstance(content, int | float):
        return number_text(content, decimals)
    if isinstance(content, str):
        if content.startswith("#"):
            raise InvalidInput(f"Sel berisi galat Excel ({content}).")
        return content
    if isinstance(content, dt.date | dt.datetime | dt.time | dt.timedelta):
        raise InvalidInput(_DATE)
    raise InvalidInput("Isi sel tidak dapat dibaca.")


def read_cell(content: CellValue, marks: SheetMarks, place: tuple[int, int], *, words: bool = False) -> CellText:
    """A cell with its marks. `words` for columns of free text, where a number is simply its digits and a date its day."""
    if place in marks.errors:
        return CellText(
            marks.errors[place],
            problem=f"Sel berisi galat Excel ({marks.errors[place]}). Perbaiki rumusnya atau tulis isinya.",
        )
    if place in marks.unanswered:
        return CellText("", problem=_UNANSWERED)
    if content is None:
        return CellText("", problem=_COVERED.format(marks.covered[place]) if place in marks.covered else "")
    if words:
        return CellText(_words(content))
    if isinstance(content, int | float) and not isinstance(content, bool) and place in marks.percent:
        return _percent(content)
    try:
        return CellText(visible(target_text(content, 4)), isinstance(content, int | float))
    except DomainError as error:
        return CellText(_words(content), problem=error.message)


def _percent(content: float) -> CellText:
    """14,5% is stored as 0,145; people mean what they see."""
    try:
        shown = number_text(Decimal(f"{content:.15g}") * 100)
    except DomainError as error:
        return CellText(str(content), problem=error.message)
    return CellText(f"{shown}%", remark=f"Sel berformat persen, dibaca {shown}.")


def _words(content: CellValue) -> str:
    if isinstance(content, bool):
        return "TRUE" if content else "FALSE"
    if isinstance(content, float):
        return str(int(content)) if content.is_integer() else str(content).replace(".", ",")
    if isinstance(content, dt.datetime | dt.date):
        return content.strftime("%d/%m/%Y")
    return tidy(str(content))
