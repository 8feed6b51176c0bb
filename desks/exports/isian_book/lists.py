"""The lists behind the drop-downs, on a sheet that people may read too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from accounts.models import Institution, Region
from core.excel import STYLES, Sheet
from desks.isian_fields import LISTS, OPD_HEAD
from desks.selectors.isian_book import Lists


class Listed:
    """How offices and places are called in the workbook, and where their lists stand."""

    def __init__(self, lists: Lists) -> None:
        self.lists = lists

    @cached_property
    def _twice(self) -> set[str]:
        return {name for name, count in Counter(office.name for office in self.lists.offices).items() if count > 1}

    def office_name(self, office: Institution) -> str:
        """The name of a perangkat daerah, with its code where two share it."""
        return f"{office.name} ({office.kode})" if office.name in self._twice else office.name

    def places_text(self, places: Iterable[Region]) -> str | None:
        """Locations as written in one cell."""
        return "; ".join(f"{region.kode} {region.name}" for region in places) or None

    @cached_property
    def columns(self) -> list[tuple[str, list[str]]]:
        """Head and content of each list."""
        return [
            (OPD_HEAD, [self.office_name(office) for office in self.lists.offices]),
            ("Sumber dana", [source.kode for source in self.lists.sources]),
            ("Kepanjangan sumber dana", [source.name for source in self.lists.sources]),
            ("Lokasi", [f"{region.kode} {region.name}" for region in self.lists.places]),
        ]

    def range_of(self, head: str) -> str:
        """What a drop-down refers to; '' for an empty list."""
        for letter, (name, values) in zip("ABCD", self.columns, strict=True):
            if name == head:
                return f"={LISTS}!${letter}$2:${letter}${len(values) + 1}" if values else ""
        return ""

    def write(self, workbook: Any) -> None:
        """The sheet."""
        out = Sheet(workbook, LISTS, widths=(46, 14, 40, 40), landscape=True, header_rows=(1, 1), freeze="A2")
        out.row([head for head, _ in self.columns], style=STYLES["header"])
        for place in range(max(len(values) for _, values in self.columns)):
            out.row(
                [values[place] if place < len(values) else None for _, values in self.columns], style=STYLES["text"]
            )
        out.protect()
