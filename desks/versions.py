"""Compare-and-set on a row: nobody overwrites a version he has not seen; the loser gets yours, theirs and base."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from accounts.actors import Actor
from core.errors import StaleState, TransitionNotAllowed
from core.values import Value, format_value
from desks.choices import ItemState
from desks.disclosure import INSIDE_REGION, sees_drafting, show_handed_in
from desks.models import Event, Item

FACTS = ("value_proposed", "applicability", "applicability_reason", "proposal_note", "state")


def change_item(actor: Actor, item: Item, seen_version: int, **columns: Any) -> None:
    """Set columns and raise the row's version, if it still has the version seen; else StaleState and nothing written."""
    changed = Item.objects.filter(pk=item.pk, version=seen_version).update(
        version=seen_version + 1, changed_at=timezone.now(), **columns
    )
    if not changed:
        raise stale(actor, item, seen_version, {})
    item.version = seen_version + 1
    for name, content in columns.items():
        setattr(item, name, content)


def reread(items: Iterable[Item]) -> None:
    """Bring version, state and lock of rows up to the block they are read in; for acts that raise no version and so have no CAS to fail."""
    rows = {item.pk: item for item in items}
    columns = ("pk", "version", "state", "locked_at")
    for pk, version, state, locked_at in Item.objects.filter(pk__in=rows).order_by().values_list(*columns):
        rows[pk].version, rows[pk].state, rows[pk].locked_at = version, state, locked_at


def require_unlocked(item: Item) -> None:
    """Nothing moves on a row that a final berita acara prints, nor in a round that is closed."""
    if item.locked_at is not None:
        raise TransitionNotAllowed(
            "Butir ini sudah tercantum dalam berita acara final. Perubahan hanya melalui berita acara perubahan."
        )
    if item.round.closed_at is not None:
        raise TransitionNotAllowed(f"{item.round.short_name} sudah ditutup; butirnya tidak dapat diubah lagi.")


def stale(actor: Actor, item: Item, seen_version: int, yours: dict[str, Any]) -> StaleState:
    """The error of a stale write: what was wanted, what stands now and who put it there, and what was seen, as far as the actor may read it."""
    now = Item.objects.get(pk=item.pk)
    show_handed_in([now], actor)
    drafts = sees_drafting(actor, item)
    events = Event.objects.filter(item=item).exclude(action__in=() if drafts else INSIDE_REGION)
    last = events.select_related("actor", "institution").order_by("-seq").first()
    by = (
        {"name": last.actor.full_name, "institution": last.institution.short_name, "at": last.at.isoformat()}
        if last
        else None
    )
    return StaleState(
        yours=yours,
        theirs={**facts_of(now), "version": now.version, "by": by},
        base={**facts_at(item, seen_version, drafts=drafts), "version": seen_version},
        code_of=item.code,
    )


def facts_of(item: Item) -> dict[str, Any]:
    """The comparable facts of a row, values as text."""
    value: Value | None = item.value_proposed
    return {
        "value_proposed": format_value(value),
        "applicability": item.applicability,
        "applicability_reason": item.applicability_reason,
        "proposal_note": item.proposal_note,
        "state": item.state,
    }


def facts_at(item: Item, version: int, *, drafts: bool) -> dict[str, Any]:
    """The facts as they stood at a version, read back from the events.

    Without `drafts` as other parties saw them: what was last handed in by then, nothing where that was never.
    """
    facts: dict[str, Any] = {
        "value_proposed": "",
        "applicability": "applies",
        "applicability_reason": "",
        "proposal_note": "",
        "state": "draft",
    }
    seen: dict[str, Any] = {}
    for payload in Event.objects.filter(item=item).order_by("seq").values_list("payload", flat=True):
        content = json.loads(payload)
        after = content.get("after") or {}
        if content.get("item_version", 0) > version:
            continue
        facts.update({name: _as_text(after[name]) for name in FACTS if name in after})
        if after.get("state") == ItemState.SUBMITTED:
            seen = dict(facts)
        elif seen and "state" in after:
            seen["state"] = after["state"]
    return facts if drafts else seen


def _as_text(content: Any) -> Any:
    return format_value(Value.from_json(content)) if isinstance(content, dict) else content or ""
