"""The legal moves of an agenda row: one table, and `advance()`, the only writer of `Item.state`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from accounts.actors import Actor, can
from core.errors import InvalidInput, NotAllowed, TransitionNotAllowed
from core.fields import value_columns
from core.values import Value, format_value
from desks.chain import Writer
from desks.choices import VERDICTS, Applicability, ItemState, Party, SessionState, StageKind
from desks.models import Event, Item, Session
from desks.versions import change_item, require_unlocked
from indicators.choices import Strand

S = ItemState
BEFORE_VERDICT = (S.DRAFT, S.PROPOSED, S.RETURNED, S.SUBMITTED, S.REPAIR, S.DISCUSSED)
REGION_STAGES = (StageKind.FILLING_REGION,)
ANSWER_STAGES = (StageKind.FILLING_REGION, StageKind.VERIFICATION, StageKind.DESK)


@dataclass(frozen=True)
class Transition:
    """One legal move: from where, to where, who, what it needs. `stages` empty means at any time."""

    action: str
    label: str
    sources: tuple[ItemState, ...]
    target: ItemState
    permission: str
    needs: frozenset[str] = frozenset()
    stages: tuple[StageKind, ...] = ()
    in_session: bool = False
    consent: bool = False


def _move(
    action: str,
    label: str,
    sources: tuple[ItemState, ...],
    target: ItemState,
    permission: str,
    *needs: str,
    **more: Any,
) -> Transition:
    return Transition(action, label, sources, target, f"desks.{permission}", frozenset(needs), **more)


TRANSITIONS: dict[str, Transition] = {
    move.action: move
    for move in (
        _move("redraft", "Ubah kembali", (S.RETURNED,), S.DRAFT, "edit_item", stages=REGION_STAGES),
        _move("propose", "Usulkan", (S.DRAFT, S.RETURNED), S.PROPOSED, "propose_item", "complete", stages=REGION_STAGES),
        _move("return", "Kembalikan", (S.PROPOSED,), S.RETURNED, "return_item", "note", stages=REGION_STAGES),
        _move("submit", "Ajukan", (S.DRAFT, S.PROPOSED), S.SUBMITTED, "submit_item", "complete", stages=REGION_STAGES),
        _move("answer", "Ajukan perbaikan", (S.REPAIR,), S.SUBMITTED, "submit_item", "complete", stages=ANSWER_STAGES),
        _move("repair", "Minta perbaikan", (S.SUBMITTED, S.DISCUSSED), S.REPAIR, "request_repair", "note", "due", "owner"),
        _move("discuss", "Bahas", (S.SUBMITTED, S.NOT_DISCUSSED), S.DISCUSSED, "settle_item", in_session=True),
        _move("agree", "Sepakati", (S.DISCUSSED,), S.AGREED, "settle_item", in_session=True, consent=True),
        _move("agree_noted", "Dengan catatan", (S.DISCUSSED,), S.AGREED_NOTED, "settle_item", "conclusion", in_session=True, consent=True),
        _move("decline", "Tidak disepakati", (S.DISCUSSED,), S.DECLINED, "settle_item", "conclusion", "reason", in_session=True),
        _move("leave", "Tidak terbahas", (S.SUBMITTED, S.DISCUSSED), S.NOT_DISCUSSED, "settle_item", "reason", in_session=True),
        _move("reopen", "Buka kembali", (S.AGREED, S.AGREED_NOTED, S.DECLINED), S.DISCUSSED, "reopen_item", "note", in_session=True),
        _move("bring", "Tambahkan di desk", (S.DRAFT,), S.DISCUSSED, "settle_item", "complete", in_session=True),
        _move("merge", "Gabungkan ke usulan lain", (S.SUBMITTED, S.DISCUSSED), S.WITHDRAWN, "settle_item", "note", in_session=True),
        _move("withdraw", "Tarik", (*BEFORE_VERDICT, S.NOT_DISCUSSED), S.WITHDRAWN, "withdraw_item", "note"),
    )
}  # fmt: skip

LACKING: dict[str, str] = {
    Strand.KEWILAYAHAN: "Usulan belum lengkap: {missing}, isi satuan, dan isi volume tiap lokasi.",
}
"""What a row without a figure lacks, where the figure is not typed as a target."""
NEED_MESSAGES = {
    "note": "Tuliskan catatan: apa yang perlu diketahui pihak lain.",
    "due": "Tentukan batas waktu.",
    "owner": "Tentukan penanggung jawab.",
    "reason": "Pilih kode alasan.",
    "conclusion": "Tuliskan kesimpulan pembahasan.",
}


def available_actions(actor: Actor, item: Item) -> list[Transition]:
    """The moves that the actor may make on the row in its present state, in the table's order."""
    if item.locked_at is not None or item.round.closed_at is not None:
        return []
    return [move for move in TRANSITIONS.values() if item.state in move.sources and can(actor, move.permission, item)]


def incomplete_reason(item: Item) -> str:
    """Why the row cannot be submitted yet; '' when it is complete."""
    if item.applicability == Applicability.APPLIES:
        if item.value_proposed is not None:
            return ""
        return LACKING.get(item.strand, "Target belum diisi.").format(missing=item.round.words.aim.missing)
    return "" if item.applicability_reason else "Alasan tidak relevan atau data belum tersedia belum diisi."


def require_move(actor: Actor, item: Item, action: str) -> Transition:
    """The move, if it exists from the row's state and the actor has the right; else the error people read."""
    move = TRANSITIONS.get(action)
    if move is None:
        raise InvalidInput(f"Tindakan “{action}” tidak dikenal.")
    if not can(actor, move.permission, item):
        raise NotAllowed()
    require_unlocked(item)
    if item.state not in move.sources:
        raise TransitionNotAllowed(
            f"Butir berstatus {item.get_state_display()}; “{move.label}” tidak tersedia pada status itu. Muat ulang halaman.",
            state=item.state,
        )
    return move


def advance(
    writer: Writer,
    item: Item,
    action: str,
    *,
    seen_version: int,
    session: Session | None = None,
    given: dict[str, Any] | None = None,
    columns: dict[str, Any] | None = None,
    payload: dict[str, Any] | None = None,
) -> Event:
    """Make one move of the table and record it.

    `given` holds what the move needs (note, due, owner, reason, conclusion); `columns` further columns to set with the state. Stages and
    consent are checked by the services that call this, inside the same block. Raises TransitionNotAllowed, NotAllowed, StaleState, InvalidInput.
    """
    move = require_move(writer.actor, item, action)
    given = given or {}
    for need in sorted(move.needs & set(NEED_MESSAGES)):
        if not given.get(need):
            raise InvalidInput(NEED_MESSAGES[need], field=need)
    if "complete" in move.needs and (lacking := incomplete_reason(item)):
        raise InvalidInput(f"{lacking} Lengkapi sebelum “{move.label}”.", field="value")
    if move.in_session:
        require_session(item, session)
    before = item.state
    change_item(writer.actor, item, seen_version, state=move.target, **(columns or {}))
    texts = {key: given[key] for key in ("note", "reason", "conclusion") if given.get(key)}
    return writer.record(
        item,
        action,
        {
            "before": {"state": before},
            "after": {"state": move.target, **state_facts(item)},
            "item_version": item.version,
            **texts,
            **(payload or {}),
        },
    )


def require_session(item: Item, session: Session | None) -> None:
    """The row must stand on the agenda of a session that is open now (read inside the block, so a closing session cannot cross)."""
    state = session.agenda.filter(item=item).values_list("session__state", flat=True).first() if session else None
    if state is None:
        raise TransitionNotAllowed("Butir ini tidak ada pada agenda sesi.")
    if state != SessionState.OPEN:
        raise TransitionNotAllowed("Sesi desk belum dibuka atau sudah ditutup.")


def state_facts(item: Item) -> dict[str, Any]:
    """The facts of a row that a verdict fixes, for the event."""
    agreed: Value | None = item.value_agreed
    return {"value_agreed": agreed.as_json() if agreed else None} if item.state in VERDICTS else {}


def agreed_columns(value: Value | None) -> dict[str, Any]:
    """The columns that hold the agreed value."""
    return value_columns("value_agreed", value)


def describe(value: Value | None) -> str:
    """A value for a message, '—' where there is none."""
    return format_value(value) or "—"


__all__ = [
    "TRANSITIONS",
    "Party",
    "Transition",
    "advance",
    "agreed_columns",
    "available_actions",
    "describe",
    "incomplete_reason",
    "require_move",
]
