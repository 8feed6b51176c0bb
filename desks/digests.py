"""The hash of each insert-only row as it stands inside an event, so that a changed row is named by the check."""

from __future__ import annotations

from core.canonical import canonical, sha256_hex
from core.values import Value
from desks.models import NoteRevision, Position, SlipAcceptance, Stance


def _value(value: Value | None) -> dict[str, str] | None:
    return value.as_json() if value else None


def subject_of(row: Position) -> str:
    """What a figure is about, as hashes and checks name it."""
    if row.item:
        return f"item:{row.item.code}"
    return f"place:{row.place.code}" if row.place else f"support:{row.support_id}"


def position_digest(row: Position) -> str:
    """The hash of a position over every column."""
    # An allocation stands in the hash only where there is one: figures without keep the hash they had before usulan existed.
    amount = [] if row.amount is None else [row.amount]
    return _digest(
        "position", subject_of(row), row.seq, row.institution.code, row.actor.code, row.on_behalf.code if row.on_behalf else "",
        _value(row.value), row.reason, row.at, *amount,
    )  # fmt: skip


def stance_digest(row: Stance) -> str:
    """The hash of a stance over every column."""
    position = row.position
    return _digest(
        "stance", subject_of(position), position.seq, row.institution.code, row.seq, row.kind, row.basis, row.text,
        row.recorded_by.code, row.session.code if row.session else "", row.at,
    )  # fmt: skip


def note_digest(row: NoteRevision) -> str:
    """The hash of a note revision over every column."""
    note = row.note
    return _digest(
        "note",
        note.meja.code,
        note.item.code if note.item else "",
        note.institution.code,
        note.kind,
        row.seq,
        row.text,
        row.author.code,
        row.at,
    )


def slip_digest(row: SlipAcceptance) -> str:
    """The hash of an accepted warning over every column."""
    return _digest(
        "slip", row.item.code, row.subject, row.kind, row.value, row.text, row.reason, row.institution.code, row.actor.code, row.at,
    )  # fmt: skip


def _digest(*parts: object) -> str:
    return sha256_hex(canonical(list(parts)))
