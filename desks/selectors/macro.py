"""Strategies and actions of macro rows as an actor may read them, and what it may do with them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, cast

from django.db.models import Count, Q

from accounts.actors import Actor
from accounts.models import Institution
from core.errors import DomainError, NotAllowed, NotFound
from desks.choices import ActionSide, Applicability, ItemState
from desks.disclosure import BEING_TYPED, sees_drafting
from desks.models import Event, Item, MacroAction, Round, Session
from desks.selectors.details import Cells
from desks.services.macro import keeps_only_its_own, require_side, side_owners
from desks.strands import Detail, form_of

REGION_ACTS: Final = ("add_daerah_action", "change_daerah_action", "remove_daerah_action")
HANDING_IN: Final = ("submit", "answer")


@dataclass(frozen=True)
class ActionShown:
    """A strategi or aksi as it is read; `may` says whether the reader may change it here and now."""

    code: str
    side: str
    text: str
    owner: str
    owner_code: str = ""
    at_desk: bool = False
    may: bool = False
    owner_full: str = ""
    """The owner's whole name, as paper prints it."""


@dataclass(frozen=True)
class Side:
    """One side of a row: its actions, whether the reader may add one, and why not now ('' where it never could)."""

    side: ActionSide
    label: str
    """As the level of the round calls it, inside a sentence."""
    actions: list[ActionShown]
    may: bool
    why_not: str
    owners: list[Institution] = field(default_factory=list)
    """Who can be chosen in the room, where the form stands on the page itself."""

    @property
    def title(self) -> str:
        """The heading of the side."""
        return f"Strategi dan aksi {self.label}"


@dataclass(frozen=True)
class ActionPanel:
    """Both sides of a row."""

    sides: list[Side] = field(default_factory=list)

    @property
    def may(self) -> bool:
        """Whether the reader may write on either side."""
        return any(side.may for side in self.sides)

    @property
    def total(self) -> int:
        """How many actions both sides have."""
        return sum(len(side.actions) for side in self.sides)


def action_cells(condition: Q) -> Cells:
    """Per row (pk): how many actions of the centre and of the region; one query."""
    rows = MacroAction.objects.filter(condition).order_by().values_list("item_id")
    counted = rows.annotate(
        pusat=Count("pk", filter=Q(side=ActionSide.PUSAT)), daerah=Count("pk", filter=Q(side=ActionSide.DAERAH))
    )
    return {item: (str(pusat) if pusat else "", str(daerah) if daerah else "") for item, pusat, daerah in counted}


def without_own_actions(items: Iterable[Item]) -> set[int]:
    """The rows (pk) of these that hold for their region and say no strategi and aksi of it, where the strand has such; one query."""
    rows = {
        item.pk for item in items
        if form_of(item.strand).detail == Detail.ACTIONS and item.applicability == Applicability.APPLIES
    }  # fmt: skip
    if not rows:
        return set()
    return rows - set(
        MacroAction.objects.filter(item__in=rows, side=ActionSide.DAERAH).values_list("item_id", flat=True)
    )


def action_panel(actor: Actor, item: Item, session: Session | None = None) -> ActionPanel:
    """The actions of a row by side, and what the actor may do with them here and now."""
    shown = actions_of([item], actor).get(item.pk, [])
    own = actor.institution.code if keeps_only_its_own(actor) else ""
    sides = []
    for side in ActionSide:
        refusal, at_desk = _refusal(actor, item, side, session)
        may = refusal is None
        rows = [
            ActionShown(
                row.code, row.side, row.text, row.owner, row.owner_code, row.at_desk,
                may and (at_desk or side == ActionSide.DAERAH or own in ("", row.owner_code)), row.owner_full,
            )
            for row in shown if row.side == side
        ]  # fmt: skip
        owners = owners_for(item, side) if may and session is not None else []
        sides.append(Side(side, item.round.words.side(side), rows, may, refusal or "", owners))
    return ActionPanel(sides)


def _refusal(actor: Actor, item: Item, side: str, session: Session | None) -> tuple[str | None, bool]:
    """None where the actor may write now, else why not ('' for those who never could); and whether it would be at the desk."""
    try:
        return None, require_side(actor, item, side, session)
    except NotAllowed:
        return "", False
    except DomainError as error:
        return error.message, False


class RowRef(NamedTuple):
    """What has to be known of a row to say which of its actions an actor reads."""

    pk: int
    state: str
    region_id: int


def board_actions(rows: Iterable[RowRef], actor: Actor) -> dict[int, tuple[tuple[str, ...], ...]]:
    """Per row (pk) the texts of the centre's and of the region's actions with their owners, as the actor reads them."""
    found = actions_of(rows, actor)
    return {
        pk: tuple(tuple(f"{row.text} ({row.owner})" for row in actions if row.side == side) for side in ActionSide)
        for pk, actions in found.items()
    }


def actions_of(items: Iterable[Item | RowRef], actor: Actor | None = None) -> dict[int, list[ActionShown]]:
    """The actions of rows by row (pk), centre first; three queries at most.

    Of a row that is with its region others (without an actor everybody: paper) read the region's side as it was last handed in.
    """
    rows = list(items)
    hidden = {
        row.pk for row in rows if row.state in BEING_TYPED and not (actor and sees_drafting(actor, cast(Item, row)))
    }
    found: dict[int, list[ActionShown]] = defaultdict(list)
    stored = MacroAction.objects.filter(item_id__in=[row.pk for row in rows]).exclude(
        item__in=hidden, side=ActionSide.DAERAH
    )
    for action in stored.select_related("owner").order_by("item_id", "order", "pk"):
        found[action.item_id].append(_shown(action))
    for pk, actions in _handed_in(hidden).items():
        found[pk] += actions
    return {pk: sorted(actions, key=lambda row: row.side != ActionSide.PUSAT) for pk, actions in found.items()}


def _shown(action: MacroAction) -> ActionShown:
    owner = action.owner
    return ActionShown(
        action.code, action.side, action.text, action.owner_name, owner.code if owner else "", action.added_at_desk,
        owner_full=owner.name if owner else action.owner_text,
    )  # fmt: skip


def _handed_in(items: set[int]) -> dict[int, list[ActionShown]]:
    """The region's side as it stood when each row was last handed in, read back from the events."""
    if not items:
        return {}
    events = Event.objects.filter(item_id__in=items, action__in=[*REGION_ACTS, *HANDING_IN]).order_by("item_id", "seq")
    typed: dict[int, dict[str, dict[str, Any]]] = defaultdict(dict)
    kept: dict[int, list[dict[str, Any]]] = {}
    for pk, action, payload in events.values_list("item_id", "action", "payload"):
        assert pk is not None
        facts = json.loads(payload)
        if action not in REGION_ACTS:
            if (facts.get("after") or {}).get("state") == ItemState.SUBMITTED:
                kept[pk] = sorted(typed[pk].values(), key=lambda row: int(row["order"]))
            continue
        _apply(typed[pk], facts)
        if facts.get("at_desk"):  # said in the room for all to hear
            kept[pk] = sorted(typed[pk].values(), key=lambda row: int(row["order"]))
    names = _owner_names({row["owner"] for rows in kept.values() for row in rows if row["owner"]})
    return {pk: [_from_facts(row, names) for row in rows] for pk, rows in kept.items()}


def _apply(standing: dict[str, dict[str, Any]], facts: dict[str, Any]) -> None:
    after, before = facts.get("after"), facts.get("before") or {}
    if after:
        standing[after["action"]] = {**after, "at_desk": facts.get("at_desk") and not before}
    else:
        standing.pop(before["action"], None)


def _from_facts(row: dict[str, Any], names: dict[str, tuple[str, str]]) -> ActionShown:
    owner, full = names.get(row["owner"], (row["owner_text"], row["owner_text"]))
    at_desk = bool(row.get("at_desk"))
    return ActionShown(row["action"], row["side"], row["text"], owner, row["owner"], at_desk, owner_full=full)


def _owner_names(codes: set[str]) -> dict[str, tuple[str, str]]:
    pairs = Q(pk__in=[])
    for code in codes:
        kind, _, kode = code.partition(":")
        pairs |= Q(kind=kind, kode=kode)
    return {row.code: (row.short_name, row.name) for row in Institution.objects.filter(pairs)} if codes else {}


def find_action(row: Item, code: str) -> MacroAction:
    """The action of this code on the row, else NotFound."""
    found = MacroAction.objects.select_related("owner").filter(item=row, code=code).first()
    if found is None:
        raise NotFound("Strategi dan aksi tidak ditemukan pada butir ini.")
    found.item = row
    return found


def owners_for(item: Item, side: str) -> list[Institution]:
    """The institutions that can answer for an action of this side of the row, by name."""
    return list(side_owners(item.round, side, item.region_id).filter(active=True).order_by("short_name", "pk"))


def host_owners(round_: Round) -> list[Institution]:
    """The institutions that can answer for an action of the host's side, by name."""
    return list(side_owners(round_, ActionSide.PUSAT).filter(active=True).order_by("short_name", "pk"))
