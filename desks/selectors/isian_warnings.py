"""The warnings of a whole table: those about the targets and those about the pagu of sub kegiatan, from the figures the table reads anyway."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Protocol

from django.db.models import Q

from core.values import Value
from desks.models import Meja
from desks.selectors.about import About
from desks.selectors.figures import Beside
from desks.selectors.slips import Asked, Warned, open_for_warning, warnings_beside
from desks.selectors.slips_supports import support_warnings

WARNED: Final = "peringatan"
"""The filter of rows with open warnings: no condition of the database, as a warning is reckoned from all figures beside the row."""


class Typed(Protocol):
    """A row of the table, as far as a warning needs it."""

    unit: str
    proposed: Value | None
    state: str
    applicability: str
    about: About | None


def warnings_in(
    meja: Meja, rows: Mapping[int, tuple[int | None, Typed]], book: Mapping[int, Beside]
) -> dict[int, list[Warned]]:
    """The open warnings by key of the row, given with the key of its indicator: of the target first. At most five queries more."""
    asked = [
        Asked(key, indicator, row.proposed, row.unit, row.about.decimals, row.about.way)
        for key, (indicator, row) in rows.items()
        if indicator and row.about and row.proposed is not None and open_for_warning(row.state, row.applicability)
    ]
    found = warnings_beside(meja.round, asked, book)
    for key, warned in support_warnings(Q(item__meja=meja), meja.round.plan_year).items():
        if key in rows:
            found.setdefault(key, []).extend(warned)
    return found
