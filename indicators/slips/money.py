"""Pagu typed in thousands of rupiah where rupiah were meant, or the other way round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10
from statistics import median
from typing import Final

from core.money import format_rupiah
from core.numbers import format_number
from indicators.slips.facts import Kind, SlipWarning

THOUSAND: Final = 1000
FAR: Final = 1.75
"""Powers of ten from the middle of what is known (56 times) before anything is said."""
FEWEST: Final = 2
LEAST: Final = 1_000_000
"""No sub kegiatan of a province or kabupaten/kota costs less than a million rupiah in a year."""


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """A pagu in whole rupiah, what others of its sort are with their name, and the ceiling it must fit under, if known."""

    rupiah: int
    others: Sequence[int] = ()
    others_name: str = ""
    ceiling: int = 0
    ceiling_name: str = ""
    least: int = LEAST


def money_slip(row: MoneyRow) -> SlipWarning | None:
    """A thousand times too little or too much against the ceiling, the row's others, or what such things cost at all."""
    if row.rupiah <= 0:
        return None
    if row.ceiling and row.rupiah > row.ceiling:
        return _too_much(row, f"{row.ceiling_name} ({format_rupiah(row.ceiling)})")
    others = [each for each in row.others if each > 0]
    if len(others) >= FEWEST:
        middle = log10(median(others))
        if middle - log10(row.rupiah) > FAR and _nearer(row.rupiah, THOUSAND, middle):
            return _too_little(row, _named(row, others))
        if log10(row.rupiah) - middle > FAR and _nearer(row.rupiah, 1 / THOUSAND, middle):
            return _too_much(row, _named(row, others))
    if row.rupiah < row.least:
        return _too_little(row, "")
    return None


def _nearer(rupiah: int, times: float, middle: float) -> bool:
    """The moved figure lies nearer to the others than the typed one."""
    return abs(log10(rupiah * times) - middle) < abs(log10(rupiah) - middle)


def _named(row: MoneyRow, others: Sequence[int]) -> str:
    low, high = min(others), max(others)
    span = format_rupiah(low) if low == high else f"{format_rupiah(low)}–{format_rupiah(high)}"
    return f"{row.others_name} ({span})"


def _too_little(row: MoneyRow, named: str) -> SlipWarning:
    meant = row.rupiah * THOUSAND
    against = f"jauh di bawah {named}" if named else f"kurang dari {format_rupiah(row.least)}"
    text = f"{format_rupiah(row.rupiah)} {against}. Mungkin yang diketik ribuan rupiah. Maksud Anda {format_rupiah(meant)}?"
    return SlipWarning(Kind.MONEY, text, _typed(meant))


def _too_much(row: MoneyRow, named: str) -> SlipWarning:
    text = f"{format_rupiah(row.rupiah)} jauh di atas {named}."
    if row.rupiah % THOUSAND:
        return SlipWarning(Kind.MONEY, f"{text} Periksa satuannya: rupiah penuh, ribuan, atau jutaan?")
    meant = row.rupiah // THOUSAND
    return SlipWarning(
        Kind.MONEY, f"{text} Mungkin satuannya keliru. Maksud Anda {format_rupiah(meant)}?", _typed(meant)
    )


def _typed(rupiah: int) -> str:
    """The amount as one would type it in whole rupiah."""
    return format_number(rupiah)
