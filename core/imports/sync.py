"""Bulk writing of facts so that a second run changes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import models, transaction

from core.imports.rows import Problem

BATCH: Final = 500


@dataclass
class Counts:
    """What became of the rows of a file."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.created + other.created, self.updated + other.updated, self.unchanged + other.unchanged)

    @property
    def total(self) -> int:
        """All rows."""
        return self.created + self.updated + self.unchanged


@dataclass
class Loaded:
    """One kind of facts taken from a file: how many, and the remarks on rows."""

    label: str
    counts: Counts
    remarks: list[Problem] = field(default_factory=list)

    def __str__(self) -> str:
        counts = self.counts
        return f"{self.label}: {counts.created} baru, {counts.updated} diubah, {counts.unchanged} tetap"


def sync_rows(
    model: type[models.Model], rows: Sequence[Mapping[str, Any]], key: Sequence[str], *, update: bool = True
) -> Counts:
    """Create what is missing and change what differs, in one transaction.

    Rows hold column names (`region_id`), all the same ones; `key` names a unique key of the table. With `update=False`
    rows that exist stay as people may have edited them. Rows of the table that the file does not name are left alone.
    """
    if not rows:
        return Counts()
    columns = [name for name in rows[0] if name not in key]
    known = {tuple(found[name] for name in key): found for found in model._default_manager.values("pk", *key, *columns)}
    counts, new, changed = Counts(), [], []
    for row in rows:
        found = known.get(tuple(row[name] for name in key))
        if found is None:
            new.append(model(**row))
        elif update and any(found[name] != row[name] for name in columns):
            changed.append(model(pk=found["pk"], **row))
        else:
            counts.unchanged += 1
    with transaction.atomic():
        model._default_manager.bulk_create(new, batch_size=BATCH)
        if changed:
            model._default_manager.bulk_update(changed, columns, batch_size=BATCH)
    counts.created, counts.updated = len(new), len(changed)
    return counts
