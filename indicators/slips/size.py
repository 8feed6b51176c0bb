"""The size of a number: a comma in the wrong place, thousands of rupiah, a percentage over one hundred."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from math import log10
from typing import Final

from core.numbers import MAX_DECIMALS, format_number, plain
from core.values import Value, format_value
from indicators.slips.facts import Kind, Known, Role, SlipWarning, TypedRow

FACTORS: Final = tuple(Decimal(10) ** power for power in (1, 2, 3))
MONEY_FACTORS: Final = (*FACTORS, Decimal(10) ** 6)
OWN: Final = (Role.ACTUAL, Role.AGREEMENT, Role.DOCUMENT, Role.INDICATIVE)
FAR_FROM_SERIES: Final = 0.45
"""Powers of ten outside what the region itself has reached: a series of at least two years tells well (2.8 times)."""
FAR_FROM_ONE: Final = 0.72
"""The same where a single figure is known (5.2 times)."""
FAR_FROM_PEERS: Final = 0.18
"""The same where only other regions are known; their range is wide already (1.5 times)."""
FITS: Final = 0.1
"""A shifted percentage that lies farther outside than this is rather one over a hundred."""
FEWEST_PEERS: Final = 5
TIMES: Final = {1: "sepersepuluh", 2: "seperseratus", 3: "seperseribu", 6: "sepersejuta"}
HUNDRED: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class _Span:
    """Where the number is expected, as powers of ten; how far outside is too far; the figure to name."""

    low: float
    high: float
    far: float
    named: str

    def outside(self, number: Decimal) -> float:
        """How many powers of ten the number lies outside; 0 inside."""
        power = log10(abs(number))
        return max(self.low - power, power - self.high, 0.0)


def wrong_size(row: TypedRow) -> SlipWarning | None:
    """Ten, a hundred or a thousand times what is known of the row, or such a part of it, where the shifted number would fit."""
    number = row.number
    span = _expected(row, number) if number else None
    if not number or span is None or span.outside(number) < span.far:
        return None
    money = is_money(row.unit)
    shifted = [
        (span.outside(wanted), power, wanted / number)
        for factor in (MONEY_FACTORS if money else FACTORS)
        for power in (_power(factor),)
        for wanted in (number / factor, number * factor)
    ]
    off, power, by = min(shifted, key=lambda each: (round(each[0], 6), each[1]))
    if off > span.outside(number) / 2 or (off > FITS and over_hundred(row) is not None):
        return None
    kind = Kind.MONEY if money and power in (3, 6) else Kind.MAGNITUDE
    return _say(row, kind, span, power, by)


def _power(factor: Decimal) -> int:
    return round(log10(factor))


def is_money(unit: str) -> bool:
    """Whether the unit is rupiah, whole or in thousands, millions …"""
    words = unit.casefold().replace(".", " ").split("/")[0].split()
    return bool(words) and (words[0] == "rp" or "rupiah" in words)


def _expected(row: TypedRow, number: Decimal) -> _Span | None:
    """The range of the region's own figures, unless they go through zero, where sizes say nothing; else that of other regions."""
    own = [each for each in row.of(*OWN) if each.number * number > 0]
    if own and not any(each.number * number < 0 for each in row.of(Role.ACTUAL)):
        powers = [log10(abs(bound)) for each in own for bound in _ends(each.value, number)]
        actual = sum(each.role == Role.ACTUAL for each in own)
        nearest = min(own, key=lambda each: (each.role != Role.ACTUAL, -each.year))
        return _Span(min(powers), max(powers), FAR_FROM_SERIES if actual > 1 else FAR_FROM_ONE, nearest.said)
    if row.peers is None or row.peers.count < FEWEST_PEERS or row.peers.low <= 0 or number < 0:
        return None
    low, high = (format_number(end, max(row.decimals, _decimals(end))) for end in (row.peers.low, row.peers.high))
    said = f"{row.peers.name} ({low}–{high})"
    return _Span(log10(row.peers.low), log10(row.peers.high), FAR_FROM_PEERS, said)


def _ends(value: Value, number: Decimal) -> Iterable[Decimal]:
    return (end for end in (value.min, value.max) if end is not None and end * number > 0)


def _decimals(number: Decimal) -> int:
    return len(plain(number).partition(".")[2])


def _say(row: TypedRow, kind: Kind, span: _Span, power: int, by: Decimal) -> SlipWarning:
    meant = shifted_text(row.value, by)
    times = f"{format_number(Decimal(10) ** power, 0)} kali" if by < 1 else TIMES[power]
    text = f"{format_value(row.value)} kira-kira {times} {span.named}."
    if kind == Kind.MONEY:
        text += " Mungkin ditulis dalam ribu atau juta rupiah, bukan dalam satuan indikator ini."
    return SlipWarning(kind, f"{text} Maksud Anda {meant}?" if meant else text, meant)


def shifted_text(value: Value, by: Decimal) -> str:
    """The same value with its comma moved, as one would type it; '' where it has no room for the digits."""
    ends = [None if end is None else end * by for end in (value.min, value.max)]
    if any(end is not None and _decimals(end) > MAX_DECIMALS for end in ends):
        return ""
    return format_value(replace(value, min=ends[0], max=ends[1], text=""))


def over_hundred(row: TypedRow) -> SlipWarning | None:
    """A percentage over 100 of an indicator of which no figure was ever above it."""
    top = row.value.max if row.value.max is not None else row.value.min
    if row.unit.strip().casefold() not in ("%", "persen") or top is None or top <= HUNDRED:
        return None
    known = list(row.of(*Role))
    if any((each.value.max or each.number) > HUNDRED for each in known) or (row.peers and row.peers.high > HUNDRED):
        return None
    return SlipWarning(Kind.PERCENT, f"{format_value(row.value)} melebihi 100 persen. {_highest(row, known)}")


def _highest(row: TypedRow, known: list[Known]) -> str:
    if known:
        highest = max(known, key=lambda each: each.number)
        return f"Yang tertinggi sejauh ini {highest.said}. Periksa pembagi dan satuannya."
    if row.peers:
        return f"Yang tertinggi pada {row.peers.name} adalah {format_number(row.peers.high, row.decimals)}. Periksa pembagi dan satuannya."
    return "Tidak ada angka lain untuk dibandingkan; periksa pembagi dan satuannya."
