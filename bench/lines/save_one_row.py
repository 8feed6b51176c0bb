"""Saving one row through the API (a batch of one, login by session), against a bare view: one UPDATE and two INSERTs in one transaction."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import count
from typing import Any

from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.actors import Actor
from bench.context import Bench
from bench.measure import interleaved, queries_of
from bench.result import Result, measured, missing
from bench.world import World, build
from desks.models import Item

NAME = "save_one_row"
QUERIES, RATIO = 15, 2.5
OURS = "/api/v1/simpan/"
START = 1
ORDINARY = 81
"""Above what was reached, what the documents say and the nation's target of the bench's world."""
CSRF = "c" * 32
Act = Callable[[], Callable[[], object]]


def run(bench: Bench) -> list[Result]:
    """Queries, ratio of the p50, and the p50 itself for the note."""
    name = bench.name(NAME)
    try:
        reverse("api:item_save")
    except NoReverseMatch:
        why = f"{OURS} is not there in this version"
        return [missing(f"{name}.queries", "queries", QUERIES, why), missing(f"{name}.ratio", "× bare", RATIO, why)]
    world = build(provinces=6, indicators=9)
    ours, bare = _saves(world)
    queries = float(len(queries_of(ours)))
    pair = interleaved(ours, bare, repeats=bench.repeats(120), warm=10)
    note = f"p50 ours {_ms(pair.ours)}, bare {_ms(pair.bare)}; one client; {_durability()}"
    return [
        measured(f"{name}.queries", [queries], "queries", QUERIES),
        measured(f"{name}.ratio", pair.ratios, "× bare", RATIO, note),
    ]


def _ms(seconds: list[float]) -> str:
    return f"{sorted(seconds)[len(seconds) // 2] * 1000:.1f} ms"


def _durability() -> str:
    """What a commit waits for, as the database itself says."""
    from django.db import connection

    with connection.cursor() as cursor:
        sqlite = connection.vendor == "sqlite"
        cursor.execute("PRAGMA synchronous" if sqlite else "SHOW synchronous_commit")
        answer = cursor.fetchone()[0]
    return f"synchronous {answer} (2 is FULL)" if sqlite else f"synchronous_commit {answer}"


def _saves(world: World) -> tuple[Act, Act]:
    region = world.regions[0].kode
    actor = world.bappeda[region]
    client = _client(actor)
    mine, other = world.items(region)[:2]
    number = count(1)

    def ours() -> Callable[[], object]:
        n, version = next(number), _moved(mine)
        # Figures as the region might mean them: what the slip catcher would warn of costs two queries more, and is rare.
        row = {"code": mine.code, "version": version, "changes": {"value": f"{ORDINARY + n % 9},{n % 10}"}}
        return lambda: _post(client, OURS, {"rows": [row]}, f"bench-{n}")

    def bare() -> Callable[[], object]:
        n, version = next(number), _moved(other)
        body = {"item": other.pk, "version": version, "value": f"{n % 90},{n % 10}", "seq": n, "round": world.round.pk,
                "institution": actor.institution.pk, "key": f"bench-{n}"}  # fmt: skip
        return lambda: _post(client, reverse("bare_save"), body, "")

    return ours, bare


def _moved(item: Item) -> int:
    """The row's version now, after making sure that the save before this one was really made."""
    seen, item.version = item.version, Item.objects.values_list("version", flat=True).get(pk=item.pk)
    if item.version not in (seen + 1, START):
        raise RuntimeError(f"the last save was not made: version {item.version}")
    return item.version


def _client(actor: Actor) -> Client:
    client = Client(
        enforce_csrf_checks=True, headers={"X-CSRFToken": CSRF, "Accept": "application/json", "Accept-Encoding": "gzip"}
    )
    client.force_login(actor.user)
    client.cookies["csrftoken"] = CSRF
    return client


def _post(client: Client, path: str, body: dict[str, Any], key: str) -> object:
    headers = {"Idempotency-Key": key} if key else {}
    answer = client.post(path, json.dumps(body), content_type="application/json", headers=headers)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}: {answer.content[:300]!r}")
    return answer
