"""The words of the Isian's workbook: its sheets, heads and cells, and each cell as the canonical text that a merge compares."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from core.canonical import sha256_hex
from core.numbers import plain
from core.values import Kind, Value
from desks.choices import Applicability

MARK: Final = "PORTAL-RAKORTEK/ISIAN"
GUIDE: Final = "Petunjuk"
TARGETS: Final = "Target"
MACRO: Final = "Target makro"
SUPPORTS: Final = "Sub kegiatan"
LISTS: Final = "Daftar"
KEYS: Final = "Kunci"
OUTCOME: Final = "Hasil"
ALL_DESKS: Final = "*"

ROW, SUPPORT = "butir", "dukungan"
ROW_FIELDS: Final = ("value", "applicability", "applicability_reason", "proposal_note")
REMOVE: Final = "hapus"
ADDED: Final = "baris"
"""Stands for the row itself where the workbook adds a sub kegiatan: it is a wish even when every other cell is empty."""
PAGU: Final = "pagu."
"""Fields of a supporting sub kegiatan are volume, volume_unit, places, `pagu.` with the code of a sumber dana, and the wish to remove it."""

ITEM_HEAD: Final = "Kode butir"
KODE_HEAD: Final = "Kode sub kegiatan"
OPD_HEAD: Final = "Perangkat daerah"
HEADS: Final = {
    "value": "USULAN", "applicability": "Keberlakuan", "applicability_reason": "Alasan tidak relevan", "proposal_note": "Catatan usulan",
    "volume": "Volume", "volume_unit": "Satuan volume", "places": "Lokasi", REMOVE: "Hapus baris",
}  # fmt: skip
SOURCE_HEAD: Final = "Sumber dana {}"
AMOUNT_HEAD: Final = "Pagu {} (Rp)"
REMOVE_WORD: Final = "hapus"
APPLIES: Final = {str(value): str(label) for value, label in Applicability.choices}

LONG: Final = 200
"""Longer texts are compared by their hash: a cell of the key sheet could not hold every one of them."""
_SPACES: Final = re.compile("[\u00a0\u2007\u2009\u202f]")
_INVISIBLE: Final = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")


@dataclass(frozen=True)
class Mark:
    """To which round, plan year, region and desk a workbook belongs."""

    round: str
    year: int
    region: str
    desk: str = ALL_DESKS

    def __str__(self) -> str:
        return f"{MARK}|{self.round}|{self.year}|{self.region}|{self.desk}"


def value_key(value: Value | None) -> str:
    """A target in canonical text: equal keys say the same, however written."""
    if value is None:
        return ""
    if value.kind == Kind.POINT:
        return plain(value.min or Decimal(0))
    if value.kind == Kind.TEXT:
        return f"={' '.join(value.text.split()).casefold()}"
    low, high = ("" if number is None else plain(number) for number in (value.min, value.max))
    return f"{value.kind}:{low}:{high}"


def text_key(text: str) -> str:
    """Free words in canonical text; spaces around them and the kind of space do not matter."""
    clean = tidy(text)
    return clean if len(clean) <= LONG else f"sha256:{sha256_hex(clean)}"


def number_key(number: Decimal | int | None) -> str:
    """A volume or an amount in canonical text."""
    return "" if number is None else plain(Decimal(number))


def places_key(kodes: Iterable[str]) -> str:
    """Locations in canonical text: their codes in order."""
    return ",".join(sorted(set(kodes)))


def tidy(text: str) -> str:
    """Text without the spaces that pages and other programs bring along; line ends as ours."""
    if text.isascii() and text.isprintable():
        return text.strip()
    lines = _SPACES.sub(" ", _INVISIBLE.sub("", text)).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def visible(text: str) -> str:
    """A number as typed, without signs that nobody sees; spaces inside may set thousands apart and stay."""
    return _INVISIBLE.sub("", text).strip()


def one_line(text: str) -> str:
    """A code or name as people read it."""
    return " ".join(tidy(text).split())


def field_label(field: str) -> str:
    """The field as the screen says it."""
    if field.startswith(PAGU):
        return f"Pagu {field.removeprefix(PAGU)}"
    return {"value": "Usulan", ADDED: KODE_HEAD}.get(field) or HEADS.get(field, field)
