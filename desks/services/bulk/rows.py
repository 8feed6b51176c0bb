"""All rows of a load in memory, and a chain of events on which acts are recorded in the order of time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from django.db import models, transaction

from accounts.actors import Actor
from accounts.models import Institution, Membership, User
from desks.chain import Head, Writer
from desks.models import (
    AgendaEntry,
    AgendaLine,
    Attendance,
    ConsentParty,
    Desk,
    DeskBidang,
    DeskIndicator,
    Event,
    InnerDeadline,
    Item,
    MacroAction,
    Meja,
    Note,
    NoteRevision,
    Position,
    Round,
    Seat,
    Session,
    SessionMeja,
    Stage,
    StageException,
    Stance,
    Support,
    SupportFund,
    SupportPlace,
)
from indicators.models import Figure, IndicatorHolder
from planning.models import Document, DocumentLine, LineYear, Pagu

Row = TypeVar("Row", bound=models.Model)

ORDER: Final[tuple[type[models.Model], ...]] = (
    User, Membership, Document, DocumentLine, LineYear, Figure, Pagu,
    IndicatorHolder, Round, Stage, StageException, InnerDeadline, Desk, DeskBidang, DeskIndicator, Seat, ConsentParty, Meja,
    Item, Support, SupportFund, SupportPlace, MacroAction, Session, SessionMeja, AgendaEntry, AgendaLine, Attendance,
    Position, Stance, Note, NoteRevision, Event,
)  # fmt: skip
"""The order of writing: what others point at comes first."""

SMALL_BATCH: Final = 200


@dataclass
class BulkRows:
    """All rows of a load, kept until `save()`; rows may point at rows that are not written yet."""

    rows: dict[type[models.Model], list[Any]] = field(default_factory=lambda: {model: [] for model in ORDER})
    chains: list[BulkChain] = field(default_factory=list)

    def add(self, row: Row) -> Row:
        """Keep a row for writing."""
        self.rows[type(row)].append(row)
        return row

    def save(self, batch: int = 2000) -> dict[str, int]:
        """Write everything in one transaction, heads of chains included; answers how many rows of each table."""
        known: dict[type[Meja] | type[Round], list[Any]] = {Meja: [], Round: []}
        for chain in self.chains:
            chain.target.version, chain.target.head_hash = chain.head.seq, chain.head.hash
            if chain.target.pk:
                known[type(chain.target)].append(chain.target)
        with transaction.atomic():
            for model in ORDER:
                for rows in _parents_first(self.rows[model]):
                    model._default_manager.bulk_create(rows, batch_size=batch)
            for owner, targets in known.items():
                owner._default_manager.bulk_update(targets, ["version", "head_hash"], batch_size=SMALL_BATCH)
        return {model.__name__: len(self.rows[model]) for model in ORDER if self.rows[model]}


def _parents_first(rows: list[Any]) -> list[list[Any]]:
    """A round below another one is written after it."""
    below = [row for row in rows if isinstance(row, Round) and row.parent is not None]
    return [[row for row in rows if row not in below], below] if below else [rows]


class BulkChain:
    """Acts on one chain that has no event yet, in the order of time; each act stands at `self.at`."""

    def __init__(self, rows: BulkRows, target: Meja | Round, at: dt.datetime) -> None:
        self.rows, self.target, self.at = rows, target, at
        self.head = Head(type(target), target.pk, target.chain, 0, None, 0, "")
        rows.chains.append(self)

    def until(self, at: dt.datetime) -> None:
        """Move the clock on; it never goes back."""
        self.at = max(self.at + dt.timedelta(seconds=1), at)

    def record(
        self,
        actor: Actor,
        action: str,
        payload: dict[str, Any],
        item: Item | None = None,
        on_behalf: Institution | None = None,
    ) -> None:
        """Append one event as `desks.chain.Writer` does."""
        writer = Writer(actor, {f"{type(self.target).__name__}:{self.target.pk}": self.head}, self.at)
        event = writer.record(item or self.target, action, payload, on_behalf=on_behalf)
        meja = self.target if isinstance(self.target, Meja) else None
        event.meja = meja
        event.round = meja.round if meja else self.target  # type: ignore[assignment]
        self.rows.add(event)
