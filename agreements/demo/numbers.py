"""Invented but plausible values: per indicator a usual level, per province its own, moving the better way year by year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Final

from accounts.models import Region
from core.numbers import round_half_up
from core.values import Value
from indicators.choices import Direction
from indicators.models import Indicator

BASE_YEAR: Final = 2024


@dataclass(frozen=True)
class Level:
    """The usual level of an indicator: mean, spread between provinces (share of the mean), yearly step, bounds, whether it grows with people."""

    mean: float
    spread: float
    step: float
    low: float = 0.0
    high: float = 1e10
    by_people: bool = False


def _percent(mean: float, step: float = 1.0, spread: float = 0.12) -> Level:
    return Level(mean, spread, step, 0.1, 100)


def _count(mean: float, growth: float = 0.05) -> Level:
    return Level(mean, 0.35, mean * growth, 0, by_people=True)


def _index(mean: float, step: float, high: float = 100) -> Level:
    return Level(mean, 0.07, step, high * 0.05, high)


LEVELS: Final = {
    "C6-1.01-01": _percent(82), "C6-1.01-02": _percent(46, 2), "C6-1.01-03": _percent(61, 1.6), "C6-1.02-01": Level(148, 0.25, -9, 45, 330),
    "C6-1.03-01": _percent(13, 1.4, 0.3), "C6-1.03-02": _percent(37, 3, 0.25), "C6-1.03-03": _percent(71, 1.5), "C6-1.03-04": _percent(21, 1.8, 0.3),
    "C6-1.03-05": _percent(64, 2), "C6-1.03-06": Level(820, 0.5, 60), "C6-1.03-07": Level(14, 0.5, -1), "C6-1.03-08": Level(4, 0.4, 1),
    "C6-1.04-01": _percent(66, 1.3), "C6-1.05-01": _index(71, 1.5), "C6-1.05-02": _index(74, 1.2), "C6-1.05-03": _index(69, 1.4),
    "C6-1.06-01": _count(7200), "C6-2.07-01": _count(5400), "C6-2.07-02": _count(41000), "C6-2.07-03": _count(26500), "C6-2.08-01": _percent(83, 1.5),
    "C6-2.08-02": _percent(85, 1.4), "C6-2.09-01": _index(72, 0.9), "C6-2.09-02": _percent(58, 4, 0.2), "C6-2.10-01": _count(3100),
    "C6-2.10-02": _count(9800), "C6-2.11-01": _percent(72, 1.6), "C6-2.11-02": _index(73, 0.4), "C6-2.12-01": Level(5, 0.5, 1, 0, 38),
    "C6-2.13-01": _percent(23, 2.2, 0.4), "C6-2.13-02": _percent(57, 2.4), "C6-2.14-01": _percent(62, 0.9, 0.06), "C6-2.14-02": _percent(64, 0.8),
    "C6-2.15-01": _percent(74, 1.1), "C6-2.15-02": Level(0.58, 0.2, 0.02, 0.05, 1), "C6-2.16-01": _index(67, 1.5), "C6-2.16-02": _index(2.9, 0.12, 5),
    "C6-2.17-01": _percent(3.3, 0.1, 0.2), "C6-2.17-02": _percent(1.2, 0.06, 0.3), "C6-2.18-01": Level(41, 0.8, 3, 1.5, by_people=True),
    "C6-2.19-01": _index(59, 0.9), "C6-2.19-02": _percent(31, 1.6, 0.25), "C6-2.20-01": _index(2.7, 0.1, 5), "C6-2.21-01": _percent(57, 2.5),
    "C6-2.22-01": _percent(33, 0.9, 0.2), "C6-2.22-02": _percent(3.9, 0.2, 0.3), "C6-2.23-01": _index(67, 1.6), "C6-2.23-02": _index(69, 1.3),
    "C6-2.24-01": _index(71, 1.7), "C6-3.25-01": _count(310000, 0.03), "C6-3.25-02": _percent(86, 1.1), "C6-3.25-03": Level(8600, 0.6, 350, 120),
    "C6-3.26-01": _percent(4.3, 0.12, 0.35), "C6-3.26-02": _percent(2.6, 0.05, 0.6), "C6-3.27-01": _count(1400000, 0.02),
    "C6-3.27-02": Level(168000, 0.5, 900, 1200), "C6-3.28-01": Level(21_000_000_000, 0.5, 1_300_000_000, 400_000_000),
    "C6-3.28-02": Level(3100, 0.5, 160), "C6-3.29-01": _percent(15, 1.2, 0.4), "C6-3.29-02": Level(98.7, 0.015, 0.2, 60, 100),
    "C6-3.30-01": Level(61000, 0.7, 2600, 900), "C6-3.30-02": Level(38_000_000, 0.6, 1_500_000), "C6-3.31-01": _percent(17, 0.3, 0.45),
    "C6-3.31-02": _percent(5.0, 0.15, 0.2), "C6-3.32-01": _percent(61, 2.2, 0.2), "C6-8.01-01": _index(79, 0.8), "C6-8.01-02": _index(76, 1.1),
}  # fmt: skip


USUAL: Final = _percent(60, 1.2, 0.2)


def level_of(indicator: Indicator) -> Level:
    """The usual level of an indicator of the example; of those invented for a round of full size the same for all."""
    return USUAL if indicator.simulated else LEVELS[indicator.code]


class Numbers:
    """The invented series of every indicator and province; the same seed always gives the same."""

    def __init__(self, random: Random, people: dict[str, float]) -> None:
        self.random, self.people = random, people
        self.bases: dict[tuple[int, int], tuple[float, float]] = {}

    def at(self, indicator: Indicator, region: Region, year: int, *, reach: float = 1.0) -> Value:
        """The value of a year; `reach` bends the way since the base year (1.2: a more ambitious target, 0.8: a more modest one)."""
        level = level_of(indicator)
        base, step = self._base(indicator, region)
        return _value(indicator, level, base + step * (year - BASE_YEAR) * reach)

    def _base(self, indicator: Indicator, region: Region) -> tuple[float, float]:
        key = (indicator.pk, region.pk)
        if key not in self.bases:
            level = level_of(indicator)
            size = self.people.get(region.kode, 1.0) ** 0.8 if level.by_people else 1.0
            away = max(-1.8, min(1.8, self.random.gauss(0, 1)))
            self.bases[key] = (
                level.mean * size * (1 + level.spread * away),
                level.step * size * self.random.uniform(0.6, 1.4),
            )
        return self.bases[key]

    def national(self, indicator: Indicator, regions: Iterable[Region], year: int) -> Value:
        """A national target: a little beyond the mean of the provinces, for counts beyond their sum; sometimes a range."""
        level = level_of(indicator)
        numbers = [self.at(indicator, region, year).number or Decimal(0) for region in regions]
        total = float(sum(numbers)) / (1 if level.by_people else len(numbers))
        aim = total + abs(total) * (0.02 if better_up(indicator) else -0.02)
        value = _value(indicator, level, min(aim, 1e10))
        if level.high <= 100 and self.random.random() < 0.3:
            spread = round_half_up(Decimal(str(abs(level.step))), indicator.decimals)
            low = value.min or Decimal(0)
            return Value.range(
                low, min(low + spread, Decimal(str(level.high))), unit=indicator.unit, decimals=indicator.decimals
            )
        return value


def better_up(indicator: Indicator) -> bool:
    """Whether more is better; where nobody said, taken as more."""
    return indicator.direction != Direction.DOWN


def _value(indicator: Indicator, level: Level, number: float) -> Value:
    kept = min(max(number, level.low), level.high)
    exact = round_half_up(Decimal(repr(kept)), 0 if kept >= 10_000 else indicator.decimals)
    return Value.point(exact, unit=indicator.unit, decimals=indicator.decimals)
