"""The tables of the bahan desk as HTML for the print page: plain strings joined once, as a region has thousands of cells."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe

from desks.selectors.bahan import Bahan, Column, Line, Section, State, Table
from desks.selectors.bahan.table import Content, printed

RIGHT = ("number", "money")
WIDE = 30


def printed_sections(bahan: Bahan) -> list[tuple[Section, SafeString]]:
    """Each desk and region with its tables; a column that says nothing on the whole page is left out."""
    columns = {table.sheet: _columns(table) for table in bahan.tables}
    return [(section, _tables(section, columns)) for section in bahan.sections()]


def _columns(table: Table) -> list[int]:
    said: set[int] = set()
    for line in table.lines:
        said.update(no for no, content in enumerate(line.cells) if content is not None and content != "")
    return [no for no, column in enumerate(table.columns) if column.printed and no in said]


def _tables(section: Section, columns: dict[str, list[int]]) -> SafeString:
    parts = [_table(table, lines, columns[table.sheet], section) for table, lines in section.tables]
    return mark_safe("".join(parts))  # noqa: S308 (every piece is escaped)


def _table(table: Table, lines: Sequence[Line], places: list[int], section: Section) -> str:
    heads = "".join(_head(table.columns[no]) for no in places)
    rows = "".join(f"<tr>{_cells(table, line, places)}</tr>" for line in lines)
    label = escape(f"{table.title}, {section.place.desk_name} × {section.place.region_name}")
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{label}"><table class="data papers"><caption>{escape(table.title)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _head(column: Column) -> str:
    look = "num" if column.kind in RIGHT else "wide" if column.width > WIDE else ""
    return f'<th scope="col"{f" class={look}" if look else ""}>{escape(column.head)}</th>'


def _cells(table: Table, line: Line, places: list[int]) -> str:
    return "".join(_cell(table.columns[no], line.cells[no]) for no in places)


def _cell(column: Column, content: Content) -> str:
    if isinstance(content, State):
        return f'<td><b class="tone-{content.tone}">{escape(content.label)}</b></td>'
    text = escape(printed(content))
    if column.kind in RIGHT:
        # A reason in the place of a figure is a text, and may wrap.
        return f'<td class="{"words" if isinstance(content, str) and content else "num"}">{text}</td>'
    return f'<td class="code">{text}</td>' if column.kind == "code" else f"<td>{text}</td>"
