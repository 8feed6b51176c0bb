"""The completeness of a round as a matrix: region × desk, indicator of each K/L × class, perangkat daerah × class. Counted by the database in one query."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Count, Q

from accounts.choices import InstitutionKind
from accounts.models import Institution, Region
from desks.models import Desk, Round
from desks.selectors.overview.classes import HINTS, Standing, classes_for, members
from desks.selectors.overview.holders import charge_kinds
from desks.selectors.overview.rows import NOBODY, Book
from indicators.models import IndicatorVersion

REGIONS: Final = "daerah"
INDICATORS: Final = "lembaga"
OFFICES: Final = "opd"
LAYOUTS: Final = (REGIONS, INDICATORS, OFFICES)
MEASURE: Final = Standing.SISA.value
"""What a cell of region × desk counts unless the address asks for another class: the rows that are still missing."""


def layouts_of(round_: Round) -> dict[str, str]:
    """The layouts as the level of the round calls them."""
    words = round_.words
    return {
        REGIONS: f"{words.region} × desk", INDICATORS: f"{words.aim.owner} dan indikator × keadaan",
        OFFICES: f"{words.opd[0].upper()}{words.opd[1:]} × keadaan",
    }  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A row or column: its key, what is read there, a word below, the group that it belongs to, and the filters that it stands for."""

    key: str
    label: str
    filters: dict[str, str]
    note: str = ""
    group: str = ""


@dataclass
class Matrix:
    """Counts by (row, column): how many are in the class asked for, and of how many. Keys without rows of the round are absent."""

    layout: str
    corner: str
    columns: list[Line]
    rows: list[Line] = field(default_factory=list)
    cells: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    need: str = ""

    def row_total(self, key: str) -> tuple[int, int]:
        """All columns of a row."""
        return self._sum(lambda place: place[0] == key)

    def column_total(self, key: str) -> tuple[int, int]:
        """All rows of a column."""
        return self._sum(lambda place: place[1] == key)

    def total(self) -> tuple[int, int]:
        """All cells."""
        return self._sum(lambda place: True)

    def _sum(self, wanted: Callable[[tuple[str, str]], bool]) -> tuple[int, int]:
        found = [cell for place, cell in self.cells.items() if wanted(place)]
        return sum(n for n, _ in found), sum(of for _, of in found)


def matrix_of(book: Book, layout: str, *, order: str = "") -> Matrix:
    """The matrix of a layout, its rows by code or, with `order` "jumlah", the most first."""
    made = {REGIONS: _regions, INDICATORS: _indicators, OFFICES: _offices}[layout](book)
    if order == "jumlah":
        totals = {line.key: 0 for line in made.rows}
        for (key, _), (n, _) in made.cells.items():
            totals[key] += n
        made.rows.sort(key=lambda line: -totals[line.key])
    return made


def _regions(book: Book) -> Matrix:
    measure = members(book.narrow.kelas or MEASURE, book.owner)
    cells = {
        (region, desk): (n, of)
        for region, desk, n, of in book.rows(without=("kelas",)).values_list("region__kode", "meja__desk__code").annotate(
            n=Count("pk", filter=Q(kelas__in=measure)), of=Count("pk")
        )
    }  # fmt: skip
    shown = {region for region, _ in cells}
    regions = Region.objects.filter(kode__in=shown).order_by("kode").values_list("kode", "short_name")
    desks = Desk.objects.filter(round=book.round, code__in={desk for _, desk in cells}).order_by("order", "code")
    columns = [Line(code, code, {"desk": code}, note=name) for code, name in desks.values_list("code", "name")]
    return Matrix(
        REGIONS, book.round.words.region, columns, [Line(kode, name, {"daerah": kode}) for kode, name in regions], cells
    )  # fmt: skip


def _classes(book: Book) -> list[Line]:
    return [Line(each.value, each.label, {"kelas": each.value}, note=HINTS[each]) for each in classes_for(book.owner)]


def _cells(book: Book, *names: str) -> Iterable[tuple[Any, ...]]:
    return book.rows(without=("kelas",)).values_list(*names, "kelas").annotate(n=Count("pk"))


def _indicators(book: Book) -> Matrix:
    held = book.ministries()
    counted: Counter[tuple[str, str | None, str]] = Counter()
    for indicator, bidang, code, kelas, n in _cells(book, "indicator_id", "indicator__bidang_id", "indicator__code"):
        counted[held.of(indicator, bidang), code, kelas] += n
    holders = dict(_names(charge_kinds(book.round), {kl for kl, _, _ in counted}))
    names = _wordings(book, {code for _, code, _ in counted if code})
    rows = {}
    without = (
        f"Tanpa {book.round.words.aim.owner} pengampu"
        if book.round.national
        else "Tanpa perangkat daerah provinsi pengampu"
    )
    for kl, code, _ in sorted(counted, key=lambda key: (key[0] == "", holders.get(key[0], ""), key[1] or "")):
        filters = {"lembaga": kl or NOBODY, "indikator": code or NOBODY}
        label = names.get(code or "", code or "Usulan tanpa indikator")
        rows[kl, code] = Line(f"{kl}|{code}", label, filters, note=code or "", group=holders.get(kl, without))
    cells = {(rows[kl, code].key, kelas): (n, n) for (kl, code, kelas), n in counted.items()}
    return Matrix(INDICATORS, "Indikator", _classes(book), list(rows.values()), cells)


def _offices(book: Book) -> Matrix:
    if not book.owner and not book.narrow.daerah:
        return Matrix(
            OFFICES,
            "Perangkat daerah",
            _classes(book),
            need=f"Pilih satu {book.round.words.region.lower()} untuk melihat perangkat daerahnya.",
        )
    held = book.offices()
    assert held is not None
    counted: Counter[tuple[str, str]] = Counter()
    for indicator, bidang, kelas, n in _cells(book, "indicator_id", "indicator__bidang_id"):
        counted[held.of(indicator, bidang), kelas] += n
    names = dict(_names((InstitutionKind.OPD,), {code for code, _ in counted}))
    region = {"daerah": book.narrow.daerah} if book.narrow.daerah else {}
    rows = {
        code: Line(
            code, names.get(code, "Tanpa perangkat daerah pengampu, diisi Bappeda"), {"opd": code or NOBODY, **region}
        )
        for code in sorted({code for code, _ in counted}, key=lambda code: (code == "", code))
    }
    cells = {(code, kelas): (n, n) for (code, kelas), n in counted.items()}
    return Matrix(OFFICES, "Perangkat daerah", _classes(book), list(rows.values()), cells)


def _names(kinds: Collection[InstitutionKind], codes: set[str]) -> list[tuple[str, str]]:
    return list(
        Institution.objects.filter(kind__in=kinds, kode__in=codes).order_by("kode").values_list("kode", "short_name")
    )


def _wordings(book: Book, codes: set[str]) -> dict[str, str]:
    """The names that the rows of the round were filled against; none changes within a plan year."""
    named = IndicatorVersion.objects.filter(indicator__code__in=codes, year=book.round.plan_year)
    return dict(named.values_list("indicator__code", "name"))
