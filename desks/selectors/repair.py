"""Which rows asked back for repair still stand as they were when the request came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from desks.choices import ItemState
from desks.models import Event, Item

MENDING: Final = (
    "edit", "change_usulan", "add_support", "change_support", "remove_support", "add_daerah_action", "change_daerah_action",
    "remove_daerah_action", "note",
)  # fmt: skip
"""What the region does about a request: it changes the row, its usulan, sub kegiatan or actions, or answers in a note."""


@dataclass(frozen=True)
class OpenRequest:
    """A request for repair to which the region has not reacted yet: who asked, when."""

    institution: str
    at: dt.datetime


def unmended(items: Iterable[Item]) -> dict[int, OpenRequest]:
    """The rows under repair on which nobody of the region changed or answered anything since the newest request, by key; one query."""
    rows = {item.pk: item for item in items if item.state == ItemState.REPAIR}
    if not rows:
        return {}
    events = Event.objects.filter(item__in=rows, action__in=("repair", *MENDING)).order_by("item_id", "seq")
    found: dict[int, OpenRequest] = {}
    told = events.values_list("item_id", "action", "institution__short_name", "institution__region_id", "at")
    for item_id, action, name, region, at in told:
        if item_id is None:
            continue
        if action == "repair":
            found[item_id] = OpenRequest(name, at)
        elif region == rows[item_id].region_id:
            found.pop(item_id, None)
    return found
