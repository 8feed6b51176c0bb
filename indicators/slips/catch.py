"""The order in which a target is looked at: the weightiest thing that seems wrong is the one that is said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from indicators.slips.course import below_indicative, bound_against_direction, worse_than_before
from indicators.slips.facts import SlipWarning, TypedRow
from indicators.slips.size import over_hundred, wrong_size
from indicators.slips.units import other_unit

CHECKS: Final[tuple[Callable[[TypedRow], SlipWarning | None], ...]] = (
    other_unit,
    wrong_size,
    over_hundred,
    bound_against_direction,
    worse_than_before,
    below_indicative,
)


def slip_of(row: TypedRow) -> SlipWarning | None:
    """The weightiest warning about the row, None where nothing strikes. It never blocks: who typed it may be right."""
    return next((found for check in CHECKS if (found := check(row)) is not None), None)
