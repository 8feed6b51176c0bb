"""The index of the Isian: the desks of a region with what is left to do."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Case, Count, Sum, Value, When
from django.urls import reverse

from accounts.actors import Actor
from desks.choices import STATE_TONES, ItemState
from desks.filters import COMPLETE, WORK
from desks.models import Item, Meja, Round
from indicators.choices import Strand

STATE_LABELS = dict(ItemState.choices)


@dataclass
class DeskRow:
    """A desk of the region on the index: how many rows, how many complete, and how many in each condition."""

    code: str
    name: str
    total: int = 0
    done: int = 0
    grows: bool = False
    """Whether rows are added by the region, so that an empty desk is shown too."""
    counts: list[tuple[str, int, str]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The table of the desk."""
        return reverse("desks:isian", args=[self.code])


def desk_rows(actor: Actor, round_: Round) -> list[DeskRow]:
    """The desks of the actor's region in the round, counted over the rows it may see, in two queries."""
    names = {
        meja.pk: DeskRow(meja.code, f"{meja.desk.code} {meja.desk.name}", grows=meja.desk.strand == Strand.KEWILAYAHAN)
        for meja in Meja.objects.filter(round=round_, region_id=actor.region_id)
        .select_related("desk")
        .order_by("desk__order", "desk__code")
    }
    empty = Case(When(WORK["kosong"], then=Value(1)), default=Value(0))
    complete = Case(When(COMPLETE, then=Value(1)), default=Value(0))
    rows = (
        Item.objects.visible_to(actor)
        .filter(round=round_, region_id=actor.region_id)
        .values_list("meja_id", "state")
        .annotate(n=Count("pk"), empty=Sum(empty), complete=Sum(complete))
        .order_by()
    )
    found: dict[int, Counter[str]] = {}
    for meja, state, n, no_value, done in rows:
        counter = found.setdefault(meja, Counter())
        counter["kosong"] += no_value
        counter[state] += n - no_value if state == ItemState.DRAFT else n
        names[meja].total += n
        names[meja].done += done
    for meja, counter in found.items():
        names[meja].counts = _counted(counter)
    return [row for row in names.values() if row.total or row.grows]


def _counted(counter: Counter[str]) -> list[tuple[str, int, str]]:
    shown = [("kosong", counter["kosong"], "netral")] if counter["kosong"] else []
    return shown + [
        (STATE_LABELS[state].lower(), counter[state], STATE_TONES[state].value) for state in ItemState if counter[state]
    ]
