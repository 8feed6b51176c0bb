"""Every row of the field's own test vectors: number words, dates, numbers, money, ranges."""

import csv
import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from core.dates import date_in_words, long_date
from core.money import format_rupiah, format_rupiah_in
from core.numbers import format_number
from core.terbilang import terbilang
from core.values import format_value, parse_value

VECTORS = Path(__file__).parent.parent / "data" / "uji_terbilang_format.csv"
ROWS = [tuple(row.values()) for row in csv.DictReader(VECTORS.read_text(encoding="utf-8").splitlines())]


def _formatted(written, expected):
    if ".." in written:
        return format_value(parse_value(written, decimals=1))
    if not expected.startswith("Rp"):
        return format_number(Decimal(written))
    amount, _, unit = written.partition(" ")
    return format_rupiah_in(int(amount), unit) if unit else format_rupiah(int(amount))


def test_the_file_is_complete():
    assert len(ROWS) == 52


@pytest.mark.parametrize(("kind", "written", "expected"), ROWS)
def test_vector(kind, written, expected):
    readers = {
        "angka": lambda: terbilang(int(written)),
        "tanggal_panjang": lambda: long_date(dt.date.fromisoformat(written)),
        "tanggal_terbilang": lambda: date_in_words(dt.date.fromisoformat(written)),
        "format": lambda: _formatted(written, expected),
    }
    assert readers[kind]() == expected
