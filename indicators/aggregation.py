"""How the values of several regions become one: sum, mean, weighted mean, or none. A pure function; who reads what is decided by the caller."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from typing import Final

from core.values import Kind, Value
from indicators.choices import Aggregation

STRICT: Final = frozenset({Kind.LT, Kind.GT})
EXACT: Final = Context(prec=60)
"""Regional values have at most 15 digits; sums and products of a thousand of them stay exact."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one region brings: its value, None where it has none yet, and for a weighted mean its weight in the unit of the weighing figure."""

    value: Value | None
    weight: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Aggregate:
    """The value of all regions together, from `used` of `of` regions; `why_not` says in words why there is none.

    `in_words`, `unweighted`: regions left out because their value is no number or has no weight.
    """

    value: Value | None
    used: int
    of: int
    in_words: int = 0
    unweighted: int = 0
    why_not: str = ""

    @property
    def complete(self) -> bool:
        """Whether every region is in it."""
        return self.used == self.of

    @property
    def coverage(self) -> str:
        """What people read beside the value, before the word for its regions: "31 dari 38"."""
        return f"{self.used} dari {self.of}"


def aggregate(rule: str, parts: Iterable[Part], *, unit: str = "", decimals: int = 2) -> Aggregate:
    """The value of the regions together by the rule of the indicator (`Aggregation`), one part per region asked.

    Missing values are left out and counted, never taken as zero. Ranges give a range, end by end; bounds give a bound, and upper with lower bounds
    nothing. A mean is rounded half up to `decimals`, or to as many as the regions themselves wrote; a sum is exact.
    """
    everyone = list(parts)
    given = [part for part in everyone if part.value is not None]
    numbers = [part for part in given if part.value is not None and part.value.kind != Kind.TEXT]
    in_words = len(given) - len(numbers)
    used = [part for part in numbers if _weighs(part)] if rule == Aggregation.WEIGHTED else numbers
    unweighted = len(numbers) - len(used)

    def answer(value: Value | None, why_not: str = "") -> Aggregate:
        return Aggregate(value, len(used) if value else 0, len(everyone), in_words, unweighted, why_not)

    refused = _refusal(rule, used, given=len(given), unweighted=unweighted)
    if refused:
        return answer(None, refused)
    low, high = _ends(rule, used)
    if low is None and high is None:
        return answer(None, "Batas atas dan batas bawah tidak dapat digabungkan.")
    places = max(decimals, *(part.value.decimals for part in used if part.value))
    if rule != Aggregation.SUM:
        low, high = _rounded(low, places), _rounded(high, places)
    return answer(_value(low, high, used, unit=unit, decimals=decimals))


def _refusal(rule: str, used: list[Part], *, given: int, unweighted: int) -> str:
    if rule not in (Aggregation.SUM, Aggregation.MEAN, Aggregation.WEIGHTED):
        return "Indikator ini tidak diagregasi."
    if not given:
        return "Belum ada nilai daerah."
    if not used:
        return "Belum ada penimbang." if unweighted else "Nilai berupa kata tidak dapat digabungkan."
    units = {part.value.unit.strip().casefold() for part in used if part.value and part.value.unit}
    return "Satuan nilai daerah berbeda-beda." if len(units) > 1 else ""


def _weighs(part: Part) -> bool:
    return part.weight is not None and part.weight > 0


def _ends(rule: str, used: list[Part]) -> tuple[Decimal | None, Decimal | None]:
    """Lower and upper end; an end that one region leaves open is open for all."""
    lows = [(part.value.min if part.value else None, part.weight) for part in used]
    highs = [(part.value.max if part.value else None, part.weight) for part in used]
    return _joined(rule, lows), _joined(rule, highs)


def _joined(rule: str, ends: list[tuple[Decimal | None, Decimal | None]]) -> Decimal | None:
    numbers = [(end, weight) for end, weight in ends if end is not None]
    if len(numbers) < len(ends):
        return None
    with localcontext(EXACT):
        if rule == Aggregation.WEIGHTED:
            weights = [weight or Decimal(0) for _, weight in numbers]
            return sum((end * weight for (end, _), weight in zip(numbers, weights, strict=True)), Decimal(0)) / sum(
                weights, Decimal(0)
            )
        total = sum((end for end, _ in numbers), Decimal(0))
        return total / len(numbers) if rule == Aggregation.MEAN else total


def _rounded(number: Decimal | None, places: int) -> Decimal | None:
    return None if number is None else number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, EXACT)


def _value(low: Decimal | None, high: Decimal | None, used: list[Part], *, unit: str, decimals: int) -> Value:
    if low is not None and high is not None:
        if low == high:
            return Value.point(low, unit=unit, decimals=decimals)
        return Value.range(low, high, unit=unit, decimals=decimals)
    strict = any(part.value and part.value.kind in STRICT for part in used)
    if high is not None:
        return Value.bound(Kind.LT if strict else Kind.LE, high, unit=unit, decimals=decimals)
    return Value.bound(Kind.GT if strict else Kind.GE, low or 0, unit=unit, decimals=decimals)
