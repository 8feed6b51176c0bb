"""After a run: `python -m bench.soak.verify LOG…` on its database; prints counts and every broken promise as JSON."""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import django

ONE_EVENT = {
    "position": "position", "postpone": "postpone", "note": "note", "plan": "plan_session", "open": "open_session", "close": "close_session",
    "reopen_session": "reopen_session", "attend": "attend", "absent": "absent",
}  # fmt: skip
Attempts = dict[str, list[Any]]


def main() -> None:
    """Check everything and print."""
    django.setup()
    entries = [
        json.loads(line) for path in sys.argv[1:] for line in Path(path).read_text("utf-8").splitlines() if _whole(line)
    ]
    problems = chains() + database_sound()
    counts, more = answers(entries)
    print("\n" + json.dumps({"counts": counts, "problems": problems + more}))


def _whole(line: str) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True


def chains() -> list[str]:
    """Every chain verifies, its rows stand in it with their hashes, and its replay equals the tables."""
    from bench.soak.replay import differences, replay
    from desks.models import Event, Meja

    found: list[str] = []
    for meja in Meja.objects.select_related("round").order_by("pk"):
        rows = Event.objects.filter(chain=meja.chain).select_related("item", "actor", "on_behalf", "institution")
        events = list(rows.order_by("seq"))
        found += _links(meja, events) + _row_hashes(meja, events) + differences(meja, replay(events))
    return found


def _links(meja: Any, events: list[Any]) -> list[str]:
    from desks.chain import hash_of

    found, previous = [], ""
    if [event.seq for event in events] != list(range(1, len(events) + 1)):
        found.append(f"{meja.chain}: a seq is missing or doubled")
    for event in events:
        if event.prev_hash != previous or event.hash != hash_of(event):
            found.append(f"{event}: hash broken")
        previous = event.hash
    if (meja.version, meja.head_hash) != (len(events), previous):
        found.append(f"{meja.chain}: head {meja.version} of {len(events)} events")
    return found


def _row_hashes(meja: Any, events: list[Any]) -> list[str]:
    from desks.digests import note_digest, position_digest, stance_digest
    from desks.models import NoteRevision, Position, Stance

    recorded = Counter(json.loads(event.payload)["row_hash"] for event in events if "row_hash" in event.payload)
    rows = Counter(position_digest(row) for row in Position.objects.filter(item__meja=meja))
    rows += Counter(stance_digest(row) for row in Stance.objects.filter(position__item__meja=meja))
    rows += Counter(note_digest(row) for row in NoteRevision.objects.filter(note__meja=meja))
    return (
        []
        if recorded == rows
        else [f"{meja.chain}: {len(recorded - rows)} rows of events missing, {len(rows - recorded)} rows without event"]
    )


def database_sound() -> list[str]:
    """The file itself, where it is one."""
    from django.db import connection

    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        said = cursor.fetchone()[0]
    return [] if said == "ok" else [f"SQLite: {said}"]


def answers(entries: list[dict[str, Any]]) -> tuple[dict[str, int], list[str]]:
    """No acknowledged write is lost, none applied twice, nothing refused left a trace."""
    acts = {entry["key"]: entry["act"] for entry in entries if entry["is"] == "sent"}
    told = {entry["key"]: entry for entry in entries if entry["is"] == "answer"}
    traces = _traces()
    problems = [
        f"{entry['key']}: resent, answered {entry['again']} instead of {entry['first']}"
        for entry in entries
        if entry["is"] == "broken"
    ]
    for key, act in acts.items():
        problems += _check(key, act, told.get(key), traces.get(key, {}))
    resent = sum(entry["is"] == "sent" and entry["attempt"] > 1 for entry in entries)
    done = [entry for entry in told.values() if "done" in entry]
    kinds = Counter(acts[entry["key"]]["op"] for entry in done)
    counts = {
        "acts": len(acts), "acknowledged": len(done), "refused": len(told) - len(done), "unanswered": len(acts) - len(told), "resent": resent,
        "events": _events(), **{f"done: {name}": count for name, count in sorted(kinds.items())},
    }  # fmt: skip
    return counts, problems


def _events() -> int:
    from desks.models import Event

    return Event.objects.count()


def _traces() -> dict[str, dict[str, list[Any]]]:
    """Per key and attempt the events it left."""
    from desks.models import Event

    found: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    rows = (
        Event.objects.filter(request_id__contains=".")
        .order_by("chain", "seq")
        .values_list("request_id", "action", "item__code", "payload")
    )
    for request_id, action, item, payload in rows:
        key, attempt = request_id.rsplit(".", 1)
        found[key][attempt].append((action, item, json.loads(payload)))
    return found


def _check(key: str, act: dict[str, Any], answer: dict[str, Any] | None, attempts: dict[str, list[Any]]) -> list[str]:
    if len(attempts) > 1:
        return [f"{key} {act['op']}: applied by {len(attempts)} attempts"]
    events = next(iter(attempts.values()), [])
    if answer is None:
        return []
    if "refused" in answer:
        return [f"{key} {act['op']}: refused ({answer['refused']}) but left events"] if events else []
    wanted = expected(act, answer["done"])
    left = Counter((action, item) for action, item, _ in events)
    wrong = [
        f"{key} {act['op']}: {what} stands {left[what]} times, not {n}" for what, n in wanted.items() if left[what] != n
    ]
    return wrong + _content(key, act, events, sum(wanted.values()))


def expected(act: dict[str, Any], done: Any) -> dict[tuple[str, str | None], int]:
    """The main events that an acknowledged act must have left, how often."""
    op, item = act["op"], act.get("item")
    if op in ONE_EVENT:
        return {(ONE_EVENT[op], item): 1}
    if op in ("call", "refresh"):
        return {}
    name = {"save": "edit", "stance": "stance", "settle": act.get("verdict"), "settle_many": "agree"}.get(op, op)
    return {(str(name), row["code"]): int(row["status"] == "saved") for row in done}


def _content(key: str, act: dict[str, Any], events: list[Any], n: int) -> list[str]:
    """The words of the act, which name its key, stand in the rows it wrote."""
    from desks.models import NoteRevision, Position, Stance

    text = f"Uji panjang {key}"
    op = act["op"]
    if op == "save":
        found = sum(action == "edit" and payload["after"].get("proposal_note") == text for action, _, payload in events)
    elif op == "settle":
        found = sum(payload.get("conclusion") == text for _, _, payload in events)
    elif op == "position":
        found = Position.objects.filter(reason=text).count()
    elif op == "stance":
        found = Stance.objects.filter(text=text).count()
    elif op == "note":
        found = NoteRevision.objects.filter(text=text * 40).count()
    else:
        return []
    return [] if found == n else [f"{key} {op}: its words stand {found} times, not {n}"]


if __name__ == "__main__":
    main()
