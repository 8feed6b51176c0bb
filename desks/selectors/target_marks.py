"""Targets that moved after a row was filled: from what to what, by whom, when, as long as the owner has not answered."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from core.values import Value, format_value
from desks.models import Event, Item
from indicators.choices import FigureKind

CHANGED: Final = "change_target"
CONFIRMED: Final = "confirm_target"


@dataclass
class Moved:
    """The targets of one row that moved, each in a sentence; who moved the last one and when."""

    lines: list[str] = field(default_factory=list)
    last_seq: int = 0
    who: str = ""
    institution: str = ""
    when: dt.datetime | None = None


def moved_targets(items: Sequence[Item]) -> dict[int, Moved]:
    """What moved under each marked row, by its key; one query, none where no row is marked."""
    since = {item.pk: item.target_seq for item in items if item.target_seq is not None}
    return moved_since(since) if since else {}


def moved_since(since: dict[int, int]) -> dict[int, Moved]:
    """The same for rows given as key and seq of the first change."""
    rows = (
        Event.objects.filter(item__in=since, action=CHANGED)
        .select_related("actor", "institution")
        .order_by("item_id", "seq")
    )
    events: dict[int, list[Event]] = defaultdict(list)
    for event in rows:
        if event.item_id is not None and event.seq >= since[event.item_id]:
            events[event.item_id].append(event)
    return {pk: _moved(found) for pk, found in events.items()}


def _moved(events: list[Event]) -> Moved:
    """The first reading and the last of each kind of target."""
    first: dict[str, Any] = {}
    last: dict[str, Any] = {}
    for event in events:
        facts = json.loads(event.payload)
        first.setdefault(facts["target"], facts["from"])
        last[facts["target"]] = facts["to"]
    newest = events[-1]
    return Moved(
        [_line(kind, first[kind], last[kind]) for kind in first],
        newest.seq, newest.actor.full_name, newest.institution.short_name, newest.at,
    )  # fmt: skip


def _line(kind: str, first: Any, last: Any) -> str:
    label = FigureKind(kind).label
    if first == last:
        return f"{label} sempat berubah, kini kembali {_text(last)}"
    return f"{label} berubah dari {_text(first)} menjadi {_text(last)}"


def _text(content: Any) -> str:
    return format_value(Value.from_json(content)) if content else "kosong"
