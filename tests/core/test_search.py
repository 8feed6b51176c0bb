"""What was typed into the search: when it is too little, which words count."""

import pytest

from core.errors import InvalidInput
from core.search import groups, read_terms


@pytest.mark.parametrize("typed", ["", "  ", "ab", "a b", "-", "x" * 101])
def test_too_little_or_too_much(typed):
    with pytest.raises(InvalidInput):
        read_terms(typed)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Jalan  MANTAP jalan", ("jalan", "mantap")),
        ("jalan dan jembatan di Jawa", ("jalan", "jembatan", "jawa")),
        ("yang dan", ("yang dan",)),
        ("1.03", ("1.03",)),
        ("4", ("4",)),
    ],
)
def test_words(typed, words):
    assert read_terms(typed).words == words


def test_groups_stand_in_their_order():
    keys = [group.key for group in groups()]
    assert keys == [
        "butir", "usulan", "sub_kegiatan", "berita_acara", "indikator", "dokumen", "nomenklatur",
    ]  # fmt: skip
