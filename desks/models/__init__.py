"""The conversation: setup (round, desk, seat), room (meja, session), item (agenda rows), talk (positions, stances, notes, events)."""

from desks.models.item import Item, Lineage, Support, SupportFund, SupportPlace
from desks.models.room import AgendaEntry, Attendance, Meja, Session, SessionMeja
from desks.models.setup import (
    ConsentParty,
    Desk,
    DeskBidang,
    DeskIndicator,
    InnerDeadline,
    Round,
    Seat,
    Stage,
    StageException,
)
from desks.models.talk import ClientWrite, Event, Note, NoteRevision, Position, Stance

__all__ = [
    "AgendaEntry", "Attendance", "ClientWrite", "ConsentParty", "Desk", "DeskBidang", "DeskIndicator", "Event", "InnerDeadline", "Item",
    "Lineage", "Meja", "Note", "NoteRevision", "Position", "Round", "Seat", "Session", "SessionMeja", "Stage", "StageException", "Stance",
    "Support", "SupportFund", "SupportPlace",
]  # fmt: skip
