"""Which announcements a page shows. Kept in the process for some seconds, so that a page costs no query for them."""

from __future__ import annotations

import datetime as dt
import json
import time
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import Preference, User
from desks.helpdesk_choices import LEVEL_TONES, AnnouncementLevel
from desks.models import Announcement
from desks.scopes import kept_rounds

PREFERENCE: Final = "announcements_read"
SESSION: Final = "announcements_read"


@dataclass(frozen=True)
class Shown:
    """An announcement as a page shows it; `mark` names this wording of it."""

    code: str
    mark: str
    text: str
    label: str
    tone: str
    round_id: int | None
    starts_at: dt.datetime
    ends_at: dt.datetime


_memory: dict[str, tuple[float, list[Shown]]] = {}


def forget() -> None:
    """Read anew at the next page."""
    _memory.clear()


def remember(rows: list[Shown]) -> None:
    """Take these as read now."""
    _memory["rows"] = (time.monotonic(), rows)


def current(now: dt.datetime) -> list[Shown]:
    """All announcements shown now, the loudest first; read at most every ANNOUNCEMENT_SECONDS by one query."""
    read_at, rows = _memory.get("rows", (0.0, []))
    if not read_at or time.monotonic() - read_at > settings.ANNOUNCEMENT_SECONDS:
        rows = [_shown(row) for row in Announcement.objects.filter(ends_at__gt=now).order_by("-starts_at", "-pk")[:20]]
        rows.sort(key=lambda row: -list(AnnouncementLevel.labels).index(row.label))
        remember(rows)
    return [row for row in rows if row.starts_at <= now < row.ends_at]


def _shown(row: Announcement) -> Shown:
    tone = LEVEL_TONES[row.level].value
    mark = f"{row.code}:{row.version}"
    label = str(row.get_level_display())
    return Shown(row.code, mark, row.text, label, tone, row.round_id, row.starts_at, row.ends_at)


def announcements_for(request: HttpRequest) -> list[Shown]:
    """What this page shows this person: for all, or for the round that the page is about, and not yet put away."""
    rows = current(timezone.now())
    if not rows:
        return []
    user: Any = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return [row for row in rows if row.round_id is None]
    round_ = getattr(request, "portal_context", {}).get("round")
    here = [row for row in rows if row.round_id is None or round_ and row.round_id == round_.pk]
    read = set(_read_marks(request, user)) if here else set()
    return [row for row in here if row.mark not in read]


def _read_marks(request: HttpRequest, user: User) -> list[str]:
    """Put away by the person; read once a visit and kept in the session."""
    marks: list[str] | None = request.session.get(SESSION)
    if marks is None:
        marks = request.session[SESSION] = dismissed_by(user)
    return marks


def dismissed_by(user: User) -> list[str]:
    """The marks that the person has put away, in any browser."""
    value = Preference.objects.filter(user=user, key=PREFERENCE).values_list("value", flat=True).first()
    return list(json.loads(value)) if value else []


def kept_announcements(actor: Actor) -> QuerySet[Announcement]:
    """The list of a secretariat: of its rounds, and those for everybody; newest first."""
    kept = kept_rounds(actor)
    return Announcement.objects.filter(Q(round__in=kept) | Q(round__isnull=True)).select_related("round", "by")
