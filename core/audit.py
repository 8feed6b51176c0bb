"""The audit trail of administration: one hash chain over who changed what, in codes and never in names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from core.canonical import canonical, sha256_hex
from core.models import AuditEntry, AuditHead

HEAD = 1


def record_audit(
    action: str,
    *,
    model: str,
    object_code: str,
    before: Any = None,
    after: Any = None,
    actor: str = "",
    inst_text: str = "",
    request_id: str = "",
) -> AuditEntry:
    """Append one act to the chain, inside the transaction of the act itself.

    `actor` is the user's code ('' for the system), `inst_text` the institution as it stood then, `before` and `after`
    anything `canonical` accepts. The head row is the point of serialisation: call this last in a long transaction.
    """
    with transaction.atomic():
        if not AuditHead.objects.filter(pk=HEAD).update(seq=F("seq") + 1):
            AuditHead.objects.bulk_create([AuditHead(pk=HEAD)], ignore_conflicts=True)
            AuditHead.objects.filter(pk=HEAD).update(seq=F("seq") + 1)
        head = AuditHead.objects.get(pk=HEAD)
        entry = AuditEntry(
            seq=head.seq,
            at=timezone.now(),
            actor=actor,
            inst_text=inst_text,
            request_id=request_id,
            action=action,
            model=model,
            object_code=object_code,
            before="" if before is None else canonical(before),
            after="" if after is None else canonical(after),
            prev_hash=head.hash,
        )
        entry.hash = entry_hash(entry)
        entry.save(force_insert=True)
        AuditHead.objects.filter(pk=HEAD).update(hash=entry.hash)
    return entry


def entry_hash(entry: AuditEntry) -> str:
    """The hash an entry should carry, from what it says and the hash before it."""
    return sha256_hex(
        canonical(
            {
                "seq": entry.seq,
                "at": entry.at,
                "actor": entry.actor,
                "inst": entry.inst_text,
                "request": entry.request_id,
                "action": entry.action,
                "model": entry.model,
                "object": entry.object_code,
                "before": json.loads(entry.before) if entry.before else None,
                "after": json.loads(entry.after) if entry.after else None,
                "previous": entry.prev_hash,
            }
        )
    )


def broken_links() -> Iterator[int]:
    """The `seq` of every entry that is missing, altered or torn from the one before; none when whole."""
    expected, previous = 1, ""
    for entry in AuditEntry.objects.order_by("seq").iterator(chunk_size=1000):
        while expected < entry.seq:
            yield expected
            expected += 1
        if entry.prev_hash != previous or entry.hash != entry_hash(entry):
            yield entry.seq
        previous, expected = entry.hash, entry.seq + 1
    head = AuditHead.objects.filter(pk=HEAD).first()
    if head is not None and (head.seq, head.hash) != (expected - 1, previous):
        yield from range(expected, max(head.seq, expected) + 1)
