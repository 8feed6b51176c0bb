"""The event chain of a meja or round: one UPDATE serialises all writers, events take the raised versions as `seq`.

Every service that changes anything of a meja works inside `writing(...)`: the versions are raised first, in ascending key, so consent read
afterwards cannot cross another write. No network, file or workbook work belongs inside the block.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import Institution
from core.canonical import canonical, event_hash
from core.middleware import current_request_id
from desks.models import Event, Item, Meja, Round

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


_act_time: ContextVar[dt.datetime | None] = ContextVar("act_time", default=None)


@contextmanager
def acting_at(moment: dt.datetime) -> Iterator[None]:
    """Record the acts of this block as of `moment`; only for loading an example whose acts lie in the past."""
    token = _act_time.set(moment)
    try:
        yield
    finally:
        _act_time.reset(token)


@dataclass
class Head:
    """Where a chain stands inside a block: the last seq and hash written or about to be written."""

    model: type[Meja] | type[Round]
    pk: int
    chain: str
    round_id: int
    meja_id: int | None
    seq: int
    hash: str
    used: bool = False


@dataclass
class Writer:
    """Collects the events of one block and writes them with the heads at its end."""

    actor: Actor
    heads: dict[str, Head]
    now: dt.datetime
    events: list[Event] = field(default_factory=list)
    memory: dict[Any, Any] = field(default_factory=dict)
    """What the services read once for many rows; true as long as the block lasts."""

    def record(
        self,
        target: Meja | Round | Item,
        action: str,
        payload: dict[str, Any] | None = None,
        *,
        on_behalf: Institution | None = None,
    ) -> Event:
        """Append one event for the target's chain; for an Item that of its meja."""
        item = target if isinstance(target, Item) else None
        head = self.heads[_key(target.meja if isinstance(target, Item) else target)]
        head.seq += 1
        head.used = True
        event = Event(
            chain=head.chain, seq=head.seq, round_id=head.round_id, meja_id=head.meja_id, item=item, action=action,
            actor=self.actor.user, institution=self.actor.institution, on_behalf=on_behalf, at=self.now,
            request_id=current_request_id()[:64], prev_hash=head.hash, payload=self._payload(payload),
        )  # fmt: skip
        event.hash = hash_of(event)
        head.hash = event.hash
        self.events.append(event)
        return event

    def version_of(self, target: Meja | Round) -> int:
        """The version that the target will have after the block, as far as recorded."""
        return self.heads[_key(target)].seq

    def _payload(self, payload: dict[str, Any] | None) -> str:
        return canonical({**(payload or {}), "institution": self.actor.institution.code, "role": self.actor.role})

    def flush(self) -> None:
        """Write the events and move the heads; a chain without an event gets its version back."""
        Event.objects.bulk_create(self.events)
        with connection.cursor() as cursor:
            for head in self.heads.values():
                statement = f"UPDATE {head.model._meta.db_table} SET version = %s, head_hash = %s WHERE id = %s"  # noqa: S608 - our own table names
                cursor.execute(statement, [head.seq, head.hash, head.pk])


@contextmanager
def writing(actor: Actor, *, mejas: Iterable[Meja] = (), rounds: Iterable[Round] = ()) -> Iterator[Writer]:
    """One transaction over the chains of `mejas` (ascending key) and then `rounds`."""
    with transaction.atomic():
        heads: dict[str, Head] = {}
        for model, targets in ((Meja, mejas), (Round, rounds)):
            heads |= _raise(model, sorted({target.pk for target in targets}))
        writer = Writer(actor, heads, _act_time.get() or timezone.now())
        yield writer
        writer.flush()


def _raise(model: type[Meja] | type[Round], pks: list[int]) -> dict[str, Head]:
    is_meja = model is Meja
    # One statement that locks and answers, the same on both databases; the ORM would need two in the most frequent request.
    statement = (
        f"UPDATE {model._meta.db_table} SET version = version + 1 WHERE id = %s "  # noqa: S608 - our own table names
        f"RETURNING id, code, {'round_id' if is_meja else 'id'}, version, head_hash"
    )
    heads = {}
    with connection.cursor() as cursor:
        for pk in pks:
            cursor.execute(statement, [pk])
            for _, code, round_id, version, head_hash in cursor.fetchall():
                chain = model.CHAIN.format(code)
                heads[f"{model.__name__}:{pk}"] = Head(
                    model, pk, chain, round_id, pk if is_meja else None, version - 1, head_hash
                )
    return heads


def _key(target: models.Model) -> str:
    return f"{type(target).__name__}:{target.pk}"


def hash_of(event: Event) -> str:
    """The hash of an event over everything that design 4 names, recomputed from its columns."""
    return event_hash(
        chain=event.chain,
        seq=event.seq,
        item=event.item.code if event.item else "",
        at_us=int((event.at - EPOCH) / dt.timedelta(microseconds=1)),
        actor=event.actor.code,
        on_behalf=event.on_behalf.code if event.on_behalf else "",
        action=event.action,
        payload=event.payload,
        previous=event.prev_hash,
    )
