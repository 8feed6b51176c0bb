"""What waits for a person, over everything the portal knows: sources register here, Home shows one list by deadline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.urls import reverse

from accounts.actors import Actor
from accounts.choices import Role
from accounts.models import Notice
from core.dates import date_with_time, remaining
from desks.choices import UNSUBMITTED, SessionState
from desks.models import Item, Round, Session
from desks.scopes import OWNER_ROLES, host_side, scope_of, seat_filter
from desks.selectors.isian import desk_rows, rounds_of
from desks.selectors.stages import StageWindow, windows_by_round
from desks.selectors.story import stamp

WEEK = dt.timedelta(days=7)
NOTICES = 10
SESSIONS = 8


@dataclass(frozen=True)
class WaitingGroup:
    """Things of one kind that wait for the person: the act (a verb), how many of what, where, until when, and a few by name."""

    act: str
    label: str
    url: str
    count: int
    due: dt.datetime | None = None
    examples: tuple[str, ...] = ()
    tz: str = "Asia/Jakarta"

    @property
    def due_text(self) -> str:
        """The deadline with its zone, '' where there is none."""
        return date_with_time(self.due, self.tz) if self.due else ""


WaitingSource = Callable[[Actor, dt.datetime], list[WaitingGroup]]
WAITING_SOURCES: list[WaitingSource] = []


def register_waiting(source: WaitingSource) -> WaitingSource:
    """Add a source of waiting things; apps above the desks call this from their own `ready()`. Registering twice changes nothing."""
    if source not in WAITING_SOURCES:
        WAITING_SOURCES.append(source)
    return source


@dataclass
class ActGroup:
    """The waiting things under one verb, most urgent first."""

    act: str
    groups: list[WaitingGroup] = field(default_factory=list)


def waiting_for(actor: Actor, now: dt.datetime) -> list[ActGroup]:
    """Everything that waits for the actor: acts by their earliest deadline, things without a deadline last."""
    found = [group for source in WAITING_SOURCES for group in source(actor, now) if group.count]
    found.sort(key=lambda group: (group.due is None, group.due or now, group.act, group.label))
    acts: dict[str, ActGroup] = {}
    for group in found:
        acts.setdefault(group.act, ActGroup(group.act)).groups.append(group)
    return list(acts.values())


def open_rounds(actor: Actor) -> list[Round]:
    """The rounds of the actor that are not closed; read once per request and kept on the membership, as its seats are."""
    cached: list[Round] | None = getattr(actor.membership, "_open_rounds", None)
    if cached is None:
        cached = [round_ for round_ in rounds_of(actor) if round_.closed_at is None]
        actor.membership._open_rounds = cached  # type: ignore[attr-defined]
    return cached


def has_submitted(actor: Actor, round_: Round) -> bool:
    """Whether the actor's region has handed anything in yet in the round; until then Home leads to the page of the first hour."""
    return Item.objects.filter(round=round_, region_id=actor.region_id).exclude(state__in=UNSUBMITTED).exists()


def windows_of(actor: Actor, round_: Round) -> list[StageWindow]:
    """The stages of the round as they apply to the actor; read once per request for all open rounds together."""
    memory: dict[int, list[StageWindow]] = actor.membership.__dict__.setdefault("_stage_windows", {})
    if round_.pk not in memory:
        others = [each for each in open_rounds(actor) if each.pk != round_.pk]
        memory.update(windows_by_round([round_, *others], actor))
    return memory[round_.pk]


@dataclass(frozen=True)
class Bar:
    """How far one desk is."""

    label: str
    done: int
    total: int
    url: str


def fill_bars(actor: Actor, round_: Round) -> list[Bar]:
    """Filling by desk, lowest first: of the own region for those who fill, of the desks one sits at for the centre (submitted rows)."""
    if actor.role in OWNER_ROLES:
        bars = [
            Bar(row.name, row.done, row.total, f"{row.url}?saring=kosong")
            for row in desk_rows(actor, round_)
            if row.total
        ]
    elif host_side(actor, round_.pk) or actor.role == Role.SEKRETARIAT:
        bars = [
            Bar(name, done, total, reverse("desks:board", args=[round_.code, code]))
            for code, name, total, done in _submitted_by_desk(actor, round_)
        ]
    else:
        return []
    return sorted(bars, key=lambda bar: (bar.done / bar.total, bar.label))


def _submitted_by_desk(actor: Actor, round_: Round) -> Sequence[tuple[str, str, int, int]]:
    rows = Item.objects.filter(round=round_)
    desks = desks_of(actor, [round_])
    if desks is not None:
        rows = rows.filter(meja__desk_id__in=desks)
    return list(
        rows.order_by()
        .values_list("meja__desk__code", "meja__desk__name")
        .annotate(total=Count("pk"), done=Count("pk", filter=~Q(state__in=UNSUBMITTED)))
    )


def desks_of(actor: Actor, rounds: Sequence[Round]) -> set[int] | None:
    """The desks at which the actor sits in these rounds; None where a seat covers all desks of a round."""
    pks = {round_.pk for round_ in rounds}
    seats = [seat for seat in scope_of(actor).seats if seat.round_id in pks]
    if any(seat.desk_id is None for seat in seats):
        return None
    return {seat.desk_id for seat in seats if seat.desk_id is not None}


def own_sessions(actor: Actor, rounds: Sequence[Round]) -> Q:
    """The sittings that concern the actor: of its region, for an OPD at desks of its bidang; of the desks and regions of its seats for others."""
    condition = Q(desk__round__in=list(rounds))
    if actor.role in OWNER_ROLES:
        condition &= Q(mejas__region_id=actor.region_id)
        if actor.role == Role.OPD:
            held = {pk for round_ in rounds for pk in scope_of(actor).bidang(round_.plan_year)}
            condition &= Q(desk__bidang_rows__bidang_id__in=held)
        return condition
    pks = {round_.pk for round_ in rounds}
    seated = Q(pk__in=[])
    for seat in scope_of(actor).seats:
        if seat.round_id in pks:
            seated |= seat_filter(seat, meja="desk_id", region="mejas__region_id", round_="desk__round_id")
    return condition & seated


@dataclass(frozen=True)
class SessionShown:
    """A sitting on Home."""

    code: str
    desk: str
    regions: str
    when: str
    place: str
    state: str
    open: bool


def sessions_this_week(actor: Actor, rounds: Sequence[Round], now: dt.datetime) -> list[SessionShown]:
    """The actor's sittings that run now or begin within seven days, in two queries; one more than shown where there are more."""
    rows = (
        Session.objects.filter(own_sessions(actor, rounds))
        .filter(
            Q(state=SessionState.OPEN)
            | Q(state=SessionState.PLANNED, starts__gte=now - WEEK / 7, starts__lt=now + WEEK)
        )
        .select_related("desk")
        .prefetch_related("mejas__region")
        .distinct()
        .order_by("starts", "pk")[: SESSIONS + 1]
    )
    return [_session(row) for row in rows]


def _session(row: Session) -> SessionShown:
    names = [meja.region.short_name for meja in row.mejas.all()]
    regions = ", ".join(names[:3]) + (f" dan {len(names) - 3} lainnya" if len(names) > 3 else "")
    place = " · ".join(part for part in (row.place, row.get_mode_display()) if part)
    return SessionShown(
        row.code, row.desk.name, regions, stamp(row.starts, row.tz), place, row.get_state_display(),
        row.state == SessionState.OPEN,
    )  # fmt: skip


def new_notices(actor: Actor) -> list[Notice]:
    """What happened since the person last said "read": the newest unread notices."""
    return list(Notice.objects.filter(user=actor.user, read_at__isnull=True).order_by("-at")[:NOTICES])


def what_comes_next(round_: Round | None, windows: Sequence[StageWindow], now: dt.datetime) -> str:
    """One sentence for an empty list: the stage that runs or opens next."""
    if round_ is None:
        return "Anda belum terdaftar pada penyelenggaraan yang berjalan. Sekretariat mendaftarkan kursi lembaga Anda."
    running = sorted((each for each in windows if each.is_open(now)), key=lambda each: each.closes_at)
    coming = [each for each in windows if each.opens_at > now]
    if coming:
        stage = coming[0]
        return f"Berikutnya: {stage.stage.label} dibuka {date_with_time(stage.opens_at, round_.tz)}."
    if running:
        stage = running[0]
        left = remaining(stage.closes_at, now)
        return f"{stage.stage.label} masih dibuka sampai {date_with_time(stage.closes_at, round_.tz)} ({left} lagi)."
    return f"Semua tahapan {round_.short_name} sudah lewat."


def isian_url(code: str, work: str = "") -> str:
    """The table of a desk, filtered."""
    return reverse("desks:isian", args=[code]) + (f"?saring={work}" if work else "")
