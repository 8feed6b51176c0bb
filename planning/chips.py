"""Chips of priorities as HTML: one quiet word beside the row, the rest on opening. Plain strings, as tables have hundreds of rows."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from planning.selectors.priorities import Chip


def chips_html(chips: Sequence[Chip], address: str = "") -> SafeString:
    """The first chip, `+2` for the others, and all of them with their names when opened; nothing for none.

    `address` is the page of the trees, where the caller draws many rows and has looked it up.
    """
    if not chips:
        return SafeString("")
    address = address or reverse("indicators:priorities")
    more = f" +{len(chips) - 1}" if len(chips) > 1 else ""
    lines = "".join(f'<li><a href="{address}?simpul={quote(chip.key)}">{escape(chip.name)}</a></li>' for chip in chips)
    return mark_safe(  # noqa: S308 (every text is escaped above)
        f'<details class="prio"><summary><span class="visually-hidden">Prioritas: </span>{escape(chips[0].short)}{more}</summary>'
        f"<ul>{lines}</ul></details>"
    )


def chip_names(chips: Sequence[Chip]) -> str:
    """The chips in one cell of a sheet or paper: `Pro-SN 03.01; Asta Cita 4`."""
    return "; ".join(chip.short for chip in chips)
