"""The list of sittings and desks of one person, with its filters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from accounts.actors import Actor, can
from desks.choices import SETTLED, UNSUBMITTED, SessionState
from desks.models import Desk, Item, Meja, Session
from desks.scopes import leading, scope_of
from desks.selectors.room import SessionCard, cards_of, visible_sessions

SHOWN = 8
"""Sittings of one part on the page of all parts; the rest stands on a page of its own."""
PARTS = {
    "berlangsung": "Berlangsung", "hari-ini": "Hari ini", "minggu-ini": "Minggu ini", "nanti": "Nanti",
    "terlewat": "Terlewat, belum dibuka", "selesai": "Selesai",
}  # fmt: skip


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; '' means all."""

    round: str = ""
    desk: str = ""
    region: str = ""
    state: str = ""
    part: str = ""

    @classmethod
    def from_query(cls, query: QueryDict) -> Filters:
        """As typed in the address."""
        names = ("penyelenggaraan", "desk", "daerah", "keadaan", "bagian")
        return cls(*(query.get(name, "") for name in names))

    def words(self) -> str:
        """The filters as a sentence for a workbook."""
        labels = {"penyelenggaraan": self.round, "desk": self.desk, "daerah": self.region, "keadaan": self.state}
        given = [f"{label} {value}" for label, value in labels.items() if value]
        return ", ".join([*given, PARTS[self.part].lower()] if self.part in PARTS else given) or "tanpa saringan"

    def sessions(self, rows: QuerySet[Session]) -> QuerySet[Session]:
        """The sittings that pass."""
        wanted: dict[str, Any] = {"desk__round__code": self.round, "desk__code": self.desk, "state": self.state}
        rows = rows.filter(**{name: value for name, value in wanted.items() if value})
        if self.region:
            rows = rows.filter(pk__in=Session.objects.filter(mejas__region__kode=self.region).values("pk"))
        return rows


@dataclass(frozen=True)
class Group:
    """Sittings under one heading: the part's name in addresses, how many there are, the first of them."""

    part: str
    title: str
    count: int
    cards: list[SessionCard]

    @property
    def more(self) -> bool:
        """Whether some are not shown."""
        return self.count > len(self.cards)


def grouped_sessions(actor: Actor, filters: Filters) -> list[Group]:
    """Running, today, this week, later, missed, closed: each with its first sittings; empty groups are left out."""
    rows = filters.sessions(visible_sessions(actor))
    places = _places(rows)
    closed = rows.filter(state=SessionState.CLOSED).order_by("-starts", "pk")
    firsts = {part: pks[:SHOWN] for part, pks in places.items()}
    firsts["selesai"] = list(closed.values_list("pk", flat=True)[:SHOWN])
    counts = {part: len(pks) for part, pks in places.items()} | {"selesai": closed.count()}
    cards = cards_in_order(actor, [pk for pks in firsts.values() for pk in pks])
    shown = {part: [card for card in cards if card.session.pk in set(pks)] for part, pks in firsts.items()}
    return [Group(part, title, counts[part], shown[part]) for part, title in PARTS.items() if counts[part]]


def sessions_of_part(actor: Actor, filters: Filters) -> QuerySet[Session, int]:
    """The keys of all sittings of the part asked for, in the order of the list."""
    rows = filters.sessions(visible_sessions(actor))
    if filters.part == "selesai":
        found = rows.filter(state=SessionState.CLOSED).order_by("-starts", "pk")
    else:
        found = rows.filter(pk__in=_places(rows)[filters.part]).order_by("starts", "pk")
    return found.values_list("pk", flat=True)


def every_session(actor: Actor, filters: Filters) -> QuerySet[Session, int]:
    """The keys of all sittings that pass, of the part asked for or of all, soonest first."""
    if filters.part in PARTS:
        return sessions_of_part(actor, filters)
    return filters.sessions(visible_sessions(actor)).order_by("starts", "pk").values_list("pk", flat=True)


def cards_in_order(actor: Actor, pks: Sequence[int]) -> list[SessionCard]:
    """The cards of these sittings, in this order."""
    cards = {
        card.session.pk: card
        for card in cards_of(actor, Session.objects.filter(pk__in=pks).select_related("desk__round"))
    }
    return [cards[pk] for pk in pks]


def _places(rows: QuerySet[Session]) -> dict[str, list[int]]:
    """The keys of the sittings that are not closed by part, soonest first; the day is that of each sitting's zone."""
    now = timezone.now()
    places: dict[str, list[int]] = {part: [] for part in PARTS if part != "selesai"}
    waiting = rows.exclude(state=SessionState.CLOSED).order_by("starts", "pk")
    for pk, state, starts, tz in waiting.values_list("pk", "state", "starts", "tz"):
        places[_part(state, starts, tz, now)].append(pk)
    return places


def _part(state: str, starts: dt.datetime, tz: str, now: dt.datetime) -> str:
    if state == SessionState.OPEN:
        return "berlangsung"
    zone = ZoneInfo(tz)
    days = (starts.astimezone(zone).date() - now.astimezone(zone).date()).days
    if days == 0:
        return "hari-ini"
    if days < 0:
        return "terlewat"
    return "minggu-ini" if days < 7 else "nanti"


def filter_choices(actor: Actor) -> dict[str, list[tuple[str, str]]]:
    """What the filters offer: rounds, desks, regions of one's own sittings; states."""
    rows = visible_sessions(actor).order_by()
    rounds = rows.values_list("desk__round__code", "desk__round__short_name").distinct()
    desks = rows.values_list("desk__code", "desk__name").distinct()
    regions: list[tuple[str, str]] = []
    if leading(actor):
        found = Meja.objects.filter(sessions__in=rows).order_by().values_list("region__kode", "region__name").distinct()
        regions = sorted(found)
    return {
        "penyelenggaraan": sorted(rounds), "desk": sorted((code, f"{code} {name}") for code, name in desks),
        "daerah": regions, "keadaan": list(SessionState.choices),
    }  # fmt: skip


def my_desks(actor: Actor) -> QuerySet[Desk]:
    """The desks within the actor's seats."""
    condition = Q(pk__in=[])
    for seat in scope_of(actor).seats:
        here = Q(round_id=seat.round_id)
        if seat.desk_id is not None:
            here &= Q(pk=seat.desk_id)
        if seat.strand:
            here &= Q(strand=seat.strand)
        condition |= here
    return Desk.objects.filter(condition).select_related("round").prefetch_related("bidang_rows")


def central_desks(actor: Actor, filters: Filters, plannable: Collection[int]) -> list[dict[str, Any]]:
    """Each desk of an institution of the host's side: whether it plans sittings (`plannable`) or sets targets, how many rows were submitted, settled."""
    rows = _narrow(my_desks(actor), filters).annotate(mejas_count=Count("mejas"))
    later = Item.objects.exclude(state__in=UNSUBMITTED).filter(meja__desk__in=rows).order_by()
    counts = {
        desk: (total, done)
        for desk, total, done in later.values("meja__desk").annotate(
            total=Count("pk"), done=Count("pk", filter=Q(state__in=SETTLED))
        ).values_list("meja__desk", "total", "done")
    }  # fmt: skip
    return [
        {
            "desk": desk, "mejas": desk.mejas_count, "counts": counts.get(desk.pk, (0, 0)),
            "plan": desk.pk in plannable, "targets": can(actor, "desks.set_target", desk), "board": can(actor, "desks.view_desk_board", desk),
        }
        for desk in rows
    ]  # fmt: skip


def region_desks(actor: Actor, filters: Filters) -> list[dict[str, Any]]:
    """Each meja of one's region: rows filled, submitted, settled, and its next or last sitting in both clocks."""
    mejas = (
        Meja.objects.filter(region_id=actor.region_id, desk__in=_narrow(my_desks(actor), filters))
        .select_related("desk__round", "region")
        .prefetch_related(Prefetch("sessions", Session.objects.order_by("starts")))
        .order_by("desk__round", "desk__order", "desk__code")
    )
    visible = Item.objects.visible_to(actor).filter(region_id=actor.region_id, meja__in=mejas).order_by()
    counts = {
        row["meja"]: row
        for row in visible.values("meja").annotate(
            total=Count("pk"), submitted=Count("pk", filter=~Q(state__in=UNSUBMITTED)), done=Count("pk", filter=Q(state__in=SETTLED)),
        )
    }  # fmt: skip
    empty = {"total": 0, "submitted": 0, "done": 0}
    return [
        {"meja": meja, "counts": counts.get(meja.pk, empty), "sessions": list(meja.sessions.all())[-2:]}
        for meja in mejas
        if meja.pk in counts or meja.sessions.all()
    ]


def plannable_desks(actor: Actor) -> list[Desk]:
    """The desks whose sittings the actor may plan; none of a closed round."""
    return [
        desk
        for desk in my_desks(actor).filter(round__closed_at__isnull=True)
        if can(actor, "desks.run_session", desk) or can(actor, "desks.manage_round", desk.round)
    ]


def _narrow(rows: QuerySet[Desk], filters: Filters) -> QuerySet[Desk]:
    """The desks of the round asked for, else of those that run."""
    rows = rows.filter(round__code=filters.round) if filters.round else rows.filter(round__closed_at__isnull=True)
    return rows.filter(code=filters.desk) if filters.desk else rows
