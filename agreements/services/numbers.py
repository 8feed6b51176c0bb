"""Numbers of berita acara: a counter row raised in the finalising transaction, or a number that tata usaha gave."""

from __future__ import annotations

import datetime as dt
from string import Formatter

from django.db import models
from django.db.models import F

from agreements.models import BeritaAcara, Series
from core.errors import InvalidInput

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
FIELDS = {"no", "bulan", "bulan_romawi", "tahun"}
MAX_NUMBER = 120


def take_number(ba: BeritaAcara, on: dt.date, typed: str = "") -> tuple[Series, str]:
    """The series and number of a berita acara dated `on`; call inside the finalising transaction, which a refusal rolls back whole."""
    series = _series(ba, on.year)
    if typed.strip():
        return series, _typed(ba, series, typed)
    while True:
        Series.objects.filter(pk=series.pk).update(last=F("last") + 1)
        series.refresh_from_db()
        number = format_series(series.pattern, series.last, on)
        if not _taken(ba, number).exists():
            return series, number


def _series(ba: BeritaAcara, year: int) -> Series:
    own = Series.objects.filter(host=ba.round.host, year=year, kind=ba.strand).first()
    if own is not None:
        return own
    Series.objects.bulk_create([Series(host=ba.round.host, year=year)], ignore_conflicts=True)
    return Series.objects.get(host=ba.round.host, year=year, kind="")


def _typed(ba: BeritaAcara, series: Series, typed: str) -> str:
    number = " ".join(typed.split())
    if len(number) > MAX_NUMBER:
        raise InvalidInput(f"Nomor paling panjang {MAX_NUMBER} karakter.", field="number")
    # Two rooms typing the same number pass one after the other.
    Series.objects.filter(pk=series.pk).update(last=F("last"))
    other = _taken(ba, number).first()
    if other is not None:
        raise InvalidInput(
            f"Nomor {number} sudah dipakai oleh {other.title}. Periksa kembali buku agenda.", field="number"
        )
    return number


def _taken(ba: BeritaAcara, number: str) -> models.QuerySet[BeritaAcara]:
    return BeritaAcara.objects.filter(series__host=ba.round.host, number__iexact=number).exclude(pk=ba.pk)


def format_series(pattern: str, no: int, on: dt.date) -> str:
    """A number by the pattern of a series: `012/BA/RAKORTEK/III/2026`."""
    return pattern.format(no=no, bulan=on.month, bulan_romawi=ROMAN[on.month - 1], tahun=on.year)


def check_pattern(pattern: str) -> str:
    """The pattern if it can number berita acara, else InvalidInput: known fields only, and `no` among them."""
    try:
        fields = [name for _, name, _, _ in Formatter().parse(pattern) if name is not None]
        sample = pattern.format(no=1, bulan=1, bulan_romawi="I", tahun=2026) if set(fields) <= FIELDS else ""
    except (ValueError, LookupError, AttributeError):
        fields, sample = [], ""
    if "no" not in fields or not sample or len(sample) > MAX_NUMBER:
        raise InvalidInput(
            "Pola nomor harus memuat {no} dan hanya boleh memakai {no}, {bulan}, {bulan_romawi}, {tahun}.",
            field="pattern",
        )
    return pattern
