"""One process of a soak run: `python -m bench.soak.actor SLOT SEED UNTIL LOG`. Acts until its time is over, or until it is killed.

Every act is written to its log before it is sent and again when it is answered, each with fsync. A process that takes over a killed
one's log first sends again what was never answered, under the same key.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import django

RESEND = 0.25


class Log:
    """The log of one slot, across the processes that held it."""

    def __init__(self, path: Path) -> None:
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        self.entries: list[dict[str, Any]] = [entry for line in lines if (entry := _whole(line))]
        self.file = path.open("a", encoding="utf-8")
        if lines and not _whole(lines[-1]):
            self.file.write("\n")

    def write(self, **entry: Any) -> None:
        """Append, and be sure that it stands on the disk."""
        self.file.write(json.dumps(entry, default=str) + "\n")
        self.file.flush()
        os.fsync(self.file.fileno())

    def unanswered(self) -> dict[str, Any] | None:
        """The last act without an answer, as it was sent."""
        answered = {entry["key"] for entry in self.entries if entry["is"] == "answer"}
        left = [entry for entry in self.entries if entry["is"] == "sent" and entry["key"] not in answered]
        return left[-1] if left else None


def _whole(line: str) -> dict[str, Any] | None:
    try:
        entry: dict[str, Any] = json.loads(line)
    except ValueError:
        return None
    return entry


class Player:
    """Sends acts and writes down what came of them."""

    def __init__(self, log: Log) -> None:
        self.log = log

    def send(self, act: dict[str, Any], attempt: int) -> Any:
        """One attempt at an act; its events carry key and attempt as request id."""
        from bench.soak.acts import perform
        from core.errors import DomainError
        from core.middleware import _request_id

        self.log.write(**{"is": "sent", "key": act["key"], "attempt": attempt, "act": act})
        token = _request_id.set(f"{act['key']}.{attempt}")
        try:
            outcome: dict[str, Any] = {"done": perform(act)}
        except DomainError as error:
            outcome = {"refused": error.code}
        except _absent() as error:
            outcome = {"refused": type(error).__name__}
        finally:
            _request_id.reset(token)
        self.log.write(**{"is": "answer", "key": act["key"], "attempt": attempt, **outcome})
        return outcome

    def send_again(self, act: dict[str, Any], attempt: int, first: dict[str, Any]) -> None:
        """Send a finished act again; another answer than the first breaks the promise and is written down."""
        again = self.send(act, attempt)
        if json.dumps(again, default=str) != json.dumps(first, default=str):
            self.log.write(**{"is": "broken", "key": act["key"], "first": first, "again": again})


def _absent() -> type[Exception]:
    """A session that does not exist yet is the view's 404, no crash."""
    from desks.models import Session

    return Session.DoesNotExist


def main() -> None:
    """Take over the slot and act."""
    slot, seed, until, path = sys.argv[1], sys.argv[2], float(sys.argv[3]), Path(sys.argv[4])
    django.setup()
    from bench.soak.acts import Chooser

    log, chooser = Log(path), Chooser(seed)
    player = Player(log)
    left = log.unanswered()
    if left:
        player.send(left["act"], left["attempt"] + 1)
    number = 0
    while time.time() < until:
        number += 1
        act = chooser.choose(f"{slot}-{seed}-{number}")
        outcome = player.send(act, 1)
        if "done" in outcome and chooser.random.random() < RESEND:
            player.send_again(act, 2, outcome)


if __name__ == "__main__":
    main()
