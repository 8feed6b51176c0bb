"""The printed rows of a sheet as Line rows: one for each row of a lampiran, its cells as canonical JSON."""

from __future__ import annotations

from collections import Counter
from typing import Any

from agreements.choices import Lampiran
from agreements.selectors.plain import plain
from agreements.selectors.sheet import BaSheet
from core.canonical import canonical
from indicators.choices import Strand


def usulan_lines(sheet: BaSheet) -> dict[Lampiran, tuple[Any, ...]]:
    """What a berita acara of kewilayahan prints under numbers that others use otherwise."""
    return {
        Lampiran.TARGETS: sheet.usulan, Lampiran.SUPPORTS: sheet.usulan_left, Lampiran.NOT_AGREED: sheet.corrections,
    }  # fmt: skip


def lines_of(sheet: BaSheet) -> list[tuple[str, int, str, str]]:
    """(lampiran, order, item code, cells) of everything the lampiran print."""
    found: list[tuple[str, int, str, str]] = []
    count: Counter[str] = Counter()
    for part in sheet.parts:
        for lampiran, item, cells in _of_part(part):
            count[lampiran] += 1
            found.append((lampiran, count[lampiran], item, cells))
    return found


def _of_part(sheet: BaSheet) -> list[tuple[str, str, str]]:
    parts: dict[Lampiran, tuple[Any, ...]] = {
        Lampiran.ATTENDANCE: sheet.attendance,
        Lampiran.TARGETS: sheet.targets,
        Lampiran.SUPPORTS: sheet.supports,
        Lampiran.ACTIONS: sheet.actions,
        Lampiran.NOT_AGREED: sheet.left,
        Lampiran.NOTES: sheet.notes,
        Lampiran.PAPERS: sheet.papers,
    } | (usulan_lines(sheet) if sheet.strand == Strand.KEWILAYAHAN else {})
    return [
        (lampiran.value, getattr(row, "item", ""), canonical(plain(row)))
        for lampiran, rows in parts.items()
        for row in rows
    ]
