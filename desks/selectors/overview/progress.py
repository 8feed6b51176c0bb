"""How far a round is: by desk, region, strand and verdict, each counted by the database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from accounts.models import Region
from desks.choices import ItemState
from desks.models import Desk
from desks.selectors.overview.classes import NOT_HANDED_IN, Standing, classes_for
from desks.selectors.overview.rows import PUTUSAN, Book
from indicators.choices import Strand


@dataclass
class Share:
    """A line of a table of progress: rows by class, and the filters that open them."""

    label: str
    filters: dict[str, str]
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """All rows."""
        return sum(self.counts.values())

    @property
    def held(self) -> int:
        """Rows not submitted."""
        return sum(n for kelas, n in self.counts.items() if kelas in NOT_HANDED_IN)

    @property
    def percent(self) -> int:
        """Of a hundred rows how many were submitted, rounded down, so that 100 means all."""
        return (self.total - self.held) * 100 // self.total if self.total else 0


@dataclass
class Progress:
    """The tables of the page. `verdicts`: (state, label, number)."""

    classes: list[Standing]
    desks: list[Share]
    regions: list[Share]
    strands: list[Share]
    verdicts: list[tuple[str, str, int]]
    total: Share


def progress_of(book: Book) -> Progress:
    """Everything the page counts, in five queries."""
    rows = book.rows(without=("kelas",))
    by_desk = _folded(rows.values_list("meja__desk__code", "kelas").annotate(n=Count("pk")))
    by_region = _folded(rows.values_list("region__kode", "kelas").annotate(n=Count("pk")))
    named = (
        Desk.objects.filter(round=book.round, code__in=by_desk).order_by("order", "code").values_list("code", "name")
    )
    desks = [Share(f"{code} {name}", {"desk": code}, by_desk[code]) for code, name in named]
    places = Region.objects.filter(kode__in=by_region).order_by("kode").values_list("kode", "short_name")
    regions = [Share(name, {"daerah": kode}, by_region[kode]) for kode, name in places]
    by_strand: dict[str, dict[str, int]] = {}
    by_state: dict[str, int] = {}
    for strand, state, kelas, n in rows.values_list("strand", "state", "kelas").annotate(n=Count("pk")):
        counts = by_strand.setdefault(strand, {})
        counts[kelas] = counts.get(kelas, 0) + n
        by_state[state] = by_state.get(state, 0) + n
    strands = [Share(each.label, {"pendekatan": each.value}, by_strand[each]) for each in Strand if each in by_strand]
    verdicts = [(state.value, ItemState(state).label, by_state[state]) for state in PUTUSAN if by_state.get(state)]
    return Progress(list(classes_for(book.owner)), desks, regions, strands, verdicts, total_of(strands))


def total_of(lines: Iterable[Share]) -> Share:
    """All lines together."""
    total = Share("Jumlah", {})
    for line in lines:
        for kelas, n in line.counts.items():
            total.counts[kelas] = total.counts.get(kelas, 0) + n
    return total


def _folded(groups: Iterable[tuple[Any, ...]]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for key, kelas, n in groups:
        found.setdefault(key, {})[kelas] = n
    return found
