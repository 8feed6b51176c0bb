"""A sitting of one or more mejas played in memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from accounts.actors import Actor
from accounts.models import Institution, User
from core.errors import TransitionNotAllowed
from core.values import Value
from desks.choices import AgendaOutcome, AttendanceMode, SessionState
from desks.models import AgendaEntry, Attendance, Item, Session, SessionMeja
from desks.services.bulk.meja import BulkMeja
from desks.workflow import agreed_columns


class BulkSession:
    """A sitting of one meja, or of several at once: what concerns the sitting stands in the chain of each."""

    def __init__(self, books: Sequence[BulkMeja], session: Session) -> None:
        self.books, self.book, self.session = books, books[0], session
        self.agenda: dict[str, AgendaEntry] = {}

    @classmethod
    def plan(cls, actor: Actor, books: BulkMeja | Sequence[BulkMeja], session: Session) -> BulkSession:
        """Plan a sitting of the meja or mejas (see `room.plan_session`)."""
        made = cls([books] if isinstance(books, BulkMeja) else books, session)
        made.book.rows.add(session)
        for book in made.books:
            book.rows.add(SessionMeja(session=session, meja=book.meja))
        made._record(actor, "plan_session", {"session": session.code, "starts": session.starts, "ends": session.ends})
        return made

    def _record(self, actor: Actor, action: str, facts: dict[str, Any]) -> None:
        for book in self.books:
            book.record(actor, action, facts)

    def _of(self, item: Item) -> BulkMeja:
        return next(book for book in self.books if item.code in book.talk)

    def until(self, at: dt.datetime) -> None:
        """Move the clocks of all mejas on."""
        for book in self.books:
            book.until(at)

    def open(self, actor: Actor) -> list[Item]:
        """Open it; the agenda is what was submitted (see `room.open_session`)."""
        book = self.book
        self.session.state, self.session.opened_at = SessionState.OPEN, book.at
        open_states = ("submitted", "discussed", "not_discussed")
        listed = [item for each in self.books for item in each.items if item.state in open_states]
        for order, item in enumerate(listed, 1):
            self.agenda[item.code] = book.rows.add(AgendaEntry(session=self.session, item=item, order=order))
        self._record(actor, "open_session", {"session": self.session.code})
        return listed

    def attend(
        self, actor: Actor, user: User | None, institution: Institution, office: str = "", mode: str = AttendanceMode.ONSITE, *, name: str = ""
    ) -> None:  # fmt: skip
        """Record a person present, a guest by name (see `room.record_attendance`)."""
        book = self.book
        for each in self.books:
            each.present.add(institution.pk)
        book.rows.add(
            Attendance(
                session=self.session,
                institution=institution,
                user=user,
                name=user.full_name if user else name,
                office=office,
                mode=mode,
                recorded_by=actor.user,
                at=book.at,
            )
        )
        self._record(actor, "attend", {"session": self.session.code, "of": institution.code, "mode": mode})

    def miss(self, actor: Actor, institution: Institution, reason: str) -> None:
        """Record a party absent (see `room.record_absent`)."""
        book = self.book
        for each in self.books:
            each.absent.add(institution.pk)
        book.rows.add(
            Attendance(
                session=self.session,
                institution=institution,
                mode=AttendanceMode.ABSENT,
                reason=reason,
                recorded_by=actor.user,
                at=book.at,
            )
        )
        self._record(actor, "absent", {"session": self.session.code, "of": institution.code, "reason": reason})

    def call(self, actor: Actor, item: Item) -> None:
        """Call a row (see `room.call_item`)."""
        self._of(item).move(actor, item, "discuss", columns={"reason": ""})
        for entry in self.agenda.values():
            if entry.outcome == AgendaOutcome.CURRENT:
                entry.outcome = AgendaOutcome.WAITING
        self.agenda[item.code].outcome = AgendaOutcome.CURRENT

    def settle(self, actor: Actor, item: Item, action: str, *, conclusion: str = "", reason: str = "") -> None:
        """A verdict on the newest figure (see `settle.settle`). Raises TransitionNotAllowed when consent is missing."""
        columns: dict[str, Any] = {"reason": reason, "conclusion": conclusion}
        payload: dict[str, Any] = {"session": self.session.code}
        if action in ("agree", "agree_noted"):
            consent = self._of(item).consent(item)
            if not consent.complete:
                raise TransitionNotAllowed("Belum ada persetujuan semua pihak.")
            assert consent.position is not None
            value: Value | None = consent.position.value
            columns |= agreed_columns(value)
            payload |= {"consent": consent.facts(), "position": consent.position.seq}
            payload["value_agreed"] = value.as_json() if value else None
        self._of(item).move(
            actor, item, action, given={"conclusion": conclusion, "reason": reason}, columns=columns, payload=payload
        )
        self.agenda[item.code].outcome = AgendaOutcome.NOT_REACHED if action == "leave" else AgendaOutcome.SETTLED

    def close(self, actor: Actor, reason: str = "") -> None:
        """Close it; what has no verdict is not discussed (see `room.close_session`)."""
        left = [entry.item for entry in self.agenda.values() if entry.item.state in ("submitted", "discussed")]
        for item in left:
            self._of(item).move(actor, item, "leave", given={"reason": reason}, columns={"reason": reason})
        for entry in self.agenda.values():
            if entry.outcome != AgendaOutcome.SETTLED:
                entry.outcome = AgendaOutcome.NOT_REACHED
        self.session.state, self.session.closed_at = SessionState.CLOSED, self.book.at
        self._record(actor, "close_session", {"session": self.session.code, "left": len(left), "reason": reason})
