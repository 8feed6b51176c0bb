"""The world that other tests of the desks stand on."""

from __future__ import annotations

from desks.choices import ItemState
from tests.desks.chain import actions, verify_chain
from tests.desks.world import World, build, consent_all, fill, open_session, submit


def test_world_opens_a_draft_row_per_indicator(world: World) -> None:
    assert [item.state for item in world.items()] == [ItemState.DRAFT] * 3
    assert len(world.items(world.other_meja)) == 3
    assert actions(world.meja) == ["open_meja"]


def test_a_row_goes_from_filling_to_the_table(db: None) -> None:
    world = build(2)
    fill(world)
    submit(world)
    session = open_session(world)
    consent_all(world)
    assert session.agenda.count() == 2
    assert [item.state for item in world.items()] == [ItemState.SUBMITTED] * 2
    verify_chain(world.meja)
