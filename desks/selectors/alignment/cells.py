"""Comparing two cells: units as people spell them, targets as documents write them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from core.errors import DomainError
from core.numbers import format_number
from core.values import Value, format_value, parse_value

_SAME: Final = {
    "persen": "%", "prosen": "%", "kilometer": "km", "hektar": "ha", "hektare": "ha", "rupiah": "rp", "bln": "bulan", "org": "orang",
    "dok": "dokumen", "lap": "laporan",
}  # fmt: skip
"""Spellings of one unit."""


def plain_unit(unit: str) -> str:
    """The unit without what spelling adds."""
    words = " ".join(unit.casefold().replace(".", " ").split())
    return _SAME.get(words, words)


def same_unit(here: str, there: str) -> bool:
    """Whether two units mean the same; where one is not stated nothing is known."""
    return not here.strip() or not there.strip() or plain_unit(here) == plain_unit(there)


def same_value(here: Value, there: Value) -> bool:
    """Whether two targets are the same figure, however written."""
    if here.number is None or there.number is None:
        return format_value(here).casefold() == format_value(there).casefold()
    return (here.kind, here.min, here.max) == (there.kind, there.min, there.max)


def shown(value: Value | Decimal | None, unit: str) -> str:
    """A figure with its unit."""
    text = format_value(value) if isinstance(value, Value) else format_number(value)
    return f"{text} {unit}".strip() if text else ""


def volumes(targets: Iterable[str], unit: str) -> list[Decimal]:
    """The numbers that lines of a document write as their target (`12`, `1 Laporan`); words are left out."""
    found = []
    for text in targets:
        try:
            value = parse_value(text, unit=unit, decimals=2, dot="thousands")
        except DomainError:
            continue
        if value is not None and value.number is not None and value.min == value.max:
            found.append(value.number)
    return found
