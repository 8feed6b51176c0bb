"""The printed rows of a sheet as Line rows: one for each row of a lampiran, its cells as canonical JSON."""

from __future__ import annotations

from typing import Any

from agreements.choices import Lampiran
from agreements.selectors.sheet import BaSheet, plain
from core.canonical import canonical


def lines_of(sheet: BaSheet) -> list[tuple[str, int, str, str]]:
    """(lampiran, order, item code, cells) of everything the lampiran print."""
    parts: dict[Lampiran, tuple[Any, ...]] = {
        Lampiran.ATTENDANCE: sheet.attendance,
        Lampiran.TARGETS: sheet.targets,
        Lampiran.SUPPORTS: sheet.supports,
        Lampiran.NOT_AGREED: sheet.left,
        Lampiran.NOTES: sheet.notes,
    }
    return [
        (lampiran.value, row.no, getattr(row, "item", ""), canonical(plain(row)))
        for lampiran, rows in parts.items()
        for row in rows
    ]
