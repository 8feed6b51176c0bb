"""Which way a target goes: a bound written against the direction, worse than what was reached, below what the K/L indicated."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Final

from core.values import LOWER_BOUNDS, UPPER_BOUNDS, Value, format_value
from core.values import Kind as Form
from indicators.choices import Direction
from indicators.slips.facts import Kind, Known, Role, SlipWarning, TypedRow

TURNED: Final = {Form.LT: Form.GT, Form.LE: Form.GE, Form.GT: Form.LT, Form.GE: Form.LE}
BETTER: Final = {Direction.UP.value: "naik", Direction.DOWN.value: "turun"}
VISIBLE: Final = Decimal("0.005")
"""A part of the last figure that is rounding, not a course."""
SWING: Final = Decimal("4")
"""How much worse than the worst recent year, in spreads of these years, a target may be: series go up and down by themselves."""
RELATIVE: Final = Decimal("0.75")
"""And at least this part of the last figure."""


def bound_against_direction(row: TypedRow) -> SlipWarning | None:
    """`<75` where up is better, `>10` where down is: the bound holds the wrong side."""
    wrong = UPPER_BOUNDS if row.sign > 0 else LOWER_BOUNDS
    if not row.sign or row.value.kind not in wrong:
        return None
    meant = format_value(_turned(row.value))
    side = "paling tinggi" if row.sign > 0 else "paling rendah"
    text = (
        f"Pada indikator ini {BETTER[row.direction or '']} lebih baik, tetapi {format_value(row.value)} menetapkan target {side}."
        f"{_last(row)} Maksud Anda {meant}?"
    )
    return SlipWarning(Kind.DIRECTION, text, meant)


def _turned(value: Value) -> Value:
    return replace(value, kind=TURNED[value.kind], min=value.max, max=value.min, text="")


def _last(row: TypedRow) -> str:
    last = next(row.of(Role.ACTUAL), None)
    return f" Bandingkan dengan {last.said}." if last else ""


def worse_than_before(row: TypedRow) -> SlipWarning | None:
    """Worse than what was reached, where a plan aims for better or the series never moved so far; or less than an earlier target."""
    if not row.sign or row.number is None:
        return None
    mark, actuals = _best_end(row), list(row.of(Role.ACTUAL))
    plans = list(row.of(Role.DOCUMENT, Role.INDICATIVE, Role.AGREEMENT))
    if actuals:
        last = actuals[0]
        better = next((each for each in plans if _worst_end(each.value, row.sign) > last.number * row.sign), None)
        if better is not None and mark < last.number * row.sign - abs(last.number) * VISIBLE:
            return _said(row, last, f", sedangkan {better.said} menuju arah yang lebih baik")
        if better is None and _beyond_the_series(row, mark, actuals):
            return _said(row, last, "")
        if mark >= last.number * row.sign:
            return None
    for each in plans:
        if each.year < row.plan_year and mark < _worst_end(each.value, row.sign):
            return _said(row, each, ", yang ditetapkan untuk tahun sebelumnya")
    return None


def _beyond_the_series(row: TypedRow, mark: Decimal, actuals: list[Known]) -> bool:
    """No plan says where to go: only a fall far beyond what the years moved by themselves is told."""
    marks = [each.number * row.sign for each in actuals]
    room = max((max(marks) - min(marks)) * SWING, abs(actuals[0].number) * RELATIVE)
    return len(actuals) > 1 and actuals[0].number != 0 and mark < min(marks) - room


def _worst_end(value: Value, sign: int) -> Decimal:
    """The least that satisfies a target, times the sign of its direction."""
    end = (
        (value.min if value.min is not None else value.max)
        if sign > 0
        else (value.max if value.max is not None else value.min)
    )
    return (end or Decimal(0)) * sign


def _said(row: TypedRow, known: Known, more: str) -> SlipWarning:
    text = (
        f"Target {format_value(row.value)} lebih buruk daripada {known.said}{more}. Pada indikator ini {BETTER[row.direction or '']} lebih baik. "
        "Periksa arahnya."
    )
    return SlipWarning(Kind.WORSE, text)


def below_indicative(row: TypedRow) -> SlipWarning | None:
    """Worse than the indicative target, counted in the indicator's direction."""
    target = next(row.of(Role.INDICATIVE), None)
    number = row.number
    if not row.sign or number is None or target is None or _best_end(row) >= _worst_end(target.value, row.sign):
        return None
    side = "di bawah" if row.sign > 0 else "di atas"
    text = f"Target {format_value(row.value)} {side} {target.said}; pada indikator ini {BETTER[row.direction or '']} lebih baik."
    return SlipWarning(Kind.BELOW, text)


def _best_end(row: TypedRow) -> Decimal:
    value = row.value
    end = (
        (value.max if value.max is not None else value.min)
        if row.sign > 0
        else (value.min if value.min is not None else value.max)
    )
    return (end or Decimal(0)) * row.sign
