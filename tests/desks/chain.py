"""The check of a chain that tests run after acts: every hash recomputed from the columns, every link followed."""

from __future__ import annotations

import json

from django.db.models import Q

from desks.chain import hash_of
from desks.digests import note_digest, position_digest, stance_digest
from desks.models import Event, Meja, NoteRevision, Position, Round, Stance


def verify_chain(target: Meja | Round) -> list[Event]:
    """The events of the chain, after checking that seq has no hole, each hash is its own and the head is the last."""
    target.refresh_from_db()
    rows = Event.objects.filter(chain=target.chain).select_related("item", "actor", "on_behalf", "institution")
    events = list(rows.order_by("seq"))
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    previous = ""
    for event in events:
        assert event.prev_hash == previous, f"{event} does not follow"
        assert event.hash == hash_of(event), f"{event} was changed"
        previous = event.hash
    assert (target.version, target.head_hash) == (len(events), previous)
    if isinstance(target, Meja):
        _verify_rows(target, events)
    return events


def _verify_rows(meja: Meja, events: list[Event]) -> None:
    """Every position, stance and note revision stands in the chain with the hash of its columns."""
    talk = [event for event in events if event.action in ("position", "stance", "note")]
    recorded = sorted(json.loads(event.payload)["row_hash"] for event in talk)
    rows = [
        position_digest(row) for row in Position.objects.filter(Q(item__meja=meja) | Q(place__usulan__item__meja=meja))
    ]
    rows += [stance_digest(row) for row in Stance.objects.filter(position__item__meja=meja)]
    rows += [note_digest(row) for row in NoteRevision.objects.filter(note__meja=meja)]
    assert recorded == sorted(rows)


def actions(target: Meja | Round) -> list[str]:
    """What was done, in order."""
    return [event.action for event in verify_chain(target)]
