from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import AmbiguousNumber, InvalidInput
from core.numbers import plain
from core.values import Kind, Value, format_value, parse_value

NUMBERS = st.decimals(Decimal("-9999999999"), Decimal("9999999999"), places=4)
WORDS = st.text(st.characters(categories=["Lu", "Ll"]), min_size=1, max_size=30)


@st.composite
def values(draw):
    kind = draw(st.sampled_from(Kind))
    decimals = draw(st.integers(1, 4))
    if kind == Kind.TEXT:
        return Value.words("Opini " + draw(WORDS), decimals=decimals)
    low, high = sorted([draw(NUMBERS), draw(NUMBERS)])
    if kind == Kind.POINT:
        return Value.point(low, decimals=decimals)
    if kind == Kind.RANGE:
        return Value.range(low, high, decimals=decimals)
    return Value.bound(kind, low, decimals=decimals)


def shape(value):
    return value and (
        str(value.kind),
        value.min if value.min is None else plain(value.min),
        value.max if value.max is None else plain(value.max),
        value.unit,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5,3–5,7", ("range", "5.3", "5.7", "")),
        ("5,3-5,7", ("range", "5.3", "5.7", "")),
        ("5,3 — 5,7", ("range", "5.3", "5.7", "")),
        ("5,3 s.d. 5,7", ("range", "5.3", "5.7", "")),
        ("5,3 s/d 5,7", ("range", "5.3", "5.7", "")),
        ("5,3 sampai dengan 5,7", ("range", "5.3", "5.7", "")),
        ("5,3..5,7", ("range", "5.3", "5.7", "")),
        ("5,3â€“5,7", ("range", "5.3", "5.7", "")),
        ("5,3â€”5,7", ("range", "5.3", "5.7", "")),
        ("5,3â€\u201c5,7", ("range", "5.3", "5.7", "")),
        ("5,3â€\u201d5,7", ("range", "5.3", "5.7", "")),
        ("2,5±1,0", ("range", "1.5", "3.5", "")),
        ("2,5 +/- 1,0", ("range", "1.5", "3.5", "")),
        ("-1,5–2,0", ("range", "-1.5", "2", "")),
        ("-1,5–-0,5", ("range", "-1.5", "-0.5", "")),
        ("5,3% - 5,7%", ("range", "5.3", "5.7", "%")),
        ("<5", ("lt", None, "5", "")),
        ("≤ 5", ("le", None, "5", "")),
        ("<= 5 %", ("le", None, "5", "%")),
        (">=90", ("ge", "90", None, "")),
        ("> 90", ("gt", "90", None, "")),
        ("12 Bulan", ("point", "12", "12", "Bulan")),
        ("12Bulan", ("point", "12", "12", "Bulan")),
        ("183 per 100.000 KH", ("point", "183", "183", "per 100.000 KH")),
        ("Rp5.000.000", ("point", "5000000", "5000000", "Rp")),
        ("0", ("point", "0", "0", "")),
        ("0,00", ("point", "0", "0", "")),
        ("WTP", ("text", None, None, "")),
        ("3 dokumen dan 2 laporan", ("text", None, None, "")),
        ("2 atau lebih", ("text", None, None, "")),
        ("5,3 s.d. sekarang", ("text", None, None, "")),
        ("", None),
        ("  ", None),
        ("-", None),
        ("–", None),
    ],
)
def test_reads(text, expected):
    assert shape(parse_value(text)) == expected


@pytest.mark.parametrize(
    ("text", "unit", "kept"),
    [
        ("12 bulan", "Bulan", "Bulan"),
        ("12", "Bulan", "Bulan"),
        ("5,35 persen", "%", "%"),
        ("5,35%", "persen", "persen"),
        ("7 m2", "m2", "m2"),
        ("5\u00a0%", "%", "%"),
        ("5.000 Rp juta", "Rp juta", "Rp juta"),
        ("Rp 5 juta", "Rp juta", "Rp juta"),
        ("Rp5.000", "Rupiah", "Rupiah"),
        ("Rp5 juta", "", "Rp juta"),
    ],
)
def test_a_matching_unit_is_the_indicators(text, unit, kept):
    assert parse_value(text, unit=unit, decimals=0).unit == kept


@pytest.mark.parametrize(
    ("text", "unit", "found"),
    [("12 Bulan", "%", "Bulan"), ("Rp5.000", "Rp juta", "Rp"), ("Rp5 juta", "Rp", "Rp juta"), ("Rp5", "%", "Rp")],
)
def test_another_unit_is_refused(text, unit, found):
    with pytest.raises(InvalidInput) as caught:
        parse_value(text, unit=unit, decimals=0)
    assert caught.value.message == f"Satuan “{found}” tidak sama dengan satuan indikator ini, yaitu {unit}."


@pytest.mark.parametrize(
    "text", ["7–5", "1,234.56", "1.02.03", "12/7", "5,3-", "<", "<<5", "1e5", "123456789012", "5±-1"]
)
def test_refuses(text):
    with pytest.raises(InvalidInput):
        parse_value(text)


def test_the_dot_is_asked_about_once_for_each_reading():
    with pytest.raises(AmbiguousNumber):
        parse_value("1.234–1.500")
    assert shape(parse_value("1.234–1.500", dot="thousands")) == ("range", "1234", "1500", "")
    assert shape(parse_value("1.234–1.500", dot="decimal")) == ("range", "1.234", "1.5", "")
    assert shape(parse_value("1.234", unit="orang", decimals=0)) == ("point", "1234", "1234", "orang")


def test_the_written_text_is_kept():
    assert parse_value(" 5,3 s.d. 5,7 ").text == "5,3 s.d. 5,7"
    assert parse_value("5,3â€“5,7").text == "5,3–5,7"


def test_a_long_sentence_is_words_and_quick():
    text = "5" + " " * 50_000 + "orang"
    assert parse_value(text).kind == Kind.TEXT


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        (Value.point(Decimal("5.3")), "5,30"),
        (Value.point(Decimal("5.3456"), decimals=2), "5,3456"),
        (Value.point(1234, decimals=0), "1.234"),
        (Value.range(Decimal("5.3"), Decimal("5.7"), decimals=1), "5,3–5,7"),
        (Value.bound(Kind.LT, 5, decimals=0), "<5"),
        (Value.bound(Kind.LE, 5, decimals=0), "≤5"),
        (Value.bound(Kind.GT, 90, decimals=0), ">90"),
        (Value.bound(Kind.GE, 90, decimals=0), "≥90"),
        (Value.words("WTP"), "WTP"),
        (Value.point(0, decimals=0), "0"),
    ],
)
def test_prints(value, expected):
    assert format_value(value) == expected


@pytest.mark.parametrize(
    ("kind", "low", "high", "text"),
    [
        (Kind.POINT, Decimal(1), Decimal(2), ""),
        (Kind.POINT, None, None, "1"),
        (Kind.RANGE, Decimal(2), Decimal(1), ""),
        (Kind.RANGE, Decimal(2), None, ""),
        (Kind.LT, Decimal(2), None, ""),
        (Kind.LE, Decimal(2), Decimal(2), ""),
        (Kind.GT, None, Decimal(2), ""),
        (Kind.GE, None, None, ""),
        (Kind.TEXT, None, None, ""),
        (Kind.TEXT, Decimal(1), None, "x"),
    ],
)
def test_a_shape_that_the_kind_forbids(kind, low, high, text):
    with pytest.raises(InvalidInput):
        Value(kind, low, high, text)


def test_the_number_to_reckon_with():
    numbers = [Value.point(7), Value.range(5, 6), Value.bound(Kind.LT, 5), Value.bound(Kind.GE, 9), Value.words("WTP")]
    assert [value.number for value in numbers] == [7, Decimal("5.5"), 5, 9, None]


def test_same_as_looks_at_the_meaning():
    assert parse_value("5,30").same_as(parse_value("5,3"))
    assert parse_value("5,3 s.d. 5,7").same_as(parse_value("5,30–5,70"))
    assert parse_value("wtp  ").same_as(parse_value("WTP"))
    assert parse_value("12 Bulan").same_as(parse_value("12"))
    assert not parse_value("12 Bulan").same_as(parse_value("12 Tahun"))
    assert not parse_value("<5").same_as(parse_value("≤5"))
    assert not parse_value("5").same_as(parse_value("6"))
    assert not parse_value("5").same_as(None)


@given(values())
def test_what_is_printed_is_read_back(value):
    assert parse_value(format_value(value), decimals=value.decimals).same_as(value)


@given(values())
def test_json_carries_the_whole_value(value):
    data = value.as_json()
    assert {type(part) for part in data.values()} == {str}
    assert Value.from_json(data) == value
    assert Value.from_json(data).as_json() == data


@given(st.text(max_size=60))
def test_any_text_is_a_value_nothing_or_refused_in_words(text):
    try:
        value = parse_value(text)
    except InvalidInput as refusal:
        assert refusal.message.endswith(".")
    else:
        assert value is None or (value.text or value.number is not None)
