"""What an actor's seats open: per round, which desks and regions, in which role. Read once per request and kept on the membership."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from accounts.choices import Role

if TYPE_CHECKING:
    from accounts.actors import Actor

REGION_ROLES = frozenset({Role.BAPPEDA, Role.VERIFIKATOR})
OWNER_ROLES = REGION_ROLES | {Role.OPD}


@dataclass(frozen=True)
class SeatScope:
    """One seat in plain values; None means all."""

    round_id: int
    plan_year: int
    desk_id: int | None
    strand: str
    region_id: int | None
    role: str

    def covers(self, desk_id: int, strand: str, region_id: int) -> bool:
        """Whether a row of this desk, strand and region lies within the seat."""
        return self.desk_id in (None, desk_id) and self.strand in ("", strand) and self.region_id in (None, region_id)


@dataclass(frozen=True)
class Scope:
    """All seats of an actor, and the bidang urusan that its institution holds per plan year."""

    seats: tuple[SeatScope, ...]
    bidang: dict[int, frozenset[int]]
    indicators: dict[int, frozenset[int]]

    def rounds(self) -> frozenset[int]:
        """The rounds in which the actor sits."""
        return frozenset(seat.round_id for seat in self.seats)

    def at(self, round_id: int, desk_id: int, strand: str, region_id: int) -> frozenset[str]:
        """The roles that the actor's seats give at a meja."""
        return frozenset(
            seat.role for seat in self.seats if seat.round_id == round_id and seat.covers(desk_id, strand, region_id)
        )

    def holds(self, year: int, bidang_id: int | None, indicator_id: int | None) -> bool:
        """Whether the institution holds the bidang or the single indicator in the plan year."""
        return bidang_id in self.bidang.get(year, frozenset()) or indicator_id in self.indicators.get(year, frozenset())


def scope_of(actor: Actor) -> Scope:
    """The scope of the actor, in three queries at the first call."""
    cached: Scope | None = getattr(actor.membership, "_desk_scope", None)
    if cached is None:
        cached = _read_scope(actor)
        actor.membership._desk_scope = cached  # type: ignore[attr-defined]
    return cached


def _read_scope(actor: Actor) -> Scope:
    from desks.models import Seat
    from indicators.models import IndicatorHolder
    from planning.models import BidangHolder

    seats = tuple(
        SeatScope(*row)
        for row in Seat.objects.filter(institution=actor.institution, role=actor.role)
        .order_by("pk")
        .values_list("round_id", "round__plan_year", "desk_id", "strand", "region_id", "role")
    )
    bidang: dict[int, set[int]] = defaultdict(set)
    for year, pk in BidangHolder.objects.filter(institution=actor.institution).values_list("year", "bidang_id"):
        bidang[year].add(pk)
    single: dict[int, set[int]] = defaultdict(set)
    for year, pk in IndicatorHolder.objects.filter(institution=actor.institution).values_list("year", "indicator_id"):
        single[year].add(pk)
    return Scope(
        seats,
        {year: frozenset(pks) for year, pks in bidang.items()},
        {year: frozenset(pks) for year, pks in single.items()},
    )


def seat_filter(seat: SeatScope, *, meja: str, region: str = "region_id", round_: str = "round_id") -> Q:
    """The rows of a seat; `meja` is the lookup of the desk id from the model asked."""
    condition = Q(**{round_: seat.round_id})
    if seat.desk_id is not None:
        condition &= Q(**{meja: seat.desk_id})
    if seat.region_id is not None:
        condition &= Q(**{region: seat.region_id})
    return condition
