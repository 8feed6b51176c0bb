"""The real processes of races: `python -m tests.races.play SOCKET` starts the portal's code once and forks for each act.

An act has a connection of its own to the database it is told. It says "ready" and waits for a line, so that all processes of a race
start together, then answers its outcome as JSON.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from typing import Any

import django
from django.db import connection

from core.errors import DomainError
from rakortek.env import database_from
from tests.races import papers


def seed(args: dict[str, Any]) -> dict[str, Any]:
    """Build a world with `n` indicators; unless `submitted` is false all rows are on the table of an open sitting, called and consented to."""
    from desks.services.room import call_item
    from tests.desks import world as w

    world = w.build(args.get("n", 3))
    session = w.ready(world) if args.get("submitted", True) else w.plan(world)
    if args.get("submitted", True):
        for item in world.items():
            call_item(world.moderator, session, item, seen_version=item.version)
        w.consent_all(world)
    people = {name: who.membership.pk for name, who in world.actors().items()}
    items = [{"code": item.code, "version": item.version} for item in world.items()]
    return {"people": people, "session": session.code, "meja": world.meja.pk, "items": items}


def _actor(args: dict[str, Any]) -> Any:
    from accounts.actors import Actor
    from accounts.models import Membership

    membership = Membership.objects.select_related("institution__region", "user").get(pk=args["membership"])
    return Actor(membership.user, membership)


def _room(args: dict[str, Any]) -> tuple[Any, Any, Any]:
    from desks.models import Session
    from desks.services.item import load_item

    actor = _actor(args)
    item = load_item(actor, args["item"]) if "item" in args else None
    return actor, Session.objects.select_related("desk__round").get(code=args["session"]), item


def settle(args: dict[str, Any]) -> dict[str, Any]:
    """Agree to a row at the version seen, at the newest figure or at `text`."""
    from desks.services.settle import settle as service

    actor, session, item = _room(args)
    version = args["version"]
    return {
        "state": service(
            actor,
            session,
            item,
            args.get("action", "agree"),
            seen_version=version,
            conclusion=args.get("conclusion", ""),
        ).state
    }


def position(args: dict[str, Any]) -> dict[str, Any]:
    """Put a figure on the table."""
    from desks.services.talk import put_position

    actor, _, item = _room(args)
    return {"seq": put_position(actor, item, text=args["text"], reason="uji", seen_version=args["version"]).seq}


def stance(args: dict[str, Any]) -> dict[str, Any]:
    """Take a stance on the figure seen."""
    from desks.services.talk import take_stances

    actor, session, item = _room(args)
    result = take_stances(actor, [(item.code, args["position"])], kind=args["kind"], session=session)[0]
    return {"status": result.status, "problem": result.problem}


def close(args: dict[str, Any]) -> dict[str, Any]:
    """Close the sitting."""
    from desks.services.room import close_session

    actor, session, _ = _room(args)
    return {"left": close_session(actor, session, reason="waktu")}


def save(args: dict[str, Any]) -> dict[str, Any]:
    """Save one value under a key."""
    from desks.services.item import RowWrite, save_rows

    result = save_rows(
        _actor(args), rows=[RowWrite(args["item"], args["version"], {"value": args["text"]})], key=args.get("key", "")
    )[0]
    return {"status": result.status, "version": result.version}


def append(args: dict[str, Any]) -> dict[str, Any]:
    """Append `n` events to the chain of a meja."""
    from desks.chain import writing
    from desks.models import Meja

    actor = _actor(args)
    for number in range(args["n"]):
        meja = Meja.objects.get(pk=args["meja"])
        with writing(actor, mejas=[meja]) as writer:
            writer.record(meja, "append", {"by": args["who"], "number": number})
    return {"appended": args["n"]}


def facts(args: dict[str, Any]) -> dict[str, Any]:
    """What stands in the database after a race, the chain verified."""
    from desks.models import AgendaEntry, Event, Item, Meja, Session
    from tests.desks.chain import verify_chain

    meja = Meja.objects.get(pk=args["meja"])
    verify_chain(meja)
    return {
        "states": {item.code: item.state for item in Item.objects.filter(meja=meja)},
        "agreed": {item.code: str(item.value_agreed_min) for item in Item.objects.filter(meja=meja)},
        "actions": list(Event.objects.filter(meja=meja).order_by("seq").values_list("action", flat=True)),
        "seqs": list(Event.objects.filter(meja=meja).order_by("seq").values_list("seq", flat=True)),
        "sessions": {session.code: session.state for session in Session.objects.all()},
        "outcomes": list(AgendaEntry.objects.order_by("order").values_list("outcome", flat=True)),
    }


def _spoken(act: Callable[[Any, dict[str, Any]], dict[str, Any]]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda args: act(_actor(args), args)


ACTS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    act.__name__: act
    for act in (seed, settle, position, stance, close, save, append, facts, papers.seed_ba, papers.ba_facts)
} | {act.__name__: _spoken(act) for act in (papers.finalise, papers.void, papers.sign)}


def main() -> None:
    """Listen at the socket named on the command line; each connection is one process of a race."""
    django.setup()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(sys.argv[1])
        door.listen(64)
        print("open", flush=True)
        while True:
            caller, _ = door.accept()
            if os.fork() == 0:
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                door.close()
                _play(caller)
                os._exit(0)
            caller.close()


def _play(caller: socket.socket) -> None:
    """Take the part, say "ready", wait for the start, act, say what came of it; a refusal is an outcome, a crash is told in words."""
    with caller, caller.makefile("rw") as told:
        part = json.loads(told.readline())
        connection.settings_dict.update(database_from(part["url"]))
        print("ready", file=told, flush=True)
        if told.readline():
            try:
                outcome: dict[str, Any] = {"ok": True, **ACTS[part["act"]](part["args"])}
            except DomainError as error:
                outcome = {"ok": False, "code": error.code, "details": error.details}
            except BaseException:
                outcome = {"crash": traceback.format_exc()}
            # Closed before it is told, so that the database can be copied by whoever hears of it.
            connection.close()
            print(json.dumps(outcome, default=str), file=told, flush=True)


if __name__ == "__main__":
    main()
