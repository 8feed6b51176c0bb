"""The matrix and the lines of progress as HTML: plain strings joined once, as 38 × 40 cells are too many for a template."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from django.utils.safestring import SafeString, mark_safe

from core.choices import Tone
from core.numbers import format_number, format_percent
from desks.selectors.overview.classes import NOT_HANDED_IN, TONES, Standing
from desks.selectors.overview.matrix import MEASURE, REGIONS, Line, Matrix
from desks.selectors.overview.progress import Share
from desks.selectors.overview.rows import Narrow

CHART: Final = 200
"""Units that the widest bar of a chart is drawn with."""
BAR: Final = 16
_NOTHING: Final = '<td class="mid quiet">–</td>'


def heat(n: int, of: int, measure: str) -> Tone:
    """The tone of a cell: of missing rows none is green and more than half red; of the other classes their own."""
    if measure not in NOT_HANDED_IN:
        return TONES[measure] if n else Tone.NETRAL
    if not n:
        return Tone.HIJAU
    share = n * 100 // of
    return Tone.MERAH if share > 50 else Tone.KUNING if share > 20 else Tone.HIJAU_KUNING


def matrix_head(made: Matrix) -> SafeString:
    """The columns: code above, name below."""
    cells = [
        f'<th scope="col">{escape(each.label)}<span class="unit">{escape(each.note)}</span></th>'
        for each in made.columns
    ]
    return mark_safe("".join(cells))  # noqa: S308 (escaped above)


def matrix_body(made: Matrix, narrow: Narrow, base: str) -> SafeString:
    """All rows with a last one of totals; `base` is the address of the list that each number opens."""
    measure = narrow.kelas or MEASURE
    narrow = narrow.but(kelas=measure if made.layout == REGIONS else "")
    parts: list[str] = []
    group = ""
    for line in made.rows:
        if line.group != group:
            group = line.group
            parts.append(_group(group, len(made.columns) + 2))
        cells = [
            _cell(made.cells.get((line.key, column.key)), narrow, line, column, base, measure)
            for column in made.columns
        ]
        note = f'<span class="unit">{escape(line.note)}</span>' if line.note else ""
        total = _total(made.row_total(line.key), narrow, line.filters, base)
        parts.append(f'<tr><th scope="row">{escape(line.label)}{note}</th>{"".join(cells)}{total}</tr>')
    totals = "".join(_total(made.column_total(column.key), narrow, column.filters, base) for column in made.columns)
    every = (
        {name: value for name, value in made.rows[0].filters.items() if name == "daerah"}
        if made.layout != REGIONS and made.rows
        else {}
    )
    parts.append(
        f'<tr class="group"><th scope="row">Jumlah</th>{totals}{_total(made.total(), narrow, every, base)}</tr>'
    )
    return mark_safe("".join(parts))  # noqa: S308 (every piece is escaped)


def _group(name: str, width: int) -> str:
    return (
        f'<tr class="group"><th colspan="{width}" scope="rowgroup"><span class="held">{escape(name)}</span></th></tr>'
    )


def _cell(cell: tuple[int, int] | None, narrow: Narrow, line: Line, column: Line, base: str, measure: str) -> str:
    if cell is None:
        return _NOTHING
    n, of = cell
    kelas = column.filters.get("kelas", measure)
    tone = TONES[kelas] if "kelas" in column.filters else heat(n, of, measure)
    beside = "" if "kelas" in column.filters else f'<span class="of">/{of}</span>'
    href = f"{base}?{narrow.query(**line.filters, **column.filters)}"
    return f'<td class="tone tone-{tone.value}"><a href="{escape(href)}">{n}{beside}</a></td>'


def _total(cell: tuple[int, int], narrow: Narrow, filters: dict[str, str], base: str) -> str:
    n, of = cell
    beside = f'<span class="of">/{format_number(of)}</span>' if n != of else ""
    href = f"{base}?{narrow.query(**filters)}"
    return f'<td class="agreed"><a href="{escape(href)}">{format_number(n)}{beside}</a></td>'


def progress_body(
    lines: Sequence[Share], total: Share, classes: Iterable[Standing], narrow: Narrow, base: str
) -> SafeString:
    """A line of numbers for each desk, region or strand with its drawing; every number leads to its list."""
    shown = list(classes)
    return mark_safe("".join(_progress(line, shown, narrow, base) for line in [*lines, total]))  # noqa: S308 (every piece is escaped)


def _progress(line: Share, classes: list[Standing], narrow: Narrow, base: str) -> str:
    cells = []
    for each in classes:
        n = line.counts.get(each, 0)
        href = escape(f"{base}?{narrow.query(**line.filters, kelas=each.value)}")
        cells.append(
            f'<td data-label="{each.label}"><a href="{href}"{"" if n else " class=quiet"}>{format_number(n)}</a></td>'
        )
    href = escape(f"{base}?{narrow.query(**line.filters)}")
    group = "" if line.filters else ' class="group"'
    return (
        f'<tr{group}><th scope="row">{escape(line.label)}</th><td data-label="Keterisian">{format_percent(line.percent)}</td>'
        f'<td class="mid" data-label="Gambar">{bar(line, classes)}</td>{"".join(cells)}'
        f'<td class="agreed" data-label="Jumlah"><a href="{href}">{format_number(line.total)}</a></td></tr>'
    )


def bar(line: Share, classes: list[Standing], width: int = CHART, height: int = BAR) -> str:
    """The classes of a line as one bar, each with its own pattern; silent for screen readers, as the numbers stand beside it."""
    pieces, x = [], 0.0
    for each in classes:
        n = line.counts.get(each, 0)
        if n:
            piece = n * width / line.total
            pieces.append(
                f'<rect class="k-{each.value}" x="{x:.1f}" width="{piece:.1f}" height="{height}" fill="url(#p-{each.value})"/>'
            )
            x += piece
    return f'<svg class="bar-drawn" viewBox="0 0 {width} {height}" width="{width}" height="{height}" aria-hidden="true">{"".join(pieces)}</svg>'
