"""Hanging nodes of priority trees on things, and taking them off. The same for every table of tags; rights are the caller's.

`IndicatorPriority` and `NomenclaturePriority` are reference data (`require_keeper`); a table of another app, such as that of usulan,
calls `set_tags` inside its own right, transaction and event.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from accounts.actors import Actor, can
from core.audit import record_audit
from core.errors import InvalidInput, NotAllowed
from planning.models import PriorityNode, PriorityTag


@dataclass(frozen=True)
class TagChange:
    """The nodes that were hung on a thing and those taken off, by key (`PRO-SN:2027:03.01`)."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


def tag(
    tags: type[PriorityTag], subject: models.Model, nodes: Iterable[PriorityNode], *, source: str = ""
) -> TagChange:
    """Hang the nodes on the thing; those that hang there already stay as they are."""
    name, wanted = tags.subject_field(), {node.pk: node for node in nodes}
    with transaction.atomic():
        there = set(_rows(tags).filter(**{name: subject}, node__in=wanted).values_list("node_id", flat=True))
        new = [node for pk, node in wanted.items() if pk not in there]
        _rows(tags).bulk_create(tags(**{name: subject, "node": node, "source": source}) for node in new)
    return TagChange(added=tuple(node.key for node in new))


def untag(tags: type[PriorityTag], subject: models.Model, nodes: Iterable[PriorityNode]) -> TagChange:
    """Take the nodes off the thing; those that do not hang there are no error."""
    rows = _rows(tags).filter(**{tags.subject_field(): subject}, node__in=list(nodes)).select_related("node")
    with transaction.atomic():
        gone = tuple(row.node.key for row in rows)
        rows.delete()
    return TagChange(removed=gone)


def set_tags(
    tags: type[PriorityTag], subject: models.Model, nodes: Iterable[PriorityNode], *, year: int, source: str = ""
) -> TagChange:
    """Exactly these nodes of the year hang on the thing afterwards; other years stay. InvalidInput for a node of another year."""
    wanted = list(nodes)
    if any(node.year != year for node in wanted):
        raise InvalidInput(f"Simpul prioritas harus dari pohon tahun {year}. Pilih ulang simpulnya.")
    with transaction.atomic():
        there = _rows(tags).filter(**{tags.subject_field(): subject}, node__year=year).select_related("node")
        keep = {node.pk for node in wanted}
        removed = untag(tags, subject, [row.node for row in there if row.node_id not in keep]).removed
        added = tag(tags, subject, wanted, source=source).added
    return TagChange(added, removed)


def require_keeper(actor: Actor | None) -> None:
    """NotAllowed for whoever does not keep reference data."""
    if not can(actor, "planning.edit_reference"):
        raise NotAllowed("Pohon prioritas dikelola oleh sekretariat penyelenggaraan nasional.")


def untag_rows(actor: Actor | None, tags: type[PriorityTag], rows: models.QuerySet[Any]) -> int:
    """The secretariat takes chosen tags of reference data off; each stands in the audit trail. Answers how many."""
    require_keeper(actor)
    assert actor is not None
    name = tags.subject_field()
    with transaction.atomic():
        found = list(rows.select_related("node", name))
        for row in found:
            record_audit(
                f"planning.untag_{name}", model=tags._meta.label_lower, object_code=str(getattr(row, name)),
                before={"simpul": row.node.key, "sumber": row.source}, after=None, actor=actor.user.code,
                inst_text=actor.institution.code,
            )  # fmt: skip
        _rows(tags).filter(pk__in=[row.pk for row in found]).delete()
    return len(found)


def _rows(tags: type[PriorityTag]) -> models.Manager[Any]:
    return tags._default_manager
