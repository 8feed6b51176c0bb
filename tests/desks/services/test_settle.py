"""Verdicts: whose consent, which value, what is recorded, what cannot be done any more."""

from __future__ import annotations

import json

import pytest

from core.errors import InvalidInput, NotAllowed, StaleState, TransitionNotAllowed
from core.values import format_value
from desks.chain import writing
from desks.choices import AgendaOutcome, ItemState
from desks.models import Event, Position
from desks.services.room import (
    call_item,
    close_session,
)
from desks.services.settle import (
    lock_items,
    reopen,
    settle,
    settle_uncontested,
    unlock_items,
)
from desks.services.talk import put_position, take_stances
from desks.workflow import available_actions
from tests.desks.chain import actions, verify_chain
from tests.desks.settling import agree, missing
from tests.desks.world import World, consent_all, open_session, ready, seen_positions


def test_agreed_with_the_consent_of_all_parties(world: World) -> None:
    session = ready(world, 1)
    consent_all(world)
    item = agree(world, session)
    assert (item.state, format_value(item.value_agreed)) == (ItemState.AGREED, "14,50")
    assert session.agenda.get().outcome == AgendaOutcome.SETTLED
    payload = json.loads(Event.objects.get(action="agree").payload)
    assert payload["consent"] == [
        {"basis": "own", "party": "kemendagri", "stance": "setuju"},
        {"basis": "own", "party": "kl", "stance": "setuju"},
        {"basis": "own", "party": "region", "stance": "setuju"},
    ]
    assert actions(world.meja)[-2:] == ["discuss", "agree"]


def test_missing_consent_is_named(world: World) -> None:
    session = ready(world, 1)
    assert missing(world, session) == ["kemendagri", "kl"]
    assert world.item().state == ItemState.SUBMITTED
    assert Event.objects.filter(action="discuss").count() == 0
    verify_chain(world.meja)


@pytest.mark.parametrize("kind", ["bahas", "keberatan"])
def test_one_objection_blocks(world: World, kind: str) -> None:
    session = ready(world, 1)
    consent_all(world)
    take_stances(world.kl, seen_positions(world), kind=kind, text="Belum.")
    assert missing(world, session) == ["kl"]


def test_spoken_consent_in_the_same_act(world: World) -> None:
    session = ready(world, 1)
    item = agree(world, session, spoken=[world.pu, world.kemendagri_inst])
    assert item.state == ItemState.AGREED
    payload = json.loads(Event.objects.get(action="agree").payload)
    assert [party["basis"] for party in payload["consent"]] == ["spoken", "spoken", "own"]
    verify_chain(world.meja)


def test_spoken_consent_of_who_is_no_party_is_refused(world: World) -> None:
    session = ready(world, 1)
    with pytest.raises(InvalidInput):
        agree(world, session, spoken=[world.bappenas_inst])


def test_a_newer_figure_voids_consent(world: World) -> None:
    session = ready(world, 1)
    consent_all(world)
    item = world.item()
    put_position(world.bappeda, item, text="14,8", reason="Data baru.", seen_version=item.version)
    assert missing(world, session) == ["kemendagri", "kl"]


def test_another_value_is_first_put_on_the_table(world: World) -> None:
    session = ready(world, 1)
    consent_all(world)
    with pytest.raises(TransitionNotAllowed):
        agree(world, session, text="14,2")
    item = agree(world, session, text="14,2", spoken=[world.pu, world.bappeda_jabar])
    assert format_value(item.value_agreed) == "14,20"
    assert [format_value(row.value) for row in Position.objects.order_by("seq")] == ["14,50", "14,20"]
    assert actions(world.meja)[-6:] == ["discuss", "position", "stance", "stance", "stance", "agree"]


def test_with_a_note_needs_a_conclusion(world: World) -> None:
    session = ready(world, 1)
    consent_all(world)
    with pytest.raises(InvalidInput) as error:
        agree(world, session, action="agree_noted")
    assert error.value.details["field"] == "conclusion"
    item = agree(world, session, action="agree_noted", conclusion="Disepakati dengan verifikasi ruas.")
    assert (item.state, item.conclusion) == (ItemState.AGREED_NOTED, "Disepakati dengan verifikasi ruas.")


def test_declining_needs_no_consent_but_reason_and_conclusion(world: World) -> None:
    session = ready(world, 1)
    take_stances(world.kl, seen_positions(world), kind="keberatan", text="Tidak sesuai.")
    with pytest.raises(InvalidInput):
        agree(world, session, action="decline", conclusion="Tidak sepakat.")
    with pytest.raises(InvalidInput):
        agree(world, session, action="decline", reason="tidak_sepakat")
    item = agree(world, session, action="decline", conclusion="Tidak sepakat.", reason="tidak_sepakat")
    assert (item.state, item.value_agreed, item.reason) == (ItemState.DECLINED, None, "tidak_sepakat")
    verify_chain(world.meja)


def test_leaving_by_hand_needs_a_reason(world: World) -> None:
    session = ready(world, 1)
    item = agree(world, session, action="leave", reason="waktu")
    assert (item.state, session.agenda.get().outcome) == (ItemState.NOT_DISCUSSED, AgendaOutcome.NOT_REACHED)


def test_only_the_chair_settles(world: World) -> None:
    session = ready(world, 1)
    consent_all(world)
    allowed = set()
    for name, actor in world.actors().items():
        item = world.item()
        try:
            settle(actor, session, item, "agree", seen_version=item.version)
            allowed.add(name)
            reopen(world.moderator, session, world.item(), seen_version=world.item().version, note="uji")
            consent_all(world)
            take_stances(world.bappeda, seen_positions(world), kind="setuju")
        except NotAllowed:
            pass
    assert allowed == {"moderator", "chair"}


def test_a_stale_version_settles_nothing(world: World) -> None:
    session = ready(world, 1)
    consent_all(world)
    item = world.item()
    with pytest.raises(StaleState):
        settle(world.moderator, session, item, "agree", seen_version=item.version - 1)
    assert world.item().state == ItemState.SUBMITTED
    verify_chain(world.meja)


def test_nothing_is_settled_outside_an_open_session_or_agenda(world: World) -> None:
    session = ready(world, 1)
    other = open_session(world, [world.other_meja])
    item = world.item()
    with pytest.raises(TransitionNotAllowed, match="agenda"):
        settle(world.moderator, other, item, "decline", seen_version=item.version, conclusion="x", reason="waktu")
    close_session(world.moderator, session, reason="waktu")
    item = world.item()
    with pytest.raises(TransitionNotAllowed, match="ditutup"):
        settle(world.moderator, session, item, "decline", seen_version=item.version, conclusion="x", reason="waktu")


def test_uncontested_rows_are_settled_in_one_act(world: World) -> None:
    session = ready(world)
    consent_all(world)
    take_stances(world.kl, seen_positions(world)[2:], kind="bahas", text="Cek satuan.")
    rows = [(item.code, item.version) for item in world.items()]
    results = settle_uncontested(world.moderator, session, rows)
    assert [result.status for result in results] == ["saved", "saved", "refused"]
    assert results[2].problem == "consent_missing"
    assert [item.state for item in world.items()] == ["agreed", "agreed", "submitted"]
    verify_chain(world.meja)


def test_uncontested_rows_with_a_stale_version_stay(world: World) -> None:
    session = ready(world, 1)
    consent_all(world)
    item = world.item()
    result = settle_uncontested(world.moderator, session, [(item.code, item.version - 1)])[0]
    assert (result.status, world.item().state) == ("conflict", "submitted")


def test_reopening_asks_every_party_anew(world: World) -> None:
    session = ready(world, 1)
    consent_all(world)
    item = agree(world, session, action="agree_noted", conclusion="Catatan.")
    with pytest.raises(InvalidInput):
        reopen(world.moderator, session, item, seen_version=item.version, note=" ")
    reopen(world.moderator, session, item, seen_version=item.version, note="Salah baca.")
    item = world.item()
    assert (item.state, item.value_agreed, item.conclusion) == (ItemState.DISCUSSED, None, "")
    assert [format_value(row.value) for row in Position.objects.order_by("seq")] == ["14,50", "14,50"]
    assert missing(world, session) == ["kemendagri", "kl", "region"]
    assert session.agenda.get().outcome == AgendaOutcome.WAITING
    verify_chain(world.meja)


def test_reopening_a_declined_row_brings_back_the_last_figure(world: World) -> None:
    session = ready(world, 1)
    item = world.item()
    put_position(world.kl, item, text="14", reason="", seen_version=item.version)
    item = agree(world, session, action="decline", conclusion="Belum.", reason="data_belum_lengkap")
    reopen(world.moderator, session, item, seen_version=item.version, note="Data sudah ada.")
    assert [format_value(row.value) for row in Position.objects.order_by("seq")] == ["14,50", "14,00", "14,00"]


def test_a_locked_row_is_out_of_reach(world: World) -> None:
    session = ready(world, 1)
    consent_all(world)
    item = agree(world, session)
    with writing(world.moderator, mejas=[world.meja]) as writer:
        lock_items(writer, [world.item()], ba="BA-1")
    item = world.item()
    assert available_actions(world.moderator, item) == []
    with pytest.raises(TransitionNotAllowed):
        reopen(world.moderator, session, item, seen_version=item.version, note="x")
    with writing(world.moderator, mejas=[world.meja]) as writer:
        unlock_items(writer, [world.item()], ba="BA-1")
    item = world.item()
    assert item.locked_at is None
    reopen(world.moderator, session, item, seen_version=item.version, note="BA dibatalkan.")
    assert actions(world.meja)[-4:] == ["lock", "unlock", "reopen", "position"]


def test_a_double_click_settles_once(world: World) -> None:
    session = ready(world, 1)
    consent_all(world)
    item = world.item()
    first = settle(world.moderator, session, item, "agree", seen_version=item.version, key="k")
    version = item.version - 2
    again = settle(world.moderator, session, world.item(), "agree", seen_version=version, key="k")
    assert first == again
    assert actions(world.meja).count("agree") == 1


def test_a_row_not_relevant_is_agreed_without_a_figure(world: World) -> None:
    from desks.services.item import RowWrite, move_rows, save_rows

    item = world.item()
    changes = {"applicability": "not_relevant", "applicability_reason": "Tidak ada jalan provinsi."}
    save_rows(world.bappeda, rows=[RowWrite(item.code, item.version, changes)])
    item = world.item()
    move_rows(world.bappeda, "submit", [(item.code, item.version)])
    session = open_session(world)
    consent_all(world)
    settled = agree(world, session)
    assert (settled.state, settled.value_agreed) == (ItemState.AGREED, None)


def test_calling_a_row_makes_it_the_current_one(world: World) -> None:
    session = ready(world, 2)
    for place in (0, 1):
        item = world.item(place)
        call_item(world.moderator, session, item, seen_version=item.version)
    assert [row.outcome for row in session.agenda.all()] == [AgendaOutcome.WAITING, AgendaOutcome.CURRENT]
    assert [item.state for item in world.items()[:2]] == [ItemState.DISCUSSED] * 2
