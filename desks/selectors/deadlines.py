"""Until when regions may hand in, and until when an answer may be asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import Max

from accounts.choices import InstitutionKind, Role
from core.dates import deadline
from desks.choices import StageKind
from desks.models import Round, Stage, StageException


def stage_of(round_: Round, kind: StageKind) -> Stage | None:
    """The stage as it stands for Bappeda: the row of its role before the row for all."""
    rows = Stage.objects.filter(round=round_, kind=kind, role__in=["", Role.BAPPEDA])
    return max(rows, key=lambda row: bool(row.role), default=None)


def submission_deadlines(round_: Round, regions: Collection[int]) -> dict[int, str]:
    """Per region the end of Pengisian Daerah with hour and zone, its recorded extension included."""
    stage = stage_of(round_, StageKind.FILLING_REGION)
    if stage is None:
        return {}
    extended = dict(
        StageException.objects.filter(
            stage=stage, institution__kind=InstitutionKind.BAPPEDA, institution__region_id__in=regions
        )
        .order_by()
        .values_list("institution__region_id")
        .annotate(Max("until"))
    )
    ends = {pk: max(stage.closes_at, extended.get(pk, stage.closes_at)) for pk in regions}
    return {
        pk: deadline(end, round_.tz) + (" (diperpanjang)" if end > stage.closes_at else "") for pk, end in ends.items()
    }


def latest_answer(round_: Round) -> dt.datetime | None:
    """When the desk stage ends: an answer asked for later would come to nothing. None where it is not scheduled."""
    stage = stage_of(round_, StageKind.DESK)
    return stage.closes_at if stage else None
