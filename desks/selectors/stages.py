"""Which stages of a round are open, for whom, until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import F, Max, Min, Q, QuerySet
from django.utils import timezone

from accounts.actors import Actor
from accounts.choices import InstitutionKind, Role
from core.dates import deadline
from core.errors import StageClosed
from core.prepared import Prepared
from desks.choices import StageKind
from desks.models import Round, Stage

NO_INNER: Final = Q(inner_deadlines__pk__in=[])


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
    return _windows(_dated_stages(round_, actor), actor)


def windows_by_round(rounds: Sequence[Round], actor: Actor) -> dict[int, list[StageWindow]]:
    """`windows_for` of several rounds by key, in one query."""
    stages: dict[int, list[Stage]] = {round_.pk: [] for round_ in rounds}
    for stage in _with_dates(Q(round__in=rounds), *_dates_of(actor)):
        stages[stage.round_id].append(stage)
    return {pk: _windows(rows, actor) for pk, rows in stages.items()}


def _windows(stages: Iterable[Stage], actor: Actor | None) -> list[StageWindow]:
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


def _dated_stages(round_: Round, actor: Actor | None) -> list[Stage]:
    if actor is None:
        return FOR_ANYBODY(round_=round_.pk)
    if actor.role == Role.OPD:
        return FOR_OPD(round_=round_.pk, institution=actor.institution.pk, region=actor.region_id)
    return FOR_INSTITUTION(round_=round_.pk, institution=actor.institution.pk)


def _dates_of(actor: Actor) -> tuple[Q, Q]:
    """Which extensions and inner dates count for the actor."""
    if actor.role == Role.OPD:
        return _dates_of_opd(actor.institution.pk, actor.region_id)
    return Q(exceptions__institution=actor.institution.pk), NO_INNER


def _dates_of_opd(institution: int, region: int | None) -> tuple[Q, Q]:
    """An extension for a Bappeda also holds for the OPD of its region; the inner date counts for them only."""
    through_bappeda = Q(exceptions__institution__kind=InstitutionKind.BAPPEDA, exceptions__institution__region=region)
    return Q(exceptions__institution=institution) | through_bappeda, Q(inner_deadlines__region=region)


def _for_anybody(*, round_: int) -> QuerySet[Any, Any]:
    return _with_dates(Q(round=round_), Q(exceptions__pk__in=[]), NO_INNER)


def _for_institution(*, round_: int, institution: int) -> QuerySet[Any, Any]:
    return _with_dates(Q(round=round_), Q(exceptions__institution=institution), NO_INNER)


def _for_opd(*, round_: int, institution: int, region: int) -> QuerySet[Any, Any]:
    return _with_dates(Q(round=round_), *_dates_of_opd(institution, region))


def _with_dates(here: Q, extends: Q, inner: Q) -> QuerySet[Any, Any]:
    return Stage.objects.filter(here).annotate(
        level=F("round__level"),
        extended_until=Max("exceptions__until", filter=extends),
        inner_closes=Min("inner_deadlines__closes_at", filter=inner),
    )


FOR_ANYBODY: Final = Prepared(_for_anybody, round_=int)
FOR_INSTITUTION: Final = Prepared(_for_institution, round_=int, institution=int)
FOR_OPD: Final = Prepared(_for_opd, round_=int, institution=int, region=int)
"""Asked by every page for the clock in its bar."""


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
    chosen: dict[str, tuple[dt.datetime, dt.datetime]] = {}
    for kind, role, opens_at, closes_at in STAGES(*kinds, round_=round_.pk, role=actor.role):
        if role or kind not in chosen:
            chosen[kind] = (opens_at, closes_at)
    return any(opens_at <= now < closes_at for opens_at, closes_at in chosen.values())


def _stages(*kinds: StageKind, round_: int, role: str) -> QuerySet[Any, Any]:
    rows = Stage.objects.filter(round=round_, kind__in=kinds, role__in=("", role)).order_by("opens_at", "pk")
    return rows.values_list("kind", "role", "opens_at", "closes_at")


STAGES: Final = Prepared(_stages, round_=int, role=str)
"""Asked by every save."""


def _closed_message(windows: list[StageWindow], now: dt.datetime, tz: str) -> str:
    past = [window for window in windows if window.closes_at <= now]
    if past:
        last = max(past, key=lambda window: window.closes_at)
        consequence = f" {last.stage.on_close}" if last.stage.on_close else ""
        return f"Tahapan {last.stage.label} ditutup {deadline(last.closes_at, tz)}.{consequence} Perpanjangan dicatat oleh sekretariat."
    if windows:
        return f"Tahapan {windows[0].stage.label} baru dibuka {deadline(windows[0].opens_at, tz)}."
    return "Tahapan untuk tindakan ini belum dijadwalkan. Hubungi sekretariat."
