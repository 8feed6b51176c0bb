"""Who may do what at a desk: small sentences over (actor, object), combined at the foot into a table of permissions."""

from __future__ import annotations

from typing import Any, Final

import rules
from django.db.models import Exists, OuterRef, QuerySet

from accounts.actors import Actor
from accounts.choices import InstitutionKind, RegionLevel, Role
from accounts.models import Institution
from core.prepared import Prepared
from desks.choices import RoundLevel
from desks.models import Desk, DeskBidang, DeskIndicator, Item, Meja, Round, Session, Usulan
from desks.scopes import OWNER_ROLES, SeatScope, host_side, kept_rounds, scope_of
from indicators.choices import Strand

CENTRAL_SPEAKERS = (Role.PEMBAHAS, Role.MODERATOR, Role.PIMPINAN_SIDANG)


def roles_at(actor: Actor, obj: Any) -> frozenset[str]:
    """The roles that the actor's seats give at the object (item, meja, session, desk or round)."""
    scope = scope_of(actor)
    if isinstance(obj, Item):
        return scope.at(obj.round_id, obj.meja.desk_id, obj.strand, obj.region_id)
    if isinstance(obj, Meja):
        return scope.at(obj.round_id, obj.desk_id, obj.desk.strand, obj.region_id)
    if isinstance(obj, Session):
        seats = [
            seat for seat in scope.seats if seat.round_id == obj.desk.round_id and seat.desk_id in (None, obj.desk_id)
        ]
        return frozenset(seat.role for seat in seats if _sits_with(obj, seat, actor))
    if isinstance(obj, Desk):
        return _at_desk(actor, obj)
    if isinstance(obj, Round):
        return frozenset(seat.role for seat in scope.seats if seat.round_id == obj.pk and seat.desk_id is None)
    return frozenset()


def _at_desk(actor: Actor, desk: Desk) -> frozenset[str]:
    seats = [seat for seat in scope_of(actor).seats if seat.round_id == desk.round_id]
    return frozenset(
        seat.role for seat in seats if seat.desk_id in (None, desk.pk) and seat.strand in ("", desk.strand)
    )


def _sits_with(session: Session, seat: SeatScope, actor: Actor) -> bool:
    """A seat for one region, and every seat of a region's own people, reaches only the sittings of that region."""
    region = actor.region_id if seat.role in OWNER_ROLES else seat.region_id
    if seat.strand not in ("", session.desk.strand):
        return False
    if region is None:
        return True
    known = getattr(session, "_region_ids", None)
    if known is None:
        known = session._region_ids = frozenset(session.mejas.values_list("region_id", flat=True))  # type: ignore[attr-defined]
    return region in known


def seated(*wanted: Role) -> rules.Predicate:
    """The actor sits at the object as one of these roles."""

    @rules.predicate(name=f"seated_{'_'.join(wanted)}")
    def check(actor: Actor, obj: Any) -> bool:
        return bool(roles_at(actor, obj) & set(wanted))

    return check


@rules.predicate
def own_region(actor: Actor, obj: Any) -> bool:
    """The row or meja belongs to the region of the actor's institution."""
    return getattr(obj, "region_id", None) == actor.region_id


@rules.predicate
def holds_bidang(actor: Actor, obj: Any) -> bool:
    """The institution holds the bidang of the row (or any bidang of the meja or desk), or the single indicator, this plan year."""
    scope = scope_of(actor)
    if isinstance(obj, Item):
        if obj.strand == Strand.KEWILAYAHAN:
            return actor.institution.pk in usulan_holders(obj)
        year = obj.round.plan_year
        return obj.indicator is not None and scope.holds(year, obj.indicator.bidang_id, obj.indicator_id)
    desk = obj.desk if isinstance(obj, Meja) else obj
    if not isinstance(desk, Desk):
        return False
    return _holds_at(actor, desk)


def usulan_holders(item: Item) -> tuple[int | None, ...]:
    """Who answers for an usulan: the perangkat daerah that drafts it, and the K/L of its RO or the perangkat daerah provinsi in charge.
    Read once per row."""
    known: tuple[int | None, ...] | None = getattr(item, "_usulan_holders", None)
    if known is None:
        found = Usulan.objects.filter(item=item).values_list("opd_id", "ro__kl_id", "charge_id").first()
        known = item._usulan_holders = found or ()  # type: ignore[attr-defined]
    return known or ()


def _holds_at(actor: Actor, desk: Desk) -> bool:
    """Any bidang of the desk or any single indicator on its agenda; one query for all desks of the round."""
    held = scope_of(actor).desks_held
    if desk.round_id not in held:
        year, institution = desk.round.plan_year, actor.institution.pk
        held[desk.round_id] = frozenset(DESKS_HELD(round_=desk.round_id, year=year, institution=institution))
    return desk.pk in held[desk.round_id]


def _desks_held(*, round_: int, year: int, institution: int) -> QuerySet[Any, Any]:
    bidang = DeskBidang.objects.filter(
        desk=OuterRef("pk"), bidang__holders__year=year, bidang__holders__institution_id=institution
    )
    single = DeskIndicator.objects.filter(
        desk=OuterRef("pk"), indicator__holders__year=year, indicator__holders__institution_id=institution
    )
    found = Desk.objects.filter(Exists(bidang) | Exists(single), round_id=round_)
    return found.order_by().values_list("pk", flat=True)


DESKS_HELD: Final = Prepared(_desks_held, round_=int, year=int, institution=int)
"""Asked by every page of a desk."""


@rules.predicate
def of_kewilayahan(actor: Actor, obj: Any) -> bool:
    """The desk, meja or row belongs to the strand kewilayahan."""
    desk = obj.desk if isinstance(obj, Meja) else obj
    return getattr(desk, "strand", "") == Strand.KEWILAYAHAN


@rules.predicate
def is_desk(actor: Actor, obj: Any) -> bool:
    """Asked of a desk as a whole: each row is asked about by itself afterwards."""
    return isinstance(obj, Desk)


@rules.predicate
def keeps_a_round(actor: Actor, obj: Any) -> bool:
    """The actor is secretariat of at least one round, in person."""
    return not actor.api and bool(kept_rounds(actor))


@rules.predicate
def calls_for_filling(actor: Actor, obj: Any) -> bool:
    """Of a round: its secretariat, those who speak or preside for the centre or the host, and a Bappeda for its own perangkat daerah."""
    seats = [seat for seat in scope_of(actor).seats if isinstance(obj, Round) and seat.round_id == obj.pk]
    return any(seat.role in (Role.SEKRETARIAT, Role.BAPPEDA, *CENTRAL_SPEAKERS) for seat in seats)


@rules.predicate
def reads_totals(actor: Actor, obj: Any) -> bool:
    """Of a desk or round: unfinished totals over all regions are read by the host's side where it sits for all regions (the centre; Bappeda and
    OPD of the host's region), and by the secretariat. Never by a region of the round."""
    desk = obj if isinstance(obj, Desk) else None
    return any(
        seat.region_id is None and (seat.with_host(actor) or seat.role == Role.SEKRETARIAT)
        and seat.round_id == (desk.round_id if desk else obj.pk)
        and (desk is None or (seat.desk_id in (None, desk.pk) and seat.strand in ("", desk.strand)))
        for seat in scope_of(actor).seats
    )  # fmt: skip


@rules.predicate
def keeps_national_round(actor: Actor, obj: Any) -> bool:
    """The actor is secretariat of a national round, for an institution of the centre, in person."""
    return (
        not actor.api
        and actor.central
        and Round.objects.filter(pk__in=kept_rounds(actor), level=RoundLevel.NATIONAL).exists()
    )


@rules.predicate
def keeps_institution(actor: Actor, obj: Any) -> bool:
    """The institution belongs to a round that the actor keeps: any for a national one, those of the own region for others."""
    if actor.api or obj is None:
        return False
    if keeps_national_round(actor, None):
        return True
    return keeps_a_round(actor, None) and actor.region_id in (obj.region_id, obj.region.parent_id)


@rules.predicate
def may_host(actor: Actor, obj: Any) -> bool:
    """The actor's secretariat may hold a round of this level: national ones Kemendagri and Bappenas, others the region."""
    if actor.api or actor.role != Role.SEKRETARIAT:
        return False
    if not isinstance(obj, Round):
        return True
    return obj.host_id == actor.institution.pk and obj.level in levels_hosted(actor.institution)


def levels_hosted(institution: Institution) -> tuple[RoundLevel, ...]:
    """The levels of rounds that an institution may hold: the ministries of planning national ones, a Bappeda provinsi one with its
    kabupaten/kota, a dinas provinsi one of its sector."""
    if institution.kind in (InstitutionKind.KEMENDAGRI, InstitutionKind.BAPPENAS):
        return (RoundLevel.NATIONAL,)
    if institution.region.level != RegionLevel.PROVINCE:
        return ()
    return {InstitutionKind.BAPPEDA: (RoundLevel.PROVINCIAL,), InstitutionKind.OPD: (RoundLevel.SECTOR,)}.get(
        InstitutionKind(institution.kind), ()
    )


def _round_id(obj: Any) -> int | None:
    if isinstance(obj, Item | Meja | Desk):
        return obj.round_id
    if isinstance(obj, Session):
        return obj.desk.round_id
    return obj.pk if isinstance(obj, Round) else None


@rules.predicate
def from_centre(actor: Actor, obj: Any) -> bool:
    """The actor sits on the host's side: K/L, Bappenas or Kemendagri; in a provincial or sector round Bappeda and OPD of the host's region."""
    round_id = _round_id(obj)
    return actor.central if round_id is None else host_side(actor, round_id)


@rules.predicate
def from_bappenas(actor: Actor, obj: Any) -> bool:
    """The actor speaks for the host's planning agency: Bappenas, or the Bappeda provinsi in its own round."""
    return actor.institution.kind in (InstitutionKind.BAPPENAS, InstitutionKind.BAPPEDA)


@rules.predicate
def in_sector(actor: Actor, obj: Any) -> bool:
    """The row stands in a round of one sector, where the dinas of a region speaks for it itself."""
    return any(seat.level == RoundLevel.SECTOR for seat in scope_of(actor).seats if seat.round_id == _round_id(obj))


@rules.predicate
def person_not_program(actor: Actor, obj: Any) -> bool:
    """The act was not asked for through an API token."""
    return not actor.api


is_bappeda = seated(Role.BAPPEDA) & own_region
is_owner_opd = seated(Role.OPD) & own_region & holds_bidang
for_region = is_bappeda | in_sector & is_owner_opd
is_region = is_bappeda | seated(Role.VERIFIKATOR) & own_region | is_owner_opd
is_chair = seated(Role.MODERATOR, Role.PIMPINAN_SIDANG)
is_room_staff = seated(Role.MODERATOR, Role.PIMPINAN_SIDANG, Role.NOTULIS)
is_secretariat = seated(Role.SEKRETARIAT)
is_central_speaker = from_centre & seated(*CENTRAL_SPEAKERS)
in_charge = is_central_speaker & holds_bidang
sits_here = is_region | seated(
    Role.MODERATOR, Role.PIMPINAN_SIDANG, Role.NOTULIS, Role.PEMBAHAS, Role.SEKRETARIAT, Role.PENGAMAT, Role.AUDITOR
)

for name, predicate in {
    "desks.view_meja": sits_here,
    "desks.edit_item": is_bappeda | is_owner_opd,
    "desks.edit_as_bappeda": is_bappeda,
    "desks.propose_item": is_owner_opd & ~in_sector,
    "desks.return_item": is_bappeda,
    "desks.submit_item": for_region,
    "desks.withdraw_item": for_region,
    "desks.accept_finding": is_bappeda | is_owner_opd,
    "desks.add_usulan": of_kewilayahan & (is_bappeda | seated(Role.OPD) & own_region),
    "desks.state_available": of_kewilayahan & (in_charge | is_room_staff),
    "desks.request_repair": in_charge | of_kewilayahan & is_desk & is_central_speaker | is_chair | (from_bappenas & is_central_speaker) | is_secretariat,
    "desks.put_position": for_region | is_central_speaker | is_chair,
    "desks.take_stance": for_region | (from_centre & seated(Role.PEMBAHAS, Role.MODERATOR)),
    "desks.record_stance": is_room_staff,
    "desks.run_session": is_chair,
    "desks.record_attendance": is_room_staff,
    "desks.view_session": seated(
        Role.MODERATOR, Role.PIMPINAN_SIDANG, Role.NOTULIS, Role.PEMBAHAS, Role.SEKRETARIAT, Role.PENGAMAT, Role.AUDITOR,
        Role.BAPPEDA, Role.VERIFIKATOR, Role.OPD,
    ),
    "desks.settle_item": is_chair,
    "desks.reopen_item": is_chair,
    "desks.write_note": is_bappeda | is_owner_opd | is_room_staff | is_central_speaker,
    "desks.set_target": in_charge,
    "desks.edit_central_actions": is_central_speaker,
    "desks.edit_actions_at_desk": is_room_staff,
    "desks.view_desk_board": from_centre & seated(*Role),
    "desks.take_bahan": seated(*Role),
    "desks.remind_filling": calls_for_filling,
    "desks.keep_agenda_lines": in_sector & from_centre & seated(Role.SEKRETARIAT, Role.MODERATOR, Role.PIMPINAN_SIDANG),
    "desks.conclude_line": in_sector & is_room_staff,
    "desks.view_national_gap": reads_totals,
    "desks.manage_round": is_secretariat,
    "desks.host_round": may_host,
    "desks.keep_rounds": keeps_a_round,
    # Reference data belong to apps below; who keeps them follows from the seats, which only this app knows.
    "planning.edit_reference": keeps_national_round,
    "accounts.enrol_person": keeps_institution,
    "accounts.keep_institution": keeps_institution,
    "indicators.edit_reference": keeps_national_round,
}.items():  # fmt: skip
    rules.add_perm(name, predicate)
