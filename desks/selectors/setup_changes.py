"""What differs between the set-up of two rounds, part by part."""

from __future__ import annotations

from dataclasses import dataclass, field

from accounts.actors import Actor
from desks.models import Round
from desks.services.copy_round import COPIED, later
from desks.services.parts import BY_SLUG, Book, Part, Record

COMPARED = {"lembaga": ("holds", "supports")}
"""Columns that are compared where not all are."""


@dataclass
class PartChanges:
    """New, dropped and changed rows of one part; `changed` holds name, head, before and after."""

    part: Part
    new: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    changed: list[tuple[str, str, str, str]] = field(default_factory=list)
    same: int = 0


def setup_changes(actor: Actor, before: Round, after: Round) -> list[PartChanges]:
    """The parts that a copy takes over, in the order of the set-up."""
    old, new = Book(before, actor), Book(after, actor)
    return [_compare(BY_SLUG[slug], old, new) for slug in COPIED]


def _compare(part: Part, old: Book, new: Book) -> PartChanges:
    then = {record.key: _moved(part, record, new.round.plan_year - old.round.plan_year) for record in part.records(old)}
    now = {record.key: record.cells for record in part.records(new)}
    found = PartChanges(part)
    names = COMPARED.get(part.slug) or tuple(column.name for column in part.columns)
    for key, cells in now.items():
        if key not in then:
            found.new.append(_name(part, cells))
            continue
        moves = [
            (_name(part, cells), part.column(name).head, then[key][name], cells[name])
            for name in names
            if then[key][name] != cells[name]
        ]
        found.changed += moves
        found.same += not moves
    found.dropped = [_name(part, cells) for key, cells in then.items() if key not in now]
    return found


def _moved(part: Part, record: Record, years: int) -> dict[str, str]:
    """Stages are held against last year's a year later."""
    if part.slug != "tahapan":
        return record.cells
    return record.cells | {name: later(record.cells[name], years) for name in ("opens", "closes")}


def _name(part: Part, cells: dict[str, str]) -> str:
    words = [cells[name] for name in part.key if cells.get(name) and cells[name] != "Semua"]
    return " · ".join([*words, cells["name"]] if cells.get("name") and "name" not in part.key else words)
