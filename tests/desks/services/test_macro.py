"""Strategies and actions of a macro row: who writes which side, when, and what others read of it."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import pytest
from django.utils import timezone

from core.errors import InvalidInput, NotAllowed, StageClosed, StaleState, TransitionNotAllowed
from desks.choices import ItemState
from desks.models import Event, Item, MacroAction, Stage
from desks.selectors.macro import action_panel, actions_of
from desks.selectors.story import life_story
from desks.services.item import load_item, move_rows
from desks.services.macro import LONGEST_TEXT, ActionData, add_action, add_to_many, change_action, remove_action
from desks.services.room import call_item
from desks.services.settle import settle
from desks.services.support import SupportData, add_support
from tests.desks.chain import verify_chain
from tests.desks.macro_world import Macro, add_macro, macro
from tests.desks.world import World, build

__all__ = ["macro"]


def data(
    side: str = "daerah", text: str = "Padat karya", owner: int | None = None, written: str = "BUMD"
) -> ActionData:
    return ActionData(side, text, owner, "" if owner else written)


def texts(macro: Macro, actor, place: int = 0) -> list[str]:
    item = macro.item(place)
    return [row.text for row in actions_of([item], actor).get(item.pk, [])]


def called(macro: Macro):
    macro.fill()
    macro.submit()
    session = macro.sit()
    item = macro.item()
    call_item(macro.world.moderator, session, item, seen_version=item.version)
    return session, macro.item()


def test_the_region_writes_its_side_while_it_fills(macro: Macro):
    world, item = macro.world, macro.item()
    action = add_action(world.bappeda, item, data(owner=world.dinas_jabar.pk), seen_version=item.version)
    assert (action.order, action.owner, action.added_at_desk) == (1, world.dinas_jabar, False)
    assert macro.item().version == item.version == 2
    payload = json.loads(Event.objects.get(item=item, action="add_daerah_action").payload)
    assert payload["after"] == {
        "action": action.code, "side": "daerah", "order": 1, "text": "Padat karya", "owner": "opd:32-PU", "owner_text": "",
    }  # fmt: skip
    assert (payload["item_version"], payload["at_desk"]) == (2, False)
    second = add_action(world.bappeda, item, data(text="Pelatihan"), seen_version=2)
    assert (second.order, second.owner_name) == (2, "BUMD")
    changed = change_action(world.bappeda, second, data(text="Pelatihan kerja"), seen_version=3)
    assert changed.text == "Pelatihan kerja"
    remove_action(world.bappeda, action, seen_version=4)
    assert [row.text for row in MacroAction.objects.filter(item=item)] == ["Pelatihan kerja"]
    assert macro.item().version == 5
    verify_chain(macro.meja)


def test_the_same_content_again_writes_nothing(macro: Macro):
    action = macro.act(macro.world.bappeda, macro.item(), "daerah")
    version = macro.item().version
    change_action(macro.world.bappeda, action, data(written="Tim gabungan"), seen_version=version)
    assert macro.item().version == version


def test_a_used_key_adds_once(macro: Macro):
    item = macro.item()
    made = [add_action(macro.world.bappeda, macro.item(), data(), seen_version=1, key="k-1") for _ in range(2)]
    assert made[0].pk == made[1].pk
    assert (MacroAction.objects.filter(item=item).count(), macro.item().version) == (1, 2)


@pytest.mark.parametrize(
    "wanted",
    [
        data(text="  "), data(text="x" * (LONGEST_TEXT + 1)), data(written=" "), data(written="y" * 201), data(side="tengah"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused_in_words(macro: Macro, wanted: ActionData):
    with pytest.raises(InvalidInput):
        add_action(macro.world.bappeda, macro.item(), wanted, seen_version=1)
    assert macro.item().version == 1


def test_the_owner_belongs_to_the_side(macro: Macro):
    world = macro.world
    for pk in (world.pu.pk, world.dinas_banten.pk):
        with pytest.raises(InvalidInput, match="bukan lembaga pihak"):
            add_action(world.bappeda, macro.item(), data(owner=pk), seen_version=1)


def test_a_stale_version_is_refused(macro: Macro):
    macro.act(macro.world.bappeda, macro.item(), "daerah")
    with pytest.raises(StaleState):
        add_action(macro.world.bappeda, macro.item(), data(), seen_version=1)


def test_after_submission_the_region_no_longer_writes(macro: Macro):
    macro.fill()
    action = macro.act(macro.world.bappeda, macro.item(), "daerah")
    macro.submit()
    item = macro.item()
    for act in (
        lambda: add_action(macro.world.bappeda, item, data(), seen_version=item.version),
        lambda: change_action(macro.world.bappeda, action, data(text="lain"), seen_version=item.version),
        lambda: remove_action(macro.world.bappeda, action, seen_version=item.version),
    ):
        action.item = item
        with pytest.raises(TransitionNotAllowed):
            act()


def test_each_side_is_written_by_its_own(macro: Macro):
    world = macro.world
    macro.fill()
    macro.submit()
    item = macro.item()
    for actor in (world.bappeda, world.other_bappeda, world.opd, world.verifikator, world.auditor, world.secretariat):
        with pytest.raises(NotAllowed):
            add_action(actor, item, data("pusat"), seen_version=item.version)
    for actor in (world.bappenas, world.kemendagri, world.kl, world.moderator):
        with pytest.raises((NotAllowed, TransitionNotAllowed)):
            add_action(actor, item, data("daerah"), seen_version=item.version)
    for actor in (world.bappenas, world.kemendagri, world.kl):
        macro.act(actor, item, "pusat", f"aksi {actor.institution.kode}")
    assert texts(macro, world.bappeda) == ["aksi PPN", "aksi KDN", "aksi 033"]


def test_a_ministry_keeps_its_own_actions_only(macro: Macro):
    world = macro.world
    macro.fill()
    macro.submit()
    item = macro.item()
    with pytest.raises(InvalidInput, match="tanggung jawabnya sendiri"):
        add_action(world.kl, item, data("pusat", owner=world.kemenkes.pk), seen_version=item.version)
    other = macro.act(world.bappenas, item, "pusat")
    other.item = macro.item()
    with pytest.raises(NotAllowed):
        remove_action(world.kl, other, seen_version=other.item.version)
    own = macro.act(world.kl, macro.item(), "pusat", "Jalan daerah")
    panel = action_panel(world.kl, macro.item())
    assert [(row.text, row.may) for row in panel.sides[0].actions] == [("Padat karya", False), ("Jalan daerah", True)]
    own.item = macro.item()
    remove_action(world.bappenas, own, seen_version=own.item.version)


def test_the_centre_writes_while_a_stage_of_its_own_is_open(macro: Macro):
    macro.fill()
    macro.submit()
    item = macro.item()
    past = timezone.now() - dt.timedelta(hours=1)
    Stage.objects.filter(kind__in=["filling_kl", "verification", "desk"]).update(closes_at=past)
    with pytest.raises(StageClosed):
        add_action(macro.world.bappenas, item, data("pusat"), seen_version=item.version)


def test_at_the_desk_the_room_writes_both_sides(macro: Macro):
    world = macro.world
    session, item = called(macro)
    for actor in (world.moderator, world.notulis, world.chair):
        for side in ("pusat", "daerah"):
            assert macro.act(actor, item, side, f"{actor.role} {side}", session).added_at_desk
    with pytest.raises(TransitionNotAllowed):
        add_action(world.bappeda, macro.item(), data(), seen_version=macro.item().version, session=session)
    assert len(texts(macro, world.bappenas)) == 6


def test_a_verdict_closes_both_sides(macro: Macro):
    world = macro.world
    session, _ = called(macro)
    macro.consent()
    item = macro.item()
    settle(world.moderator, session, item, "agree", seen_version=item.version)
    item = macro.item()
    assert (item.state, item.value_agreed.min) == (ItemState.AGREED, Decimal("5.3"))
    for actor, side in ((world.moderator, "pusat"), (world.bappenas, "pusat"), (world.bappeda, "daerah")):
        with pytest.raises((TransitionNotAllowed, NotAllowed)):
            add_action(actor, item, data(side), seen_version=item.version, session=session)


def test_others_read_the_region_s_side_as_it_was_handed_in(macro: Macro):
    world = macro.world
    macro.fill()
    one = macro.act(world.bappeda, macro.item(), "daerah", "lama")
    item = macro.item()
    assert not Item.objects.visible_to(world.bappenas).filter(pk=item.pk).exists()
    macro.submit()
    macro.act(world.bappenas, macro.item(), "pusat", "pusat")
    assert texts(macro, world.bappenas) == ["pusat", "lama"]
    due = timezone.now() + dt.timedelta(days=1)
    item = macro.item()
    move = move_rows(
        world.bappenas, "repair", [(item.code, item.version)], given={"note": "lengkapi", "due": due, "owner": world.bappeda_jabar}
    )  # fmt: skip
    assert move[0].ok, move
    one.item = macro.item()
    change_action(world.bappeda, one, data(text="sedang diketik"), seen_version=one.item.version)
    macro.act(world.bappeda, macro.item(), "daerah", "baru")
    assert texts(macro, world.bappenas) == texts(macro, None) == ["pusat", "lama"]
    assert texts(macro, world.bappeda) == ["pusat", "sedang diketik", "baru"]
    story = " ".join(line.title for line in life_story(world.bappenas, load_item(world.bappenas, item.code)))
    assert "strategi dan aksi pusat" in story
    assert "strategi dan aksi daerah" not in story
    assert "strategi dan aksi daerah" in " ".join(line.title for line in life_story(world.bappeda, macro.item()))
    item = macro.item()
    assert move_rows(world.bappeda, "answer", [(item.code, item.version)])[0].ok
    assert texts(macro, world.bappenas) == ["pusat", "sedang diketik", "baru"]


def test_sub_kegiatan_and_actions_stay_in_their_strand(world: World):
    macro = add_macro(world)
    item, row = macro.item(), world.item()
    support = SupportData(world.sub_kegiatan[0].pk, world.dinas_jabar.pk)
    with pytest.raises(InvalidInput, match="Sub kegiatan pendukung tidak ada"):
        add_support(world.bappeda, item, support, seen_version=item.version)
    with pytest.raises(InvalidInput, match="Strategi dan aksi tidak ada"):
        add_action(world.bappeda, row, data(), seen_version=row.version)


def test_reading_actions_costs_the_same_for_3_and_30_rows(django_assert_num_queries, db):
    world = build(1)
    macro = add_macro(world, 30)
    macro.fill()
    for item in world.items(macro.meja):
        macro.act(world.bappeda, item, "daerah")
    macro.submit()
    rows = world.items(macro.meja)
    for n in (3, 30):
        with django_assert_num_queries(1):
            assert len(actions_of(rows[:n], world.bappenas)) == n


def test_one_action_for_many_rows_each_by_itself(macro: Macro):
    world = macro.world
    macro.fill()
    macro.submit()
    macro.fill(meja=macro.other_meja)
    macro.submit(macro.other_meja)
    rows = [(item.code, item.version) for item in (*world.items(macro.meja), *world.items(macro.other_meja))]
    stale = [(rows[0][0], rows[0][1] - 1), *rows[1:]]
    wanted = data("pusat", "Subsidi upah", written="Kemnaker")
    results = add_to_many(world.bappenas, stale, wanted, key="k")
    assert [row.status for row in results] == ["conflict", "saved", "saved", "saved", "saved", "saved"]
    assert [row.status for row in add_to_many(world.bappenas, stale, wanted, key="k")] == [
        row.status for row in results
    ]
    assert MacroAction.objects.filter(text="Subsidi upah").count() == 5
    assert texts(macro, world.bappeda) == []
    refused = add_to_many(world.bappenas, [(macro.item().code, macro.item().version)], data("daerah"))
    assert (refused[0].status, refused[0].problem) == ("refused", "not_allowed")
    for meja in (macro.meja, macro.other_meja):
        verify_chain(meja)
