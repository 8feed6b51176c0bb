"""Which stages of a round are open, for whom, until when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils import timezone

from accounts.actors import Actor
from accounts.choices import InstitutionKind, Role
from core.dates import deadline
from core.errors import StageClosed
from desks.choices import StageKind
from desks.models import InnerDeadline, Round, Stage, StageException


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
    stages = Stage.objects.filter(round=round_).prefetch_related(
        Prefetch("exceptions", StageException.objects.select_related("institution")),
        Prefetch("inner_deadlines", InnerDeadline.objects.all()),
    )
    role = actor.role if actor else ""
    chosen: dict[str, Stage] = {}
    for stage in stages:
        if stage.role in ("", role) and (stage.kind not in chosen or stage.role):
            chosen[stage.kind] = stage
    return [_window(stage, actor) for stage in sorted(chosen.values(), key=lambda row: (row.opens_at, row.pk))]


def _window(stage: Stage, actor: Actor | None) -> StageWindow:
    closes, extended, inner = stage.closes_at, False, False
    if actor is not None:
        for exception in stage.exceptions.all():
            if _extends(exception, actor) and exception.until > closes:
                closes, extended = exception.until, True
        if actor.role == Role.OPD and not extended:
            for row in stage.inner_deadlines.all():
                if row.region_id == actor.region_id and row.closes_at < closes:
                    closes, inner = row.closes_at, True
    return StageWindow(stage, stage.opens_at, closes, extended, inner)


def _extends(exception: StageException, actor: Actor) -> bool:
    """An extension for a Bappeda also holds for the OPD of its region."""
    if exception.institution_id == actor.institution.pk:
        return True
    return (
        exception.institution.kind == InstitutionKind.BAPPEDA
        and actor.role == Role.OPD
        and exception.institution.region_id == actor.region_id
    )


def current_window(round_: Round, actor: Actor | None, now: dt.datetime | None = None) -> StageWindow | None:
    """The open stage that closes first, else the next to open, else None: what the context bar counts down."""
    now = now or timezone.now()
    windows = windows_for(round_, actor)
    running = sorted((window for window in windows if window.is_open(now)), key=lambda window: window.closes_at)
    coming = [window for window in windows if window.opens_at > now]
    return (running or coming or [None])[0]


def require_stage(round_: Round, actor: Actor, kinds: tuple[StageKind, ...], now: dt.datetime | None = None) -> None:
    """StageClosed unless one of `kinds` is open for the actor. The message names stage, hour and zone."""
    if not kinds:
        return
    now = now or timezone.now()
    if round_.closed_at is not None:
        raise StageClosed(f"{round_.short_name} sudah ditutup.")
    windows = [window for window in windows_for(round_, actor) if window.stage.kind in kinds]
    if any(window.is_open(now) for window in windows):
        return
    raise StageClosed(_closed_message(windows, now, round_.tz))


def _closed_message(windows: list[StageWindow], now: dt.datetime, tz: str) -> str:
    past = [window for window in windows if window.closes_at <= now]
    if past:
        last = max(past, key=lambda window: window.closes_at)
        consequence = f" {last.stage.on_close}" if last.stage.on_close else ""
        return f"Tahapan {last.stage.get_kind_display()} ditutup {deadline(last.closes_at, tz)}.{consequence} Perpanjangan dicatat oleh sekretariat."
    if windows:
        return f"Tahapan {windows[0].stage.get_kind_display()} baru dibuka {deadline(windows[0].opens_at, tz)}."
    return "Tahapan untuk tindakan ini belum dijadwalkan. Hubungi sekretariat."
