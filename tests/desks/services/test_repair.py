"""A repair may be asked for until a time that lies ahead and not after the desk stage, however it is asked."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from core.errors import InvalidInput
from desks.choices import ItemState
from desks.services.item import move_rows
from desks.services.repair import request_repair
from tests.desks.world import World, fill, submit


@pytest.mark.parametrize("days", [-1, 30])
def test_a_time_past_or_after_the_desk_stage_is_refused_on_every_way(world: World, days: int) -> None:
    fill(world, 1)
    submit(world)
    item, due = world.item(), timezone.now() + dt.timedelta(days=days)
    given = {"note": "Periksa.", "due": due, "owner": world.dinas_jabar}
    moved = move_rows(world.kl, "repair", [(item.code, item.version)], given=given)[0]
    assert (moved.status, moved.details) == ("refused", {"field": "due"})
    with pytest.raises(InvalidInput) as refusal:
        request_repair(world.kl, world.desk, [(item.code, item.version)], note="Periksa.", due=due)
    assert refusal.value.details == {"field": "due"}
    assert refusal.value.message == moved.message
    assert world.item().state == ItemState.SUBMITTED


def test_a_time_is_asked_for_before_it_is_compared(world: World) -> None:
    fill(world, 1)
    submit(world)
    item = world.item()
    given = {"note": "Periksa.", "owner": world.dinas_jabar}
    moved = move_rows(world.kl, "repair", [(item.code, item.version)], given=given)[0]
    assert (moved.message, moved.details) == ("Tentukan batas waktu.", {"field": "due"})
