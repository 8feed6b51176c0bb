import datetime as dt

import pytest

from core.dates import date_with_time, deadline, remaining, short_date, span_in_words, time_with_zone
from core.errors import InvalidInput

CLOSING = dt.datetime(2026, 2, 20, 9, 0, tzinfo=dt.UTC)


def test_each_zone_has_its_name():
    assert time_with_zone(CLOSING, "Asia/Jakarta") == "16.00 WIB"
    assert time_with_zone(CLOSING, "Asia/Pontianak") == "16.00 WIB"
    assert time_with_zone(CLOSING, "Asia/Makassar") == "17.00 WITA"
    assert time_with_zone(CLOSING, "Asia/Jayapura") == "18.00 WIT"
    assert time_with_zone(CLOSING, "Asia/Kolkata") == "14.30 UTC+05:30"


def test_the_day_is_that_of_the_zone():
    evening = dt.datetime(2026, 2, 20, 15, 30, tzinfo=dt.UTC)
    assert date_with_time(evening, "Asia/Jakarta") == "20 Feb 2026 22.30 WIB"
    assert date_with_time(evening, "Asia/Jayapura") == "21 Feb 2026 00.30 WIT"
    assert deadline(CLOSING) == "Jumat, 20 Februari 2026 pukul 16.00 WIB"


def test_a_time_without_zone_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="without zone"):
        deadline(dt.datetime(2026, 2, 20, 9, 0))


def test_short_months():
    dates = [dt.date(2026, month, 9) for month in range(1, 13)]
    expected = "9 Jan, 9 Feb, 9 Mar, 9 Apr, 9 Mei, 9 Jun, 9 Jul, 9 Agt, 9 Sep, 9 Okt, 9 Nov, 9 Des"
    assert ", ".join(short_date(date).removesuffix(" 2026") for date in dates) == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (
            dt.date(2025, 3, 25),
            dt.date(2025, 3, 26),
            "hari Selasa sampai dengan Rabu tanggal dua puluh lima sampai dengan dua puluh enam bulan Maret "
            "tahun dua ribu dua puluh lima",
        ),
        (
            dt.date(2026, 2, 28),
            dt.date(2026, 3, 1),
            "hari Sabtu sampai dengan Minggu tanggal dua puluh delapan bulan Februari sampai dengan "
            "tanggal satu bulan Maret tahun dua ribu dua puluh enam",
        ),
        (
            dt.date(2026, 12, 31),
            dt.date(2027, 1, 1),
            "hari Kamis sampai dengan Jumat tanggal tiga puluh satu bulan Desember tahun dua ribu dua puluh enam "
            "sampai dengan tanggal satu bulan Januari tahun dua ribu dua puluh tujuh",
        ),
        (
            dt.date(2026, 3, 1),
            dt.date(2026, 3, 1),
            "hari Minggu tanggal satu bulan Maret tahun dua ribu dua puluh enam",
        ),
    ],
)
def test_span(first, last, expected):
    assert span_in_words(first, last) == expected


def test_a_span_backwards_is_refused():
    with pytest.raises(InvalidInput):
        span_in_words(dt.date(2026, 3, 2), dt.date(2026, 3, 1))


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (dt.timedelta(days=2, hours=4, minutes=59), "2 hari 4 jam"),
        (dt.timedelta(days=3, minutes=5), "3 hari"),
        (dt.timedelta(hours=4, minutes=12), "4 jam 12 menit"),
        (dt.timedelta(minutes=35, seconds=59), "35 menit"),
        (dt.timedelta(seconds=59), "kurang dari 1 menit"),
        (dt.timedelta(0), "sudah lewat"),
        (dt.timedelta(days=-1), "sudah lewat"),
    ],
)
def test_remaining(left, expected):
    assert remaining(CLOSING, CLOSING - left) == expected
