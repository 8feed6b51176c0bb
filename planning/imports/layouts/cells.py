"""Targets and money of a cell: `12 Bulan` is a number and its unit, money becomes whole rupiah, a day is no number."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from core.errors import InvalidInput
from core.excel import CellValue
from core.imports.raw import mended, words
from core.money import Unit, parse_money

LONGEST_TARGET: Final = 200
NUMBER: Final = r"[<>≤≥=]{0,2}\s*[-+]?(?:Rp\.?\s*)?\d[\d.,]*(?:\s*(?:[-–]|s\.?d\.?|±)\s*\d[\d.,]*)?"
GLUED: Final = re.compile(rf"({NUMBER})\s*([^\W\d_%][^\d]*|%)", re.IGNORECASE)
SPACED: Final = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
EMPTY: Final = frozenset({"", "-", "–", "—", "n/a", "na", "nihil", "tad"})


def read_target(cell: CellValue) -> tuple[str, str]:
    """The target as written and the unit that was glued to it. InvalidInput for a day or too long a text."""
    if isinstance(cell, dt.datetime | dt.date | dt.time | dt.timedelta):
        raise InvalidInput(
            f"Target berisi tanggal ({words(cell)}), bukan angka. Format selnya sebagai Teks, lalu ketik ulang."
        )
    text = words(cell).strip()
    if text.casefold() in EMPTY:
        return "", ""
    if len(text) > LONGEST_TARGET:
        raise InvalidInput(f"Target lebih dari {LONGEST_TARGET} huruf.")
    found = GLUED.fullmatch(text)
    if found is None or len(found[2]) > 60:
        return text, ""
    return found[1].strip(), found[2].strip(" .")


def read_money(cell: CellValue, unit: str) -> tuple[int | None, str, bool]:
    """Whole rupiah (None for nothing), the unit it was written in, and whether sen were rounded away."""
    if isinstance(cell, dt.datetime | dt.date | dt.time | dt.timedelta):
        raise InvalidInput(f"Pagu berisi tanggal ({words(cell)}), bukan jumlah uang.")
    if cell is None or isinstance(cell, str) and mended(cell)[0].casefold() in EMPTY:
        return None, "rp", False
    money = parse_money(SPACED.sub("", mended(cell)[0]) if isinstance(cell, str) else cell, Unit(unit))
    if money.rupiah < 0:
        raise InvalidInput("Pagu negatif.")
    return money.rupiah, money.unit.value, money.rounded
