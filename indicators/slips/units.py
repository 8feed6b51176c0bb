"""Another unit than the indicator's: in the typed text, or in a value that was typed under an older wording."""

from __future__ import annotations

import re
from typing import Final

from core.errors import DomainError
from core.values import parse_value
from indicators.slips.facts import Kind, SlipWarning, TypedRow

_WORDS: Final = re.compile(r"[^\W\d_]+|[%‰°]")
_SAME: Final = {
    "persen": "%", "prosen": "%", "rupiah": "rp", "idr": "rp", "poin": "indeks", "point": "indeks", "nilai": "indeks",
    "skor": "indeks", "angka": "indeks", "milyar": "miliar", "hektar": "ha", "hektare": "ha", "thn": "tahun", "th": "tahun", "jiwa": "orang",
    "kk": "keluarga",
}  # fmt: skip
"""Words that mean the same unit, each by one of them."""


def other_unit(row: TypedRow) -> SlipWarning | None:
    """The text or the stored value carries a unit that shares no word with the indicator's."""
    ours = _words(row.unit)
    for found in (row.value.unit, _written(row)):
        theirs = _words(found)
        if ours and theirs and not ours & theirs:
            text = f"Satuan indikator ini {row.unit}, tetapi angkanya tertulis dalam {found}. Periksa apakah angkanya sudah dalam {row.unit}."
            return SlipWarning(Kind.UNIT, text)
    return None


def _words(unit: str) -> frozenset[str]:
    return frozenset(_SAME.get(word, word) for word in _WORDS.findall(unit.casefold()))


def _written(row: TypedRow) -> str:
    """The unit in the typed text, read by the one parser; '' where there is none."""
    if row.number is None or not any(sign.isalpha() or sign in "%‰°" for sign in row.value.text):
        return ""
    try:
        read = parse_value(row.value.text, decimals=row.decimals, dot="thousands")
    except DomainError:
        return ""
    return read.unit if read is not None else ""
