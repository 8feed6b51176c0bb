"""The checks of a soak run find what they are there to find."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bench.soak.replay import differences, replay
from bench.soak.verify import answers, chains
from core.middleware import _request_id
from desks.models import Event, Item, Meja
from desks.services.item import RowWrite, save_rows
from desks.services.settle import settle
from tests.desks.world import World, consent_all, ready


@pytest.fixture
def settled(world: World) -> World:
    """A sitting in which the first row was agreed."""
    session = ready(world)
    consent_all(world)
    item = world.item()
    settle(world.moderator, session, item, "agree", seen_version=item.version)
    return world


@pytest.fixture
def request_id() -> Iterator[str]:
    """Acts leave events under this key and its first attempt."""
    token = _request_id.set("k1.1")
    yield "k1"
    _request_id.reset(token)


def story_of(meja: Meja):
    return replay(Event.objects.filter(chain=meja.chain).select_related("item").order_by("seq"))


def test_the_replay_of_honest_acts_equals_the_tables(settled: World) -> None:
    assert chains() == []
    assert story_of(settled.meja).rows[settled.item().code].state == "agreed"


def test_an_agreement_without_words_ends_the_conclusion_of_an_earlier_verdict(world: World) -> None:
    session = ready(world)
    consent_all(world)
    item = world.item()
    settle(
        world.moderator, session, item, "leave", seen_version=item.version, reason="waktu", conclusion="Belum sempat."
    )
    item = world.item()
    assert differences(world.meja, story_of(world.meja)) == [] and item.conclusion == "Belum sempat."
    settle(world.moderator, session, item, "agree", seen_version=item.version)
    assert differences(world.meja, story_of(world.meja)) == [] and world.item().conclusion == ""


@pytest.mark.parametrize(("column", "content"), [("state", "discussed"), ("version", 99), ("value_agreed_min", None)])
def test_a_row_that_changed_without_an_event_is_found(settled: World, column: str, content: object) -> None:
    changed = {column: content}
    if column == "value_agreed_min":
        changed |= {"value_agreed_max": None, "value_agreed_kind": ""}
    Item.objects.filter(pk=settled.item().pk).update(**changed)
    assert [text.split(":")[0] for text in differences(settled.meja, story_of(settled.meja))] == [settled.item().code]


def test_a_head_that_lies_is_found(settled: World) -> None:
    count = Event.objects.filter(chain=settled.meja.chain).count()
    Meja.objects.filter(pk=settled.meja.pk).update(version=count + 1)
    assert chains() == [f"{settled.meja.chain}: head {count + 1} of {count} events"]


def log(world: World, done: object, act: dict[str, object]) -> list[dict[str, object]]:
    sent = {"is": "sent", "key": "k1", "attempt": 1, "act": {"key": "k1", "item": world.item().code, **act}}
    return [sent, {"is": "answer", "key": "k1", "attempt": 1, **done}]  # type: ignore[dict-item]


def test_an_acknowledged_write_is_found_in_the_events(world: World, request_id: str) -> None:
    code = world.item().code
    save_rows(world.bappeda, rows=[RowWrite(code, 1, {"value": "1,5", "proposal_note": "Uji panjang k1"})], key="k1")
    done = {"done": [{"code": code, "status": "saved"}]}
    assert answers(log(world, done, {"op": "save"}))[1] == []


def test_a_lost_write_is_told(world: World) -> None:
    code = world.item().code
    done = {"done": [{"code": code, "status": "saved"}]}
    assert answers(log(world, done, {"op": "save"}))[1] == [
        f"k1 save: ('edit', '{code}') stands 0 times, not 1",
        "k1 save: its words stand 0 times, not 1",
    ]


def test_a_refused_write_that_left_an_event_is_told(world: World, request_id: str) -> None:
    save_rows(world.bappeda, rows=[RowWrite(world.item().code, 1, {"value": "1,5"})])
    refused = {"refused": "stale_state"}
    assert answers(log(world, refused, {"op": "save"}))[1] == ["k1 save: refused (stale_state) but left events"]


def test_a_write_applied_by_two_attempts_is_told(world: World, request_id: str) -> None:
    save_rows(world.bappeda, rows=[RowWrite(world.item().code, 1, {"value": "1,5"})])
    _request_id.set("k1.2")
    save_rows(world.bappeda, rows=[RowWrite(world.item().code, 2, {"value": "2,5"})])
    done = {"done": [{"code": world.item().code, "status": "saved"}]}
    assert answers(log(world, done, {"op": "save"}))[1] == ["k1 save: applied by 2 attempts"]
