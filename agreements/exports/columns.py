"""Columns of a printed lampiran: head, width, look; what the lampiran of every strand are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from agreements.selectors.sheet import BaSheet
from core.excel import STYLES
from core.excel.style import Style

TEXT: Final = STYLES["text"]
MIDDLE: Final = replace(STYLES["center"], wrap=True)
NUMBER: Final = Style(align="right", wrap=True)
AGREED: Final = replace(NUMBER, bold=True)
DATED: Final = replace(NUMBER, size=9)
"""A number with its year and source below it."""
CODE: Final = replace(STYLES["code"], wrap=True)


@dataclass(frozen=True)
class Column:
    """A column of a lampiran: head, width in characters, look."""

    label: str
    width: float
    style: Style = TEXT

    @property
    def css(self) -> str:
        """How the screen sets its cells."""
        if self.style is AGREED:
            return "num agreed"
        names = ((NUMBER, "num"), (DATED, "num dated"), (MIDDLE, "mid"), (CODE, "code-cell"))
        return next((name for style, name in names if self.style is style), "")


Printed = tuple[list[Column], Iterable[Sequence[str]]]
"""The columns of a lampiran and its printed cells."""


def region_column(sheet: BaSheet) -> list[Column]:
    """The column of the region, where rows of several stand in one lampiran."""
    return [Column("Daerah", 18)] if sheet.many_regions else []


def region_cell(sheet: BaSheet, region: str) -> list[str]:
    """The cell of that column."""
    return [region] if sheet.many_regions else []
