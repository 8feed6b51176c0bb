"""The table of moves in words, for help and documentation, drawn from the table that rules them."""

from __future__ import annotations

from dataclasses import dataclass

from desks.choices import STATE_TONES, ItemState
from desks.workflow import TRANSITIONS, Transition

WHO = {
    "desks.edit_item": "Bappeda atau OPD pengampu",
    "desks.propose_item": "OPD pengampu",
    "desks.return_item": "Bappeda",
    "desks.submit_item": "Bappeda",
    "desks.withdraw_item": "Bappeda",
    "desks.request_repair": "K/L pengampu, Bappenas, moderator, pimpinan sidang, atau sekretariat",
    "desks.settle_item": "moderator atau pimpinan sidang",
    "desks.reopen_item": "moderator atau pimpinan sidang",
}
NEEDS = {
    "complete": "target terisi, atau alasan tidak relevan/data belum tersedia",
    "note": "catatan",
    "due": "batas waktu",
    "owner": "penanggung jawab",
    "conclusion": "kesimpulan",
    "reason": "kode alasan",
}


@dataclass(frozen=True)
class MoveWords:
    """One move for people: its verb, from where, to where, by whom, what it needs."""

    action: str
    label: str
    sources: tuple[str, ...]
    target: str
    who: str
    needs: str


@dataclass(frozen=True)
class StateWords:
    """One state for people, with the moves that lead to it and away from it."""

    code: str
    label: str
    tone: str
    arrives: tuple[MoveWords, ...]
    leaves: tuple[MoveWords, ...]


def move_words() -> list[MoveWords]:
    """Every move of the table, in its order."""
    return [_words(move) for move in TRANSITIONS.values()]


def state_words() -> list[StateWords]:
    """Every state, in the order of a row's life."""
    found = []
    for state in ItemState:
        arrives = tuple(_words(move) for move in TRANSITIONS.values() if move.target == state)
        leaves = tuple(_words(move) for move in TRANSITIONS.values() if state in move.sources)
        found.append(StateWords(state.value, state.label, STATE_TONES[state].value, arrives, leaves))
    return found


def _words(move: Transition) -> MoveWords:
    needs = [NEEDS[need] for need in NEEDS if need in move.needs]
    if move.stages:
        needs.append("tahapan " + " / ".join(stage.label for stage in move.stages) + " terbuka")
    if move.in_session:
        needs.append("sesi desk berlangsung")
    if move.consent:
        needs.append("semua pihak setuju pada angka terbaru")
    sources = tuple(state.label for state in move.sources)
    return MoveWords(move.action, move.label, sources, move.target.label, WHO[move.permission], "; ".join(needs))
