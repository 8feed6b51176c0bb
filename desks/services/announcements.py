"""Announcements: written, changed and ended by a secretariat, put away by each reader."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.actors import Actor, can
from accounts.audit import audited
from accounts.models import Preference, User
from core.errors import InvalidInput, NotAllowed, StaleState
from desks.helpdesk_choices import AnnouncementLevel
from desks.models import Announcement, Round
from desks.selectors.announcements import PREFERENCE, dismissed_by, forget

MOST_TEXT = 500
MOST_KEPT = 50
"""Dismissals remembered for a person; older announcements are long over."""


@dataclass(frozen=True)
class AnnouncementData:
    """What is announced; `round` None means on the pages of everybody, also on the login page."""

    text: str
    level: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    round: Round | None


@transaction.atomic
def announce(actor: Actor, data: AnnouncementData) -> Announcement:
    """Show a text on all pages from one hour until another."""
    made = Announcement(by=actor.user)
    _fill(actor, made, data)
    made.save()
    _record(actor, "desks.announce", made)
    return made


@transaction.atomic
def change_announcement(actor: Actor, row: Announcement, data: AnnouncementData, *, seen_version: int) -> Announcement:
    """Change it; whoever has put it away sees it again."""
    _require(actor, row)
    if not Announcement.objects.filter(pk=row.pk, version=seen_version).update(version=F("version") + 1):
        raise StaleState(yours=data.text, theirs=Announcement.objects.get(pk=row.pk).text, base=row.text)
    row.refresh_from_db()
    _fill(actor, row, data)
    row.by = actor.user
    row.save()
    _record(actor, "desks.change_announcement", row)
    return row


@transaction.atomic
def end_announcement(actor: Actor, row: Announcement) -> None:
    """Take it off the pages now; what was announced stays in the list."""
    _require(actor, row)
    now = timezone.now()
    if row.ends_at <= now:
        return
    Announcement.objects.filter(pk=row.pk).update(
        starts_at=min(row.starts_at, now), ends_at=now, version=F("version") + 1, changed_at=now
    )
    row.refresh_from_db()
    _record(actor, "desks.end_announcement", row)


def dismiss(user: User, mark: str) -> list[str]:
    """The person has read this announcement; the marks put away so far, newest last."""
    marks = [*(each for each in dismissed_by(user) if each != mark), mark][-MOST_KEPT:]
    row = Preference(user=user, key=PREFERENCE, value=json.dumps(marks), at=timezone.now())
    Preference.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["user", "key"], update_fields=["value", "at"]
    )
    return marks


def _fill(actor: Actor, row: Announcement, data: AnnouncementData) -> None:
    text = " ".join(data.text.split())
    if not text or len(text) > MOST_TEXT:
        raise InvalidInput(f"Tuliskan pengumuman, paling panjang {MOST_TEXT} huruf.", field="text")
    if data.level not in AnnouncementLevel.values:
        raise InvalidInput("Pilih tingkat pengumuman.", field="level")
    if data.ends_at <= data.starts_at:
        raise InvalidInput("Waktu berakhir harus sesudah waktu mulai.", field="ends_at")
    row.text, row.level, row.starts_at, row.ends_at, row.round = (
        text,
        data.level,
        data.starts_at,
        data.ends_at,
        data.round,
    )
    _require(actor, row)


def _require(actor: Actor, row: Announcement) -> None:
    if not can(actor, "desks.announce", row):
        raise NotAllowed("Anda hanya dapat mengumumkan pada penyelenggaraan yang Anda sekretariati.")


def _record(actor: Actor, action: str, row: Announcement) -> None:
    after = {
        "text": row.text, "level": row.level, "starts_at": row.starts_at.isoformat(), "ends_at": row.ends_at.isoformat(),
        "round": row.round.code if row.round else "",
    }  # fmt: skip
    audited(actor, action, row, row.code, after=after)
    forget()
    transaction.on_commit(forget)
