"""Lines of the host's Renja PD and RKPD at a desk of a sector round: put on the agenda, taken off, and what the meeting concluded."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from django.db.models import F

from accounts.actors import Actor, can
from core.errors import InvalidInput, NotAllowed, StaleState, TransitionNotAllowed
from desks.chain import writing
from desks.choices import LineOutcome
from desks.models import AgendaLine, Desk, Session
from desks.selectors.agenda_lines import candidates, on_agenda
from desks.services.idempotency import keyed
from desks.services.room.common import record, require_running, require_sitting

LINE = keyed(lambda row: row.pk, lambda pk: AgendaLine.objects.get(pk=pk))
LONGEST: Final = 5_300
MOST: Final = 200
"""More lines than anybody reads in one sitting."""


def attach_lines(actor: Actor, desk: Desk, lines: Collection[int]) -> int:
    """Put lines of the host's documents on the agenda, each once; how many were new. The host shows them to everybody at the desk by it."""
    if not can(actor, "desks.keep_agenda_lines", desk):
        raise NotAllowed("Baris Renja ditambahkan sekretariat atau moderator dinas penyelenggara.")
    require_running(desk.round)
    with writing(actor, rounds=[desk.round]) as writer:
        wanted = candidates(actor, desk).filter(pk__in=lines)
        rows = [on_agenda(desk, line) for line in wanted]
        if AgendaLine.objects.filter(desk=desk).count() + len(rows) > MOST:
            raise InvalidInput(f"Paling banyak {MOST} baris Renja tiap desk.")
        AgendaLine.objects.bulk_create(rows)
        if rows:
            writer.record(desk.round, "attach_lines", {"desk": desk.code, "lines": [row.line_code for row in rows]})
    return len(rows)


def remove_line(actor: Actor, row: AgendaLine) -> None:
    """Take a line off the agenda again, while nothing was concluded on it."""
    if not can(actor, "desks.keep_agenda_lines", row.desk):
        raise NotAllowed("Baris Renja diatur sekretariat atau moderator dinas penyelenggara.")
    require_running(row.desk.round)
    with writing(actor, rounds=[row.desk.round]) as writer:
        gone, _ = AgendaLine.objects.filter(pk=row.pk, outcome=LineOutcome.PENDING).delete()
        if not gone:
            raise TransitionNotAllowed("Hasil pembahasan baris ini sudah tercatat, jadi tidak dapat dikeluarkan.")
        writer.record(row.desk.round, "remove_line", {"desk": row.desk.code, "line": row.line_code})


@LINE
def conclude_line(
    actor: Actor,
    session: Session,
    row: AgendaLine,
    outcome: str,
    *,
    conclusion: str = "",
    seen_version: int,
    key: str = "",
) -> AgendaLine:
    """Record what an open sitting of the desk concluded on a line; the last word stands until the berita acara is final.

    It is the host's own document: the kabupaten/kota are heard, their consent is not asked. Raises NotAllowed, TransitionNotAllowed,
    StaleState, InvalidInput.
    """
    if session.desk_id != row.desk_id or not can(actor, "desks.conclude_line", session):
        raise NotAllowed("Hasil dicatat moderator, pimpinan sidang, atau notulis sesi ini.")
    conclusion = conclusion.strip()
    if outcome not in LineOutcome.values:
        raise InvalidInput("Pilih hasil pembahasan.", field="outcome")
    if outcome in (LineOutcome.NOTED, LineOutcome.UNFIT) and not conclusion:
        raise InvalidInput("Tuliskan kesimpulan: apa yang disesuaikan dan oleh siapa.", field="conclusion")
    if len(conclusion) > LONGEST:
        raise InvalidInput(
            f"Kesimpulan paling panjang {LONGEST} karakter; sekarang {len(conclusion)}.", field="conclusion"
        )
    mejas = list(session.mejas.all())
    with writing(actor, mejas=mejas) as writer:
        session.refresh_from_db(fields=["state", "locked_at"])
        require_sitting(session)
        if row.session is not None and row.session.locked_at is not None:
            raise TransitionNotAllowed("Hasil baris ini sudah tercantum dalam berita acara final.")
        columns = {
            "outcome": outcome,
            "conclusion": conclusion,
            "session": None if outcome == LineOutcome.PENDING else session,
        }
        changed = AgendaLine.objects.filter(pk=row.pk, version=seen_version).update(version=F("version") + 1, **columns)
        before = {"outcome": row.outcome, "conclusion": row.conclusion}
        row.refresh_from_db()
        if not changed:
            raise StaleState(
                yours={"outcome": outcome}, theirs={"outcome": row.outcome, "conclusion": row.conclusion}, base=before
            )
        facts = {"line": row.line_code, "before": before, "after": {"outcome": outcome, "conclusion": conclusion}}
        record(writer, mejas, session, "conclude_line", **facts)
    return row
