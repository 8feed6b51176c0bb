from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import AmbiguousNumber, InvalidInput
from core.numbers import format_number, parse_excel_number, parse_number, plain

STORED = st.decimals(Decimal("-99999999999"), Decimal("99999999999"), places=4)


@pytest.mark.parametrize(
    ("text", "decimals", "expected"),
    [
        ("1.234", 0, "1234"),
        ("1.234.567,89", 2, "1234567.89"),
        ("1234567,89", 2, "1234567.89"),
        ("1234567.89", 2, "1234567.89"),
        ("1.234.567", 2, "1234567"),
        ("0.377", 2, "0.377"),
        ("0,377", 0, "0.377"),
        ("5.3", 2, "5.3"),
        (",5", 2, "0.5"),
        ("1,2345", 2, "1.2345"),
        ("1\u00a0234\u00a0567", 0, "1234567"),
        ("1\u202f234,5", 2, "1234.5"),
        ("\u00a0+5,30\u2009", 2, "5.3"),
        ("\u22125", 2, "-5"),
        ("-1,5", 2, "-1.5"),
        ("5,35%", 2, "5.35"),
        ("5,35 persen", 2, "5.35"),
        ("0", 2, "0"),
        ("007", 0, "7"),
        ("123456789012345", 0, "123456789012345"),
        ("1,50000", 2, "1.5"),
    ],
)
def test_reads(text, decimals, expected):
    assert plain(parse_number(text, decimals=decimals)) == expected


@pytest.mark.parametrize(
    ("text", "decimals", "message"),
    [
        ("1,234.56", 2, "“1,234.56” memakai koma untuk ribuan. Pakai titik untuk ribuan: tulis 1.234,56."),
        ("1,234,567", 0, "“1,234,567” memakai koma untuk ribuan. Pakai titik untuk ribuan: tulis 1.234.567."),
        ("1,234", 0, "“1,234” memakai koma untuk ribuan. Pakai titik untuk ribuan: tulis 1.234."),
        ("5,12345", 2, "“5,12345” memuat lebih dari 4 angka di belakang koma. Bulatkan dahulu."),
        ("1234567890123456", 0, "“1234567890123456” memuat lebih dari 15 angka. Periksa kembali satuannya."),
        ("duabelas", 0, "“duabelas” bukan angka. Tulis angka saja, misalnya 1.234,5."),
        ("", 0, "Angka belum diisi."),
        ("-", 0, "Angka belum diisi."),
    ],
)
def test_refuses_in_words(text, decimals, message):
    with pytest.raises(InvalidInput) as caught:
        parse_number(text, decimals=decimals)
    assert caught.value.message == message


@pytest.mark.parametrize(
    "text", ["1.23.456", "1.234.56", "1,2,3", "5,", "5.", ".", "1e5", "1 234", "--5", "٣", "½", "NaN"]
)
def test_refuses(text):
    with pytest.raises(InvalidInput):
        parse_number(text, decimals=2)


def test_one_dot_and_three_digits_is_asked_about():
    with pytest.raises(AmbiguousNumber) as caught:
        parse_number("1.234", decimals=2)
    assert caught.value.code == "ambiguous_number"
    assert caught.value.details == {"text": "1.234", "as_thousands": "1234", "as_decimal": "1.234"}
    assert parse_number("1.234", decimals=2, dot="thousands") == 1234
    assert parse_number("1.234", decimals=2, dot="decimal") == Decimal("1.234")
    assert parse_number("1.234", decimals=0, dot="decimal") == 1234


@given(STORED, st.integers(1, 4))
def test_what_is_printed_is_read_back(number, decimals):
    assert parse_number(format_number(number, 4), decimals=decimals) == number
    assert parse_number(format_number(number), decimals=decimals, dot="thousands") == number


@given(STORED)
def test_plain_says_the_same_number(number):
    assert Decimal(plain(number)) == number
    assert plain(Decimal(plain(number))) == plain(number)


@given(STORED)
def test_an_excel_cell_gives_the_number_it_shows(number):
    assert parse_excel_number(float(number), 2) == number


def test_excel_noise_is_no_digit():
    assert parse_excel_number(0.1 + 0.2, 2) == Decimal("0.3")
    assert parse_excel_number(1000.1 - 1000, 2) == Decimal("0.1")
    assert parse_excel_number(1.234, 2) == Decimal("1.234")
    assert parse_excel_number(1234, 0) == 1234


@pytest.mark.parametrize("cell", [True, float("nan"), float("inf"), 1 / 3, 1e15, Decimal("NaN")])
def test_excel_refuses(cell):
    with pytest.raises(InvalidInput):
        parse_excel_number(cell, 2)


@pytest.mark.parametrize(
    ("number", "decimals", "expected"),
    [
        (None, None, ""),
        (0, None, "0"),
        (-1234, None, "-1.234"),
        (1234, 2, "1.234,00"),
        (Decimal("1234567.89"), None, "1.234.567,89"),
        (Decimal("5.30"), None, "5,3"),
        (Decimal("5.3"), 2, "5,30"),
        (Decimal("2.5"), 0, "3"),
        (Decimal("-0.001"), 2, "0,00"),
        (Decimal("1E+3"), None, "1.000"),
        (Decimal("0.12345"), None, "0,1235"),
    ],
)
def test_prints(number, decimals, expected):
    assert format_number(number, decimals) == expected
