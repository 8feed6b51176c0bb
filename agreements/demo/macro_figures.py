"""The course of macro indicators per province: from what BPS published last towards the RPJMN target of 2029; what lies between is simulasi."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from accounts.models import Region
from agreements.demo.figures import SIMULATED, add_figure
from core.numbers import round_half_up
from core.values import Value
from desks.services.bulk import BulkRows
from indicators.choices import FigureKind
from indicators.models import Figure, Indicator

CODES: Final = ("PE", "TK", "TPT", "GINI", "IPM", "IMM", "GRK", "IKLH")
"""The macro indicators of RKP, and IPM, which regions still use; in the order of the agenda."""
RANGED: Final = ("PE", "TK", "TPT", "GINI")
"""Whose targets are written as ranges in RKP."""
NATIONAL: Final = {
    "PE": ("5.8", "6.5"), "TK": ("6.0", "7.0"), "TPT": ("4.30", "4.80"), "GINI": ("0.375", "0.378"), "IPM": ("76.1", "76.1"),
    "IMM": ("0.58", "0.58"), "GRK": ("38.9", "38.9"), "IKLH": ("77.0", "77.0"),
}  # fmt: skip
"""National targets of the plan year that nobody published: simulasi."""
STEP: Final = {"IPM": Decimal("0.55")}
"""Yearly step where RPJMN states no target for provinces."""
AIM: Final = 2029


@dataclass(frozen=True)
class Course:
    """A straight way from a known year to 2029."""

    year: int
    value: Decimal
    aim: Decimal

    def at(self, year: int) -> Decimal:
        """The number of a year on the way."""
        return self.value + (self.aim - self.value) * (year - self.year) / (AIM - self.year)


class Courses:
    """The course of every macro indicator in every province, read once."""

    def __init__(self, indicators: list[Indicator]) -> None:
        self.indicators = indicators
        self.known = _courses(indicators)

    def number(self, indicator: Indicator, region: Region, year: int, shift: float = 0.0) -> Decimal:
        """The number of a year; `shift` moves it by that share of the way between two years."""
        course = self.known[indicator.pk, region.pk]
        return course.at(year) + (course.aim - course.value) / (AIM - course.year) * Decimal(repr(shift))

    def value(self, indicator: Indicator, number: Decimal, *, spread: Decimal | None = None) -> Value:
        """A figure of the indicator; with a spread a range around it."""
        facts = {"unit": indicator.unit, "decimals": indicator.decimals}
        if spread is None:
            return Value.point(round_half_up(number, indicator.decimals), **facts)  # type: ignore[arg-type]
        low, high = (round_half_up(number + sign * spread, indicator.decimals) for sign in (-1, 1))
        return Value.range(low, high, **facts)  # type: ignore[arg-type]


def _courses(indicators: list[Indicator]) -> dict[tuple[int, int], Course]:
    wanted = [row.pk for row in indicators]
    codes = {row.pk: row.code for row in indicators}
    figures = Figure.objects.filter(indicator__in=wanted, region__level="province", source__in=("bps", "rpjmn"))
    last: dict[tuple[int, int], tuple[int, Decimal]] = {}
    aims: dict[tuple[int, int], Decimal] = {}
    found: dict[tuple[int, int], dict[int, Decimal]] = defaultdict(dict)
    for figure in figures.order_by("year", "period", "pk"):
        value: Value = figure.value
        key = (figure.indicator_id, figure.region_id)
        if value.number is None:
            continue
        if figure.source == "bps":
            last[key] = (figure.year, value.number)
        elif figure.year == AIM:
            aims[key] = value.number
        else:
            found[key][figure.year] = value.number
    made = {}
    for key in {*last, *aims, *found}:
        year, number = last.get(key) or (2025, found[key].get(2025) or aims[key])
        aim = aims.get(key) or number + STEP.get(codes[key[0]], Decimal(0)) * (AIM - year)
        made[key] = Course(year, number, aim)
    return made


def add_documents(rows: BulkRows, courses: Courses, provinces: list[Region], plan: int) -> None:
    """Invented targets of RPJMD and RKPD around the plan year, marked simulasi."""
    for indicator in courses.indicators:
        for region in provinces:
            for source, year, shift, title in (
                ("rpjmd", plan, 0.1, f"RPJMD {region.name} 2025–2029"), ("rkpd", plan, -0.15, f"Rancangan awal RKPD {plan} {region.name}"),
                ("rkpd", plan - 1, 0.0, f"RKPD {plan - 1} {region.name}"),
            ):  # fmt: skip
                value = courses.value(indicator, courses.number(indicator, region, year, shift))
                origin = f"{title} ({SIMULATED})"
                add_figure(rows, indicator, region, year, FigureKind.DOCUMENT, source, value, origin=origin)


def national_value(indicator: Indicator) -> Value:
    """The invented national target of the plan year."""
    low, high = (Decimal(text) for text in NATIONAL[indicator.code])
    facts = {"unit": indicator.unit, "decimals": indicator.decimals}
    return Value.point(low, **facts) if low == high else Value.range(low, high, **facts)  # type: ignore[arg-type]
