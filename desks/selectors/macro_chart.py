"""The chart of a macro row: achievements as a line, targets as marks of different shape. Coordinates only; the template draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from core.numbers import format_number
from core.values import Value, format_value
from desks.selectors.figures import Shown
from desks.selectors.macro_figures import DocumentFigure

WIDTH: Final = 480
HEIGHT: Final = 220
LEFT: Final = 52
RIGHT: Final = 16
TOP: Final = 14
BOTTOM: Final = 30
ROOM: Final = Decimal("0.12")
"""Share of the span left free above and below the numbers."""
FEWEST: Final = 2
STEPS: Final = tuple(Decimal(text) for text in ("1", "2", "5", "10", "20", "50"))
MOST_LINES: Final = 5
LEAST: Final = 5.0
"""Height of a bar that stands for a single number."""


@dataclass(frozen=True)
class Point:
    """A number in the drawing, and what it is. Coordinates are text, which no locale rewrites."""

    x: str
    y: str
    label: str


@dataclass(frozen=True)
class Span:
    """A range at one year: a bar down from `top`, tall enough to be seen where it is a single number."""

    x: str
    top: str
    height: str
    label: str


@dataclass(frozen=True)
class Chart:
    """Everything the template draws, and the sentence that says it to those who do not see it."""

    words: str
    line: str
    actuals: list[Point]
    rpjmn: list[Point]
    rpjmd: list[Point]
    national: Span | None
    newest: Span | None
    agreed: bool
    years: list[tuple[str, str]]
    scale: list[tuple[str, str]]
    area: str = "nasional"
    """Whose the target of all is, as the level of the round calls it."""
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    label_x: int = LEFT - 6
    right: int = WIDTH - RIGHT
    base: int = HEIGHT - BOTTOM


class _Paper:
    """From years and numbers to places on the drawing."""

    def __init__(self, years: Sequence[int], numbers: Sequence[Decimal]) -> None:
        self.first, self.last = min(years), max(years)
        low, high = min(numbers), max(numbers)
        span = (high - low) or abs(high) or Decimal(1)
        self.low, self.high = low - span * ROOM, high + span * ROOM
        if low >= 0 > self.low:
            self.low = Decimal(0)

    def x(self, year: int) -> str:
        """Across."""
        wide = WIDTH - LEFT - RIGHT - 32
        return f"{LEFT + 12 + wide * (year - self.first) / ((self.last - self.first) or 1):.1f}"

    def y(self, number: Decimal) -> str:
        """Down."""
        return f"{self._down(number):.1f}"

    def _down(self, number: Decimal) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * float((self.high - number) / (self.high - self.low))

    def span(self, year: int, value: Value, label: str) -> Span | None:
        """A range, or a point as a range without height."""
        number = value.number
        if number is None:
            return None
        low, high = value.min if value.min is not None else number, value.max if value.max is not None else number
        tall = max(self._down(low) - self._down(high), LEAST)
        middle = (self._down(low) + self._down(high)) / 2
        return Span(self.x(year), f"{middle - tall / 2:.1f}", f"{tall:.1f}", label)


def chart_of(
    plan: int, actuals: Sequence[tuple[int, Shown]], documents: Sequence[DocumentFigure], national: Shown | None, newest: Value | None, *,
    agreed: bool, area: str = "nasional",
) -> Chart | None:  # fmt: skip
    """The chart of a row in the plan year; None with fewer than two numbers, which a sentence says better."""
    series = [
        (year, shown.value.number, shown.text)
        for year, shown in actuals
        if shown.value and shown.value.number is not None
    ]
    targets = [row for row in documents if not row.period and row.value.number is not None and row.year >= plan - 2]
    values = [value for value in (national.value if national else None, newest) if value and value.number is not None]
    numbers = [number for _, number, _ in series] + [
        row.value.number for row in targets if row.value.number is not None
    ]
    numbers += [edge for value in values for edge in (value.min, value.max) if edge is not None]
    if len(numbers) < FEWEST:
        return None
    years = [year for year, _, _ in series] + [row.year for row in targets] + [plan]
    paper = _Paper(years, numbers)
    points = [Point(paper.x(year), paper.y(number), f"{year}: {text}") for year, number, text in series]
    return Chart(
        words=_words(plan, actuals, national, newest, agreed, area), area=area, line=" ".join(f"{point.x},{point.y}" for point in points), actuals=points,
        rpjmn=_marks(paper, targets, "rpjmn"), rpjmd=_marks(paper, targets, "rpjmd"),
        national=paper.span(plan, national.value, f"{area.capitalize()} {plan}: {national.text}") if national and national.value else None,
        newest=paper.span(plan, newest, "") if newest else None, agreed=agreed,
        years=[(paper.x(year), str(year)) for year in range(paper.first, paper.last + 1)], scale=_scale(paper),
    )  # fmt: skip


def _marks(paper: _Paper, targets: Sequence[DocumentFigure], source: str) -> list[Point]:
    return [
        Point(paper.x(row.year), paper.y(row.value.number), f"{source.upper()} {row.year}")
        for row in targets
        if row.source == source and row.value.number is not None
    ]


def _scale(paper: _Paper) -> list[tuple[str, str]]:
    """Lines across at round numbers, three to six of them."""
    span = paper.high - paper.low
    power = Decimal(10) ** (span.adjusted() - 1)
    step = next((power * factor for factor in STEPS if span / (power * factor) <= MOST_LINES), power * STEPS[-1])
    first = int(paper.low / step) + 1
    decimals = max(0, -int(step.normalize().as_tuple().exponent))
    found = [step * place for place in range(first, first + MOST_LINES + 2) if step * place < paper.high]
    return [(paper.y(number), format_number(number, decimals)) for number in found]


def _words(
    plan: int,
    actuals: Sequence[tuple[int, Shown]],
    national: Shown | None,
    newest: Value | None,
    agreed: bool,
    area: str,
) -> str:
    parts = []
    if actuals:
        parts.append("realisasi " + ", ".join(f"{year} {shown.text}" for year, shown in actuals))
    if national:
        parts.append(f"target {area} {plan} {national.text}")
    if newest:
        parts.append(f"{'kesepakatan' if agreed else 'angka di meja'} {plan} {format_value(newest)}")
    return "Grafik: " + "; ".join(parts) + "."
