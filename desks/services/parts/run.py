"""Planning what rows ask for, and applying all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction

from accounts.actors import Actor, can
from accounts.audit import audited
from core.canonical import canonical, sha256_hex
from core.errors import InvalidInput, NotAllowed, StaleState
from desks.models import Round
from desks.scopes import forget_scope
from desks.services.parts.base import Applied, Part, Planned, Record
from desks.services.parts.book import Book
from desks.services.parts.cells import BadCell
from desks.services.room.common import require_running
from desks.services.setup import record_setup

Typed = tuple[int, Mapping[str, str]]
"""The line of a row and its cells by column name; a column that is absent is left as it stands."""


@dataclass
class Plan:
    """What a set of rows asks for, part by part in the order in which they lean on each other."""

    book: Book
    parts: list[tuple[Part, list[Planned]]] = field(default_factory=list)

    def rows(self, *statuses: str) -> list[tuple[Part, Planned]]:
        """Rows of these statuses, all without."""
        return [(part, row) for part, rows in self.parts for row in rows if not statuses or row.status in statuses]

    def count(self, *statuses: str) -> int:
        """How many rows have one of these statuses."""
        return len(self.rows(*statuses))

    @property
    def fingerprint(self) -> str:
        """What tells this plan from another: what would be written, over what."""
        return sha256_hex(
            canonical(
                [
                    [part.slug, row.status, row.cells, row.before.cells if row.before else None]
                    for part, row in self.rows("new", "changed")
                ]
            )
        )


def require_keeper(actor: Actor, round_: Round) -> None:
    """Go on only for the secretariat of the round, while the round runs."""
    if not can(actor, "desks.manage_round", round_):
        raise NotAllowed("Penyiapan dilakukan sekretariat penyelenggaraan ini.")
    require_running(round_)


def make_plan(actor: Actor, round_: Round, typed: Sequence[tuple[Part, Sequence[Typed]]]) -> Plan:
    """Hold rows against what stands now. Nothing is written."""
    plan = Plan(Book(round_, actor))
    for part, rows in typed:
        standing = {record.key: record for record in part.records(plan.book)}
        seen: dict[tuple[str, ...], int] = {}
        planned = []
        for line, cells in rows:
            row = Planned(line, dict(cells))
            try:
                _judge(part, plan.book, row, standing, seen)
            except InvalidInput as error:
                row.status, row.message, row.column = "refused", error.message, str(error.details.get("field", ""))
            planned.append(row)
        plan.parts.append((part, planned))
    return plan


def _judge(
    part: Part, book: Book, row: Planned, standing: Mapping[tuple[str, ...], Record], seen: dict[tuple[str, ...], int]
) -> None:
    given = row.typed = row.cells
    row.cells = {}
    for name in part.key:
        row.cells[name] = _read(part, book, name, given.get(name, ""))
    part.settle(book, row.cells)
    key = part.key_of(row.cells)
    if key in seen:
        raise InvalidInput(part.twice(row.cells, seen[key]), field=part.key[-1])
    seen[key] = row.line
    before = row.before = part.find(standing, row.cells)
    known = {} if before else part.known(book, row.cells)
    for column in part.columns:
        if column.name in part.key:
            continue
        typed = given.get(column.name)
        if not typed and (before is None or part.kept_when_blank(column.name)):
            typed = known.get(column.name) if before is None else None
        if typed is None:
            row.cells[column.name] = before.cells.get(column.name, "") if before else _read(part, book, column.name, "")
        else:
            row.cells[column.name] = _read(part, book, column.name, typed)
    if before is not None and row.cells == before.cells:
        row.status = "same"
        part.coming(book, row.cells)
        return
    if before is not None and before.locked:
        raise InvalidInput(before.locked)
    row.warn = part.check(book, row.cells, before)
    row.status = "new" if before is None else "same" if row.cells == before.cells else "changed"
    part.coming(book, row.cells)


def _read(part: Part, book: Book, name: str, typed: str) -> str:
    column = part.column(name)
    if isinstance(typed, BadCell):
        raise InvalidInput(str(typed), field=name)
    try:
        found = column.read(book, typed) or column.empty
    except InvalidInput as error:
        raise InvalidInput(error.message, field=name) from None
    if column.required and not found:
        raise InvalidInput(f"Kolom {column.head} wajib diisi.", field=name)
    return found


def apply_plan(
    actor: Actor,
    round_: Round,
    typed: Sequence[tuple[Part, Sequence[Typed]]],
    *,
    shown: str = "",
    allow_refused: bool = True,
) -> Applied:
    """Write every new and changed row in one transaction, recorded in the chain of the round and in the audit.

    `shown` is the fingerprint of the plan that the person saw: StaleState where something has moved since. With `allow_refused` refused
    rows are left out, else the first one is raised.
    """
    require_keeper(actor, round_)
    done = Applied()
    try:
        with transaction.atomic():
            plan = make_plan(actor, round_, typed)
            if shown and plan.fingerprint != shown:
                raise StaleState("Penyiapan berubah sejak halaman ini dibuka. Periksa sekali lagi.")
            if not allow_refused and (refused := plan.rows("refused")):
                raise InvalidInput(refused[0][1].message, field=refused[0][1].column)
            for part, rows in plan.parts:
                wanted = [row for row in rows if row.counts]
                if wanted:
                    part.apply(actor, plan.book, wanted, done)
                    _record(actor, round_, part, wanted, done)
    except IntegrityError:
        raise StaleState(
            "Orang lain baru saja mengubah baris yang sama. Muat ulang, lalu periksa sekali lagi."
        ) from None
    forget_scope(actor)
    return done


def _record(actor: Actor, round_: Round, part: Part, rows: Sequence[Planned], done: Applied) -> None:
    new, changed = sum(row.status == "new" for row in rows), sum(row.status == "changed" for row in rows)
    done.new, done.changed = done.new + new, done.changed + changed
    facts = {"part": part.slug, "new": new, "changed": changed}
    if not part.personal:
        facts |= {"rows": [part.facts(row) for row in rows]}
    record_setup(actor, round_, "set_up", facts)
    audited(actor, f"desks.set_up_{part.slug}", round_, round_.code, after=facts)


def remove_row(actor: Actor, round_: Round, part: Part, pk: int) -> None:
    """Take one row of a part away, recorded; refused with the reason where it can no longer go."""
    require_keeper(actor, round_)
    book = Book(round_, actor)
    record = next((each for each in part.records(book) if each.pk == pk), None)
    if record is None or not part.removable:
        raise InvalidInput("Baris ini tidak ada atau tidak dapat dihapus.")
    facts = {"part": part.slug, "key": list(record.key), "before": record.cells}
    with transaction.atomic():
        part.remove(actor, book, record)
        record_setup(actor, round_, "remove_setup", facts)
        audited(actor, f"desks.remove_{part.slug}", round_, round_.code, before=facts)
    forget_scope(actor)
