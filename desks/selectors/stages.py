"""Which stages of a round are open, for whom, until when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Min, Q
from django.utils import timezone

from accounts.actors import Actor
from accounts.choices import InstitutionKind, Role
from core.dates import deadline
from core.errors import StageClosed
from desks.choices import StageKind
from desks.models import Round, Stage


@dataclass(frozen=True)
class StageWindow:
    """A stage as it applies to one actor: extension and inner date included."""

    stage: Stage
    opens_at: dt.datetime
    closes_at: dt.datetime
    extended: bool = False
    inner: bool = False

    def is_open(self, now: dt.datetime) -> bool:
        """Whether the actor may act now."""
        return self.opens_at <= now < self.closes_at


def windows_for(round_: Round, actor: Actor | None) -> list[StageWindow]:
    """The stages of the round as they apply to the actor, in order of opening; rows for the actor's role win over rows for all."""
    stages = Stage.objects.filter(round=round_).annotate(
        extended_until=Max("exceptions__until", filter=_extends(actor)),
        inner_closes=Min("inner_deadlines__closes_at", filter=_inner(actor)),
    )
    role = actor.role if actor else ""
    chosen: dict[str, Stage] = {}
    for stage in stages:
        if stage.role in ("", role) and (stage.kind not in chosen or stage.role):
            chosen[stage.kind] = stage
    return [_window(stage, actor) for stage in sorted(chosen.values(), key=lambda row: (row.opens_at, row.pk))]


def _window(stage: Any, actor: Actor | None) -> StageWindow:
    if stage.extended_until and stage.extended_until > stage.closes_at:
        return StageWindow(stage, stage.opens_at, stage.extended_until, extended=True)
    if stage.inner_closes and stage.inner_closes < stage.closes_at:
        return StageWindow(stage, stage.opens_at, stage.inner_closes, inner=True)
    return StageWindow(stage, stage.opens_at, stage.closes_at)


def _extends(actor: Actor | None) -> Q:
    """The extensions that count for the actor; one for a Bappeda also holds for the OPD of its region."""
    if actor is None:
        return Q(exceptions__pk__in=[])
    own = Q(exceptions__institution=actor.institution)
    if actor.role == Role.OPD:
        own |= Q(exceptions__institution__kind=InstitutionKind.BAPPEDA, exceptions__institution__region=actor.region_id)
    return own


def _inner(actor: Actor | None) -> Q:
    """The inner date counts for OPD of the region only."""
    if actor is None or actor.role != Role.OPD:
        return Q(inner_deadlines__pk__in=[])
    return Q(inner_deadlines__region=actor.region_id)


def current_window(round_: Round, actor: Actor | None, now: dt.datetime | None = None) -> StageWindow | None:
    """The open stage that closes first, else the next to open, else None: what the context bar counts down."""
    now = now or timezone.now()
    windows = windows_for(round_, actor)
    running = sorted((window for window in windows if window.is_open(now)), key=lambda window: window.closes_at)
    coming = [window for window in windows if window.opens_at > now]
    return next(iter(running or coming), None)


def require_stage(round_: Round, actor: Actor, kinds: tuple[StageKind, ...], now: dt.datetime | None = None) -> None:
    """StageClosed unless one of `kinds` is open for the actor. The message names stage, hour and zone."""
    if not kinds:
        return
    now = now or timezone.now()
    if round_.closed_at is not None:
        raise StageClosed(f"{round_.short_name} sudah ditutup.")
    if _open_by_its_dates(round_, actor, kinds, now):
        return
    windows = [window for window in windows_for(round_, actor) if window.stage.kind in kinds]
    if any(window.is_open(now) for window in windows):
        return
    raise StageClosed(_closed_message(windows, now, round_.tz))


def _open_by_its_dates(round_: Round, actor: Actor, kinds: tuple[StageKind, ...], now: dt.datetime) -> bool:
    """Whether the stages' own dates settle it: an extension only adds to them, and an inner date shortens them for OPD alone.

    Every save asks this; the whole answer with extensions costs three times as much.
    """
    if actor.role == Role.OPD:
        return False
    rows = Stage.objects.filter(round=round_, kind__in=kinds, role__in=("", actor.role)).order_by("opens_at", "pk")
    chosen: dict[str, tuple[dt.datetime, dt.datetime]] = {}
    for kind, role, opens_at, closes_at in rows.values_list("kind", "role", "opens_at", "closes_at"):
        if role or kind not in chosen:
            chosen[kind] = (opens_at, closes_at)
    return any(opens_at <= now < closes_at for opens_at, closes_at in chosen.values())


def _closed_message(windows: list[StageWindow], now: dt.datetime, tz: str) -> str:
    past = [window for window in windows if window.closes_at <= now]
    if past:
        last = max(past, key=lambda window: window.closes_at)
        consequence = f" {last.stage.on_close}" if last.stage.on_close else ""
        return f"Tahapan {last.stage.get_kind_display()} ditutup {deadline(last.closes_at, tz)}.{consequence} Perpanjangan dicatat oleh sekretariat."
    if windows:
        return f"Tahapan {windows[0].stage.get_kind_display()} baru dibuka {deadline(windows[0].opens_at, tz)}."
    return "Tahapan untuk tindakan ini belum dijadwalkan. Hubungi sekretariat."
