"""Numbers as Indonesians write them: dot for thousands, comma for decimals."""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal

from core.errors import AmbiguousNumber, InvalidInput

Dot = Literal["ask", "thousands", "decimal"]

MAX_DIGITS: Final = 15
MAX_DECIMALS: Final = 4

_GROUPING_SPACES = re.compile(r"(?<=\d)[\u00a0\u2007\u2009\u202f](?=\d{3}(?!\d))")
_INVISIBLE = re.compile(r"[\u200b\u200c\u200d\u2060\ufeff]")
_PERCENT = re.compile(r"\s*(?:%|persen)$", re.IGNORECASE)
_WHOLE = re.compile(r"\d+", re.ASCII)
_ONE_GROUP = re.compile(r"[1-9]\d{0,2}\.\d{3}", re.ASCII)
_GROUPS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3}){2,}", re.ASCII)
_FULL = re.compile(r"([1-9]\d{0,2}(?:\.\d{3})+),(\d+)", re.ASCII)
_COMMA = re.compile(r"(\d*),(\d+)", re.ASCII)
_POINT = re.compile(r"\d*\.\d+", re.ASCII)
_ENGLISH = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+\.\d+|[1-9]\d{0,2}(?:,\d{3}){2,}", re.ASCII)
_SWAP = str.maketrans(",.", ".,")
_EXPONENTS: Final = tuple(Decimal(1).scaleb(-places) for places in range(MAX_DECIMALS + 1))
_NOISE: Final = Decimal("1e-9")


def plain(value: Decimal) -> str:
    """The number as a program writes it: decimal point, no exponent, no trailing zeros, zero never negative."""
    if not value.is_finite():
        raise InvalidInput("Nilai harus berupa angka.")
    if not value:
        return "0"
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def parse_number(text: str, *, decimals: int, dot: Dot = "ask") -> Decimal:
    """The number an official typed, exactly.

    `decimals` is how many decimals the unit normally has: in whole units (0) `1.234` is 1234; in others it is ambiguous
    and `dot` says how to read it, or raises AmbiguousNumber. A percent sign is dropped, not divided by 100.
    Raises InvalidInput for anything else than one number.
    """
    body = _PERCENT.sub("", _INVISIBLE.sub("", text).strip())
    body = _GROUPING_SPACES.sub("", body)
    negative = body[:1] in {"-", "\u2212", "\u2013"}
    if negative or body[:1] == "+":
        body = body[1:].strip()
    if not body:
        raise InvalidInput("Angka belum diisi.")
    number = _within_limits(_read(body, text.strip(), decimals, dot), text.strip())
    return -number if negative and number else number


def _read(body: str, written: str, decimals: int, dot: Dot) -> Decimal:
    if _WHOLE.fullmatch(body):
        return Decimal(body)
    if _GROUPS.fullmatch(body):
        return Decimal(body.replace(".", ""))
    if _ONE_GROUP.fullmatch(body):
        return _read_one_group(body, written, decimals, dot)
    if full := _FULL.fullmatch(body):
        return Decimal(full[1].replace(".", "") + "." + full[2])
    if _ENGLISH.fullmatch(body) or (decimals == 0 and re.fullmatch(r"[1-9][0-9]{0,2},[0-9]{3}", body)):
        mended = body.translate(_SWAP)
        raise InvalidInput(f"“{written}” memakai koma untuk ribuan. Pakai titik untuk ribuan: tulis {mended}.")
    if comma := _COMMA.fullmatch(body):
        return Decimal((comma[1] or "0") + "." + comma[2])
    if _POINT.fullmatch(body):
        return Decimal(body)
    if re.fullmatch(r"[0-9.,]+", body):
        raise InvalidInput(
            f"Letak titik atau koma pada “{written}” keliru. "
            "Titik untuk ribuan, koma untuk desimal, misalnya 1.234.567,89."
        )
    raise InvalidInput(f"“{written}” bukan angka. Tulis angka saja, misalnya 1.234,5.")


def _read_one_group(body: str, written: str, decimals: int, dot: Dot) -> Decimal:
    whole = Decimal(body.replace(".", ""))
    if decimals == 0 or dot == "thousands":
        return whole
    if dot == "decimal":
        return Decimal(body)
    raise AmbiguousNumber(
        f"“{written}” dapat dibaca {plain(whole)} atau {body.replace('.', ',')}. "
        f"Tulis {plain(whole)} atau {body.replace('.', ',')} agar jelas.",
        text=written,
        as_thousands=plain(whole),
        as_decimal=plain(Decimal(body)),
    )


def _within_limits(number: Decimal, written: str) -> Decimal:
    whole, _, fraction = plain(number).lstrip("-").partition(".")
    if len(fraction) > MAX_DECIMALS:
        raise InvalidInput(f"“{written}” memuat lebih dari {MAX_DECIMALS} angka di belakang koma. Bulatkan dahulu.")
    if len((whole + fraction).lstrip("0")) > MAX_DIGITS:
        raise InvalidInput(f"“{written}” memuat lebih dari {MAX_DIGITS} angka. Periksa kembali satuannya.")
    return number


def parse_excel_number(value: int | float | Decimal, decimals: int) -> Decimal:
    """A true number of a workbook cell; never ambiguous.

    Excel keeps 15 significant digits, so the noise of binary fractions behind them is removed (0.1 + 0.2 is 0.3); a
    real fraction longer than 4 decimals is refused, not rounded in silence. `decimals` is the unit's; a whole unit
    still takes a fraction when the cell really holds one.
    """
    if isinstance(value, bool) or (isinstance(value, float) and not math.isfinite(value)):
        raise InvalidInput("Sel berisi TRUE/FALSE atau galat, bukan angka.")
    number = Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        raise InvalidInput("Sel berisi galat, bukan angka.")
    if isinstance(value, float):
        rounded = round_half_up(number, max(decimals, MAX_DECIMALS)) if abs(number) < Decimal("1e15") else number
        if abs(rounded - number) < _NOISE:
            number = rounded
    return _within_limits(Decimal(plain(number)), plain(number).replace(".", ","))


def round_half_up(value: Decimal, places: int) -> Decimal:
    """Rounded to `places` decimals, halves away from zero."""
    exponent = _EXPONENTS[places] if places <= MAX_DECIMALS else Decimal(1).scaleb(-places)
    return value.quantize(exponent, rounding=ROUND_HALF_UP)


def format_number(value: Decimal | int | None, decimals: int | None = None) -> str:
    """`1.234.567,89`; nothing for None.

    `decimals` fixes the number of decimals (halves rounded up); None shows as many as needed, up to 4.
    """
    if value is None:
        return ""
    if isinstance(value, int):
        return (f"{value:,}" if not decimals else f"{value:,}.{'0' * decimals}").translate(_SWAP)
    rounded = round_half_up(value, MAX_DECIMALS if decimals is None else decimals)
    if not rounded:
        rounded = abs(rounded)
    text = f"{rounded:,f}"
    if decimals is None:
        text = text.rstrip("0").rstrip(".")
    return text.translate(_SWAP)


def format_percent(value: Decimal | int | None, decimals: int | None = None) -> str:
    """`71%`, `4,5%`: no space before the sign, as Indonesians write it; nothing for None."""
    return f"{format_number(value, decimals)}%" if value is not None else ""
