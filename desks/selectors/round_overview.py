"""How a round stands: stages, and rows counted per desk and per region. Only counts; what is not submitted is one number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from accounts.actors import Actor
from accounts.choices import REGIONAL_KINDS, Role
from desks.choices import STATE_TONES, UNSUBMITTED, ItemState
from desks.models import Desk, Item, Round, Stage, StageException
from desks.querysets import NOBODY, submitted_condition
from desks.scopes import OWNER_ROLES, SeatScope, kept_rounds, scope_of, seat_filter
from desks.selectors.stages import StageWindow, windows_for

WATCHING = (Role.PENGAMAT, Role.KOORDINATOR, Role.PENANDATANGAN)
"""Roles in which a region's people read along: they count no other region's rows, even where their seat names none."""
SHOWN = tuple(state for state in ItemState if state not in UNSUBMITTED)
"""The states that have a column of their own."""


@dataclass
class CountRow:
    """One desk or region: rows by state, and those not submitted yet."""

    code: str
    name: str
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def unsubmitted(self) -> int:
        """Rows that have not left the region."""
        return sum(self.counts.get(state, 0) for state in UNSUBMITTED)

    @property
    def total(self) -> int:
        """All rows."""
        return sum(self.counts.values())

    def cells(self) -> list[int]:
        """Not submitted, each shown state, all: in the order of `HEADERS`."""
        return [self.unsubmitted, *(self.counts.get(state, 0) for state in SHOWN), self.total]


SHORT = {ItemState.AGREED_NOTED: "Dengan catatan"}
HEADERS = ("Belum diajukan", *(SHORT.get(state, state.label) for state in SHOWN), "Jumlah")
TONES = ("", *(STATE_TONES[state].value for state in SHOWN), "")


def may_open(actor: Actor, round_: Round) -> bool:
    """Whoever sits at the round."""
    return round_.pk in scope_of(actor).rounds()


def counted_rows(actor: Actor, round_: Round) -> QuerySet[Item]:
    """The rows that count for the actor: a region's own; for the others all of their seats, drafts as a number only."""
    seats = [seat for seat in scope_of(actor).seats if seat.round_id == round_.pk]
    if any(seat.role in OWNER_ROLES for seat in seats):
        return Item.objects.visible_to(actor).filter(round=round_, region_id=actor.region_id)
    condition = NOBODY
    for seat in seats:
        condition |= _of_seat(seat, actor, round_)
    return Item.objects.filter(condition).filter(submitted_condition() | Q(state__in=UNSUBMITTED))


def _of_seat(seat: SeatScope, actor: Actor, round_: Round) -> Q:
    condition = seat_filter(seat, meja="meja__desk_id")
    guest = actor.institution.kind in REGIONAL_KINDS and actor.institution.pk != round_.host_id
    if guest and seat.role in WATCHING:
        condition &= Q(region_id=actor.region_id)
    return condition & Q(strand=seat.strand) if seat.strand else condition


def by_desk(rows: QuerySet[Item]) -> list[CountRow]:
    """Counts per desk, in the order of the round. One query."""
    return _grouped(rows, "meja__desk__order", "meja__desk__code", "meja__desk__name")


def by_region(rows: QuerySet[Item]) -> list[CountRow]:
    """Counts per region, by code. One query."""
    return _grouped(rows, "region__kode", "region__kode", "region__name")


def _grouped(rows: QuerySet[Item], order: str, code: str, name: str) -> list[CountRow]:
    found: dict[str, CountRow] = {}
    groups = rows.order_by(order, code).values_list(code, name, "state").annotate(number=Count("pk"))
    for key, label, state, number in groups:
        row = found.setdefault(key, CountRow(key, label))
        row.counts[state] = row.counts.get(state, 0) + number
    return list(found.values())


def total_of(rows: list[CountRow]) -> CountRow:
    """All rows together."""
    total = CountRow("", "Jumlah")
    for row in rows:
        for state, number in row.counts.items():
            total.counts[state] = total.counts.get(state, 0) + number
    return total


@dataclass(frozen=True)
class StageRow:
    """A stage as the actor meets it, with the extensions that the actor may know of."""

    window: StageWindow
    extensions: list[StageException]


def stage_rows(actor: Actor, round_: Round) -> list[StageRow]:
    """The stages with their extensions: a secretariat sees all stages and extensions, others their own. Two queries."""
    extensions = StageException.objects.filter(stage__round=round_).select_related("institution").order_by("until")
    if round_.pk in kept_rounds(actor):
        windows = [
            StageWindow(each, each.opens_at, each.closes_at)
            for each in Stage.objects.filter(round=round_).select_related("round")
        ]
    else:
        windows = windows_for(round_, actor)
        extensions = extensions.filter(institution=actor.institution)
    of_stage: Mapping[int, list[StageException]] = defaultdict(list)
    for each in extensions:
        of_stage[each.stage_id].append(each)
    return [StageRow(window, of_stage[window.stage.pk]) for window in windows]


def empty_desks(actor: Actor, round_: Round, counted: list[CountRow]) -> list[Desk]:
    """Desks without a single row, for the secretariat to mend. One query."""
    if round_.pk not in kept_rounds(actor):
        return []
    known = [row.code for row in counted]
    return list(Desk.objects.filter(round=round_).exclude(code__in=known).order_by("order", "code"))
