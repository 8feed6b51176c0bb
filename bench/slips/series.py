"""Honest rows: each published figure of `data/` as if a region had typed it, with only what was known of it before. Knows nothing of the catcher."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Final

DATA: Final = Path(__file__).resolve().parents[2] / "data"
NATION: Final = "00"
MONTHS: Final = {"Maret": 3, "Agustus": 8, "September": 9}
UNITS: Final = {
    "indeks": "indeks",
    "%": "%",
    "tahun": "tahun",
    "Rp juta": "Rp juta",
    "Rp/orang/tahun": "Rp/orang/tahun",
}
UP: Final = (
    "grk", "hls", "iklh", "imm", "ipm", "kontribusi_pdrb", "lpe", "pdrb_perkapita", "pengeluaran_perkapita", "rls", "uhh",
)  # fmt: skip
DOWN: Final = ("gini", "kemiskinan", "stunting", "tpt")
DECIMALS: Final = {"gini": 3, "pengeluaran_perkapita": 0}
CODES: Final = tuple(sorted((*UP, *DOWN)))
TUNED: Final = frozenset(CODES[::2])
"""Every second indicator by its code: thresholds were set on these, the others are only reported."""


@dataclass(frozen=True)
class Earlier:
    """A figure known before: `actual` or `document`, its year and both ends."""

    role: str
    year: int
    low: Decimal
    high: Decimal


@dataclass(frozen=True)
class Honest:
    """One honest cell: what is typed (both ends), for which year, and what was known then."""

    code: str
    region: str
    year: int
    low: Decimal
    high: Decimal
    unit: str
    direction: str
    decimals: int
    planned: bool
    """A target of the RPJMN; else an achievement that stands for one."""
    known: tuple[Earlier, ...] = ()
    others: tuple[Decimal, ...] = field(default=(), repr=False)


Series = dict[str, dict[str, dict[int, Decimal]]]


def achievements() -> tuple[Series, list[tuple[str, str, int, Decimal, str]]]:
    """By indicator, region and year the figure of the latest period; and every row as it is."""
    series: Series = defaultdict(lambda: defaultdict(dict))
    rows, rank = [], {}
    for row in _read("capaian_bps.csv"):
        code, region, year = row["kode_indikator"], row["kode_provinsi"], int(row["tahun"])
        number, month = Decimal(row["nilai"]), MONTHS.get(row["periode"], 13)
        rows.append((code, region, year, number, row["satuan"]))
        if month >= rank.get((code, region, year), 0):
            series[code][region][year], rank[code, region, year] = number, month
    return series, rows


def targets() -> list[tuple[str, str, int, Decimal, Decimal, str]]:
    """Every row of the RPJMN per province; the average 2025–2029 counts for 2025, as the portal stores it."""
    return [
        (
            row["kode_indikator"], row["kode_provinsi"], int(row["tahun"][:4]), Decimal(row["nilai_min"]), Decimal(row["nilai_maks"]),
            row["satuan"],
        )
        for row in _read("target_rpjmn_provinsi.csv")
    ]  # fmt: skip


def _read(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def honest_cells() -> list[Honest]:
    """All cells with something to compare with: achievements with an earlier year or other regions, and the targets of the RPJMN."""
    series, rows = achievements()
    planned = targets()
    documents: dict[tuple[str, str], list[Earlier]] = defaultdict(list)
    for code, region, year, low, high, _ in planned:
        documents[code, region].append(Earlier("document", year, low, high))
    cells = [
        _cell(series, code, region, year, number, number, unit, planned=False)
        for code, region, year, number, unit in rows
        if region != NATION
    ]
    for code, region, year, low, high, unit in planned:
        beside = tuple(each for each in documents[code, region] if each.year != year)
        cells.append(_cell(series, code, region, year, low, high, unit, planned=True, beside=beside))
    return [cell for cell in cells if cell.known or len(cell.others) >= 5]


def _cell(
    series: Series, code: str, region: str, year: int, low: Decimal, high: Decimal, unit: str, *, planned: bool,
    beside: tuple[Earlier, ...] = (),
) -> Honest:  # fmt: skip
    """A target for `year` is typed in the year before, when the three years up to the one before that have achievements."""
    own = series.get(code, {}).get(region, {})
    years = [past for past in (year - 2, year - 3, year - 4) if past in own]
    known = tuple(Earlier("actual", past, own[past], own[past]) for past in years)
    return Honest(
        code, region, year, low, high, UNITS[unit], "up" if code in UP else "down", DECIMALS.get(code, 2), planned,
        (*known, *beside), _others(series, code, region, year),
    )  # fmt: skip


def _others(series: Series, code: str, region: str, year: int) -> tuple[Decimal, ...]:
    """The last figure of every other region before the round; of a series with one year only, that year's."""
    regions = series.get(code, {})
    once = len({each for own in regions.values() for each in own}) == 1
    found = []
    for other, own in regions.items():
        past = [each for each in own if year - 6 <= each <= year - 2 or once]
        if past and other not in (region, NATION):
            found.append(own[max(past)])
    return tuple(found)


@dataclass(frozen=True)
class Ceiling:
    """A published pagu in whole rupiah, and those of the others of its level."""

    code: str
    rupiah: int
    others: tuple[int, ...] = field(repr=False)


def ceilings() -> list[Ceiling]:
    """The published pagu of RKPD 2021 above zero, each beside those of its level (province, or kabupaten/kota)."""
    found = {row["kode_pemda_2020"]: int(Decimal(row["pagu_rp"])) for row in _read("pagu_rkpd_2021.csv")}
    found = {code: amount for code, amount in found.items() if amount}
    return [
        Ceiling(code, amount, tuple(each for other, each in found.items() if other != code and len(other) == len(code)))
        for code, amount in sorted(found.items())
    ]
