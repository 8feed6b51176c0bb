"""All rows of a load in memory, and a chain of events on which acts are recorded in the order of time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import models, transaction

from accounts.actors import Actor
from accounts.models import Institution
from desks.chain import Head, Writer
from desks.models import (
    AgendaEntry,
    Attendance,
    Event,
    Item,
    Meja,
    Note,
    NoteRevision,
    Position,
    Round,
    Session,
    SessionMeja,
    Stance,
    Support,
    SupportFund,
    SupportPlace,
)

ORDER: Final = (
    Item,
    Support,
    SupportFund,
    SupportPlace,
    Session,
    SessionMeja,
    AgendaEntry,
    Attendance,
    Position,
    Stance,
    Note,
    NoteRevision,
    Event,
)
"""The order of writing: what others point at comes first."""


@dataclass
class BulkRows:
    """All rows of a load, kept until `save()`."""

    rows: dict[type[models.Model], list[Any]] = field(default_factory=lambda: {model: [] for model in ORDER})
    heads: list[Head] = field(default_factory=list)

    def add(self, row: Any) -> Any:
        """Keep a row for writing."""
        self.rows[type(row)].append(row)
        return row

    def save(self, batch: int = 2000) -> dict[str, int]:
        """Write everything in one transaction; answers how many rows of each table."""
        with transaction.atomic():
            for model in ORDER:
                model._default_manager.bulk_create(self.rows[model], batch_size=batch)
            for model in (Meja, Round):
                heads = [head for head in self.heads if head.model is model]
                moved = [model(pk=head.pk, version=head.seq, head_hash=head.hash) for head in heads]
                model._default_manager.bulk_update(moved, ["version", "head_hash"], batch_size=200)
        return {model.__name__: len(self.rows[model]) for model in ORDER}


def new_head(target: Meja | Round) -> Head:
    """The head of a chain that has no event yet."""
    meja = target if isinstance(target, Meja) else None
    return Head(
        type(target), target.pk, target.chain, meja.round_id if meja else target.pk, meja.pk if meja else None, 0, ""
    )


class BulkChain:
    """Acts on one chain in the order of time; each act stands at `self.at`."""

    def __init__(self, rows: BulkRows, target: Meja | Round, at: dt.datetime) -> None:
        self.rows, self.target, self.at = rows, target, at
        self.head = new_head(target)
        rows.heads.append(self.head)

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
        self.rows.add(writer.record(item or self.target, action, payload, on_behalf=on_behalf))
