"""Numbers in Indonesian words, as a berita acara spells them."""

from __future__ import annotations

from typing import Final

from core.errors import InvalidInput

LARGEST: Final = 10**15
_ONES: Final = (
    *["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"],
    *(f"{digit} belas" for digit in ["dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]),
)
_SCALES: Final = ((10**15, "kuadriliun"), (10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (1000, "ribu"))


def terbilang(n: int) -> str:
    """`n` in words, from 0 to 10^15: 2026 is "dua ribu dua puluh enam"; negative numbers begin with "minus"."""
    if abs(n) > LARGEST:
        raise InvalidInput("Angka terlalu besar untuk ditulis dengan huruf.")
    if n < 0:
        return f"minus {terbilang(-n)}"
    return " ".join(_words(n)) or _ONES[0]


def _words(n: int) -> list[str]:
    for size, name in _SCALES:
        if n >= size:
            count, rest = divmod(n, size)
            head = ["seribu"] if size == 1000 and count == 1 else [*_words(count), name]
            return head + _words(rest)
    if n >= 100:
        count, rest = divmod(n, 100)
        return (["seratus"] if count == 1 else [_ONES[count], "ratus"]) + _words(rest)
    if n >= 20:
        count, rest = divmod(n, 10)
        return [_ONES[count], "puluh", *_words(rest)]
    return [_ONES[n]] if n else []
