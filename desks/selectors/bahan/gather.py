"""The papers as a whole: the cover, every table of the strands, open requests and notes; read in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Final

from accounts.actors import Actor
from accounts.choices import Role
from core.dates import date_with_time
from core.excel import split_text
from desks.choices import ItemState
from desks.models import Item, Note, Round
from desks.selectors.bahan.figures import macro_tables, urusan_tables
from desks.selectors.bahan.scope import BahanScope
from desks.selectors.bahan.table import Column, Line, Place, Table, place_of
from desks.selectors.bahan.usulan import usulan_tables
from desks.selectors.item import readable_notes
from desks.selectors.overview.lists import Held, held_rows
from desks.selectors.repair import requests_on
from indicators.choices import Strand

READERS: Final[dict[str, Callable[[Actor, Round, list[Item]], list[Table]]]] = {
    Strand.URUSAN: urusan_tables,
    Strand.MAKRO: macro_tables,
    Strand.KEWILAYAHAN: usulan_tables,
}
ASKED_BACK: Final = (ItemState.REPAIR, ItemState.RETURNED)
Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class Section:
    """The tables of one desk and region, those without a line left out; `held` rows there are not handed in."""

    place: Place
    tables: list[tuple[Table, list[Line]]]
    held: Held | None = None


@dataclass(frozen=True)
class Bahan:
    """The papers: what the cover says, the tables, and what is not handed in per desk and region."""

    title: str
    made: str
    facts: list[tuple[str, str]]
    tables: list[Table]
    places: list[Place]
    held: list[Held] = field(default_factory=list)

    def sections(self) -> list[Section]:
        """The lines by desk and region, in the order of the desks."""
        held = {(row.desk, row.region): row for row in self.held}
        by_place: dict[Place, list[tuple[Table, list[Line]]]] = {place: [] for place in self.places}
        for table in self.tables:
            lines: dict[Place, list[Line]] = {}
            for line in table.lines:
                lines.setdefault(line.place, []).append(line)
            for place, found in lines.items():
                by_place[place].append((table, found))
        return [Section(place, tables, held.get((place.desk, place.region))) for place, tables in by_place.items()]


def _silent(percent: float, note: str) -> None:
    return None


def bahan_of(
    scope: BahanScope, now: dt.datetime, *, mejas: Collection[int] | None = None, progress: Progress = _silent
) -> Bahan:
    """The papers as the person of the scope sees them now; `mejas` keeps the rows of these only (a part for printing)."""
    rows = scope.rows() if mejas is None else scope.rows().filter(meja_id__in=mejas)
    items = list(
        rows.select_related("meja__desk", "region", "indicator", "indicator_version", "request_owner", "round", "usulan")
        .order_by("meja__desk__order", "meja__desk__code", "region__kode", "order", "pk")
    )  # fmt: skip
    tables: list[Table] = []
    for no, (strand, read) in enumerate(READERS.items(), start=1):
        own = [item for item in items if item.strand == strand]
        if own:
            tables += read(scope.actor, scope.round, own)
        progress(60 * no / len(READERS), "Membaca butir")
    tables += [_requests(scope.round, items), _notes(scope.actor, items)]
    progress(70, "Membaca catatan")
    held = held_rows(scope.book)
    made = date_with_time(now, scope.round.tz)
    places = list(dict.fromkeys(place_of(item) for item in items))
    return Bahan(scope.title, made, _facts(scope, made, len(items), held), [table for table in tables if table.lines], places, held)  # fmt: skip


def _facts(scope: BahanScope, made: str, rows: int, held: list[Held]) -> list[tuple[str, str]]:
    actor, round_ = scope.actor, scope.round
    role = Role(actor.membership.role).label
    facts = [
        ("Penyelenggaraan", f"{round_.forum_name} ({round_.short_name})"),
        ("Tahun rencana", str(round_.plan_year)),
        ("Bahan untuk", scope.title),
        ("Keadaan per", made),
        ("Diambil oleh", f"{actor.user.full_name}, {role} {actor.institution.name}"),
        ("Butir yang dimuat", str(rows)),
    ]
    if not scope.book.owner:
        facts.append(("Belum diajukan", str(sum(row.n for row in held))))
    return facts


_REQUEST: Final = (
    Column("Kode butir", 13, "code"), Column("Butir", 44), Column("Diminta oleh", 24), Column("Permintaan", 60), Column("Penanggung jawab", 24),
    Column("Batas", 24),
)  # fmt: skip


def _requests(round_: Round, items: list[Item]) -> Table:
    """What is still to be mended: who asked, what, by when."""
    table = Table("Permintaan perbaikan", "Permintaan perbaikan yang terbuka", _REQUEST)
    asked = requests_on(items)
    for item in items:
        if item.state not in ASKED_BACK or not item.request_text and item.pk not in asked:
            continue
        by = asked[item.pk].institution if item.pk in asked else round_.words.submitter
        owner = item.request_owner.short_name if item.request_owner else ""
        due = date_with_time(item.request_due, round_.tz) if item.request_due else ""
        table.lines.append(Line(place_of(item), (item.code, item.subject, by, item.request_text, owner, due)))
    return table


_NOTE: Final = (
    Column("Kode butir", 13, "code"), Column("Butir", 44), Column("Lembaga", 26), Column("Jenis", 14), Column("Catatan", 90),
)  # fmt: skip


def _notes(actor: Actor, items: list[Item]) -> Table:
    """The notes on the rows that the person reads; internal ones only of the own institution."""
    table = Table("Catatan", "Catatan", _NOTE)
    known = {item.pk: item for item in items}
    rows = Note.objects.filter(readable_notes(actor), item__in=known).exclude(text="").select_related("institution")
    order = {pk: no for no, pk in enumerate(known)}
    for note in sorted(rows, key=lambda row: (order[row.item_id or 0], row.institution.name, row.pk)):
        item = known[note.item_id or 0]
        head = (item.code, item.subject, note.institution.short_name, note.get_kind_display())
        for piece in split_text(note.text):
            table.lines.append(Line(place_of(item), (*head, piece)))
    return table
