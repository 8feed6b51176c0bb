"""How regional values become one: each rule, what is missing, and what cannot be put together."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from core.values import Kind, Value, format_value
from indicators.aggregation import Aggregate, Part, aggregate


def point(text: str) -> Value:
    return Value.point(Decimal(text), unit="persen")


def of(rule: str, *values: Value | None, decimals: int = 2) -> Aggregate:
    return aggregate(rule, [Part(value) for value in values], unit="persen", decimals=decimals)


def test_sum_is_exact_beyond_the_usual_precision() -> None:
    big = [point("99999999999.9999")] * 600
    found = of("sum", *big)
    assert found.value is not None
    assert found.value.min == Decimal("59999999999999.9400")


def test_a_missing_value_is_left_out_and_counted_not_taken_as_zero() -> None:
    found = of("mean", point("10"), None, point("20"), None)
    assert format_value(found.value) == "15,00"
    assert (found.used, found.of, found.complete) == (2, 4, False)
    assert found.coverage == "2 dari 4"


def test_zero_is_a_value() -> None:
    assert format_value(of("mean", point("0"), point("3")).value) == "1,50"


def test_a_mean_is_rounded_half_up_to_what_the_regions_wrote() -> None:
    assert format_value(of("mean", point("1"), point("1"), point("2")).value) == "1,33"
    fine = Value.point(Decimal("1.0001"), decimals=4)
    assert format_value(of("mean", fine, fine, Value.point(Decimal("1.0002"), decimals=4)).value) == "1,0001"
    assert format_value(of("mean", point("0"), point("0.01"), decimals=2).value) == "0,01"


def test_weights_are_fractions_of_their_sum() -> None:
    weights = [Decimal(48_000_000), Decimal(5_500_000), Decimal("1234567")]
    values = [point("14.2"), point("21.75"), point("30.01")]
    parts = [Part(value, weight) for value, weight in zip(values, weights, strict=True)]
    found = aggregate("weighted", parts)
    pairs = zip(values, weights, strict=True)
    exact = sum((Fraction(value.min or 0) * Fraction(weight) for value, weight in pairs), Fraction(0))
    expected = exact / sum((Fraction(weight) for weight in weights), Fraction(0))
    assert found.value is not None and found.value.min is not None
    assert abs(Fraction(found.value.min) - expected) <= Fraction(1, 200)


def test_a_region_without_weight_is_named_and_left_out() -> None:
    parts = [Part(point("10"), Decimal(1)), Part(point("90")), Part(point("90"), Decimal(0))]
    found = aggregate("weighted", parts)
    assert (format_value(found.value), found.used, found.unweighted) == ("10,00", 1, 2)
    nobody = aggregate("weighted", [Part(point("10"))])
    assert (nobody.value, nobody.used, nobody.why_not) == (None, 0, "Belum ada penimbang.")


def test_ranges_are_joined_end_by_end() -> None:
    found = of("sum", Value.range(Decimal("4.44"), Decimal("4.96")), point("1"))
    assert format_value(found.value) == "5,44–5,96"
    assert format_value(of("mean", Value.range(4, 6), Value.range(6, 10)).value) == "5,00–8,00"


@pytest.mark.parametrize(
    ("kinds", "shown"),
    [
        ((Kind.LE, Kind.LE), "≤20,00"), ((Kind.LE, Kind.LT), "<20,00"), ((Kind.GE, Kind.GE), "≥20,00"), ((Kind.GE, Kind.GT), ">20,00"),
        ((Kind.LE, Kind.GE), ""),
    ],
)  # fmt: skip
def test_bounds_give_a_bound_and_opposite_bounds_nothing(kinds: tuple[Kind, Kind], shown: str) -> None:
    found = of("sum", *(Value.bound(kind, 10) for kind in kinds))
    assert format_value(found.value) == shown
    assert bool(found.why_not) == (shown == "")


def test_a_point_with_an_upper_bound_is_an_upper_bound() -> None:
    assert format_value(of("sum", point("5"), Value.bound(Kind.LT, 10)).value) == "<15,00"


def test_words_are_left_out_and_counted() -> None:
    found = of("sum", point("5"), Value.words("WTP"))
    assert (format_value(found.value), found.used, found.in_words) == ("5,00", 1, 1)
    assert of("sum", Value.words("WTP")).why_not == "Nilai berupa kata tidak dapat digabungkan."


def test_what_is_not_aggregated_says_so() -> None:
    assert of("none", point("5")).why_not == "Indikator ini tidak diagregasi."
    assert of("sum", None, None).why_not == "Belum ada nilai daerah."
    assert of("sum").of == 0
    kilo = Value.point(1, unit="kg")
    assert aggregate("sum", [Part(kilo), Part(point("1"))]).why_not == "Satuan nilai daerah berbeda-beda."
