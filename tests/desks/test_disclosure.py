"""A row under repair shows other parties what was handed in: in conflicts, refusals, pages, API and the story."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from accounts.actors import Actor
from core.values import format_value
from desks.models import Item
from desks.selectors.story import life_story
from desks.services.item import RowWrite, load_item, move_rows, save_rows
from desks.services.talk import take_stances
from desks.versions import stale
from tests.desks.views.clients import client_of
from tests.desks.world import World, fill, open_session, submit

SECRET, TYPED = "ketikan yang belum diajukan", "17,77"


@pytest.fixture
def repaired(world: World) -> Item:
    """A row handed in at 14,5 and called to the table, then asked back and being mended."""
    fill(world, 1)
    submit(world)
    open_session(world)
    item = world.item()
    given = {"note": "Periksa.", "due": timezone.now() + dt.timedelta(days=1), "owner": world.bappeda_jabar}
    assert move_rows(world.kl, "repair", [(item.code, item.version)], given=given)[0].ok
    changes = {"value": TYPED, "proposal_note": SECRET, "applicability": "no_data", "applicability_reason": SECRET}
    typed = save_rows(world.bappeda, rows=[RowWrite(item.code, world.item().version, changes)])[0]
    assert (typed.status, typed.shown["value"]) == ("saved", TYPED)
    return world.item()


def told(actor: Actor, item: Item, version: int) -> tuple[str, str, str, str]:
    details = stale(actor, item, version, {}).details
    theirs, base = details["theirs"], details["base"]
    return theirs["value_proposed"], theirs["proposal_note"], base["value_proposed"], base["proposal_note"]


def test_a_conflict_tells_the_owners_all_and_others_what_was_handed_in(world: World, repaired: Item) -> None:
    for actor in (world.bappeda, world.opd, world.verifikator):
        assert told(actor, repaired, repaired.version) == (TYPED, SECRET, TYPED, SECRET)
    for actor in (world.kl, world.moderator, world.kemendagri, world.secretariat):
        assert told(actor, repaired, repaired.version) == ("14,50", "", "14,50", "")
    assert stale(world.kl, repaired, repaired.version, {}).details["theirs"]["by"]["institution"] == world.pu.short_name


def test_before_the_first_handing_in_others_had_seen_nothing(world: World, repaired: Item) -> None:
    assert stale(world.kl, repaired, 1, {}).details["base"] == {"version": 1}
    assert stale(world.bappeda, repaired, 2, {}).details["base"]["value_proposed"] == "14,50"


def test_after_the_answer_the_draft_versions_between_stay_untold(world: World, repaired: Item) -> None:
    answered = save_rows(
        world.bappeda, rows=[RowWrite(repaired.code, repaired.version, {"value": "18", "applicability": "applies"})]
    )
    assert move_rows(world.bappeda, "answer", [(repaired.code, answered[0].version)])[0].ok
    assert told(world.kl, world.item(), repaired.version)[::2] == ("18,00", "14,50")


def test_a_refusal_shows_what_was_handed_in(world: World, repaired: Item) -> None:
    refused = take_stances(world.kl, [(repaired.code, 1)], kind="setuju")[0]
    assert (refused.status, refused.shown["value"], refused.shown["proposal_note"]) == ("refused", "14,50", "")
    assert format_value(load_item(world.bappeda, repaired.code).value_proposed) == TYPED


def test_pages_api_and_story_keep_the_draft_inside_the_region(world: World, repaired: Item) -> None:
    session = repaired.agenda.get().session
    for actor in (world.kl, world.moderator, world.auditor):
        client = client_of(actor)
        urls = (f"/butir/{repaired.code}/", f"/sesi/{session.code}/?butir={repaired.code}", "/api/v1/butir/",
                f"/api/v1/butir/{repaired.code}/", f"/api/v1/sesi/{session.code}/")  # fmt: skip
        for url in urls:
            answer = client.get(url)
            assert answer.status_code == 200, url
            text = answer.content.decode()
            assert (SECRET in text, TYPED in text, "17.77" in text) == (False, False, False), (url, actor.role)
        assert not [line for line in life_story(actor, repaired) if "mengubah usulan" in line.title]
    assert SECRET in client_of(world.opd).get(f"/butir/{repaired.code}/").content.decode()
