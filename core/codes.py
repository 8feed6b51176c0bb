"""Public codes: random, short, safe to read aloud and to copy from paper."""

from __future__ import annotations

import secrets
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford base32: no I, L, O, U."""

CODE_LENGTH: Final = 10
CHECK_LENGTH: Final = 13
_LOOKALIKES = str.maketrans({"I": "1", "L": "1", "O": "0", "-": None, " ": None, "\u2013": None, "\u00a0": None})


def _random(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def random_code() -> str:
    """A stable public code of an item, meja or berita acara: 10 characters, 50 random bits, never reused."""
    return _random(CODE_LENGTH)


def check_code() -> str:
    """The secret part of a berita acara's check address: 13 characters, 65 random bits."""
    return _random(CHECK_LENGTH)


def format_check_code(code: str) -> str:
    """`XXXX-XXXX-XXXXX`, as printed on paper."""
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def normalise_code(text: str) -> str:
    """A code as typed by a person, back in its stored form: capitals, I and L as 1, O as 0, no dashes or spaces."""
    return "".join(text.split()).upper().translate(_LOOKALIKES)
