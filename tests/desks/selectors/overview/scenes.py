"""A round with rows of every class: drafts, submitted, under repair, agreed, not relevant; and people of every kind."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from desks.models import Item, Session
from desks.services.item import RowWrite, move_rows, save_rows
from desks.services.room import call_item
from desks.services.settle import settle
from tests.desks import world as w
from tests.stored import stored

READERS = (
    "secretariat", "kl", "moderator", "kemendagri", "bappenas", "auditor", "observer", "bappeda", "verifikator", "opd", "other_bappeda", "other_kl",
)  # fmt: skip


def save(world: w.World, place: int, **changes: str) -> Item:
    """The Bappeda of Jawa Barat changes a row."""
    item = world.item(place)
    results = save_rows(world.bappeda, rows=[RowWrite(item.code, item.version, changes)])
    assert results[0].status == "saved", results
    return world.item(place)


def submit(world: w.World, *places: int) -> None:
    """The Bappeda hands rows in."""
    rows = [(world.item(place).code, world.item(place).version) for place in places]
    results = move_rows(world.bappeda, "submit", rows)
    assert all(result.ok for result in results), results


@stored
def scene() -> tuple[w.World, Session]:
    """Jawa Barat: 0 agreed 14,5; 1 submitted 15; 2 repair, since retyped as 99; 3 discussed 16; 4 not relevant and handed in; 5 filled 88; 6 empty;
    7 not relevant, not handed in. Banten: all eight empty."""
    world = w.build(8)
    for place, value in ((0, "14,5"), (1, "15"), (2, "17"), (3, "16"), (5, "88")):
        save(world, place, value=value)
    for place in (4, 7):
        save(world, place, applicability="not_relevant", applicability_reason="tidak ada jalan provinsi")
    submit(world, 0, 1, 2, 3, 4)
    session = w.open_session(world)
    w.consent_all(world)
    _repair(world)
    for place in (0, 3):
        item = world.item(place)
        call_item(world.moderator, session, item, seen_version=item.version)
    item = world.item(0)
    settle(world.moderator, session, item, "agree", seen_version=item.version)
    return world, session


def _repair(world: w.World) -> None:
    item = world.item(2)
    given = {"note": "lengkapi", "due": timezone.now() + dt.timedelta(days=1), "owner": world.bappeda_jabar}
    assert all(result.ok for result in move_rows(world.kl, "repair", [(item.code, item.version)], given=given))
    save(world, 2, value="99")
