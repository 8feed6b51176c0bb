"""What is written into the workbook beside the rows themselves: when and for whom it was made, and what comes back from an upload."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Final

from core.excel import STYLES, Cell, Style
from core.values import Kind, Value, format_value
from desks.selectors.isian_book import IsianBook

HEAD_ROW: Final = 4
SPARE: Final = 200
"""Empty rows for sub kegiatan to be added."""
TEXT_INPUT: Final = replace(STYLES["text"], fill="FFFDE7", locked=False)
CODE_INPUT: Final = replace(TEXT_INPUT, format="@")
WHOLE_INPUT: Final = replace(STYLES["input"], format="#,##0")
NUMBER_INPUT: Final = replace(STYLES["input"], format="#,##0.####")
PLAIN_INPUT: Final = replace(STYLES["input"], format="General")
HEAD_INPUT: Final = replace(STYLES["header"], fill="FFF2A8")
SHUT: Final = "F3F4F5"
RETURNED: Final = "FDE3DE"
PERCENT_UNITS: Final = frozenset({"%", "persen"})
BACK_TO: Final = "halaman Isi lewat Excel pada menu Isian"


@dataclass(frozen=True)
class ReturnedCell:
    """A typed cell that was not taken over: what stood in it, and why, as a comment."""

    raw: str
    number: bool
    comment: str


@dataclass(frozen=True)
class ReturnedRow:
    """A sub kegiatan that was to be added and was refused; `cells` by head of the column."""

    cells: dict[str, ReturnedCell]


@dataclass
class Overlay:
    """What an upload brought and the portal did not take over, by row and field; and the outcome of every typed cell."""

    cells: dict[tuple[str, str, str], dict[str, ReturnedCell]] = field(default_factory=dict)
    added: list[ReturnedRow] = field(default_factory=list)
    lines: list[Sequence[Any]] = field(default_factory=list)
    summary: list[tuple[str, int]] = field(default_factory=list)
    source: str = ""

    def of(self, item: str, kode: str = "", opd: str = "") -> dict[str, ReturnedCell]:
        """The cells of one row."""
        return self.cells.get((item, kode, opd), {})


@dataclass
class Paper:
    """The whole workbook: rows, when and for whom it was made, until when the stage is open, and what comes back."""

    book: IsianBook
    made: str
    institution: str
    open_until: str
    overlay: Overlay | None = None

    @property
    def title(self) -> str:
        """The title of every sheet."""
        scope = self.book.scope
        return f"Isian {scope.round.plan_year}, {scope.title}, {scope.round.short_name}"


def input_cell(content: Any, style: Style, shut: bool, back: ReturnedCell | None) -> Cell:
    """An editable cell, locked where the row is; one that came back carries what was typed, in the colour of a refusal, with the reason."""
    if back is not None:
        typed: Any = Decimal(back.raw) if back.number else back.raw
        return Cell(typed or None, replace(style, fill=RETURNED, locked=False), back.comment)
    return Cell(content, replace(style, fill=SHUT, locked=True) if shut else style)


def value_content(value: Value | None) -> Any:
    """A target as the cell holds it: a single number as a number, everything else as printed."""
    if value is None:
        return None
    return value.min if value.kind == Kind.POINT else format_value(value)


def value_style(unit: str, decimals: int) -> Style:
    """The format of a target's cell. Where the unit is percent it has none, so that Excel says when somebody types 14,5%."""
    if unit.strip().casefold() in PERCENT_UNITS:
        return PLAIN_INPUT
    return WHOLE_INPUT if decimals == 0 else NUMBER_INPUT
