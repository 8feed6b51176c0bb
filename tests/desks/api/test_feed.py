"""The change feed: what happened to visible rows, in order, without what is typed inside a region."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.actors import Actor
from desks.choices import NoteKind
from desks.models import Event
from desks.services.talk import write_note
from tests.desks.views.clients import client_of
from tests.desks.world import World, consent_all, fill, ready, submit


@pytest.fixture(autouse=True)
def no_lag(settings: Any) -> None:
    settings.FEED_LAG_SECONDS = 0


def feed(actor: Actor, after: int | str = 0) -> dict[str, Any]:
    body: dict[str, Any] = client_of(actor).get(f"/api/v1/perubahan/?after={after}").json()
    return body


def actions(actor: Actor, after: int = 0) -> list[str]:
    return [row["action"] for row in feed(actor, after)["results"]]


def test_the_centre_sees_nothing_of_a_draft_and_all_that_happens_in_the_open(world: World) -> None:
    fill(world, 2)
    assert actions(world.kl) == []
    assert actions(world.bappeda).count("edit") == 2
    submit(world)
    assert set(actions(world.kl)) == {"submit", "position", "stance"}
    assert actions(world.other_bappeda) == actions(world.outsider) == []


def test_a_reader_goes_on_where_it_stopped(world: World) -> None:
    ready(world, 2)
    consent_all(world)
    everything = feed(world.kl)
    numbers = [row["id"] for row in everything["results"]]
    assert numbers == sorted(numbers) and everything["next"] == numbers[-1] and not everything["more"]
    middle = numbers[len(numbers) // 2]
    assert [row["id"] for row in feed(world.kl, middle)["results"]] == [each for each in numbers if each > middle]
    assert feed(world.kl, numbers[-1]) == {"results": [], "next": numbers[-1], "more": False}


def test_long_feeds_come_in_parts(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desks.api.feed.MOST", 2)
    ready(world, 2)
    seen: list[int] = []
    answer = feed(world.kl)
    while answer["results"]:
        assert len(answer["results"]) <= 2
        seen += [row["id"] for row in answer["results"]]
        answer = feed(world.kl, answer["next"])
    assert len(seen) == len(set(seen)) > 2 and answer["more"] is False


def test_internal_notes_of_others_and_contents_are_not_told(world: World) -> None:
    ready(world, 1)
    item = world.item()
    write_note(world.kl, item.meja, item=item, text="rahasia K/L", seen_version=0, kind=NoteKind.INTERNAL)
    write_note(world.kl, item.meja, item=item, text="untuk semua", seen_version=0)
    assert actions(world.kl).count("note") == 2
    assert actions(world.bappeda).count("note") == 1
    assert "rahasia" not in str(feed(world.kl)) and "untuk semua" not in str(feed(world.kl))


def test_a_row_tells_version_state_and_institution(world: World) -> None:
    fill(world, 1)
    submit(world)
    row = next(row for row in feed(world.kl)["results"] if row["action"] == "submit")
    item = world.item()
    assert (row["item"], row["meja"], row["round"], row["region"]) == (item.code, item.meja.code, item.round.code, "32")
    assert (row["state"], row["item_version"]) == ("submitted", item.version)
    assert row["institution"] == world.bappeda.institution.code


def test_the_last_seconds_are_kept_back(world: World, settings: Any) -> None:
    settings.FEED_LAG_SECONDS = 3600
    fill(world, 1)
    assert Event.objects.exists() and actions(world.bappeda) == []


@pytest.mark.parametrize("after", ["-1", "x", "1.5", "9" * 30, "١"])
def test_a_number_is_asked_for(world: World, after: str) -> None:
    answer = client_of(world.kl).get("/api/v1/perubahan/", {"after": after})
    assert answer.status_code == 400 and "bilangan bulat" in answer.json()["detail"]


def test_the_number_of_queries_does_not_grow(world: World, django_assert_max_num_queries: Any) -> None:
    ready(world, 3)
    client = client_of(world.kl)
    client.get("/api/v1/perubahan/")
    with django_assert_max_num_queries(6):
        assert len(client.get("/api/v1/perubahan/").json()["results"]) > 3
