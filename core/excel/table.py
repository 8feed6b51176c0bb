"""Any list as a workbook: columns, rows, the filters in words; without the columns that the person has put away."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from core.excel.sheet import Cell, Sheet, new_workbook, workbook_bytes
from core.excel.style import STYLES, Style
from core.excel.text import MAX_TEXT, split_text
from core.values import Kind, Value, format_value

_RIGHT: Final = replace(STYLES["text"], align="right")
_LINE: Final = 13.5
_KINDS: Final[dict[str, Style]] = {
    "text": STYLES["text"], "code": STYLES["code"], "number": STYLES["decimal"], "whole": STYLES["whole"], "time": STYLES["datetime"],
    "date": STYLES["date"],
}  # fmt: skip


@dataclass(frozen=True)
class TableColumn:
    """A column of a workbook; `name` is the column of the screen that it goes with, '' where it always stands."""

    head: str
    width: float
    kind: Literal["text", "code", "number", "whole", "time", "date"] = "text"
    name: str = ""


@dataclass(frozen=True)
class TableSheet:
    """One sheet: its name, its columns, its rows as plain values."""

    name: str
    columns: Sequence[TableColumn]
    rows: Iterable[Sequence[Any]]
    tz: str = "Asia/Jakarta"


def table_workbook(title: str, note: str, *sheets: TableSheet, hidden: Collection[str] = ()) -> bytes:
    """The lists, each under title and note, head repeated on every page, ready to print."""
    workbook = new_workbook(title)
    for sheet in sheets:
        _write(workbook, title, note, sheet, hidden)
    return workbook_bytes(workbook)


def _write(workbook: Any, title: str, note: str, table: TableSheet, hidden: Collection[str]) -> None:
    columns = table.columns
    out = Sheet(
        workbook, table.name, widths=[column.width for column in columns], landscape=True, header_rows=(3, 3), freeze="B4", tz=table.tz,
        keep=kept_columns([column.name for column in columns], hidden),
    )  # fmt: skip
    out.row([title], style=STYLES["strong"])
    out.row([note], style=STYLES["note"])
    out.row([column.head for column in columns], style=STYLES["header"], height=30)
    styles = [_KINDS[column.kind] for column in columns]
    for row in table.rows:
        cells = [_cell(value) for value in row]
        texts = [
            (value, int(column.width)) for column, value in zip(columns, cells, strict=True) if isinstance(value, str)
        ]
        out.row(cells, style=styles, height=row_height(*texts))


def _cell(value: Any) -> Any:
    if isinstance(value, Value):
        return number_cell(value)
    return split_text(value, MAX_TEXT)[0] if isinstance(value, str) else value


def kept_columns(names: Sequence[str], hidden: Collection[str]) -> list[int] | None:
    """The places of the columns that stand; None for all."""
    return [no for no, name in enumerate(names) if name not in hidden] if hidden else None


def number_cell(value: Value) -> Any:
    """A single number as a true number, everything else as it is printed."""
    return value.min if value.kind == Kind.POINT else Cell(format_value(value), _RIGHT)


def row_height(*texts: tuple[str, int]) -> float:
    """Points for a row of wrapped texts (text, width in characters); not every program grows rows by itself on opening."""
    return _LINE * max(
        (sum(-(-len(line) // width) or 1 for line in text.split("\n")) for text, width in texts if text), default=1
    )
