"""Reading cells: what people type or Excel stores, brought into the one form in which it is shown and compared."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from core.excel import CellValue, clean_text
from desks.services.parts.base import Reader, refuse

if TYPE_CHECKING:
    from desks.services.parts.book import Book

MOMENT: Final = "%d/%m/%Y %H.%M"
ALL: Final = "Semua"
YES, NO = "Ya", "Tidak"
ZONES: Final = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
_MOMENTS: Final = (
    "%d/%m/%Y %H.%M",
    "%d/%m/%Y %H:%M",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M",
    "%d-%m-%Y %H.%M",
    "%d-%m-%Y %H:%M",
    "%Y-%m-%d %H:%M:%S",
)
_SEPARATORS: Final = re.compile(r"[;,\n]+")


class BadCell(str):
    """A cell that could not be read; the text says why."""

    __slots__ = ()


def cell_text(value: CellValue) -> str:
    """A cell of a workbook as the text that the readers below take. Error values (#N/A) are refused."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, dt.datetime):
        return value.strftime(MOMENT)
    if isinstance(value, dt.date):
        return value.strftime("%d/%m/%Y")
    text = clean_text(str(value)).strip()
    if re.fullmatch(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)", text):
        raise refuse(f"Sel berisi galat Excel ({text}). Perbaiki rumusnya atau tulis isinya langsung.")
    return text


def text(limit: int) -> Reader:
    """One line of at most `limit` letters; surrounding and doubled spaces go."""

    def read(book: Book, typed: str) -> str:
        found = " ".join(clean_text(typed).split())
        if len(found) > limit:
            raise refuse(f"Terlalu panjang: {len(found)} huruf, paling banyak {limit}.")
        return found

    return read


def code(limit: int) -> Reader:
    """A code: text without spaces inside."""

    def read(book: Book, typed: str) -> str:
        found = "".join(clean_text(typed).split())
        if len(found) > limit:
            raise refuse(f"Kode terlalu panjang, paling banyak {limit} huruf.")
        if not re.fullmatch(r"[\w.:/-]*", found):
            raise refuse(f"Kode “{found}” hanya boleh berisi huruf, angka, titik, dan tanda hubung.")
        return found

    return read


def whole(low: int, high: int) -> Reader:
    """A whole number between two bounds."""

    def read(book: Book, typed: str) -> str:
        found = typed.strip()
        if found and (not re.fullmatch(r"\d{1,6}", found) or not low <= int(found) <= high):
            raise refuse(f"“{found}” bukan angka bulat {low} sampai {high}.")
        return str(int(found)) if found else ""

    return read


def choice(labels: Mapping[str, str]) -> Reader:
    """One of the labels, or the word under which it is stored; letters of either case."""
    known = {key.casefold(): label for key, label in labels.items()} | {
        each.casefold(): each for each in labels.values()
    }

    def read(book: Book, typed: str) -> str:
        found = " ".join(typed.split())
        if found and found.casefold() not in known:
            raise refuse(f"“{found}” tidak dikenal. Pilih {', '.join(labels.values())}.")
        return known.get(found.casefold(), "")

    return read


def listed(labels: Mapping[str, str]) -> Callable[[Any], Sequence[str]]:
    """The labels as what may be chosen."""
    return lambda book: list(labels.values())


def stored(labels: Mapping[str, str], label: str) -> str:
    """The stored word of a label; '' of none."""
    return next((key for key, each in labels.items() if each == label), "")


YES_NO: Final = {"1": YES, "0": NO}


def moment(book: Book, typed: str) -> str:
    """A day and hour on the clock of the round."""
    found = " ".join(typed.split()).replace(" pukul ", " ")
    for form in _MOMENTS:
        try:
            return dt.datetime.strptime(found, form).strftime(MOMENT)  # noqa: DTZ007 - the zone is the round's, put on when stored
        except ValueError:
            continue
    if not found:
        return ""
    raise refuse(f"“{found}” bukan tanggal dan jam. Contoh: 25/02/2026 08.00.")


def at(written: str, tz: str) -> dt.datetime:
    """The moment that a cell means."""
    return dt.datetime.strptime(written, MOMENT).replace(tzinfo=ZoneInfo(tz))


def written(when: dt.datetime, tz: str) -> str:
    """A moment as a cell on the clock of the zone."""
    return when.astimezone(ZoneInfo(tz)).strftime(MOMENT)


def pieces(typed: str) -> list[str]:
    """The codes of a cell that holds several, each once, in their order."""
    return list(dict.fromkeys(each.strip() for each in _SEPARATORS.split(typed) if each.strip()))


def joined(codes: Sequence[str]) -> str:
    """Several codes in one cell."""
    return "; ".join(codes)
