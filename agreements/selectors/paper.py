"""The lampiran of a sheet as the screen prints them: the same columns and cells as the workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agreements.choices import Lampiran
from agreements.exports.annexes import NONE, ROMAN, Column, annexes_of, heading
from agreements.selectors.sheet import BaSheet
from core.codes import format_check_code
from core.numbers import format_number


@dataclass(frozen=True)
class PaperCell:
    """One printed cell."""

    text: str
    css: str
    label: str


@dataclass(frozen=True)
class PaperAnnex:
    """One printed lampiran."""

    roman: str
    heading: str
    columns: list[Column]
    rows: list[list[PaperCell]]
    totals: list[tuple[str, str]]
    foot: str
    empty: str = NONE

    @property
    def span(self) -> int:
        """How many columns a total's label covers."""
        return len(self.columns) - 2


class PaperView:
    """A sheet with its annexes in printing order."""

    def __init__(self, sheet: BaSheet) -> None:
        self.sheet = sheet
        self.check_code = format_check_code(sheet.check_code)
        self.annexes = [self._annex(lampiran, columns, rows) for lampiran, columns, rows in annexes_of(sheet)]

    def _annex(self, lampiran: Lampiran, columns: list[Column], rows: Sequence[Sequence[str]]) -> PaperAnnex:
        supports = lampiran == Lampiran.SUPPORTS
        left = lampiran == Lampiran.NOT_AGREED and self.sheet.unsubmitted
        return PaperAnnex(
            ROMAN[lampiran.value], heading(self.sheet, lampiran), columns,
            [[PaperCell(text, column.css, column.label) for text, column in zip(cells, columns, strict=True)] for cells in rows],
            [(total.label, format_number(total.amount)) for total in self.sheet.totals] if supports else [],
            f"Belum diajukan oleh daerah: {self.sheet.unsubmitted} butir." if left else "",
        )  # fmt: skip
