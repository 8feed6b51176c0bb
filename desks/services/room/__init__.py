"""Sittings, split by act: session (plan, open, agenda, close), attendance, common."""

from desks.services.room.attendance import record_absent, record_attendance, record_leaving
from desks.services.room.session import (
    add_to_agenda,
    call_item,
    close_and_follow,
    close_session,
    follow_up,
    open_session,
    plan_session,
    postpone_item,
    refresh_agenda,
    reopen_session,
)

__all__ = [
    "add_to_agenda", "call_item", "close_and_follow", "close_session", "follow_up", "open_session", "plan_session", "postpone_item", "record_absent",
    "record_attendance", "record_leaving", "refresh_agenda", "reopen_session",
]  # fmt: skip
