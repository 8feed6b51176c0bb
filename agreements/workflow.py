"""The state of a berita acara from its events alone: what the header must say."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from agreements.choices import CLOSING_KINDS, BaState
from agreements.models import BeritaAcara
from desks.models import Event

ACTIONS = (
    "draft_ba", "edit_ba", "plan_signatory", "drop_signatory", "finalise_ba", "sign_ba", "change_signatory", "complete_ba", "void_ba",
    "supersede_ba",
)  # fmt: skip


def events_of(ba: BeritaAcara) -> list[tuple[str, dict[str, Any]]]:
    """The acts on a berita acara in the chain of its first meja, in order."""
    first = ba.mejas.order_by("pk").first()
    if first is None:
        return []
    rows = Event.objects.filter(meja=first, action__in=ACTIONS, payload__contains=f'"ba":"{ba.code}"').order_by("seq")
    return [(action, json.loads(payload)) for action, payload in rows.values_list("action", "payload")]


def state_from_events(events: Iterable[tuple[str, dict[str, Any]]]) -> BaState | None:
    """Fold acts into the state they lead to; None where there is no act."""
    state: BaState | None = None
    waiting: set[int] = set()
    for action, facts in events:
        if action == "draft_ba":
            state = BaState.DRAFT
        elif action == "finalise_ba":
            state, waiting = BaState.AWAITING, set(facts["signers"])
        elif action == "sign_ba" and facts["kind"] in CLOSING_KINDS:
            waiting.discard(facts["order"])
            state = state if waiting else BaState.COMPLETE
        elif action == "void_ba":
            state = BaState.VOID
        elif action == "supersede_ba":
            state = BaState.SUPERSEDED
    return state
