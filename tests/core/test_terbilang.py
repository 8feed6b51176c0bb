import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InvalidInput
from core.terbilang import LARGEST, terbilang

SMALL = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"]
SCALES = {
    "puluh": 10,
    "ratus": 100,
    "ribu": 1000,
    "juta": 10**6,
    "miliar": 10**9,
    "triliun": 10**12,
    "kuadriliun": 10**15,
}


def read_back(words):
    """The number the words say, by a reader of its own."""
    total = group = digit = 0
    for word in words.split():
        if word in {"seratus", "seribu"}:
            group, digit = (group + 100, 0) if word == "seratus" else (group, 1)
            word = "" if word == "seratus" else "ribu"
        if word == "belas":
            digit += 10
        elif word in {"puluh", "ratus"}:
            group, digit = group + digit * SCALES[word], 0
        elif word in SCALES:
            total, group, digit = total + (group + digit) * SCALES[word], 0, 0
        elif word:
            group, digit = group + digit, SMALL.index(word)
    return total + group + digit


@given(st.integers(0, LARGEST))
def test_words_say_the_number(n):
    assert read_back(terbilang(n)) == n


def test_negative_and_largest():
    assert terbilang(-15) == "minus lima belas"
    assert terbilang(LARGEST) == "satu kuadriliun"


def test_beyond_the_largest_is_refused():
    with pytest.raises(InvalidInput):
        terbilang(LARGEST + 1)
