"""How large: a kind of round and how many regions with how many targets each, as typed behind `--size`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from core.errors import InvalidInput

NATIONAL: Final = "nasional"
PROVINCIAL: Final = "provinsi"
FULL: Final = {NATIONAL: (38, 354), PROVINCIAL: (514, 273)}
"""Provinces with their targets of one year, and kabupaten/kota with theirs."""


@dataclass(frozen=True)
class Shape:
    """A kind of round, how many regions it has, and how many targets each of them."""

    kind: str
    regions: int
    targets: int

    def __str__(self) -> str:
        return f"{self.kind} {self.regions} × {self.targets}"


def read_shape(text: str) -> Shape:
    """`nasional`, `provinsi`, or with other numbers `nasional:2x5`. Raises InvalidInput with the words to type."""
    found = re.fullmatch(r"(\w+)(?::(\d{1,3})[x×](\d{1,3}))?", text.strip().lower())
    if found is None or found[1] not in FULL:
        raise InvalidInput(f"“{text}” bukan ukuran. Tuliskan nasional, provinsi, atau misalnya nasional:2x5.")
    regions, targets = (int(found[2]), int(found[3])) if found[2] else FULL[found[1]]
    most = FULL[found[1]][0]
    if not 0 < regions <= most or not targets:
        raise InvalidInput(f"“{text}”: jumlah daerah 1 sampai {most}, jumlah target paling sedikit 1.")
    return Shape(found[1], regions, targets)
