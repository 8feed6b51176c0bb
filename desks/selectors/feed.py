"""What happened to the rows one may see, in order, for programs that keep a copy: the change feed of the API."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.actors import Actor
from desks.choices import NoteKind
from desks.disclosure import INSIDE_REGION
from desks.models import Event, Item
from desks.scopes import OWNER_ROLES

MOST: Final = 200


@dataclass(frozen=True)
class Change:
    """One act on a row: what, when, by which institution, and which version and state the row has since."""

    id: int
    at: dt.datetime
    action: str
    item: str
    meja: str
    round: str
    region: str
    institution: str
    on_behalf: str
    item_version: int | None
    state: str


def changes_after(actor: Actor, after: int, *, limit: int = MOST, now: dt.datetime | None = None) -> list[Change]:
    """At most `limit` acts after the number `after`, oldest first, as far as the actor may know of them (design 5).

    Acts of the last seconds (FEED_LAG_SECONDS) are kept back: numbers are given before a transaction ends, so a lower one may still appear
    after a higher one; a reader that went past it would miss it for good. Contents are not told here, the row itself is read under its own rules.
    """
    now = now or timezone.now()
    until = now - dt.timedelta(seconds=settings.FEED_LAG_SECONDS)
    events = known_events(actor).filter(pk__gt=after, at__lte=until).order_by("pk")
    columns = ("pk", "at", "action", "item__code", "meja__code", "round__code", "item__region__kode", "institution__kind",
               "institution__kode", "on_behalf__kind", "on_behalf__kode", "payload")  # fmt: skip
    return [_change(*row) for row in events.values_list(*columns)[:limit]]


def known_events(actor: Actor) -> QuerySet[Event]:
    """The events of rows in the actor's sight: all for the owners, for others what happened in the open after the first submission."""
    seen = Item.objects.visible_to(actor)
    submitted = Event.objects.filter(item=OuterRef("item"), action="submit", seq__lte=OuterRef("seq"))
    inside = Q(action__in=INSIDE_REGION) & ~Q(payload__contains='"at_desk":true')
    open_to_all = Q(Exists(submitted)) & ~inside
    kept = _note(NoteKind.INTERNAL) & ~Q(institution=actor.institution)
    if actor.role in OWNER_ROLES:
        open_to_all |= Q(item__region_id=actor.region_id)
        kept |= _note(NoteKind.REGION) & ~Q(item__region_id=actor.region_id)
    else:
        kept |= _note(NoteKind.REGION)
    return Event.objects.filter(open_to_all, item__in=seen.order_by()).exclude(kept)


def _note(kind: NoteKind) -> Q:
    return Q(action="note", payload__contains=f'"note":"{kind.value}"')


def _change(
    pk: int, at: dt.datetime, action: str, item: str, meja: str, round_: str, region: str, kind: str, kode: str,
    behalf_kind: str | None, behalf: str | None, payload: str,
) -> Change:  # fmt: skip
    facts = json.loads(payload)
    after = facts.get("after") or {}
    state = after.get("state", "") if isinstance(after, dict) else ""
    return Change(
        pk, at, action, item, meja, round_, region, f"{kind}:{kode}", f"{behalf_kind}:{behalf}" if behalf_kind else "",
        facts.get("item_version"), state,
    )  # fmt: skip
