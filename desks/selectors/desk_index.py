"""The list of sittings and desks of one person, with its filters."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from accounts.actors import Actor, can
from desks.choices import SETTLED, UNSUBMITTED, SessionState
from desks.models import Desk, Item, Meja, Session
from desks.scopes import scope_of
from desks.selectors.room import SessionCard, cards_of, visible_sessions

CLOSED_SHOWN = 50


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; '' means all."""

    round: str = ""
    desk: str = ""
    region: str = ""
    state: str = ""

    @classmethod
    def from_query(cls, query: QueryDict) -> Filters:
        """As typed in the address."""
        return cls(
            query.get("penyelenggaraan", ""), query.get("desk", ""), query.get("daerah", ""), query.get("keadaan", "")
        )

    def sessions(self, rows: QuerySet[Session]) -> QuerySet[Session]:
        """The sittings that pass."""
        wanted: dict[str, Any] = {"desk__round__code": self.round, "desk__code": self.desk, "state": self.state}
        rows = rows.filter(**{name: value for name, value in wanted.items() if value})
        if self.region:
            rows = rows.filter(pk__in=Session.objects.filter(mejas__region__kode=self.region).values("pk"))
        return rows


@dataclass(frozen=True)
class Group:
    """Sittings under one heading."""

    title: str
    cards: list[SessionCard]


def grouped_sessions(actor: Actor, filters: Filters) -> list[Group]:
    """Running, today, this week, later, missed, closed; empty groups are left out."""
    rows = filters.sessions(visible_sessions(actor))
    cards = cards_of(actor, rows.exclude(state=SessionState.CLOSED))
    closed = list(
        rows.filter(state=SessionState.CLOSED).order_by("-starts").values_list("pk", flat=True)[:CLOSED_SHOWN]
    )
    groups: dict[str, list[SessionCard]] = {
        "Berlangsung": [], "Hari ini": [], "Minggu ini": [], "Nanti": [], "Terlewat, belum dibuka": [],
        "Selesai": cards_of(actor, rows.filter(pk__in=closed))[::-1],
    }  # fmt: skip
    now = timezone.now()
    for card in cards:
        groups[_heading(card.session, now)].append(card)
    return [Group(title, found) for title, found in groups.items() if found]


def _heading(session: Session, now: dt.datetime) -> str:
    if session.state == SessionState.OPEN:
        return "Berlangsung"
    zone = ZoneInfo(session.tz)
    days = (session.starts.astimezone(zone).date() - now.astimezone(zone).date()).days
    if days == 0:
        return "Hari ini"
    if days < 0:
        return "Terlewat, belum dibuka"
    return "Minggu ini" if days < 7 else "Nanti"


def filter_choices(actor: Actor) -> dict[str, list[tuple[str, str]]]:
    """What the filters offer: rounds, desks, regions of one's own sittings; states."""
    rows = visible_sessions(actor).order_by()
    rounds = rows.values_list("desk__round__code", "desk__round__short_name").distinct()
    desks = rows.values_list("desk__code", "desk__name").distinct()
    regions: list[tuple[str, str]] = []
    if actor.central:
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


def central_desks(actor: Actor, filters: Filters) -> list[dict[str, Any]]:
    """Each desk of a central institution, whether it fills targets there, and how many of its rows are submitted and settled."""
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
            "targets": can(actor, "desks.set_target", desk), "board": can(actor, "desks.view_desk_board", desk),
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
    """The desks whose sittings the actor may plan."""
    return [
        desk
        for desk in my_desks(actor)
        if can(actor, "desks.run_session", desk) or can(actor, "desks.manage_round", desk.round)
    ]


def _narrow(rows: QuerySet[Desk], filters: Filters) -> QuerySet[Desk]:
    if filters.round:
        rows = rows.filter(round__code=filters.round)
    return rows.filter(code=filters.desk) if filters.desk else rows
