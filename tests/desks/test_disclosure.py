"""A row under repair shows other parties what was handed in: in conflicts, refusals, pages, API and the story."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from accounts.actors import Actor
from core.numbers import format_number
from core.values import format_value
from desks.choices import NoteKind
from desks.models import Item, Support
from desks.selectors.story import life_story
from desks.selectors.supports import supports_seen
from desks.services.item import RowWrite, load_item, move_rows, save_rows
from desks.services.support import SupportData, add_support, change_support, remove_support
from desks.services.talk import take_stances, write_note
from desks.versions import stale
from tests.desks.chain import verify_chain
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


def sub_kegiatan(world: World, no: int, volume: str, pagu: str) -> SupportData:
    funds = ((world.sources[0].pk, pagu, "rp"),)
    return SupportData(world.sub_kegiatan[no].pk, world.dinas_jabar.pk, volume, "Km", (world.kabkota[0].pk,), funds)


def test_sub_kegiatan_changed_under_repair_stay_in_the_region_until_handed_in(world: World) -> None:
    fill(world, 1)
    item = world.item()
    for no, volume in enumerate(("11", "22")):
        add_support(
            world.opd, world.item(), sub_kegiatan(world, no, volume, "1000000"), seen_version=world.item().version
        )
    submit(world)
    session = open_session(world)
    given = {"note": "Periksa.", "due": timezone.now() + dt.timedelta(days=1), "owner": world.bappeda_jabar}
    assert move_rows(world.kl, "repair", [(item.code, world.item().version)], given=given)[0].ok
    kept, gone = Support.objects.order_by("pk")
    change_support(world.opd, kept, sub_kegiatan(world, 0, "77", "7777777"), seen_version=world.item().version)
    remove_support(world.opd, gone, seen_version=world.item().version)
    add_support(world.opd, world.item(), sub_kegiatan(world, 2, "88", "8888888"), seen_version=world.item().version)

    def volumes(actor: Actor) -> dict[str, tuple[str, int, str]]:
        return {
            row.nomenclature.kode[-1]: (
                format_number(row.volume),
                row.funds.all()[0].proposed,
                row.places.all()[0].region.kode,
            )
            for row in supports_seen(actor, world.item())
        }

    now = {"1": ("77", 7777777, "32.01"), "3": ("88", 8888888, "32.01")}
    then = {"1": ("11", 1000000, "32.01"), "2": ("22", 1000000, "32.01")}
    assert [volumes(actor) for actor in (world.opd, world.bappeda, world.kl, world.moderator)] == [now, now, then, then]
    for url in (f"/butir/{item.code}/", f"/sesi/{session.code}/?butir={item.code}"):
        text = client_of(world.moderator).get(url).content.decode()
        assert ("7.777.777" in text, "8.888.888" in text, "1.000.000" in text) == (False, False, True), url
    assert move_rows(world.bappeda, "answer", [(item.code, world.item().version)])[0].ok
    assert volumes(world.kl) == now


def test_a_note_written_before_handing_in_stays_with_the_region(world: World) -> None:
    fill(world, 1)
    note = write_note(world.opd, world.meja, item=world.item(), text=SECRET, seen_version=0)
    assert note.kind == NoteKind.REGION
    submit(world)
    session = open_session(world)
    later = write_note(world.opd, world.meja, item=world.item(), text="Untuk semua.", seen_version=0)
    assert later.kind == NoteKind.DESK
    for actor in (world.bappeda, world.opd):
        assert SECRET in client_of(actor).get(f"/butir/{note.item.code}/").content.decode()
    for actor in (world.kl, world.moderator, world.auditor, world.kemendagri):
        for url in (f"/butir/{note.item.code}/", f"/sesi/{session.code}/?butir={note.item.code}"):
            text = client_of(actor).get(url).content.decode()
            assert (SECRET in text, "Untuk semua." in text) == (False, True), (actor.role, url)
    verify_chain(world.meja)
