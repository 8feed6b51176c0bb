"""What every act on a sitting checks and records."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.actors import Actor, can
from core.errors import NotAllowed, TransitionNotAllowed
from desks.chain import Writer
from desks.choices import SessionState
from desks.models import Meja, Round, Session


def record(writer: Writer, mejas: Iterable[Meja], session: Session, action: str, **payload: object) -> None:
    """Write the act into the chain of each meja, in ascending key."""
    for meja in sorted(mejas, key=lambda row: row.pk):
        writer.record(meja, action, {"session": session.code, **payload})


def require_sitting(session: Session) -> None:
    """The sitting is open."""
    if session.state != SessionState.OPEN:
        raise TransitionNotAllowed(f"Sesi ini {session.get_state_display().lower()}.")


def require_chair(actor: Actor, session: Session) -> None:
    """The actor runs the sitting, and the round is not closed."""
    if not can(actor, "desks.run_session", session):
        raise NotAllowed()
    require_running(session.desk.round)


def require_running(round_: Round) -> None:
    """The round is not closed."""
    if round_.closed_at is not None:
        raise TransitionNotAllowed(f"{round_.short_name} sudah ditutup.")
