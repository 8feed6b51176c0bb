import datetime as dt
import hashlib
import hmac
import json
from decimal import Decimal
from enum import Enum
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.canonical import CANON_VERSION, canonical, event_hash, hmac_hex, sha256_hex
from core.values import Kind

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(codec="ascii")), inner, max_size=4)
    ),
    max_leaves=12,
)


class Colour(Enum):
    RED = Decimal("1.50")


@pytest.mark.parametrize(
    ("obj", "expected"),
    [
        ({"b": 1, "a": None, "Z": True}, '{"Z":true,"a":null,"b":1}'),
        (Decimal("5.300"), '"5.3"'),
        (Decimal("1E+3"), '"1000"'),
        (Decimal("-0.00"), '"0"'),
        (Decimal("0.0001"), '"0.0001"'),
        (Decimal("99999999999.9999"), '"99999999999.9999"'),
        ((1, [2]), "[1,[2]]"),
        ("e\u0301–”\n", '"é–”\\n"'),
        (Kind.RANGE, '"range"'),
        (Colour.RED, '"1.5"'),
        (dt.datetime(2026, 2, 20, 16, tzinfo=ZoneInfo("Asia/Jakarta")), '"2026-02-20T09:00:00.000000Z"'),
        (dt.datetime(2026, 2, 20, 9, 0, 0, 7, tzinfo=dt.UTC), '"2026-02-20T09:00:00.000007Z"'),
        (dt.date(2026, 2, 20), '"2026-02-20"'),
    ],
)
def test_one_text_for_one_content(obj, expected):
    assert canonical(obj) == expected


@pytest.mark.parametrize("obj", [1.5, [0.0], {"a": {"b": float("nan")}}, dt.datetime(2026, 1, 1), {1: 2}, b"x", {3}])
def test_what_has_no_single_text_is_refused(obj):
    with pytest.raises(TypeError):
        canonical(obj)


def test_keys_that_fall_together_are_refused():
    with pytest.raises(TypeError):
        canonical({"é": 1, "e\u0301": 2})


@given(JSON)
def test_canonical_text_is_its_own_canonical_form(obj):
    text = canonical(obj)
    assert canonical(json.loads(text)) == text


@given(st.dictionaries(st.text(st.characters(codec="ascii")), st.integers(), min_size=2))
def test_the_order_of_keys_does_not_matter(obj):
    assert canonical(dict(reversed(obj.items()))) == canonical(obj)


def test_hashes():
    assert sha256_hex("é") == hashlib.sha256("é".encode()).hexdigest()
    assert hmac_hex("isi", "kunci") == hmac.new(b"kunci", b"isi", "sha256").hexdigest()
    assert hmac_hex("isi", b"kunci") == hmac_hex("isi", "kunci")
    assert CANON_VERSION == 1


FACTS = {
    "chain": "M1",
    "seq": 1,
    "item": "",
    "at_us": 0,
    "actor": "A",
    "on_behalf": "B",
    "action": "settle",
    "payload": "{}",
    "previous": "",
}


def test_the_event_hash_is_fixed_for_ever():
    text = (
        '{"action":"settle","actor":"A","at_us":0,"chain":"M1","item":"","on_behalf":"B",'
        '"payload":"{}","previous":"","seq":1}'
    )
    assert event_hash(**FACTS) == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("name", FACTS)
def test_every_fact_counts_in_the_event_hash(name):
    other = 2 if isinstance(FACTS[name], int) else "lain"
    assert event_hash(**{**FACTS, name: other}) != event_hash(**FACTS)
