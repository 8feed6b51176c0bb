"""Which papers are asked for: a round, and one desk, one region or both; and which rows that is for whoever asks."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from accounts.actors import Actor, can
from accounts.models import Region
from core.errors import NotAllowed, NotFound
from desks.choices import UNSUBMITTED
from desks.models import Desk, Item, Meja, Round
from desks.selectors.overview.rows import Book, Narrow, book_for
from desks.selectors.round_overview import may_open

PART = 300
"""Rows on one print page; more are printed in parts, each of whole desks and regions."""


@dataclass(frozen=True)
class BahanScope:
    """The papers one person asks for; with neither desk nor region they are still to be chosen."""

    actor: Actor
    round: Round
    desk: Desk | None
    region: Region | None
    book: Book

    @property
    def chosen(self) -> bool:
        """Whether a desk or a region is named."""
        return self.desk is not None or self.region is not None

    @property
    def title(self) -> str:
        """`1.02 Kesehatan × Jawa Barat`, `Jawa Barat, semua desk`, `1.02 Kesehatan, semua daerah`."""
        desk = f"{self.desk.code} {self.desk.name}" if self.desk else ""
        if self.desk and self.region:
            return f"{desk} × {self.region.short_name}"
        if self.region:
            return f"{self.region.short_name}, semua desk"
        return f"{desk}, semua {self.round.words.regions}" if desk else self.round.short_name

    @property
    def query(self) -> dict[str, str]:
        """As words of an address."""
        found = {"desk": self.desk.code if self.desk else "", "daerah": self.region.kode if self.region else ""}
        return {name: value for name, value in found.items() if value}

    def rows(self) -> QuerySet[Item]:
        """The rows on the papers: exactly what the person sees, drafts only of the own region."""
        found = Item.objects.visible_to(self.actor).filter(round=self.round)
        if self.desk is not None:
            found = found.filter(meja__desk=self.desk)
        if self.region is not None:
            found = found.filter(region=self.region)
        return found if self.book.owner else found.exclude(state__in=UNSUBMITTED)


def bahan_scope(actor: Actor, round_code: str, desk_code: str, region_code: str) -> BahanScope:
    """The papers asked for; NotFound for whoever does not sit in the round, NotAllowed for a desk at which one does not sit."""
    round_ = Round.objects.select_related("host__region").filter(code=round_code).first()
    if round_ is None or not may_open(actor, round_):
        raise NotFound("Penyelenggaraan tidak ditemukan.")
    desk = Desk.objects.select_related("round__host").filter(round=round_, code=desk_code).first()
    region = Region.objects.filter(kode=region_code, mejas__round=round_).first() if region_code else None
    if desk_code and desk is None or region_code and region is None:
        raise NotFound("Desk atau daerah ini tidak ada pada penyelenggaraan tersebut.")
    if desk is not None and not can(actor, "desks.take_bahan", desk):
        raise NotAllowed("Bahan desk hanya untuk lembaga yang duduk di desk tersebut.")
    book = book_for(actor, round_, Narrow(desk=desk_code, daerah=region_code))
    if book.owner and desk is None and region is None:
        region = Region.objects.get(pk=actor.region_id)
        book = book_for(actor, round_, Narrow(daerah=region.kode))
    return BahanScope(actor, round_, desk, region, book)


@dataclass(frozen=True)
class Part:
    """A part of the papers that prints by itself: which desks and regions (keys of mejas), and how many rows."""

    no: int
    mejas: frozenset[int]
    rows: int


def parts_of(scope: BahanScope) -> list[Part]:
    """The papers in parts of some hundred rows, never breaking a desk of a region in two; one query."""
    counted = scope.rows().order_by().values_list("meja_id").annotate(n=Count("pk"))
    sizes = dict(counted)
    order = Meja.objects.filter(pk__in=sizes).order_by("desk__order", "desk__code", "region__kode")
    groups: list[list[int]] = [[]]
    filled = 0
    for pk in order.values_list("pk", flat=True):
        if groups[-1] and filled + sizes[pk] > PART:
            groups.append([])
            filled = 0
        groups[-1].append(pk)
        filled += sizes[pk]
    return [Part(no, frozenset(group), sum(sizes[pk] for pk in group)) for no, group in enumerate(groups, start=1)]
