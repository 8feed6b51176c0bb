from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InvalidInput
from core.money import (
    ParsedMoney,
    Unit,
    amount_as_typed,
    format_rupiah,
    format_rupiah_in,
    money_in_words_hint,
    parse_money,
)

AMOUNTS = st.integers(-(10**15) + 1, 10**15 - 1)


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("1.234", Unit.RP, ParsedMoney(1234, Unit.RP, False)),
        ("Rp1.234.567", Unit.RP, ParsedMoney(1234567, Unit.RP, False)),
        ("Rp 1.234.567,-", Unit.RP, ParsedMoney(1234567, Unit.RP, False)),
        ("Rp. 5.000,00", Unit.RP, ParsedMoney(5000, Unit.RP, False)),
        ("1.234,50", Unit.RP, ParsedMoney(1235, Unit.RP, True)),
        ("1.234,49", Unit.RP, ParsedMoney(1234, Unit.RP, True)),
        ("11.205.568.879.090,40", Unit.RP, ParsedMoney(11205568879090, Unit.RP, True)),
        ("81592294466063", Unit.RP, ParsedMoney(81592294466063, Unit.RP, False)),
        ("1.234", Unit.RIBU, ParsedMoney(1_234_000, Unit.RIBU, False)),
        ("2,5", Unit.MILIAR, ParsedMoney(2_500_000_000, Unit.MILIAR, False)),
        ("2,5 miliar", Unit.RP, ParsedMoney(2_500_000_000, Unit.MILIAR, False)),
        ("Rp2,5 M", Unit.RP, ParsedMoney(2_500_000_000, Unit.MILIAR, False)),
        ("750 juta", Unit.RIBU, ParsedMoney(750_000_000, Unit.JUTA, False)),
        ("1,5 triliun", Unit.RP, ParsedMoney(1_500_000_000_000, Unit.MILIAR, False)),
        ("500 rupiah", Unit.JUTA, ParsedMoney(500, Unit.RP, False)),
        ("-5.000", Unit.RP, ParsedMoney(-5000, Unit.RP, False)),
        ("\u22125.000", Unit.RP, ParsedMoney(-5000, Unit.RP, False)),
        ("0", Unit.RP, ParsedMoney(0, Unit.RP, False)),
        ("1\u00a0234\u00a0567", Unit.RP, ParsedMoney(1234567, Unit.RP, False)),
        (1234.5, Unit.RP, ParsedMoney(1235, Unit.RP, True)),
        (0.1 + 0.2, Unit.MILIAR, ParsedMoney(300_000_000, Unit.MILIAR, False)),
        (81592294466063, Unit.RP, ParsedMoney(81592294466063, Unit.RP, False)),
        (Decimal("1.5"), Unit.JUTA, ParsedMoney(1_500_000, Unit.JUTA, False)),
    ],
)
def test_reads(text, unit, expected):
    assert parse_money(text, unit) == expected


@pytest.mark.parametrize(
    "text",
    ["", "Rp", "abc", "1,234,567", "1,234.56", "12.34.5", "1e9", "5 kg", "1234567890123456", True, float("nan"), 1e15],
)
def test_refuses(text):
    with pytest.raises(InvalidInput):
        parse_money(text)


def test_the_unit_counts_in_the_limit():
    assert parse_money("999.999", Unit.MILIAR).rupiah == 999_999 * 10**9
    with pytest.raises(InvalidInput):
        parse_money("1.000.000", Unit.MILIAR)


@given(AMOUNTS)
def test_what_is_printed_is_read_back(amount):
    assert parse_money(format_rupiah(amount)) == ParsedMoney(amount, Unit.RP, False)


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (None, ""),
        (0, "0"),
        (999, "999"),
        (1000, "1 ribu"),
        (750_000, "750 ribu"),
        (999_999_999, "1 miliar"),
        (2_500_000_000, "2,5 miliar"),
        (81_592_294_466_063, "81,59 triliun"),
        (-2_500_000_000, "-2,5 miliar"),
    ],
)
def test_size_at_a_glance(amount, expected):
    assert money_in_words_hint(amount) == expected


def test_prints():
    assert format_rupiah(None) == ""
    assert format_rupiah(-5000) == "-Rp5.000"
    assert format_rupiah_in(81_592_294_466_063, "rp") == "Rp81.592.294.466.063"
    assert format_rupiah_in(-1_500_000, "juta") == "-Rp1,50 juta"
    assert format_rupiah_in(1_500, Unit.RIBU) == "Rp1,50 ribu"
    assert [unit.factor for unit in Unit] == [1, 10**3, 10**6, 10**9]


@pytest.mark.parametrize("unit", list(Unit))
@pytest.mark.parametrize("amount", [0, 7, 1_234_500_000, 81_592_294_466_063, 999_999_999_999_999])
def test_an_amount_is_read_back_from_how_it_is_typed_in_each_unit(amount, unit):
    assert parse_money(amount_as_typed(amount, unit), unit) == ParsedMoney(amount, unit, False)


def test_an_amount_as_typed_is_short():
    typed = [amount_as_typed(1_234_500_000, unit) for unit in Unit]
    assert typed == ["1.234.500.000", "1.234.500", "1.234,5", "1,2345"]
    assert (amount_as_typed(None, Unit.RP), amount_as_typed(-5_000, Unit.RIBU)) == ("", "-5")
