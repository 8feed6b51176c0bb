"""How far a figure stands from another, and whether that is better or worse."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from core.values import Value, format_value
from desks.selectors.figures import Shown
from indicators.choices import Direction


@dataclass(frozen=True, slots=True)
class Gap:
    """Newest figure minus a reference: signed text, `lebih baik` or `lebih buruk` where the indicator has a direction, and how much better."""

    text: str = ""
    word: str = ""
    number: Decimal | None = None
    better: Decimal | None = None


NO_GAP = Gap()


def gap_to(value: Value | None, reference: Shown | None, decimals: int, direction: str | None) -> Gap:
    """The distance of a figure to one beside it; nothing where either is no number."""
    if value is None or reference is None:
        return NO_GAP
    here, there = value.number, reference.value.number if reference.value else None
    if here is None or there is None:
        return NO_GAP
    return gap_between(here, there, decimals, direction)


@lru_cache(maxsize=16_384)
def gap_between(here: Decimal, there: Decimal, decimals: int, direction: str | None) -> Gap:
    """The signed difference; where lower is better (kemiskinan, stunting) a minus is the good sign."""
    number = here - there
    if not number:
        return Gap("0", "sama", number, number if direction else None)
    text = ("+" if number > 0 else "−") + format_value(Value.point(abs(number), decimals=decimals))
    if not direction:
        return Gap(text, "", number, None)
    better = number if direction == Direction.UP else -number
    return Gap(text, "lebih baik" if better > 0 else "lebih buruk", number, better)
