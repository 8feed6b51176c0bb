"""Moves of rows along the table in desks/workflow.py, many at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

from accounts.actors import Actor, can
from core.errors import (
    InvalidInput,
)
from desks.chain import Writer
from desks.models import Item, Session
from desks.selectors.deadlines import require_due
from desks.services.item.rows import RowResult, StageMemory, answer_once, attempt, shown
from desks.versions import require_unlocked
from desks.workflow import TRANSITIONS, advance

HAND_IN: Final = ("submit", "answer")


def move_rows(
    actor: Actor, action: str, rows: Sequence[tuple[str, int]], *, given: dict[str, Any] | None = None, session: Session | None = None, key: str = ""
) -> list[RowResult]:  # fmt: skip
    """Make one move of the table on many rows; each succeeds or is refused by itself. Verdicts have a service of their own (settle)."""
    move = TRANSITIONS.get(action)
    if move is None or move.consent or action in ("decline", "leave", "reopen", "redraft", "bring", "merge"):
        raise InvalidInput(f"Tindakan “{action}” tidak tersedia di sini.")
    from desks.services.strands import counted_mejas

    facts = dict(given or {})
    body = [
        "move",
        action,
        [list(row) for row in rows],
        {name: _plain(content) for name, content in facts.items()},
        session.code if session else "",
    ]

    def work(items: dict[str, Item]) -> Callable[[Writer], list[RowResult]]:
        stages = StageMemory(actor)
        return lambda writer: [
            attempt(
                code,
                items,
                partial(_move_one, writer, action=action, version=version, given=facts, stages=stages, session=session),
            )
            for code, version in rows
        ]

    return answer_once(actor, key, body, work, [code for code, _ in rows], counted_mejas if action in HAND_IN else None)


def _plain(content: Any) -> Any:
    return content.code if hasattr(content, "code") else content


def _move_one(
    writer: Writer, item: Item, action: str, version: int, given: dict[str, Any], stages: StageMemory, session: Session | None
) -> RowResult:  # fmt: skip
    from desks.services.strands import acts_of

    move = TRANSITIONS[action]
    if can(writer.actor, move.permission, item) and item.state in move.sources:
        require_unlocked(item)
        stages.require(item, move.stages)
        if "due" in move.needs:
            require_due(item.round, given.get("due"), writer.now)
        if action in HAND_IN:
            acts_of(item).before_hand_in(writer, item)
    columns, payload = _request_columns(action, given)
    advance(writer, item, action, seen_version=version, session=session, given=given, columns=columns, payload=payload)
    if action in HAND_IN:
        acts_of(item).hand_in(writer, item)
    return RowResult(item.code, "saved", item.version, item.state, shown(item))


def _request_columns(action: str, given: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """A request (return, repair) stands on the row until it is answered."""
    if action in ("return", "repair"):
        owner, due = given.get("owner"), given.get("due")
        columns = {"request_text": given.get("note", ""), "request_due": due, "request_owner": owner}
        return columns, {"due": due, "owner": owner.code if owner else ""}
    if action in ("answer", "submit", "propose"):
        return {"request_text": "", "request_due": None, "request_owner": None}, {}
    return {}, {}
