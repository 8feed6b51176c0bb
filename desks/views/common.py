"""What the pages of the desks share: the speaker, the context bar, keys of forms."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accounts.http import speaker_of, speaker_required
from core.canonical import canonical, sha256_hex
from core.errors import DomainError, InvalidInput, NotAllowed, NotFound, StageClosed, StaleState, TransitionNotAllowed
from core.http import is_htmx
from desks.models import Round
from desks.selectors.context import bar_stage
from desks.selectors.stages import StageWindow
from desks.services.item import RowResult

__all__ = [
    "act_key",
    "asked",
    "form_key",
    "is_htmx",
    "new_key",
    "show_context",
    "refusal_status",
    "require_some_right",
    "speaker_of",
    "speaker_required",
]


def show_context(request: HttpRequest, round_: Round | None, windows: Iterable[StageWindow] = ()) -> None:
    """Say in the context bar which round and which of its stages is on: the open one that closes first, else the next.

    Without `windows` the stage is read when the bar is drawn.
    """
    stage = _stage_now(list(windows), timezone.now())
    facts: dict[str, Any] = {"round": round_}
    if round_ is not None and not windows:
        facts["stage"] = SimpleLazyObject(lambda: bar_stage(round_, speaker_of(request)))
    if round_ is not None and stage is not None:
        facts["stage"] = {"label": stage.stage.label, "closes_at": stage.closes_at, "tz": round_.tz}
    request.portal_context = facts  # type: ignore[attr-defined]


def _stage_now(windows: list[StageWindow], now: dt.datetime) -> StageWindow | None:
    running = sorted((each for each in windows if each.is_open(now)), key=lambda each: each.closes_at)
    coming = [each for each in windows if each.opens_at > now]
    return next(iter(running or coming), None)


def new_key() -> str:
    """A key for one form that was drawn."""
    return uuid.uuid4().hex


def form_key(request: HttpRequest, body: Any) -> str:
    """The idempotency key of a posted form: one per form and content.

    A page brought back with the browser's back button carries its old key; its new content is another write, not a refusal.
    """
    given = request.POST.get("idempotency_key") or request.POST.get("kunci") or new_key()
    return sha256_hex(canonical([given, body]))


def act_key(request: HttpRequest) -> str:
    """The idempotency key of an act whose whole form is its meaning (see `form_key`)."""
    own = {"csrfmiddlewaretoken", "idempotency_key", "kunci"}
    content = {name: request.POST.getlist(name) for name in request.POST if name not in own}
    return form_key(request, [request.path, content])


def asked(result: RowResult) -> dict[str, str]:
    """An ambiguous number with both readings as printed."""
    details = result.details
    return {
        "text": details["text"],
        "as_thousands": details["as_thousands"],
        "as_decimal": details["as_decimal"].replace(".", ","),
    }


def require_ok(result: RowResult) -> RowResult:
    """The refusal of a single row as the error it was."""
    if result.ok:
        return result
    kinds: dict[str, type[DomainError]] = {
        each.code: each for each in (NotAllowed, NotFound, StageClosed, StaleState, InvalidInput)
    }
    raise kinds.get(result.problem, TransitionNotAllowed)(result.message, **result.details)


def require_some_right(results: Sequence[RowResult]) -> None:
    """NotAllowed when every row of a batch was refused for want of the right: then the act itself is not the actor's."""
    if results and all(result.problem == NotAllowed.code for result in results):
        raise NotAllowed(results[0].message)


def refusal_status(refused: Iterable[RowResult]) -> int:
    """409 where a row has moved on or its stage is closed, 422 where only what was typed has to be mended."""
    moved = (StaleState.code, TransitionNotAllowed.code, StageClosed.code)
    return 409 if any(result.problem in moved for result in refused) else 422
