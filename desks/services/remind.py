"""Reminding the people behind rows that are not handed in: a notice on their Home, once a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from accounts.actors import Actor, can
from accounts.choices import InstitutionKind, Role
from accounts.models import Institution, Membership, Notice
from accounts.services.notices import notify_once
from core.errors import NotAllowed, StageClosed
from core.numbers import format_number
from desks.choices import UNSUBMITTED, ItemState
from desks.models import Round, Seat
from desks.selectors.deadlines import submission_deadlines
from desks.selectors.overview.rows import Book, Narrow, book_for
from desks.services.idempotency import keyed

KIND: Final = "ingatkan_isian"
WAITING_FOR_REGION: Final = (*UNSUBMITTED, ItemState.REPAIR)
WAITING_FOR_OFFICE: Final = (ItemState.DRAFT, ItemState.RETURNED)


@dataclass(frozen=True)
class Behind:
    """An institution that rows wait for: how many are not submitted, how many under repair, and how many people can be reminded there."""

    institution: int
    name: str
    region: int
    held: int
    repair: int
    people: int

    @property
    def what(self) -> str:
        """What waits there, in words."""
        said = ((self.held, "belum diajukan"), (self.repair, "diminta diperbaiki"))
        return ", ".join(f"{format_number(n)} butir {word}" for n, word in said if n)


@dataclass(frozen=True)
class Reminded:
    """What became of a reminder: new notices, people who had one today already, institutions."""

    sent: int
    already: int
    institutions: int


def behind(book: Book) -> list[Behind]:
    """Whom the rows that pass the filters wait for: for a region's own people the perangkat daerah, for all others the Bappeda. Two or three queries."""
    waiting = _by_office(book) if book.owner else _by_region(book)
    return [Behind(inst.pk, inst.short_name, inst.region_id, *counts, inst.people) for inst, counts in waiting]


def _by_region(book: Book) -> list[tuple[Any, tuple[int, int]]]:
    rows = book.rows().filter(state__in=WAITING_FOR_REGION)
    counts = _counts(rows.values_list("region_id", "state").annotate(n=Count("pk")))
    seats = Seat.objects.filter(round=book.round, role=Role.BAPPEDA, institution__region_id__in=counts)
    found = Institution.objects.filter(pk__in=seats.values("institution")).order_by("region__kode", "kode")
    return [(each, counts[each.region_id]) for each in _with_people(found, Role.BAPPEDA)]


def _by_office(book: Book) -> list[tuple[Any, tuple[int, int]]]:
    held, rows = book.offices(), book.rows().filter(state__in=WAITING_FOR_OFFICE)
    assert held is not None
    groups = rows.values_list("indicator_id", "indicator__bidang_id", "state").annotate(n=Count("pk"))
    counts = _counts((held.of(indicator, bidang), state, n) for indicator, bidang, state, n in groups)
    found = Institution.objects.filter(kind=InstitutionKind.OPD, kode__in=counts).order_by("kode")
    return [(each, counts[each.kode]) for each in _with_people(found, Role.OPD)]


def _counts(groups: Iterable[tuple[Any, str, int]]) -> dict[Any, tuple[int, int]]:
    found: dict[Any, tuple[int, int]] = {}
    for key, state, n in groups:
        held, repair = found.get(key, (0, 0))
        found[key] = (held, repair + n) if state == ItemState.REPAIR else (held + n, repair)
    return found


def _who(role: Role) -> QuerySet[Membership]:
    return Membership.objects.current().filter(role=role, user__is_active=True).order_by()


def _with_people(institutions: QuerySet[Institution], role: Role) -> QuerySet[Any, Any]:
    """Institutions with `people`, how many can be reminded there."""
    here = _who(role).filter(institution=OuterRef("pk")).values("institution").annotate(n=Count("user", distinct=True))
    return institutions.annotate(people=Coalesce(Subquery(here.values("n")), 0))


@keyed(asdict, lambda stored: Reminded(**stored))
def remind(actor: Actor, round_: Round, narrow: Narrow, *, key: str = "") -> Reminded:
    """Put a notice on the Home of everybody behind the rows that pass `narrow`; who had the same one today gets none.

    NotAllowed without the right to call for filling, StageClosed in a closed round.
    """
    if not can(actor, "desks.remind_filling", round_):
        raise NotAllowed(
            "Pengingat dikirim oleh sekretariat, lembaga yang duduk di desk, atau Bappeda bagi perangkat daerahnya."
        )
    if round_.closed_at is not None:
        raise StageClosed(f"{round_.short_name} sudah ditutup.")
    book = book_for(actor, round_, narrow)
    found = behind(book)
    notices = _notices(book, found)
    midnight = timezone.localtime(timezone.now(), ZoneInfo(round_.tz)).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    with transaction.atomic():
        sent = notify_once(notices, midnight)
    return Reminded(sent, len(notices) - sent, sum(bool(each.people) for each in found))


def _notices(book: Book, found: list[Behind]) -> list[Notice]:
    """One notice a person: what waits, until when, and the way there."""
    round_, narrow = book.round, book.narrow
    usual, extended = submission_deadlines(round_)
    people: dict[int, set[int]] = defaultdict(set)
    who = _who(Role.OPD if book.owner else Role.BAPPEDA).filter(institution__in=[row.institution for row in found])
    for institution, user in who.values_list("institution_id", "user_id"):
        people[institution].add(user)
    where = f"Desk {narrow.desk}" if narrow.desk else round_.short_name
    url = f"{reverse('desks:isian_index')}?ronde={round_.code}"
    made = []
    for row in found:
        until = extended.get(row.region, usual)
        due = f" Batas pengajuan {until}." if until and row.held else ""
        text = f"{book.actor.institution.short_name} mengingatkan: {row.what}, {where}.{due}"[:300]
        for user in sorted(people[row.institution]):
            made.append(
                Notice(user_id=user, kind=KIND, object_code=f"{round_.code}:{narrow.desk or '*'}", text=text, url=url)
            )
    return made
