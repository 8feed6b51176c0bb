"""The rows that are held against documents: targets and sub kegiatan of the strands that have them, as far as the reader may see them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from accounts.actors import Actor
from desks.choices import Applicability, ItemState, SupportVerdict
from desks.disclosure import show_handed_in
from desks.models import Item, Round, Support
from desks.selectors.alignment.found import Place
from desks.selectors.supports import supports_over
from desks.strands import Detail, form_of


@dataclass
class Rows:
    """Items with an indicator, and the sub kegiatan of each."""

    items: list[Item]
    supports: dict[int, list[Support]]

    @property
    def all_supports(self) -> list[tuple[Item, Support]]:
        """Every sub kegiatan with its row."""
        return [(item, row) for item in self.items for row in self.supports.get(item.pk, ())]


def rows_of(actor: Actor, round_: Round, condition: Q) -> Rows:
    """The visible rows of the mejas, withdrawn ones left out; what is being typed is read by its region alone."""
    found = (
        Item.objects.visible_to(actor)
        .filter(condition, round=round_, indicator__isnull=False)
        .exclude(state=ItemState.WITHDRAWN)
        .select_related("meja__desk", "meja__region", "round", "region", "indicator__bidang", "indicator_version")
        .order_by("meja__desk__order", "meja__desk__code", "region__kode", "order", "pk")
    )
    items = list(found)
    show_handed_in(items, actor)
    with_supports = [item for item in items if form_of(item.strand).detail == Detail.SUPPORTS]
    supports = supports_over(actor, with_supports)
    kept = {pk: [row for row in rows if row.verdict != SupportVerdict.EXCLUDED] for pk, rows in supports.items()}
    return Rows(items, kept)


def applies(item: Item) -> bool:
    """Whether the row wants a target at all."""
    return bool(item.applicability == Applicability.APPLIES)


def place_of(item: Item) -> Place:
    """A target."""
    return Place(item.meja, item, item.indicator.code if item.indicator else "", item.subject)


def place_of_support(item: Item, row: Support) -> Place:
    """A sub kegiatan."""
    return Place(item.meja, item, row.nomenclature.kode, row.nomenclature.name, row.opd.short_name, row.opd.code)


def pagu_of(row: Support) -> int:
    """All pagu of a sub kegiatan; what was agreed stands before what was proposed."""
    return sum((fund.proposed if fund.agreed is None else fund.agreed) or 0 for fund in row.funds.all())
