"""Dates, hours and zones as Indonesian offices write them; never the locale of the machine."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final
from zoneinfo import ZoneInfo

from core.errors import InvalidInput
from core.terbilang import terbilang

DAYS: Final = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS: Final = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
SHORT_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sep", "Okt", "Nov", "Des")
ZONES: Final = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


def day_name(date: dt.date) -> str:
    """The weekday: "Selasa"."""
    return DAYS[date.weekday()]


def month_name(date: dt.date) -> str:
    """The month: "April"."""
    return MONTHS[date.month - 1]


def plain_date(date: dt.date) -> str:
    """`15 April 2025`."""
    return f"{date.day} {month_name(date)} {date.year}"


def long_date(date: dt.date) -> str:
    """`Selasa, 15 April 2025`."""
    return f"{day_name(date)}, {plain_date(date)}"


def short_date(date: dt.date) -> str:
    """`15 Apr 2025`."""
    return f"{date.day} {SHORT_MONTHS[date.month - 1]} {date.year}"


def read_date(text: str) -> dt.date | None:
    """A date as people write it (`15/02/2026`, `15-2-2026`, `2026-02-15`, `15 Februari 2026`), day before month; None for nothing."""
    words = text.strip().casefold()
    if not words:
        return None
    names = {name.casefold(): place for place, name in enumerate(MONTHS, start=1)}
    names |= {name.casefold(): place for place, name in enumerate(SHORT_MONTHS, start=1)}
    parts = re.split(r"[\s/.-]+", words)
    try:
        if len(parts) == 3 and len(parts[0]) == 4:
            return dt.date(int(parts[0]), int(parts[1]), int(parts[2]))
        if len(parts) == 3 and len(parts[2]) == 4:
            return dt.date(int(parts[2]), names.get(parts[1]) or int(parts[1]), int(parts[0]))
    except ValueError:
        pass
    raise InvalidInput(f"“{text.strip()}” bukan tanggal. Tulis hari, bulan, tahun, misalnya 15/02/2026.")


def date_in_words(date: dt.date) -> str:
    """The opening of a berita acara of one day."""
    return (
        f"Pada hari ini, {day_name(date)} tanggal {terbilang(date.day)} "
        f"bulan {month_name(date)} tahun {terbilang(date.year)}"
    )


def span_in_words(first: dt.date, last: dt.date) -> str:
    """The days of a sitting, without repeating the month or year both share.

    `hari Selasa sampai dengan Rabu tanggal dua puluh tujuh sampai dengan dua puluh delapan bulan Maret tahun …`;
    one day gives `hari Selasa tanggal … bulan … tahun …`.
    """
    if last < first:
        raise InvalidInput("Tanggal selesai mendahului tanggal mulai.")
    if first == last:
        return f"hari {day_name(first)} {_dated(first)}"
    days = f"hari {day_name(first)} sampai dengan {day_name(last)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{days} tanggal {terbilang(first.day)} sampai dengan {_dated(last).removeprefix('tanggal ')}"
    if first.year == last.year:
        start = f"tanggal {terbilang(first.day)} bulan {month_name(first)}"
        return f"{days} {start} sampai dengan {_dated(last)}"
    return f"{days} {_dated(first)} sampai dengan {_dated(last)}"


def _dated(date: dt.date) -> str:
    return f"tanggal {terbilang(date.day)} bulan {month_name(date)} tahun {terbilang(date.year)}"


def zone_name(moment: dt.datetime, tz: str) -> str:
    """WIB, WITA or WIT; for any other zone its distance from UTC."""
    if tz in ZONES:
        return ZONES[tz]
    offset = moment.astimezone(ZoneInfo(tz)).strftime("%z")
    return f"UTC{offset[:3]}:{offset[3:5]}"


def time_with_zone(moment: dt.datetime, tz: str = "Asia/Jakarta") -> str:
    """`13.00 WIB`; `moment` must carry its zone."""
    local = _local(moment, tz)
    return f"{local.hour:02d}.{local.minute:02d} {zone_name(moment, tz)}"


def date_with_time(moment: dt.datetime, tz: str = "Asia/Jakarta") -> str:
    """`15 Apr 2025 13.00 WIB`, for lists."""
    return f"{short_date(_local(moment, tz))} {time_with_zone(moment, tz)}"


def deadline(moment: dt.datetime, tz: str = "Asia/Jakarta") -> str:
    """`Jumat, 20 Februari 2026 pukul 16.00 WIB`."""
    return f"{long_date(_local(moment, tz))} pukul {time_with_zone(moment, tz)}"


def _local(moment: dt.datetime, tz: str) -> dt.datetime:
    if moment.tzinfo is None:
        raise ValueError("a time without zone")
    return moment.astimezone(ZoneInfo(tz))


def remaining(moment: dt.datetime, now: dt.datetime) -> str:
    """What is left until `moment`, in its two largest units: `2 hari 4 jam`, `35 menit`; `sudah lewat` afterwards."""
    seconds = int((moment - now).total_seconds())
    if seconds <= 0:
        return "sudah lewat"
    minutes = seconds // 60
    if not minutes:
        return "kurang dari 1 menit"
    days, hours, minutes = minutes // 1440, minutes % 1440 // 60, minutes % 60
    parts = [(days, "hari"), (hours, "jam"), (minutes, "menit")]
    first = next(place for place, (count, _) in enumerate(parts) if count)
    return " ".join(f"{count} {name}" for count, name in parts[first : first + 2] if count)
