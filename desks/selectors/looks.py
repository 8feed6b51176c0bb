"""When a person last looked at a desk, so that what changed since can be marked."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Preference, User
from core.prepared import Prepared
from desks.models import Desk

PAUSE = dt.timedelta(minutes=30)
"""After so long without a look, the next one is a new visit."""
SPARE = dt.timedelta(minutes=2)
"""A look within this time of the noted one is not noted again."""


def _look(*, user: int, key: str) -> QuerySet[Any, Any]:
    return Preference.objects.filter(user=user, key=key).order_by().values_list("value", flat=True)


LOOK: Final = Prepared(_look, user=int, key=str)


def last_visit(user: User, desk: Desk, *, note: bool = True, kept_text: str | None = None) -> dt.datetime | None:
    """The end of the visit before this one, None at the first; `note` keeps this look for the next time.

    `kept_text` is the preference of `look_key`, where the page has read it already.
    """
    now = timezone.now()
    if kept_text is None:
        kept_text = next(iter(LOOK(user=user.pk, key=look_key(desk))), "")
    kept = json.loads(kept_text) if kept_text else {}
    before, seen = _time(kept.get("before")), _time(kept.get("seen"))
    if seen and now - seen > PAUSE:
        before = seen
    if note and (seen is None or now - seen > SPARE):
        _keep(user, desk, before, now)
    return before


def mark_all_seen(user: User, desk: Desk) -> None:
    """From now on only what changes later is marked."""
    now = timezone.now()
    _keep(user, desk, now, now)


def _keep(user: User, desk: Desk, before: dt.datetime | None, seen: dt.datetime) -> None:
    value = json.dumps({"before": before.isoformat() if before else None, "seen": seen.isoformat()})
    row = Preference(user=user, key=look_key(desk), value=value, at=seen)
    # One statement, also at the first visit: two tabs that open at once cannot trip over each other.
    Preference.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["user", "key"], update_fields=["value", "at"]
    )


def look_key(desk: Desk) -> str:
    """Under which preference the look at a desk is kept."""
    return f"desk_look:{desk.pk}"


def _time(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None
