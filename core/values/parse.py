"""Reading a value from what people type, paste or keep in old workbooks."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from core.errors import InvalidInput
from core.numbers import MAX_DECIMALS, MAX_DIGITS, Dot, parse_number
from core.values.value import Kind, Value

MAX_WHOLE_DIGITS: Final = MAX_DIGITS - MAX_DECIMALS
"""Digits before the comma that a stored target has room for: Decimal(15, 4)."""

LONGEST_NUMBER: Final = 200
"""Longer texts are sentences, whatever they start with."""

# UTF-8 that was once read as Windows-1252 or Latin-1, as old exports carry it.
_MOJIBAKE: Final = (
    (re.compile("Ã¢â‚¬(?:â€œ|â€\x9d|“|”)|â€[“”–—\x93\x94]|â\x80[\x93\x94]"), "–"),
    (re.compile("âˆ’|â\x88\x92"), "-"),
    (re.compile("â‰¤|â\x89¤"), "≤"),
    (re.compile("â‰¥|â\x89¥"), "≥"),
    (re.compile("Â±"), "±"),
    (re.compile("Â(?=[\u00a0 ])"), ""),
)
_DOTS_BETWEEN: Final = re.compile(r"(?<=[0-9])\s*(?:\.{2,3}|…)\s*(?=[-+0-9])")
_EMPTY: Final = frozenset({"", "-", "–", "—", "\u2212"})
_SIGNS: Final = {"<": Kind.LT, "<=": Kind.LE, "=<": Kind.LE, "≤": Kind.LE, ">": Kind.GT, ">=": Kind.GE, "=>": Kind.GE}
_SIGNS["≥"] = Kind.GE

_NUMBER: Final = r"[-+\u2212–]?\s?(?:[0-9](?:[0-9.,]|[\u00a0\u2007\u2009\u202f](?=[0-9]{3}))*|[.,][0-9]+)"
_TO: Final = r"(?:[-\u2212–—~]|s\s?\.?\s?d\s?\.?|s/d|sampai(?:\s+dengan)?|hingga)"
_BOUND: Final = re.compile(rf"(<=|=<|≤|>=|=>|≥|<|>)\s*({_NUMBER})(.*)", re.DOTALL)
_SPREAD: Final = re.compile(rf"({_NUMBER})(\D*?)\s*(?:±|\+/-|\+-)\s*({_NUMBER})(.*)", re.DOTALL)
_RANGE: Final = re.compile(rf"({_NUMBER})(\D*?)\s*{_TO}\s*({_NUMBER})(.*)", re.DOTALL | re.IGNORECASE)
_POINT: Final = re.compile(rf"({_NUMBER})(.*)", re.DOTALL)
_RUPIAH: Final = re.compile(r"rp\.?\s*(?=[-0-9])", re.IGNORECASE)
_UNIT: Final = re.compile(r"(?:per\s.+|(?:[^\W\d_]|[%‰°])\S*(?:\s+[^\s\d]\S*){0,5})", re.DOTALL | re.IGNORECASE)
_NOT_A_UNIT: Final = re.compile(r"(?:s\.?d\b|s/d|sampai|hingga|dan|atau|dari)", re.IGNORECASE)
_SYNONYMS: Final = ({"%", "persen"}, {"rp", "rupiah"})
_EXPONENT: Final = re.compile(r"e[-+]?[0-9]", re.IGNORECASE)


class _Sentence(Exception):
    """The text starts with a number but is a sentence."""


def parse_value(text: str, *, unit: str = "", decimals: int = 2, dot: Dot = "ask") -> Value | None:
    """The value written in `text`, None where nothing or a lone dash stands; zero is a value.

    `unit` and `decimals` are the indicator's; a unit glued to the number must match (`12 Bulan`), and is kept when the
    indicator has none. `dot` answers how to read `1.234` where it is ambiguous (AmbiguousNumber otherwise).
    Raises InvalidInput for numbers that cannot be understood; words without a number become a value of kind text.
    """
    written = _mend(text)
    if written in _EMPTY:
        return None
    body = _DOTS_BETWEEN.sub("–", written)
    currency = "Rp" if (money := _RUPIAH.match(body)) else ""
    if money:
        body = body[money.end() :]
    try:
        value = _read(_Reader(unit, decimals, dot, currency), body, written) if len(body) <= LONGEST_NUMBER else None
    except _Sentence:
        value = None
    if value is not None:
        return value
    if not any(sign.isalpha() for sign in written):
        parse_number(written, decimals=decimals, dot=dot)
        raise InvalidInput(f"“{written}” tidak dapat dibaca sebagai angka atau rentang. Contoh: 5,3 atau 5,3–5,7.")
    return Value.words(written, unit=unit, decimals=decimals)


def _mend(text: str) -> str:
    for pattern, right in _MOJIBAKE:
        text = pattern.sub(right, text)
    return text.strip()


class _Reader:
    """How the pieces of one text are read: the indicator's unit, decimals and answer about the dot; `Rp` if it led."""

    def __init__(self, unit: str, decimals: int, dot: Dot, currency: str) -> None:
        self.unit, self.decimals, self.dot, self.currency = unit, decimals, dot, currency

    def number(self, piece: str) -> Decimal:
        """One number of the text, small enough to be stored."""
        number = parse_number(piece, decimals=self.decimals, dot=self.dot)
        if abs(number) >= 10**MAX_WHOLE_DIGITS:
            raise InvalidInput(
                f"“{piece.strip()}” memuat lebih dari {MAX_WHOLE_DIGITS} angka di depan koma. "
                "Pakai satuan yang lebih besar, misalnya juta atau miliar."
            )
        return number

    def unit_of(self, rest: str) -> str:
        """The unit that follows the number, checked against the indicator's."""
        found = " ".join([self.currency, *rest.split()]).strip()
        if not found or _same_unit(found, self.unit):
            return self.unit
        if _EXPONENT.match(found):
            raise InvalidInput("Angka dengan pangkat (E) tidak diterima. Tulis angkanya lengkap.")
        if _NOT_A_UNIT.match(found) or not _UNIT.fullmatch(found):
            raise _Sentence
        if self.unit:
            raise InvalidInput(f"Satuan “{found}” tidak sama dengan satuan indikator ini, yaitu {self.unit}.")
        return found


def _same_unit(one: str, other: str) -> bool:
    words = [" ".join(unit.split()).casefold() for unit in (one, other)]
    return words[0] == words[1] or any(set(words) <= synonyms for synonyms in _SYNONYMS)


def _read(reader: _Reader, body: str, written: str) -> Value | None:
    if found := _BOUND.fullmatch(body):
        unit, number = reader.unit_of(found[3]), reader.number(found[2])
        return Value.bound(_SIGNS[found[1]], number, text=written, unit=unit, decimals=reader.decimals)
    if found := _SPREAD.fullmatch(body):
        return _spread(reader, found, written)
    if found := _RANGE.fullmatch(body):
        unit = reader.unit_of(found[4] or found[2])
        if found[2].strip() and found[4].strip() and not _same_unit(found[2], found[4]):
            raise _Sentence
        low, high = reader.number(found[1]), reader.number(found[3])
        return Value.range(low, high, text=written, unit=unit, decimals=reader.decimals)
    if found := _POINT.fullmatch(body):
        if not any(sign.isalpha() or sign in "%‰°" for sign in found[2]) and found[2].strip():
            return None
        unit, number = reader.unit_of(found[2]), reader.number(found[1])
        return Value.point(number, text=written, unit=unit, decimals=reader.decimals)
    return None


def _spread(reader: _Reader, found: re.Match[str], written: str) -> Value:
    unit = reader.unit_of(found[4] or found[2])
    middle, spread = reader.number(found[1]), reader.number(found[3])
    if spread < 0:
        raise InvalidInput(f"Simpangan pada “{written}” tidak boleh negatif.")
    return Value.range(middle - spread, middle + spread, text=written, unit=unit, decimals=reader.decimals)
