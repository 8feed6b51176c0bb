"""Helpers of the tests of the board."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from accounts.actors import Actor
from desks.models import Item
from tests.desks.views.clients import client_of
from tests.desks.world import World


def url(world: World, name: str = "board", *args: str) -> str:
    return reverse(f"desks:{name}", args=[world.round.code, world.desk.code, *args])


def ask(world: World, items: list[Item], actor: Actor | None = None, **changes: str):
    due = timezone.localtime() + dt.timedelta(days=1)
    body = {
        "pilih": [f"{item.code}:{item.version}" for item in items], "minta": "1", "note": "Lengkapi sumber data.", "owner": "bappeda",
        "date": due.strftime("%Y-%m-%d"), "time": "10:00", "kunci": "k1", **changes,
    }  # fmt: skip
    return client_of(actor or world.kl).post(url(world, "board_repair"), body)
