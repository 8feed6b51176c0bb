"""The lampiran of a sheet as the screen prints them: the same columns and cells as the workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agreements.choices import Lampiran
from agreements.exports.annexes import NONE, ROMAN, annexes_of, heading, title, totals_and_rest
from agreements.exports.columns import Column
from agreements.exports.workbook import chain_lines, sittings_of
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

    anchor: str
    title: str
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
        self.sittings = sittings_of(sheet)
        self.chains = chain_lines(sheet)
        self.annexes = [
            self._annex(part, lampiran, columns, rows)
            for part in sheet.parts
            for lampiran, columns, rows in annexes_of(part)
        ]

    def _annex(
        self, sheet: BaSheet, lampiran: Lampiran, columns: list[Column], rows: Sequence[Sequence[str]]
    ) -> PaperAnnex:
        with_totals, with_rest = totals_and_rest(sheet)
        supports = lampiran == with_totals
        left = lampiran == with_rest and sheet.unsubmitted
        return PaperAnnex(
            "-".join(part for part in (ROMAN[lampiran.value], sheet.part.replace(".", "-")) if part), title(sheet, lampiran), heading(sheet, lampiran), columns,
            [[PaperCell(text, column.css, column.label) for text, column in zip(cells, columns, strict=True)] for cells in rows],
            [(total.label, format_number(total.amount)) for total in sheet.totals] if supports else [],
            f"Belum diajukan oleh daerah: {sheet.unsubmitted} butir." if left else "",
        )  # fmt: skip
