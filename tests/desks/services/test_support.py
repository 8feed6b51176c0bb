"""Sub kegiatan of a row."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from core.errors import InvalidInput, NotAllowed, NotFound, StaleState, TransitionNotAllowed
from desks.models import Event, Support
from desks.services.support import SupportData, add_support, change_support, remove_support
from tests.desks.world import World, fill, submit


def data(world: World, **kw) -> SupportData:
    pad, dau = world.sources
    facts = {
        "volume": "12,5", "places": (world.kabkota[0].pk,), "funds": ((pad.pk, "1,5", "miliar"), (dau.pk, "250.000", "ribu")),
    }  # fmt: skip
    return SupportData(world.sub_kegiatan[0].pk, world.dinas_jabar.pk, **{**facts, **kw})


def added(world: World, **kw) -> Support:
    item = world.item()
    return add_support(world.opd, item, data(world, **kw), seen_version=item.version)


def test_a_sub_kegiatan_is_linked_with_volume_places_and_pagu(world: World):
    support = added(world)
    assert (support.volume, support.volume_unit, support.added_at_desk) == (Decimal("12.5"), "Km", False)
    assert [place.region for place in support.places.all()] == [world.kabkota[0]]
    funds = {(fund.source.kode, fund.proposed, fund.proposed_unit) for fund in support.funds.all()}
    assert funds == {("PAD", 1_500_000_000, "miliar"), ("DAU", 250_000_000, "ribu")}
    assert world.item().version == 2
    payload = json.loads(Event.objects.get(item=support.item, action="add_support").payload)
    assert payload["after"] == {
        "kode": "1.03.10.1.01.0001", "opd": "opd:32-PU", "volume": "12.5", "unit": "Km", "places": ["32.01"],
        "funds": {"DAU": 250000000, "PAD": 1500000000},
    }  # fmt: skip


def test_pagu_never_blocks(world: World):
    assert list(added(world, volume="", places=(), funds=()).funds.all()) == []


def test_a_change_is_recorded_and_the_same_again_is_not(world: World):
    support = added(world)
    item = world.item()
    change_support(world.bappeda, support, data(world, volume="13"), seen_version=item.version)
    item = world.item()
    change_support(world.bappeda, Support.objects.get(), data(world, volume="13"), seen_version=item.version)
    assert (Support.objects.get().volume, world.item().version) == (Decimal(13), 3)
    assert Event.objects.filter(item=item, action="change_support").count() == 1


def test_a_stale_change_is_refused(world: World):
    support = added(world)
    with pytest.raises(StaleState):
        change_support(world.bappeda, support, data(world, volume="13"), seen_version=1)
    assert Support.objects.get().volume == Decimal("12.5")


def test_removing_leaves_its_event(world: World):
    support = added(world)
    remove_support(world.opd, support, seen_version=world.item().version)
    assert not Support.objects.exists()
    assert Event.objects.filter(action="remove_support").count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"volume": "-1"}, "volume"),
        ({"volume_unit": "x" * 61}, "volume_unit"),
        ({"opd_id": 0}, "opd"),
        ({"nomenclature_id": 0}, "nomenclature"),
        ({"places": (0,)}, "places"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(world: World, changes, field):
    item = world.item()
    wrong = SupportData(**{**data(world).__dict__, **changes})
    with pytest.raises(InvalidInput) as error:
        add_support(world.opd, item, wrong, seen_version=item.version)
    assert error.value.details == {"field": field}
    assert not Support.objects.exists()


def test_a_source_twice_negative_pagu_and_an_unknown_source_are_refused(world: World):
    pad = world.sources[0].pk
    for funds, error in (
        (((pad, "1", "rp"), (pad, "2", "rp")), InvalidInput), (((pad, "-1", "rp"),), InvalidInput), (((0, "1", "rp"),), NotFound),
    ):  # fmt: skip
        with pytest.raises(error):
            added(world, funds=funds)


def test_the_same_code_of_the_same_opd_stands_once(world: World):
    added(world)
    with pytest.raises(InvalidInput):
        added(world)


def test_only_the_owners_and_only_while_filling(world: World):
    item = world.item()
    for actor in (world.other_opd, world.verifikator, world.kl, world.moderator):
        with pytest.raises(NotAllowed):
            add_support(actor, item, data(world), seen_version=item.version)
    fill(world, 1)
    submit(world)
    item = world.item()
    with pytest.raises(TransitionNotAllowed):
        add_support(world.bappeda, item, data(world), seen_version=item.version)
