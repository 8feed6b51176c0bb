"""Who is there: people present, parties recorded absent."""

from __future__ import annotations

from accounts.actors import Actor, can
from accounts.models import Institution, User
from core.errors import InvalidInput, NotAllowed, TransitionNotAllowed
from desks.chain import writing
from desks.choices import AttendanceMode
from desks.models import Attendance, Session
from desks.services.idempotency import keyed
from desks.services.room.common import record, require_chair, require_running, require_sitting

PRESENCE = keyed(lambda row: row.pk, lambda pk: Attendance.objects.get(pk=pk))


@PRESENCE
def record_attendance(
    actor: Actor, session: Session, *, institution: Institution, mode: str, user: User | None = None, name: str = "", office: str = "",
    key: str = "",
) -> Attendance:  # fmt: skip
    """Record a person present; the arrival of a party lifts its absence."""
    _require_attendance(actor, session)
    if mode not in AttendanceMode.values or mode == AttendanceMode.ABSENT:
        raise InvalidInput("Pilih cara hadir.", field="mode")
    if not user and not name.strip():
        raise InvalidInput("Tuliskan nama yang hadir.", field="name")
    mejas = list(session.mejas.select_related("desk"))
    with writing(actor, mejas=mejas) as writer:
        session.attendance.filter(institution=institution, mode=AttendanceMode.ABSENT, lifted_at__isnull=True).update(
            lifted_at=writer.now
        )
        facts = {
            "institution": institution,
            "mode": mode,
            "office": office.strip(),
            "recorded_by": actor.user,
            "at": writer.now,
            "left_at": None,
        }
        if user is not None:
            row, _ = Attendance.objects.update_or_create(
                session=session, user=user, defaults={**facts, "name": user.full_name}
            )
        else:
            row = Attendance.objects.create(session=session, name=name.strip(), **facts)
        record(writer, mejas, session, "attend", of=institution.code, mode=mode)
        return row


def record_leaving(actor: Actor, session: Session, row: Attendance) -> None:
    """Somebody left the room."""
    _require_attendance(actor, session)
    mejas = list(session.mejas.select_related("desk"))
    with writing(actor, mejas=mejas) as writer:
        Attendance.objects.filter(pk=row.pk, session=session, left_at__isnull=True).update(left_at=writer.now)
        record(writer, mejas, session, "leave_room", of=row.institution.code)


@PRESENCE
def record_absent(
    actor: Actor, session: Session, institution: Institution, reason: str, *, key: str = ""
) -> Attendance:
    """The chair records a party absent, once per sitting and with a reason; it holds for its rows until the party arrives."""
    require_chair(actor, session)
    require_sitting(session)
    if not reason.strip():
        raise InvalidInput("Tuliskan alasan ketidakhadiran.", field="reason")
    if session.attendance.filter(institution=institution, left_at__isnull=True, lifted_at__isnull=True).exists():
        raise TransitionNotAllowed(f"{institution.short_name} sudah tercatat pada sesi ini.")
    mejas = list(session.mejas.select_related("desk"))
    with writing(actor, mejas=mejas) as writer:
        row = Attendance.objects.create(
            session=session,
            institution=institution,
            mode=AttendanceMode.ABSENT,
            reason=reason.strip(),
            recorded_by=actor.user,
            at=writer.now,
        )
        record(writer, mejas, session, "absent", of=institution.code, reason=reason.strip())
        return row


def _require_attendance(actor: Actor, session: Session) -> None:
    if not can(actor, "desks.record_attendance", session):
        raise NotAllowed()
    require_running(session.desk.round)
    require_sitting(session)
