"""The tree of a document as HTML: plain strings joined once, as two templates a line would cost more than all else of the page."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final
from urllib.parse import quote

from django.utils.safestring import SafeString, mark_safe

from core.money import format_rupiah
from core.numbers import format_number
from planning.selectors import TreeLine

OPEN: Final = 150
"""Longer documents open folded."""
WHOLE: Final = 800
"""Of longer ones the lowest lines stand in the table only, one click away."""


def tree_html(tops: Iterable[TreeLine], lines: int) -> SafeString:
    """Nested lists with totals; `lines` is how many the document has."""
    return mark_safe(_list(tops, lines <= OPEN, lines <= WHOLE))  # noqa: S308 (every text below is escaped)


def _list(rows: Iterable[TreeLine], opened: bool, whole: bool) -> str:
    return f"<ul>{''.join(_item(row, opened, whole) for row in rows)}</ul>"


def _item(row: TreeLine, opened: bool, whole: bool) -> str:
    if not row.children:
        return f'<li><div class="leaf">{_line(row, "")}</div></li>'
    lowest = not whole and not any(child.children for child in row.children)
    if lowest:
        link = f'<a class="small" href="?tampilan=tabel&amp;induk={quote(row.code)}">lihat {format_number(row.leaves)} baris</a>'
        return f'<li><div class="leaf">{_line(row, link)}</div></li>'
    state = " open" if opened else ""
    return f"<li><details{state}><summary>{_line(row, '')}</summary>{_list(row.children, opened, whole)}</details></li>"


def _line(row: TreeLine, link: str) -> str:
    level = row.level + (f", {format_number(row.leaves)} baris" if row.children else "")
    target = f"<b>{escape(row.target)}</b> {escape(row.unit)}" if row.target else ""
    measured = ": ".join(part for part in (escape(row.indicator), target) if part)
    where = " · ".join(escape(part) for part in (row.unit_in_charge, row.location) if part)
    facts = "".join(
        f'<span class="small facts{css}">{text}</span>'
        for css, text in (
            ("", measured),
            (" quiet", where),
            (" warn", f"tertulis {format_rupiah(row.stated)}" if row.stated is not None else ""),
            ("", link),
        )
        if text
    )
    return (
        f'<span class="doc-line"><span class="what"><span class="code quiet">{escape(row.code)}</span> {escape(row.text)} '
        f'<span class="quiet small">{level}</span>{facts}</span><span class="num">{format_rupiah(row.total)}</span></span>'
    )
