"""Until when regions may hand in, and until when an answer may be asked for."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from accounts.choices import InstitutionKind, Role
from core.dates import deadline
from core.errors import InvalidInput
from core.prepared import Prepared
from desks.choices import StageKind
from desks.models import Round, Stage


def stage_of(round_: Round, kind: StageKind) -> Stage | None:
    """The stage as it stands for Bappeda: the row of its role before the row for all."""
    rows = Stage.objects.filter(round=round_, kind=kind, role__in=["", Role.BAPPEDA])
    return max(rows, key=lambda row: bool(row.role), default=None)


def submission_deadlines(round_: Round) -> tuple[str, dict[int, str]]:
    """The end of Pengisian Daerah for Bappeda with hour and zone, '' where it is not scheduled, and per region a recorded extension."""
    rows = SUBMISSION(round_=round_.pk)
    if not rows:
        return "", {}
    stage, closes_at = rows[0][:2]
    until: dict[int, dt.datetime] = {}
    for pk, _, kind, region, end in rows:
        if pk == stage and kind == InstitutionKind.BAPPEDA and end > max(closes_at, until.get(region, closes_at)):
            until[region] = end
    extended = {region: f"{deadline(end, round_.tz)} (diperpanjang)" for region, end in until.items()}
    return deadline(closes_at, round_.tz), extended


def _submission(*, round_: int) -> QuerySet[Any, Any]:
    stages = Stage.objects.filter(round=round_, kind=StageKind.FILLING_REGION, role__in=["", Role.BAPPEDA])
    extension = ("exceptions__institution__kind", "exceptions__institution__region_id", "exceptions__until")
    return stages.order_by("-role").values_list("pk", "closes_at", *extension)


SUBMISSION: Final = Prepared(_submission, round_=int)


def require_due(round_: Round, due: dt.datetime | None, now: dt.datetime) -> None:
    """InvalidInput unless an answer may be asked for until `due`: it lies ahead and not after the desk stage."""
    if due is None:
        raise InvalidInput("Tentukan batas waktu.", field="due")
    if due <= now:
        raise InvalidInput("Batas waktu sudah lewat. Pilih waktu yang akan datang.", field="due")
    last = latest_answer(round_)
    if last is not None and due > last:
        raise InvalidInput(f"Batas waktu melewati akhir tahapan Desk, {deadline(last, round_.tz)}.", field="due")


def latest_answer(round_: Round) -> dt.datetime | None:
    """When the desk stage ends: an answer asked for later would come to nothing. None where it is not scheduled."""
    stage = stage_of(round_, StageKind.DESK)
    return stage.closes_at if stage else None


def usual_due(round_: Round) -> dt.date:
    """The day first offered for an answer: three days from now, or the end of the desk stage where that is nearer."""
    now, last = timezone.now(), latest_answer(round_)
    wanted = now + dt.timedelta(days=3)
    return timezone.localdate(min(wanted, last) if last and last > now else wanted)
