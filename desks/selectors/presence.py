"""Who is expected in a sitting and who is there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q

from accounts.choices import InstitutionKind, Role
from accounts.models import Institution, Membership
from desks.choices import AttendanceMode
from desks.models import Attendance, Seat, Session
from desks.selectors.room import Agenda

EXPECTED_ROLES = (
    Role.MODERATOR, Role.PIMPINAN_SIDANG, Role.NOTULIS, Role.PEMBAHAS, Role.BAPPEDA, Role.VERIFIKATOR, Role.OPD,
    Role.PENGAMAT,
)  # fmt: skip


@dataclass
class Expected:
    """An institution that is expected or came: whether it is a party, who of it is there, or its recorded absence."""

    institution: Institution
    party: bool = False
    here: list[Attendance] = field(default_factory=list)
    gone: list[Attendance] = field(default_factory=list)
    absence: Attendance | None = None
    people: list[Membership] = field(default_factory=list)

    @property
    def word(self) -> str:
        """Hadir, tidak hadir, or not recorded yet."""
        if self.here:
            return "hadir"
        return "tidak hadir" if self.absence else "belum tercatat"

    @property
    def mark(self) -> str:
        """The icon beside the word."""
        return "check" if self.here else "x" if self.absence else "minus"


def expected_at(session: Session, agenda: Agenda, *, people: bool = False) -> list[Expected]:
    """Parties of the rows first, then the other institutions seated here, then guests; with their accounts if asked."""
    found: dict[int, Expected] = {}
    for consent in agenda.consents.values():
        for party in consent.parties:
            for institution in party.institutions:
                found.setdefault(institution.pk, Expected(institution)).party = True
    for institution in _seated(session):
        found.setdefault(institution.pk, Expected(institution))
    for row in Attendance.objects.filter(session=session).select_related("institution", "user").order_by("at"):
        _place(found.setdefault(row.institution_id, Expected(row.institution)), row)
    if people:
        _add_people(found)
    return sorted(
        found.values(), key=lambda entry: (not entry.party, entry.institution.kind, entry.institution.short_name)
    )


def _seated(session: Session) -> list[Institution]:
    regions = [meja.region_id for meja in session.mejas.all()]
    bidang = session.desk.bidang_rows.values("bidang_id")
    seats = Seat.objects.filter(
        Q(desk__isnull=True) | Q(desk=session.desk), Q(region__isnull=True) | Q(region__in=regions),
        round_id=session.desk.round_id, strand__in=("", session.desk.strand), role__in=EXPECTED_ROLES,
    )  # fmt: skip
    here = Institution.objects.filter(pk__in=seats.values("institution_id"))
    local = Q(kind=InstitutionKind.OPD, bidang_held__bidang__in=bidang, bidang_held__year=session.desk.round.plan_year)
    return list(here.filter(~Q(kind=InstitutionKind.OPD) | local).distinct())


def _place(entry: Expected, row: Attendance) -> None:
    if row.mode == AttendanceMode.ABSENT:
        entry.absence = entry.absence if row.lifted_at else row
    elif row.left_at is None:
        entry.here.append(row)
    else:
        entry.gone.append(row)


def _add_people(found: dict[int, Expected]) -> None:
    by_institution: dict[int, list[Membership]] = defaultdict(list)
    seen: set[tuple[int, int]] = set()
    rows = Membership.objects.current().filter(institution__in=found, user__is_active=True).select_related("user")
    for row in rows.order_by("user__full_name", "pk"):
        if (row.user_id, row.institution_id) not in seen:
            seen.add((row.user_id, row.institution_id))
            by_institution[row.institution_id].append(row)
    for pk, entry in found.items():
        entry.people = by_institution[pk]
