"""What every act on a sitting checks and records."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.actors import Actor, can
from core.errors import NotAllowed, TransitionNotAllowed
from desks.chain import Writer
from desks.choices import SessionState
from desks.models import Meja, Session


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
    if session.desk.round.closed_at is not None:
        raise TransitionNotAllowed(f"{session.desk.round.short_name} sudah ditutup.")
