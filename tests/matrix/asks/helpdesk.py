"""Reports of trouble and announcements."""

from __future__ import annotations

from tests.matrix.asks.base import Ask, how, option
from tests.matrix.prepared import Prepared
from tests.matrix.rows import Row


@how("desks:report_trouble")
def report_trouble(made: Prepared, row: Row) -> Ask:
    return Ask(data={"text": option(row, "text", "kendala"), "page": option(row, "page", "/isian/")})


@how("desks:report_queue")
def report_queue(made: Prepared, row: Row) -> Ask:
    return Ask(query="format=xlsx" if option(row, "format") else "")


@how("desks:report")
def report(made: Prepared, row: Row) -> Ask:
    seen = "9" if option(row, "version") == "stale" else "1"
    answer = {"status": option(row, "status", "done"), "answer": option(row, "answer", "selesai"), "version": seen}
    return Ask((made.more["report"].code,), data=answer)


def _announcement(made: Prepared, row: Row) -> dict[str, str]:
    hours = {"starts_at": "2026-01-01T08:00", "ends_at": option(row, "until", "2099-01-01T08:00")}
    return {**hours, "text": "kabar", "level": "info", "round": made.world.round.code, "version": "1"}


@how("desks:announcement_new")
def announcement_new(made: Prepared, row: Row) -> Ask:
    return Ask(data=_announcement(made, row))


@how("desks:announcement_change", "desks:announcement_end", "desks:announcement_dismiss")
def announcement(made: Prepared, row: Row) -> Ask:
    return Ask((made.more["announcement"].code,), data=_announcement(made, row))
