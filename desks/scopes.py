"""What an actor's seats open: per round, which desks and regions, in which role. Read once per request and kept on the membership."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q, QuerySet, Value

from accounts.choices import REGIONAL_KINDS, Role
from core.prepared import Prepared
from desks.choices import RoundLevel

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
    level: str = RoundLevel.NATIONAL
    host_region_id: int = 0

    def covers(self, desk_id: int, strand: str, region_id: int) -> bool:
        """Whether a row of this desk, strand and region lies within the seat."""
        return self.desk_id in (None, desk_id) and self.strand in ("", strand) and self.region_id in (None, region_id)

    def with_host(self, actor: Actor) -> bool:
        """Whether the actor sits there on the host's side: the centre in a national round, else Bappeda and OPD of the host's own region."""
        if self.level == RoundLevel.NATIONAL:
            return actor.central
        return actor.region_id == self.host_region_id and actor.institution.kind in REGIONAL_KINDS


@dataclass
class Scope:
    """All seats of an actor, and the bidang urusan that its institution holds per plan year."""

    seats: tuple[SeatScope, ...]
    institution_id: int
    desks_held: dict[int, frozenset[int]] = field(
        default_factory=dict
    )  # by round, read by desks/rules.py when first asked

    @cached_property
    def _held(self) -> dict[tuple[str, int], frozenset[int]]:
        """What the institution holds, asked only by those whose rights depend on it."""
        bidang, indicator = _holder_models()
        rows = (
            bidang.objects.filter(institution_id=self.institution_id)
            .order_by()
            .values_list(Value("bidang"), "year", "bidang_id")
        )
        single = (
            indicator.objects.filter(institution_id=self.institution_id)
            .order_by()
            .values_list(Value("indicator"), "year", "indicator_id")
        )
        found: dict[tuple[str, int], set[int]] = defaultdict(set)
        for kind, year, pk in rows.union(single, all=True):
            found[(kind, year)].add(pk)
        return {key: frozenset(pks) for key, pks in found.items()}

    def held(self) -> tuple[tuple[tuple[str, int], frozenset[int]], ...]:
        """All that the institution holds, in a fixed order."""
        return tuple(sorted(self._held.items(), key=lambda row: row[0]))

    def bidang(self, year: int) -> frozenset[int]:
        """The bidang urusan held in the plan year."""
        return self._held.get(("bidang", year), frozenset())

    def indicators(self, year: int) -> frozenset[int]:
        """The single indicators held in the plan year."""
        return self._held.get(("indicator", year), frozenset())

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
        return bidang_id in self.bidang(year) or indicator_id in self.indicators(year)


@dataclass(frozen=True)
class Sight:
    """All that decides which rows an actor sees: equal sights see the same rows, whoever the person is."""

    seats: tuple[SeatScope, ...]
    region_id: int
    held: tuple[tuple[tuple[str, int], frozenset[int]], ...] = ()
    """What the institution holds, by kind and plan year; read only where a seat's sight depends on it."""
    opd_id: int = 0
    """The perangkat daerah whose own usulan are seen; 0 where the sight does not depend on it."""

    def bidang(self, year: int) -> frozenset[int]:
        """The bidang urusan held in the plan year."""
        return dict(self.held).get(("bidang", year), frozenset())

    def indicators(self, year: int) -> frozenset[int]:
        """The single indicators held in the plan year."""
        return dict(self.held).get(("indicator", year), frozenset())


def sight_of(actor: Actor) -> Sight:
    """What decides the actor's sight, from its scope."""
    scope = scope_of(actor)
    by_holding = any(seat.role == Role.OPD for seat in scope.seats)
    return Sight(
        scope.seats, actor.region_id, scope.held() if by_holding else (), scope.institution_id if by_holding else 0
    )


def scope_of(actor: Actor) -> Scope:
    """The scope of the actor, in one query at the first call (two where holding a bidang matters)."""
    cached: Scope | None = getattr(actor.membership, "_desk_scope", None)
    if cached is None:
        cached = _read_scope(actor)
        actor.membership._desk_scope = cached  # type: ignore[attr-defined]
    return cached


def is_narrow(actor: Actor) -> bool:
    """Whether every seat of the actor is at one desk or for one region, so that few of all rows are in sight."""
    return all(seat.desk_id is not None or seat.region_id is not None for seat in scope_of(actor).seats)


def forget_scope(actor: Actor) -> None:
    """Read the seats anew at the next question, after an act that changed them."""
    if hasattr(actor.membership, "_desk_scope"):
        del actor.membership._desk_scope


def host_side(actor: Actor, round_id: int) -> bool:
    """Whether the actor sits on the host's side of the round (`SeatScope.with_host`)."""
    return any(seat.with_host(actor) for seat in scope_of(actor).seats if seat.round_id == round_id)


def leading(actor: Actor) -> bool:
    """Whether the actor's work is that of a host's side in any of its rounds: it reads, answers and sets targets and fills in nothing."""
    if actor.central:
        return True
    return actor.role not in OWNER_ROLES and any(seat.with_host(actor) for seat in scope_of(actor).seats)


def led_rounds(actor: Actor) -> frozenset[int]:
    """The rounds in which the actor sits on the host's side."""
    return frozenset(seat.round_id for seat in scope_of(actor).seats if seat.with_host(actor))


def hands_in(actor: Actor, round_id: int) -> bool:
    """Whether the actor submits its region's rows: the Bappeda, and in a round of one sector the dinas of the region itself."""
    if actor.role == Role.BAPPEDA:
        return True
    sector = any(seat.round_id == round_id and seat.level == RoundLevel.SECTOR for seat in scope_of(actor).seats)
    return actor.role == Role.OPD and sector


def kept_rounds(actor: Actor) -> frozenset[int]:
    """The rounds of which the actor's institution is secretariat, whole and not for one desk only."""
    seats = scope_of(actor).seats
    return frozenset(seat.round_id for seat in seats if seat.role == Role.SEKRETARIAT and seat.desk_id is None)


def _read_scope(actor: Actor) -> Scope:
    seats = tuple(SeatScope(*row) for row in SEATS(institution=actor.institution.pk, role=actor.role))
    return Scope(seats, actor.institution.pk)


def _seats(institution: int, role: str) -> QuerySet[Any, Any]:
    from desks.models import Seat

    rows = Seat.objects.filter(institution=institution, role=role).order_by("pk")
    place = ("round_id", "round__plan_year", "desk_id", "strand", "region_id", "role")
    return rows.values_list(*place, "round__level", "round__host__region_id")


SEATS: Final = Prepared(_seats, institution=int, role=str)
"""Asked by every request that touches a desk."""


@lru_cache(maxsize=1)
def _holder_models() -> tuple[Any, Any]:
    from indicators.models import IndicatorHolder
    from planning.models import BidangHolder

    return BidangHolder, IndicatorHolder


def seat_filter(seat: SeatScope, *, meja: str, region: str = "region_id", round_: str = "round_id") -> Q:
    """The rows of a seat; `meja` is the lookup of the desk id from the model asked."""
    condition = Q(**{round_: seat.round_id})
    if seat.desk_id is not None:
        condition &= Q(**{meja: seat.desk_id})
    if seat.region_id is not None:
        condition &= Q(**{region: seat.region_id})
    return condition
