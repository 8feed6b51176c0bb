"""The rows of a meja computed anew from its events alone, and compared with what stands in the tables."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from core.canonical import canonical
from core.values import Value
from desks.models import Event, Item, Meja, Note, Position, Session, Stance
from desks.workflow import TRANSITIONS

TEXTS = ("applicability", "applicability_reason", "proposal_note")
CLEARING = ("submit", "answer", "propose")
SESSIONS = {"plan_session": "planned", "open_session": "open", "close_session": "closed", "reopen_session": "open"}


@dataclass
class Row:
    """A row as its events tell it."""

    state: str = "draft"
    version: int = 1
    value_proposed: str = "null"
    value_agreed: str = "null"
    applicability: str = "applies"
    applicability_reason: str = ""
    proposal_note: str = ""
    conclusion: str = ""
    reason: str = ""
    request_text: str = ""
    positions: list[str] = field(default_factory=list)
    stances: dict[tuple[int, str], tuple[int, str]] = field(default_factory=dict)
    notes: dict[tuple[str, str], int] = field(default_factory=dict)


@dataclass
class Story:
    """What a chain of events amounts to, and where it contradicts itself."""

    rows: dict[str, Row] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def replay(events: Iterable[Event]) -> Story:
    """Follow the events in order."""
    story = Story()
    for event in events:
        payload = json.loads(event.payload)
        if event.action == "open_meja":
            story.rows |= {fact["item"]: Row() for fact in payload["items"]}
        elif event.action in SESSIONS:
            story.sessions[payload["session"]] = SESSIONS[event.action]
        elif event.item:
            _apply(story, event, story.rows[event.item.code], payload)
    return story


def _apply(story: Story, event: Event, row: Row, payload: dict[str, Any]) -> None:
    version = payload.get("item_version", row.version)
    if version not in (row.version, row.version + 1):
        story.problems.append(f"{event}: version {row.version} → {version}")
    row.version = version
    if event.action in TRANSITIONS:
        _move(story, event, row, payload)
    elif event.action == "edit":
        after = payload["after"]
        row.value_proposed = canonical(after["value_proposed"]) if "value_proposed" in after else row.value_proposed
        for name in TEXTS:
            setattr(row, name, after.get(name, getattr(row, name)))
    elif event.action == "position":
        row.positions.append(canonical(payload["value"]))
        if len(row.positions) != payload["seq"]:
            story.problems.append(f"{event}: position {payload['seq']} is number {len(row.positions)}")
    elif event.action == "stance":
        row.stances[payload["position"], payload["party"]] = (payload["seq"], payload["kind"])
    elif event.action == "note":
        row.notes[payload["of"], payload["note"]] = payload["seq"]


def _move(story: Story, event: Event, row: Row, payload: dict[str, Any]) -> None:
    move = TRANSITIONS[event.action]
    if (
        row.state not in move.sources
        or payload["before"]["state"] != row.state
        or payload["after"]["state"] != move.target
    ):
        story.problems.append(f"{event}: {row.state} → {payload['after']['state']} is no legal {event.action}")
    row.state = payload["after"]["state"]
    if event.action in ("agree", "agree_noted", "decline", "leave"):
        # A verdict in the room says its whole conclusion, none where it is silent; closing a sitting leaves the one that stood.
        stood = "" if "session" in payload else row.conclusion
        row.reason, row.conclusion = payload.get("reason", ""), payload.get("conclusion", stood)
        row.value_agreed = canonical(payload["value_agreed"]) if "value_agreed" in payload else row.value_agreed
    elif event.action == "reopen":
        row.reason, row.conclusion, row.value_agreed = "", "", "null"
    elif event.action == "discuss":
        row.reason = ""
    if event.action in ("return", "repair"):
        row.request_text = payload["note"]
    elif event.action in CLEARING:
        row.request_text = ""


def differences(meja: Meja, story: Story) -> list[str]:
    """Where the tables say something else than the events."""
    found = list(story.problems)
    for item in Item.objects.filter(meja=meja):
        told, stands = story.rows.get(item.code), row_of(item)
        if told != stands:
            found.append(f"{item.code}: events say {told}, tables say {stands}")
    sessions = dict(Session.objects.filter(mejas=meja).values_list("code", "state"))
    if sessions != story.sessions:
        found.append(f"{meja.code}: sessions {sessions} are {story.sessions} by their events")
    return found


def row_of(item: Item) -> Row:
    """A row as the tables hold it."""
    names = ("state", "version", *TEXTS, "conclusion", "reason", "request_text")
    row = Row(**{name: getattr(item, name) for name in names})
    row.value_proposed, row.value_agreed = _value(item.value_proposed), _value(item.value_agreed)
    row.positions = [_value(position.value) for position in Position.objects.filter(item=item).order_by("seq")]
    stances = Stance.objects.filter(position__item=item).select_related("position", "institution").order_by("seq")
    row.stances = {(stance.position.seq, stance.institution.code): (stance.seq, stance.kind) for stance in stances}
    row.notes = {
        (note.institution.code, note.kind): note.version
        for note in Note.objects.filter(item=item).select_related("institution")
    }
    return row


def _value(value: Value | None) -> str:
    return canonical(value.as_json() if value else None)
