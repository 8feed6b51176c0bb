"""What the context bar says on every page: the running round of the speaker, and its stage as it applies to the speaker."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.actors import Actor
from core.prepared import Prepared
from desks.models import Round, Seat, Stage
from desks.selectors.stages import current_window


def running_round(actor: Actor, now: dt.datetime | None = None) -> Round | None:
    """The round at which the actor sits and that is not closed; one with a stage open now first, then the latest plan year. One query."""
    found = RUNNING(institution=actor.institution.pk, role=actor.role, now=now or timezone.now())
    return next(iter(found), None)


def _running(*, institution: int, role: str, now: dt.datetime) -> QuerySet[Round]:
    sits = Seat.objects.filter(round=OuterRef("pk"), institution=institution, role=role)
    open_now = Stage.objects.filter(round=OuterRef("pk"), opens_at__lte=now, closes_at__gt=now)
    rounds = Round.objects.filter(Exists(sits), closed_at__isnull=True).annotate(running=Exists(open_now))
    return rounds.order_by("-running", "-plan_year", "level", "no")[:1]


RUNNING: Final = Prepared(_running, institution=int, role=str, now=dt.datetime)
"""Asked by every page that names no round itself."""


def bar_stage(round_: Round, actor: Actor) -> dict[str, Any] | None:
    """Label, closing time and zone of the stage that the actor's clock counts down to; of one not yet open no closing time. One query."""
    window = current_window(round_, actor)
    if window is None:
        return None
    label = window.stage.label
    if window.is_open(timezone.now()):
        return {"label": label, "closes_at": window.closes_at, "tz": round_.tz}
    return {"label": f"{label} belum dibuka", "closes_at": None, "tz": round_.tz}
