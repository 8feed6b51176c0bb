"""The conversation: setup (round, desk, seat), room (meja, session), item (agenda rows), talk (positions, stances, notes, events)."""

from desks.models.agenda_line import AgendaLine
from desks.models.alignment import AcceptedFinding
from desks.models.helpdesk import Announcement, Report
from desks.models.item import Item, Lineage, Support, SupportFund, SupportPlace
from desks.models.macro import MacroAction
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
    UsulanQuota,
)
from desks.models.slips import SlipAcceptance
from desks.models.talk import ClientWrite, Event, Note, NoteRevision, Position, Stance
from desks.models.upload import IsianUpload, UploadState
from desks.models.usulan import Correction, Readiness, Usulan, UsulanPlace, UsulanPriority

__all__ = [
    "AcceptedFinding", "Announcement", "Report",
    "AgendaEntry", "AgendaLine", "Attendance", "ClientWrite", "ConsentParty", "Correction", "Desk", "DeskBidang", "DeskIndicator", "Event", "InnerDeadline",
    "IsianUpload", "Item", "Lineage", "MacroAction", "Meja", "Note", "NoteRevision", "Position", "Readiness", "Round", "Seat", "Session", "SessionMeja",
    "SlipAcceptance", "Stage", "StageException", "Stance", "Support", "SupportFund", "SupportPlace", "UploadState", "Usulan", "UsulanPlace",
    "UsulanPriority", "UsulanQuota",
]  # fmt: skip
