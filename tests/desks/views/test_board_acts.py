"""Acts on the board: asking for repair, an own figure, the internal note."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desks.choices import ItemState, NoteKind
from desks.models import Item, Note
from desks.services.talk import put_position
from tests.desks.chain import actions, verify_chain
from tests.desks.views.boards import ask, url
from tests.desks.views.clients import client_of
from tests.desks.world import World, fill, submit


def test_repair_is_asked_in_bulk_of_the_bappeda_of_each_region(world: World) -> None:
    fill(world)
    submit(world)
    fill(world, 1, meja=world.other_meja)
    submit(world, meja=world.other_meja)
    rows = [world.item(), world.item(1), world.item(0, world.other_meja)]
    first = client_of(world.kl).post(
        url(world, "board_repair"), {"pilih": [f"{row.code}:{row.version}" for row in rows]}
    )
    assert first.status_code == 200
    assert ask(world, rows).status_code == 302
    asked = Item.objects.filter(state=ItemState.REPAIR).order_by("region__kode", "order")
    assert [item.request_owner for item in asked] == [world.bappeda_jabar, world.bappeda_jabar, world.bappeda_banten]
    assert {item.request_text for item in asked} == {"Lengkapi sumber data."}
    assert actions(world.meja)[-2:] == ["repair", "repair"]
    verify_chain(world.other_meja)
    assert ask(world, rows).status_code == 302, "a repeated request finds its first answer"


def test_repair_goes_to_the_opd_that_holds_the_bidang(world: World) -> None:
    fill(world, 1)
    submit(world)
    assert ask(world, [world.item()], owner="opd").status_code == 302
    assert world.item().request_owner == world.dinas_jabar


def test_each_row_of_a_request_succeeds_or_is_refused_by_itself(world: World) -> None:
    fill(world)
    submit(world)
    stale = world.item()
    put_position(world.kemendagri, world.item(), text="16", reason="", seen_version=stale.version)
    answer = ask(world, [stale, world.item(1)])
    assert answer.status_code == 409
    assert [row["result"].status for row in answer.context["results"]] == ["conflict", "saved"]
    assert [item.state for item in world.items()] == ["submitted", "repair", "submitted"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"note": " "}, "note"), ({"date": "2020-01-01"}, "date"), ({"date": "2099-01-01"}, "date"), ({"owner": "x"}, "owner")],
)  # fmt: skip
def test_a_request_needs_note_and_a_time_ahead_within_the_desk_stage(world: World, changes, field) -> None:
    fill(world, 1)
    submit(world)
    answer = ask(world, [world.item()], **changes)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert world.item().state == ItemState.SUBMITTED


def test_without_ticked_rows_nothing_is_asked(world: World) -> None:
    assert client_of(world.kl).post(url(world, "board_repair"), {}).status_code == 302


def test_an_own_figure_is_put_on_the_table(world: World) -> None:
    fill(world, 1)
    submit(world)
    item = world.item()
    client = client_of(world.kl)
    body = {"value": "15,25", "reason": "Sesuai RPJMN", "versi": item.version, "kunci": "satu"}
    assert client.post(url(world, "board_offer", item.code), body).status_code == 302
    assert client.post(url(world, "board_offer", item.code), body).status_code == 302, "the same form sent again"
    assert item.positions.count() == 2
    newest = item.positions.last()
    assert (newest.institution, newest.value.number, newest.reason) == (world.pu, Decimal("15.25"), "Sesuai RPJMN")
    again = client.post(url(world, "board_offer", item.code), {**body, "value": "15,75"})
    assert again.status_code == 409
    assert again.context["offer"]["value"].value() == "15,75"
    assert int(again.context["offer"]["versi"].value()) == world.item().version


def test_an_ambiguous_point_is_asked_and_what_was_typed_stays(world: World) -> None:
    fill(world, 1)
    submit(world)
    item = world.item()
    client = client_of(world.kl)
    body = {"value": "1.234", "reason": "uji", "versi": item.version}
    answer = client.post(url(world, "board_offer", item.code), body)
    assert answer.status_code == 422
    assert answer.context["offer"]["value"].value() == "1.234"
    assert client.post(url(world, "board_offer", item.code), {**body, "dot": "decimal"}).status_code == 302
    assert item.positions.last().value.number == Decimal("1.234")


def test_the_internal_note_stays_inside_the_institution(world: World) -> None:
    fill(world, 1)
    submit(world)
    item = world.item()
    note_url = url(world, "board_note", item.code)
    assert client_of(world.kl).post(note_url, {"text": "Rahasia PU", "versi": 0}).status_code == 302
    note = Note.objects.get(item=item)
    assert (note.kind, note.institution) == (NoteKind.INTERNAL, world.pu)
    own = client_of(world.chair).get(url(world, "board_item", item.code)).content.decode()
    assert "Rahasia PU" in own
    for actor in (world.kemendagri, world.bappenas, world.secretariat):
        assert "Rahasia PU" not in client_of(actor).get(url(world, "board_item", item.code)).content.decode()
    stale = client_of(world.kl).post(note_url, {"text": "Ketikan kedua", "versi": 0})
    assert stale.status_code == 409
    assert stale.context["note"]["text"].value() == "Ketikan kedua"
