"""Submitting without JavaScript: the list before it, the ticked rows, rows asked back."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from desks.choices import ItemState
from desks.models import Item
from desks.services.item import RowWrite, move_rows, save_rows
from desks.services.talk import write_note
from tests.desks.world import World, fill, submit


def table(world: World) -> str:
    return reverse("desks:isian", args=[world.meja.code])


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_the_list_before_submitting_tells_what_is_ready_and_what_lacks(client_of, world: World):
    fill(world, 2)
    context = client_of(world.bappeda).get(table(world) + "ajukan/").context
    assert [row["value"] for row in context["ready"]] == ["14,50", "14,50"]
    assert [row["lacking"] for row in context["lacking"]] == ["Target belum diisi."]


def test_submitting_the_ticked_rows(client_of, world: World):
    fill(world, 2)
    client = client_of(world.bappeda)
    picks = [row["pick"] for row in client.get("/isian/ajukan/").context["ready"]]
    response = client.post("/isian/ajukan/", {"butir": picks, "kunci": "k"})
    assert said(response) == ["2 butir diajukan atas nama Bappeda Jawa Barat."]
    assert [item.state for item in world.items()] == ["submitted", "submitted", "draft"]


def asked_back(world: World) -> Item:
    fill(world, 1)
    submit(world)
    item = world.item()
    given = {"note": "Periksa.", "due": timezone.now() + dt.timedelta(days=1), "owner": world.bappeda_jabar}
    move_rows(world.kl, "repair", [(item.code, item.version)], given=given)
    return world.item()


def test_a_row_asked_back_and_left_alone_stands_apart_and_is_not_ticked(client_of, world: World):
    asked_back(world)
    page = client_of(world.bappeda).get(table(world) + "ajukan/")
    (row,) = page.context["unmended"]
    assert (page.context["ready"], row["request"], row["asked"].institution) == ([], "Periksa.", world.pu.short_name)
    text = page.content.decode()
    assert "Belum diperbaiki sejak permintaan" in text
    assert "checked" not in text
    assert f'value="{row["pick"]}"' in text


@pytest.mark.parametrize("how", ["edit", "note"])
def test_a_change_or_an_answer_mends_a_row(client_of, world: World, how: str):
    item = asked_back(world)
    write_note(world.kl, world.meja, item=item, text="Mohon segera.", seen_version=0)
    client = client_of(world.bappeda)
    assert client.get(table(world) + "ajukan/").context["ready"] == []
    if how == "edit":
        save_rows(world.opd, rows=[RowWrite(item.code, item.version, {"value": "15"})])
    else:
        write_note(world.opd, world.meja, item=item, text="Angka ini sudah diperiksa.", seen_version=0)
    page = client.get(table(world) + "ajukan/")
    assert ([row["code"] for row in page.context["ready"]], page.context["unmended"]) == ([item.code], [])


def test_a_row_under_repair_is_answered_in_the_same_act(client_of, world: World):
    asked_back(world)
    client = client_of(world.bappeda)
    (row,) = client.get(table(world) + "ajukan/").context["unmended"]
    client.post(table(world) + "ajukan/", {"butir": [row["pick"]], "kunci": "k"})
    assert world.item().state == ItemState.SUBMITTED


@pytest.mark.parametrize(("who", "status"), [("opd", 403), ("verifikator", 403), ("other_bappeda", 404), ("kl", 404)])
def test_only_the_bappeda_of_the_region_submits(client_of, world: World, who, status):
    assert client_of(getattr(world, who)).get(table(world) + "ajukan/").status_code == status
