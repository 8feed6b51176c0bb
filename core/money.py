"""Money: whole rupiah as int, with the unit it was written in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from django.db.models import TextChoices

from core.errors import InvalidInput
from core.numbers import MAX_DIGITS, format_number, round_half_up


class Unit(TextChoices):
    """The unit an amount was written in; K/L data come in thousands, SIPD in full rupiah."""

    RP = "rp", "Rp"
    RIBU = "ribu", "Rp ribu"
    JUTA = "juta", "Rp juta"
    MILIAR = "miliar", "Rp miliar"

    @property
    def factor(self) -> int:
        """How many rupiah one of it is."""
        return _FACTORS[self.value]


_FACTORS: Final = {"rp": 1, "ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}
_SUFFIXES: Final = {
    "ribu": "ribu",
    "rb": "ribu",
    "juta": "juta",
    "jt": "juta",
    "miliar": "miliar",
    "milyar": "miliar",
    "m": "miliar",
    "triliun": "triliun",
    "trilyun": "triliun",
    "t": "triliun",
    "rupiah": "rp",
}
_AMOUNT: Final = re.compile(r"(?:rp\.?|idr)?\s*([-+]?)\s*(?:rp\.?)?\s*([0-9.,]+?)(?:,-)?\s*([a-z]*)\.?", re.IGNORECASE)
_SPACES: Final = re.compile(r"[\u00a0\u2007\u2009\u202f](?=[0-9]{3})")
_WHOLE: Final = re.compile(r"[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+")
_ENGLISH: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){2,}(?:\.[0-9]+)?|[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+")


@dataclass(frozen=True, slots=True)
class ParsedMoney:
    """An amount as read: whole rupiah, the unit it was written in, and whether sen were rounded away."""

    rupiah: int
    unit: Unit
    rounded: bool


def parse_money(text: str | int | float | Decimal, unit: Unit = Unit.RP) -> ParsedMoney:
    """The amount written in `text`, or held by a true number of a workbook, in `unit` unless a word says otherwise.

    `1.234` is 1234; `Rp2,5 miliar` is 2.500.000.000 rupiah. Sen are rounded half up and reported in `rounded`.
    Raises InvalidInput where the text is no amount or has more than 15 digits.
    """
    if isinstance(text, str):
        number, word = _read(text)
    else:
        number, word = _true_number(text), ""
    written = _unit_named(word) or unit
    exact = number * (_FACTORS[word] if word else unit.factor)
    rupiah = int(exact.to_integral_value(rounding=ROUND_HALF_UP))
    if len(str(abs(rupiah))) > MAX_DIGITS:
        raise InvalidInput(f"“{text}” lebih dari {MAX_DIGITS} angka dalam rupiah. Periksa kembali satuannya.")
    return ParsedMoney(rupiah, written, rupiah != exact)


def _unit_named(word: str) -> Unit | None:
    if word == "triliun":
        return Unit.MILIAR
    return Unit(word) if word else None


def _true_number(value: int | float | Decimal) -> Decimal:
    number = Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value)
    if isinstance(value, bool) or not number.is_finite():
        raise InvalidInput("Sel berisi TRUE/FALSE atau galat, bukan jumlah uang.")
    if number and number.adjusted() >= MAX_DIGITS:
        raise InvalidInput(f"Jumlah uang lebih dari {MAX_DIGITS} angka. Periksa kembali satuannya.")
    return number


def _read(text: str) -> tuple[Decimal, str]:
    written = text.strip()
    found = _AMOUNT.fullmatch(_SPACES.sub("", written.replace("\u2212", "-")))
    if found is None or (found[3] and found[3].casefold() not in _SUFFIXES):
        raise InvalidInput(f"“{written}” bukan jumlah uang. Tulis misalnya 1.500.000 atau 1,5 miliar.")
    number = _number(found[2], written)
    return (-number if found[1] == "-" else number), _SUFFIXES.get(found[3].casefold(), "")


def _number(digits: str, written: str) -> Decimal:
    whole, comma, sen = digits.partition(",")
    if _ENGLISH.fullmatch(digits):
        mended = digits.translate(str.maketrans(",.", ".,"))
        raise InvalidInput(f"“{written}” memakai koma untuk ribuan. Pakai titik untuk ribuan: tulis {mended}.")
    if _WHOLE.fullmatch(whole) and (not comma or sen.isdecimal()):
        plain = whole.replace(".", "") + ("." + sen if sen else "")
    elif not comma and re.fullmatch(r"[0-9]+\.[0-9]+", whole):
        plain = whole
    else:
        raise InvalidInput(f"Letak titik atau koma pada “{written}” keliru. Titik untuk ribuan, koma untuk sen.")
    if len(plain.partition(".")[0].lstrip("0")) > MAX_DIGITS:
        raise InvalidInput(f"“{written}” memuat lebih dari {MAX_DIGITS} angka. Periksa kembali satuannya.")
    return Decimal(plain)


def format_rupiah(n: int | None) -> str:
    """`Rp81.592.294.466.063`; `-Rp5.000`; nothing for None."""
    if n is None:
        return ""
    return f"{'-' if n < 0 else ''}Rp{format_number(abs(n))}"


def format_rupiah_in(n: int | None, unit: str) -> str:
    """The amount in `ribu`, `juta`, `miliar` or `triliun` with two decimals: `Rp81.592,29 miliar`."""
    if n is None:
        return ""
    if unit == "rp":
        return format_rupiah(n)
    return f"{'-' if n < 0 else ''}Rp{_in_unit(abs(n), unit)}"


def format_exactly_in(n: int | None, unit: Unit) -> str:
    """The amount in a unit with every decimal it needs and no unit behind it, for cells whose header names the unit: `1.234,5`."""
    if n is None:
        return ""
    whole, rest = divmod(abs(n), unit.factor)
    digits = len(str(unit.factor)) - 1
    decimals = str(rest).rjust(digits, "0").rstrip("0") if rest else ""
    return f"{'-' if n < 0 else ''}{format_number(whole)}{',' + decimals if decimals else ''}"


def money_in_words_hint(n: int | None) -> str:
    """The size at a glance, beside a field: `81,59 triliun`, `2,5 miliar`, `750 ribu`."""
    if n is None:
        return ""
    if abs(n) < _FACTORS["ribu"]:
        return format_number(n)
    for name in ("ribu", "juta", "miliar", "triliun"):
        short = round_half_up(Decimal(n) / _FACTORS[name], 2)
        if abs(short) < 1000:
            break
    return f"{format_number(short)} {name}"


def _in_unit(n: int, unit: str) -> str:
    return f"{format_number(Decimal(n) / _FACTORS[unit], 2)} {unit}"
