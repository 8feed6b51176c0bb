"""What the strands have of their own, one row each: shared services and screens look here instead of asking for a strand by name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from core.errors import InvalidInput
from desks.models import Desk, Item
from indicators.choices import Strand


class Detail(Enum):
    """What hangs on a row beside its figure."""

    SUPPORTS = "sub kegiatan pendukung"
    ACTIONS = "strategi dan aksi"


@dataclass(frozen=True)
class StrandForm:
    """The form of a strand: its detail rows, and its own words on shared screens."""

    detail: Detail | None
    targets: str
    """The tab of the targets of the centre."""
    target_filler: str
    """Who fills these targets, as the end of the sentence `Target diisi oleh …`."""
    indicative_by: str
    """Whose the indicative target of a region is."""
    by_bidang: bool = True
    """Whether who fills follows from the bidang urusan of the desk, not from single indicators."""


FORMS: Final[dict[str, StrandForm]] = {
    Strand.URUSAN: StrandForm(
        Detail.SUPPORTS, "Target K/L", "K/L pengampu bidang urusan desk ini", "K/L"
    ),
    Strand.MAKRO: StrandForm(Detail.ACTIONS, "Target pusat", "pengampu indikator makro", "pusat", False),
}  # fmt: skip
OTHER: Final = StrandForm(None, "Target K/L", "K/L pengampu", "K/L")
"""A strand without a form of its own yet: the shared columns only."""


def form_of(strand: str) -> StrandForm:
    """The form of a strand."""
    return FORMS.get(strand, OTHER)


def form_at(desk: Desk) -> StrandForm:
    """The form of a desk's strand in the words of its round's level: in a provincial round the province sets the targets."""
    form, round_ = form_of(desk.strand), desk.round
    if round_.national:
        return form
    words = round_.words
    filler = f"{words.holder_long} bidang urusan desk ini" if form.by_bidang else f"{words.holder_long} indikator makro"
    return replace(form, targets=f"Target {words.holder}", target_filler=filler, indicative_by=words.holder)


def require_detail(item: Item, detail: Detail) -> None:
    """InvalidInput for detail rows that rows of this strand do not have."""
    if form_of(item.strand).detail is not detail:
        raise InvalidInput(
            f"{detail.value.capitalize()} tidak ada pada desk pendekatan {item.get_strand_display().lower()}."
        )
