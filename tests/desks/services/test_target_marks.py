"""A target that moves under filled rows marks them and tells their owners; confirming or editing takes the mark away, no stance is lost."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.actors import Actor
from accounts.models import Notice
from core.errors import NotAllowed, StaleState, TransitionNotAllowed
from desks.models import Event, Item
from desks.selectors.consent import consent_of
from desks.selectors.target_marks import moved_targets
from desks.services.item import RowWrite, save_rows
from desks.services.target_marks import confirm_target
from desks.services.targets import TargetWrite, save_targets
from indicators.models import IndicatorVersion
from tests.desks import world as w
from tests.desks.chain import verify_chain
from tests.desks.world import World

pytestmark = pytest.mark.django_db
CODE = "1.03.001"


def aim(world: World, text: str, region: str = "32", seen: int | None = None) -> int:
    """Set a target over what stands; its version."""
    (before,) = save_targets(world.kl, world.desk, [TargetWrite(CODE, region, "99", 9_999)])
    (done,) = save_targets(
        world.kl, world.desk, [TargetWrite(CODE, region, text, before.version if seen is None else seen)]
    )
    assert done.status == "saved", done
    return done.version


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def marked() -> list[str]:
    return list(Item.objects.filter(target_seq__isnull=False).values_list("region__kode", flat=True))


def test_a_first_target_and_one_over_empty_rows_mark_nothing(world: World) -> None:
    aim(world, "15", seen=0)
    aim(world, "16")
    w.fill(world, 1)
    aim(world, "17", "36", seen=0)
    assert marked() == []
    assert not Notice.objects.filter(kind="desks.target").exists()


def test_a_moved_indicative_target_marks_the_row_of_its_region(world: World) -> None:
    aim(world, "15", seen=0)
    w.fill(world)
    w.fill(world, meja=world.other_meja)
    aim(world, "16")
    aim(world, "17,5")
    assert marked() == ["32"]
    assert moved_targets([world.item()])[world.item().pk].lines == ["Target indikatif berubah dari 15,00 menjadi 17,50"]
    told = Notice.objects.filter(kind="desks.target")
    assert set(told.values_list("user", flat=True)) == {
        world.opd.user.pk,
        world.bappeda.user.pk,
        world.verifikator.user.pk,
    }
    assert "dari 16,00 menjadi 17,50" in told.order_by("-pk").first().text
    verify_chain(world.meja)


def test_a_moved_national_target_marks_the_rows_of_all_regions(world: World) -> None:
    aim(world, "15", "00")
    w.fill(world, 1)
    w.fill(world, 1, meja=world.other_meja)
    untouched = world.item(1).version
    aim(world, "14", "00")
    assert sorted(marked()) == ["32", "36"]
    assert (world.item(1).version, world.item(1).target_seq) == (untouched, None)
    for meja in (world.meja, world.other_meja):
        assert [event.action for event in verify_chain(meja)][-1] == "change_target"


def test_the_owner_confirms_what_stands_and_no_stance_is_lost(world: World) -> None:
    aim(world, "15", seen=0)
    w.ready(world, 1)
    w.consent_all(world)
    item = world.item()
    before, version = consent_of([item])[item.pk], item.version
    aim(world, "16")
    item = world.item()
    assert item.version == version
    assert consent_of([item])[item.pk] == before
    with pytest.raises(NotAllowed):
        confirm_target(world.kl, item, 1)
    seen = moved_targets([item])[item.pk].last_seq
    with pytest.raises(StaleState):
        confirm_target(world.bappeda, item, seen - 1)
    confirm_target(world.bappeda, item, seen)
    assert marked() == []
    assert [event.action for event in verify_chain(world.meja)][-1] == "confirm_target"
    count = Event.objects.count()
    confirm_target(world.bappeda, item, seen)
    assert Event.objects.count() == count


def test_an_edit_of_the_value_answers_and_an_explanation_does_not(world: World) -> None:
    aim(world, "15", seen=0)
    w.fill(world, 1)
    aim(world, "16")
    item = world.item()
    save_rows(world.opd, rows=[RowWrite(item.code, item.version, {"proposal_note": "sebab"})])
    assert marked() == ["32"]
    save_rows(world.opd, rows=[RowWrite(item.code, world.item().version, {"value": "15,1"})])
    assert marked() == []


def test_a_locked_row_is_neither_marked_nor_confirmed(world: World) -> None:
    aim(world, "15", seen=0)
    w.fill(world, 2)
    Item.objects.filter(pk=world.item().pk).update(locked_at="2026-03-01T00:00Z")
    aim(world, "16")
    assert marked() == []
    with pytest.raises(TransitionNotAllowed):
        confirm_target(world.bappeda, world.item(), 1)


def test_row_table_and_home_say_so_until_it_is_answered(world: World) -> None:
    aim(world, "15", seen=0)
    w.fill(world, 1)
    aim(world, "16")
    client, item = client_of(world.opd), world.item()
    table = reverse("desks:isian", args=[world.meja.code])
    assert "Target indikatif berubah dari 15,00 menjadi 16,00" in client.get(table).content.decode()
    assert client.get(f"{table}?saring=target").content.decode().count("data-target-moved") == 1
    assert "isian yang targetnya berubah" in client.get("/").content.decode()
    page = client.get(reverse("desks:item", args=[item.code])).content.decode()
    assert "Isian saya tetap" in page
    seen = moved_targets([item])[item.pk].last_seq
    url = reverse("desks:confirm_target", args=[item.code])
    assert client.post(url, {"terlihat": seen}).status_code == 302
    page = client.get(reverse("desks:item", args=[item.code])).content.decode()
    assert "Isian saya tetap" not in page
    assert "mengubah target indikatif dari 15,00 menjadi 16,00" in page
    assert "targetnya berubah" not in client.get("/").content.decode()


def test_only_the_wording_in_force_decides_whether_words_are_taken(world: World) -> None:
    old = world.indicators[0].versions.get()
    IndicatorVersion.objects.filter(pk=old.pk).update(in_words=True)
    IndicatorVersion.objects.create(indicator=old.indicator, year=old.year, no=2, name=old.name, unit=old.unit)
    (refused,) = save_targets(world.kl, world.desk, [TargetWrite(CODE, "32", "WTP")])
    assert refused.status == "refused"
