"""Standing by findings of the uji keselarasan with a reason, and taking that back. Never blocks anything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Final

from accounts.actors import Actor, can
from core.errors import InvalidInput, NotAllowed
from desks.chain import Writer, writing
from desks.models import AcceptedFinding, Meja
from desks.selectors.alignment import Finding, alignment_of
from desks.services.idempotency import keyed
from desks.services.item import RowResult
from desks.services.room.common import require_running

LONGEST: Final = 1000
MOST: Final = 500
MANY = keyed(lambda rows: [asdict(row) for row in rows], lambda rows: [RowResult(**row) for row in rows])
Pick = tuple[str, str]
"""Key of a finding, and the fingerprint of its cells as the page showed them."""


@MANY
def accept_findings(actor: Actor, meja: Meja, picks: Sequence[Pick], *, reason: str, key: str = "") -> list[RowResult]:
    """The region stands by these findings of a meja; each is accepted or refused by itself, one event each.

    One whose cells have changed since the page was drawn is a conflict: a reason holds for the figures it was given for.
    """
    reason = reason.strip()
    if not reason:
        raise InvalidInput("Tuliskan alasan mengapa perbedaan ini diterima.", field="reason")
    if len(reason) > LONGEST:
        raise InvalidInput(f"Alasan paling panjang {LONGEST} karakter; sekarang {len(reason)}.", field="reason")

    def accept(writer: Writer, found: Finding) -> RowResult:
        if found.accepted is not None and found.accepted.reason == reason:
            return RowResult(found.key, "same")
        AcceptedFinding.objects.update_or_create(
            meja=meja, key=found.key,
            defaults={
                "item": found.item, "kind": found.kind, "subject": found.subject[:500], "here": found.here, "there": found.there,
                "document": found.document[:360], "cells": found.cells, "reason": reason, "by": actor.user,
                "institution": actor.institution, "at": writer.now,
            },
        )  # fmt: skip
        writer.record(found.item or meja, "accept_finding", {**_facts(found), "note": reason})
        return RowResult(found.key, "saved")

    return _each(actor, meja, picks, accept)


@MANY
def reopen_findings(actor: Actor, meja: Meja, picks: Sequence[Pick], *, key: str = "") -> list[RowResult]:
    """Take back that the region stands by these findings; they are open again."""

    def reopen(writer: Writer, found: Finding) -> RowResult:
        gone, _ = AcceptedFinding.objects.filter(meja=meja, key=found.key).delete()
        if not gone:
            return RowResult(found.key, "same")
        writer.record(found.item or meja, "reopen_finding", _facts(found))
        return RowResult(found.key, "saved")

    return _each(actor, meja, picks, reopen)


def _each(
    actor: Actor, meja: Meja, picks: Sequence[Pick], act: Callable[[Writer, Finding], RowResult]
) -> list[RowResult]:
    if not can(actor, "desks.accept_finding", meja):
        raise NotAllowed("Temuan keselarasan diterima oleh Bappeda atau perangkat daerah pengampunya.")
    require_running(meja.round)
    if len(picks) > MOST:
        raise InvalidInput(f"Paling banyak {MOST} temuan sekali terima.")
    with writing(actor, mejas=[meja]) as writer:
        known = {each.key: each for each in alignment_of(actor, meja.round, [meja])}
        results = []
        for key, cells in dict(picks).items():
            found = known.get(key)
            refusal = _refusal(key, cells, found)
            results.append(refusal if found is None or refusal else act(writer, found))
    return [result for result in results if result is not None]


def _refusal(key: str, cells: str, found: Finding | None) -> RowResult | None:
    if found is None:
        gone = "Temuan ini sudah tidak ada: selnya sudah selaras atau dihapus."
        return RowResult(key, "refused", message=gone, problem="not_found")
    if found.cells != cells:
        message = f"{found.subject}: isinya berubah sejak halaman dibuka, kini {found.here} dan {found.there}."
        return RowResult(key, "conflict", message=message, problem="stale")
    if found.item is not None and found.item.locked_at is not None:
        message = f"{found.subject}: sudah tercantum dalam berita acara final."
        return RowResult(key, "refused", message=message, problem="transition_not_allowed")
    return None


def _facts(found: Finding) -> dict[str, str]:
    return {
        "finding": found.kind.value, "subject": found.subject, "document": found.document, "here": found.here, "there": found.there,
    }  # fmt: skip
