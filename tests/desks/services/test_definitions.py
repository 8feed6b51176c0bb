"""A wording that moves under filled rows: rows keep theirs, owners are told, and bringing them over asks every stance anew."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Notice
from core.errors import InvalidInput, NotAllowed
from desks.models import Event, Item, Position
from desks.selectors.consent import consent_of
from desks.services.definitions import Wording, old_wording, repoint, set_wording, waiting_versions
from tests.desks import world as w
from tests.desks.settling import agree
from tests.desks.world import World

pytestmark = pytest.mark.django_db


def reword(world: World, name: str = "Panjang jalan mantap", unit: str = "Km", decimals: int = 2) -> None:
    set_wording(world.secretariat, world.round, world.indicators[0], Wording(name, unit, decimals, direction="up"))


def test_nothing_filled_is_corrected_in_place(world: World) -> None:
    reword(world)
    version = world.indicators[0].versions.get()
    assert (version.no, version.name) == (1, "Panjang jalan mantap")
    assert not old_wording(world.round).exists()


def test_filled_rows_keep_theirs_and_empty_ones_move(world: World) -> None:
    w.fill(world, 1)
    reword(world)
    assert list(world.indicators[0].versions.values_list("no", flat=True)) == [1, 2]
    assert world.item().indicator_version.no == 1
    assert world.item(meja=world.other_meja).indicator_version.no == 2
    told = set(Notice.objects.values_list("user", flat=True))
    assert told == {world.opd.user.pk, world.bappeda.user.pk, world.verifikator.user.pk}
    assert Event.objects.filter(chain=world.other_meja.chain, action="reword_indicator").exists()


def test_another_number_of_decimals_is_another_wording(world: World) -> None:
    w.fill(world, 1)
    version = world.indicators[0].versions.get()
    reword(world, version.name, version.unit, 0)
    assert world.indicators[0].versions.count() == 2
    reword(world, version.name, version.unit, 0)
    world.indicators[0].refresh_from_db()


def test_the_owner_sees_the_mark_on_the_table_and_on_home(world: World) -> None:
    w.fill(world, 1)
    reword(world)
    client = Client()
    client.force_login(world.bappeda.user, backend="django.contrib.auth.backends.ModelBackend")
    body = client.get(reverse("desks:isian", args=[world.meja.code]) + "?saring=definisi").content.decode()
    assert "definisi berubah" in body
    assert world.item().code in body
    assert world.item(1).code not in body
    home = client.get(reverse("desks:home")).content.decode()
    assert "definisi indikator yang sudah berubah" in home
    assert "Definisi indikator 1.03.001 berubah" in home


def test_bringing_a_desk_over_is_an_event_that_empties_stances(world: World) -> None:
    w.ready(world)
    w.consent_all(world)
    reword(world)
    (row,) = waiting_versions(world.round)
    assert len(row["rows"]) == 1
    before = world.item().version
    with pytest.raises(InvalidInput):
        repoint(world.secretariat, world.desk, reason=" ")
    with pytest.raises(NotAllowed):
        repoint(world.kl, world.desk, reason="sama")
    assert repoint(world.secretariat, world.desk, reason="Satuannya saja yang berubah") == 1
    item = world.item()
    assert (item.indicator_version.no, item.version) == (2, before + 1)
    assert Event.objects.filter(item=item, action="repoint_indicator").exists()
    newest = Position.objects.filter(item=item).order_by("-seq").first()
    assert newest.stances.count() == 0
    assert newest.value.same_as(item.value_proposed)
    assert consent_of([item])[item.pk].missing
    assert not waiting_versions(world.round)


def test_a_verdict_stays_under_its_wording(world: World) -> None:
    session = w.ready(world)
    item = world.item()
    from desks.services.room import call_item

    call_item(world.moderator, session, item, seen_version=item.version)
    w.consent_all(world)
    agree(world, session, Item.objects.get(pk=item.pk))
    reword(world)
    assert repoint(world.secretariat, world.desk, reason="uji") == 0
    assert world.item().indicator_version.no == 1
