"""What others than the region's own may read of a row: what was handed in, never what is being typed there."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from accounts.actors import Actor
from core.values import Value
from desks.choices import UNSUBMITTED, Applicability, ItemState
from desks.models import Event, Item
from desks.scopes import OWNER_ROLES

INSIDE_REGION: Final = frozenset(
    {
        "edit",
        "redraft",
        "accept_warning",
        "propose",
        "return",
        "add_support",
        "change_support",
        "remove_support",
        "add_usulan",
        "change_usulan",
        "carry_usulan",
        "add_daerah_action",
        "change_daerah_action",
        "remove_daerah_action",
        "accept_finding",
        "reopen_finding",
    }  # fmt: skip
)
"""Acts whose content may be a draft's: it stays with the region even when the row has been submitted since."""
TYPED: Final = ("edit", "add_usulan", "change_usulan", "carry_usulan")
"""Acts that say in `after` what was typed into the row."""
BEING_TYPED: Final = (*UNSUBMITTED, ItemState.REPAIR, ItemState.WITHDRAWN)
BLANK: Final[dict[str, Any]] = {
    "value_proposed": None, "applicability": Applicability.APPLIES.value, "applicability_reason": "", "proposal_note": "",
}  # fmt: skip


def sees_drafting(actor: Actor, item: Item) -> bool:
    """Whether the actor belongs to the owners, who see what happened before the row was submitted."""
    return actor.role in OWNER_ROLES and actor.region_id == item.region_id


def show_handed_in(items: Iterable[Item], actor: Actor | None = None) -> None:
    """Put in the place of what is being typed what the region last handed in, in memory only; one query where there is such a row.

    Without an actor for everybody (paper); with one, rows of the own region stay as they stand.
    """
    hidden = [row for row in items if row.state in BEING_TYPED and not (actor and sees_drafting(actor, row))]
    if not hidden:
        return
    known = _handed_in(hidden)
    for row in hidden:
        facts = known.get(row.pk, BLANK)
        for name, content in facts.items():
            setattr(row, name, Value.from_json(content) if isinstance(content, dict) else content)


def _handed_in(items: list[Item]) -> dict[int, dict[str, Any]]:
    events = Event.objects.filter(item__in=items, action__in=[*TYPED, "submit", "answer", "bring"]).order_by(
        "item_id", "seq"
    )
    typed: dict[int, dict[str, Any]] = {}
    found: dict[int, dict[str, Any]] = {}
    for item_id, payload in events.values_list("item_id", "payload"):
        if item_id is None:
            continue
        after = json.loads(payload).get("after") or {}
        facts = typed.setdefault(item_id, dict(BLANK))
        facts.update({name: after[name] for name in BLANK if name in after})
        if after.get("state") in (ItemState.SUBMITTED, ItemState.DISCUSSED):
            found[item_id] = dict(facts)
    return found
