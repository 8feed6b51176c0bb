"""Event chains: own hash, link to the one before, no hole in seq, head equal to the last; and the rows that events vouch for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import F, Prefetch

from agreements.verify.faults import Report
from desks.chain import hash_of
from desks.digests import note_digest, position_digest, slip_digest, stance_digest
from desks.models import Event, Item, Meja, NoteRevision, Position, Round, SlipAcceptance, Stance

ROW_ACTIONS = {"position": "Position", "stance": "Stance", "note": "NoteRevision", "accept_warning": "SlipAcceptance"}
Key = tuple[Any, ...]
Found = dict[str, list[tuple[Key, str]]]
# Related rows are few and the same again and again: read once for many mejas instead of joined to every row.
ITEM = Prefetch("item", Item.objects.only("code", "meja").order_by())


def events_of(targets: Iterable[Meja | Round]) -> dict[str, list[Event]]:
    """The events of many chains in order, by the name of the chain."""
    chains: dict[str, list[Event]] = {target.chain: [] for target in targets}
    rows = Event.objects.filter(chain__in=list(chains)).order_by("chain", "seq")
    for event in rows.prefetch_related(ITEM, "actor", "on_behalf", "institution"):
        chains[event.chain].append(event)
    return chains


def check_chain(target: Meja | Round, events: list[Event], report: Report) -> None:
    """Check one chain: every hash, every link, the head."""
    expected, previous = 1, ""
    for event in events:
        while expected < event.seq:
            report.fault("Event", f"{target.chain} #{expected}", "peristiwa hilang")
            expected += 1
        if event.prev_hash != previous:
            report.fault("Event", f"{target.chain} #{event.seq}", "tidak menyambung ke peristiwa sebelumnya")
        if event.hash != hash_of(event):
            report.fault("Event", f"{target.chain} #{event.seq}", "isi tidak sesuai dengan hash-nya")
        _check_columns(target, event, report)
        expected, previous = event.seq + 1, event.hash
    if target.version != expected - 1:
        report.fault(
            type(target).__name__,
            target.code,
            f"versi {target.version}, peristiwa terakhir {expected - 1}: peristiwa terakhir hilang",
        )
    elif target.head_hash != previous:
        report.fault(type(target).__name__, target.code, "kepala rantai berbeda dari peristiwa terakhir")
    report.count("rantai")
    report.count("peristiwa", len(events))


def _check_columns(target: Meja | Round, event: Event, report: Report) -> None:
    """The columns outside the hash must repeat what is inside it."""
    try:
        payload = json.loads(event.payload)
    except ValueError:
        payload = {}
    right = payload.get("institution") == event.institution.code
    if isinstance(target, Meja):
        right = right and event.meja_id == target.pk and event.round_id == target.round_id
        right = right and (event.item is None or event.item.meja_id == target.pk)
    else:
        right = right and event.round_id == target.pk and event.meja_id is None
    if not right:
        report.fault("Event", f"{target.chain} #{event.seq}", "lembaga, meja, atau penyelenggaraan berbeda dari isinya")


def rows_of(mejas: Iterable[Meja]) -> dict[int, Found]:
    """Key and hash of every position, stance, note revision and accepted warning of many mejas, by meja and table."""
    wanted = [meja.pk for meja in mejas]
    found: dict[int, Found] = {pk: {table: [] for table in ROW_ACTIONS.values()} for pk in wanted}
    for way in ("item__meja", "support__item__meja", "place__usulan__item__meja"):
        _add_positions(found, way, wanted)
        _add_stances(found, f"position__{way}", wanted)
    notes = NoteRevision.objects.filter(note__meja__in=wanted).order_by()
    for row in notes.prefetch_related("note__item", "note__meja", "note__institution", "author"):
        found[row.note.meja_id]["NoteRevision"].append((_note_key(row), note_digest(row)))
    slips = SlipAcceptance.objects.filter(item__meja__in=wanted).order_by()
    for slip in slips.prefetch_related(ITEM, "institution", "actor"):
        key = (slip.item.code, slip.subject, slip.value)
        found[slip.item.meja_id]["SlipAcceptance"].append((key, slip_digest(slip)))
    return found


def _add_positions(found: dict[int, Found], way: str, wanted: list[int]) -> None:
    rows = Position.objects.filter(**{f"{way}__in": wanted}).annotate(of=F(way)).order_by()
    for row in rows.prefetch_related(ITEM, "place", "institution", "actor", "on_behalf"):
        found[row.of]["Position"].append((_position_key(row), position_digest(row)))


def _add_stances(found: dict[int, Found], way: str, wanted: list[int]) -> None:
    rows = Stance.objects.filter(**{f"{way}__in": wanted}).annotate(of=F(way)).order_by()
    for row in rows.prefetch_related("position__item", "institution", "recorded_by", "session"):
        found[row.of]["Stance"].append((_stance_key(row), stance_digest(row)))


def check_rows(found: Found, events: Iterable[Event], report: Report) -> None:
    """Every position, stance, note revision and accepted warning of a meja against the events that recorded them, both ways."""
    vouched: dict[str, dict[Key, str]] = {table: {} for table in found}
    for event in events:
        if event.action in ROW_ACTIONS:
            payload = json.loads(event.payload)
            key = _EVENT_KEYS[event.action](event.item.code if event.item else "", payload)
            vouched[ROW_ACTIONS[event.action]][key] = payload.get("row_hash", "")
    for table, rows in found.items():
        compare(table, rows, vouched[table], report)


def compare(table: str, rows: list[tuple[Key, str]], vouched: dict[Key, str], report: Report) -> None:
    """Rows against the hashes in events: changed, without event, or missing."""
    seen = set()
    for key, digest in rows:
        seen.add(key)
        shown = " · ".join(str(part) for part in key)
        if key not in vouched:
            report.fault(table, shown, "tidak ada peristiwanya")
        elif vouched[key] != digest:
            report.fault(table, shown, "isi berbeda dari peristiwanya")
    for key in vouched:
        if key not in seen:
            report.fault(table, " · ".join(str(part) for part in key), "tercatat dalam peristiwa, barisnya tidak ada")
    report.count(f"baris {table}", len(rows))


def _position_key(row: Position) -> Key:
    return (_subject(row), row.seq)


def _subject(row: Position) -> str:
    """What a figure is about, as its event names it."""
    if row.item:
        return row.item.code
    return f"place:{row.place.code}" if row.place else f"support:{row.support_id}"


def _stance_key(row: Stance) -> Key:
    return (
        _subject(row.position),
        row.position.seq,
        row.institution.code,
        row.seq,
    )


def _note_key(row: NoteRevision) -> Key:
    return (row.note.item.code if row.note.item else "", row.note.institution.code, row.note.kind, row.seq)


_EVENT_KEYS: dict[str, Callable[[str, dict[str, Any]], Key]] = {
    "position": lambda item, facts: (f"place:{facts['place']}" if "place" in facts else item, facts.get("seq")),
    "stance": lambda item, facts: (item, facts.get("position"), facts.get("party"), facts.get("seq")),
    "note": lambda item, facts: (item, facts.get("of"), facts.get("note"), facts.get("seq")),
    "accept_warning": lambda item, facts: (item, facts.get("subject"), facts.get("value")),
}
