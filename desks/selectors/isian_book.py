"""What the Isian's workbook holds: the rows of a region at one desk or at all, their sub kegiatan, and the lists to choose from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from accounts.actors import Actor
from accounts.choices import InstitutionKind
from accounts.models import Institution, Region
from core.errors import DomainError
from desks.isian_fields import ALL_DESKS, PAGU, Mark, number_key, places_key, text_key, value_key
from desks.models import Item, Meja, Round, Support
from desks.selectors.columns import FigureColumn, figure_columns, figures_for
from desks.selectors.figures import MISSING, Beside, Shown
from desks.selectors.supports import supports_over
from desks.services.item import StageMemory, require_editable
from desks.strands import Detail, form_of
from indicators.choices import Strand
from planning.models import FundingSource

KINDS = (InstitutionKind.OPD, InstitutionKind.BAPPEDA)


@dataclass(frozen=True)
class BookScope:
    """Whose rows: of a region in a round, at one desk (its meja) or at all desks."""

    round: Round
    region: Region
    meja: Meja | None = None

    @property
    def mark(self) -> Mark:
        """How a workbook names it."""
        desk = self.meja.desk.code if self.meja else ALL_DESKS
        return Mark(self.round.code, self.round.plan_year, self.region.kode, desk)

    @property
    def title(self) -> str:
        """The scope in words."""
        return f"{self.meja.desk.name if self.meja else 'semua desk'}, {self.region.name}"

    @property
    def name(self) -> str:
        """What the file is called."""
        desk = self.meja.desk.name if self.meja else "semua desk"
        return f"Isian {desk} {self.region.short_name} {self.round.plan_year}.xlsx"


@dataclass(frozen=True)
class Lists:
    """What may be chosen: perangkat daerah, sumber dana and locations of a region."""

    offices: list[Institution]
    sources: list[FundingSource]
    places: list[Region]


@dataclass
class BookRow:
    """One row of the agenda with what stands beside it; `refusal` says why it cannot be changed now."""

    item: Item
    figures: list[Shown]
    refusal: str = ""
    supports: list[Support] = field(default_factory=list)

    @property
    def cells(self) -> dict[str, str]:
        """Its editable cells in canonical text."""
        return row_cells(self.item)


@dataclass
class IsianBook:
    """The content of a workbook."""

    scope: BookScope
    rows: list[BookRow]
    columns: dict[str, list[FigureColumn]]
    lists: Lists
    has_supports: bool = False


def row_cells(item: Item) -> dict[str, str]:
    """The editable cells of a row in canonical text."""
    return {
        "value": value_key(item.value_proposed), "applicability": item.applicability,
        "applicability_reason": text_key(item.applicability_reason), "proposal_note": text_key(item.proposal_note),
    }  # fmt: skip


def support_cells(support: Support) -> dict[str, str]:
    """The editable cells of a linked sub kegiatan in canonical text."""
    cells = {
        "volume": number_key(support.volume), "volume_unit": text_key(support.volume_unit),
        "places": places_key(place.region.kode for place in support.places.all()),
    }  # fmt: skip
    return cells | {f"{PAGU}{fund.source.kode}": number_key(fund.proposed) for fund in support.funds.all()}


def lists_of(region: Region) -> Lists:
    """What may be chosen for the rows of a region, in three queries."""
    offices = Institution.objects.filter(region=region, kind__in=KINDS, active=True).order_by("name")
    places = Region.objects.filter(parent=region).order_by("kode")
    return Lists(list(offices), list(FundingSource.objects.all()), list(places))


def book_items(actor: Actor, scope: BookScope) -> QuerySet[Item]:
    """The rows of the scope that are filled in a table: usulan have pages of their own."""
    rows = Item.objects.visible_to(actor).filter(round=scope.round, region=scope.region)
    if scope.meja is not None:
        rows = rows.filter(meja=scope.meja)
    related = ("meja__desk", "round", "region", "indicator__bidang", "indicator_version")
    order = ("meja__desk__order", "meja__desk__code", "order", "pk")
    return rows.exclude(strand=Strand.KEWILAYAHAN).select_related(*related).order_by(*order)


def isian_book(actor: Actor, scope: BookScope) -> IsianBook:
    """Everything that the workbook of the scope holds, as the actor may read it, in a fixed number of queries."""
    items = list(book_items(actor, scope))
    stages = StageMemory(actor)
    strands = sorted({item.strand for item in items}, key=lambda strand: strand == Strand.MAKRO)
    beside: dict[str, dict[int, Beside]] = {
        strand: figures_for(
            scope.round, strand, scope.region.pk, [item.indicator_id for item in items if item.indicator_id and item.strand == strand]
        )
        for strand in strands
    }  # fmt: skip
    columns = {strand: figure_columns(scope.round, strand) for strand in strands}
    supported = [item for item in items if form_of(item.strand).detail == Detail.SUPPORTS]
    supports = supports_over(actor, supported) if supported else {}
    rows = [
        BookRow(
            item, _figures(columns[item.strand], beside[item.strand].get(item.indicator_id or 0, {})), _refusal(actor, item, stages),
            supports.get(item.pk, []),
        )
        for item in items
    ]  # fmt: skip
    return IsianBook(scope, rows, columns, lists_of(scope.region), bool(supported))


def _figures(columns: list[FigureColumn], beside: dict[str, Any]) -> list[Shown]:
    return [beside.get(column.key, MISSING) for column in columns]


def _refusal(actor: Actor, item: Item, stages: StageMemory) -> str:
    try:
        require_editable(actor, item, stages)
    except DomainError as error:
        return error.message
    return ""
