"""Verdicts: whose consent, which value, what is recorded, what cannot be done any more."""

from __future__ import annotations

import json

import pytest

from core.errors import InvalidInput, NotAllowed, StaleState, TransitionNotAllowed
from core.values import format_value
from desks.chain import writing
from desks.choices import AgendaOutcome, AttendanceMode, ItemState, SupportVerdict
from desks.models import Event, Item, Position, Session, Support
from desks.services.room import (
    call_item,
    close_session,
    record_absent,
    record_attendance,
    record_leaving,
)
from desks.services.settle import (
    lock_items,
    reopen,
    settle,
    settle_pending_supports,
    settle_support,
    settle_uncontested,
    unlock_items,
)
from desks.services.support import SupportData, add_support
from desks.services.talk import put_position, take_stances
from desks.workflow import available_actions
from tests.desks.chain import actions, verify_chain
from tests.desks.world import World, build, consent_all, fill, open_session, ready, seen_positions, submit


def agree(world: World, session: Session, item: Item | None = None, action: str = "agree", **more: object) -> Item:
    """The moderator settles a row (default the first) as it stands."""
    item = item or world.item()
    settle(world.moderator, session, item, action, seen_version=item.version, **more)
    return Item.objects.get(pk=item.pk)


def missing(world: World, session: Session) -> list[str]:
    """The parties whose consent the refusal names."""
    with pytest.raises(TransitionNotAllowed) as error:
        agree(world, session)
    assert error.value.code == "consent_missing"
    return [party["party"] for party in error.value.details["missing"]]


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


def test_silence_counts_only_where_the_round_says_so_and_only_of_those_present(db: None) -> None:
    world = build(1, silence=True)
    session = ready(world)
    assert missing(world, session) == ["kemendagri", "kl"]
    for institution in (world.pu, world.kemendagri_inst):
        record_attendance(world.notulis, session, institution=institution, mode=AttendanceMode.ONLINE, name="Hadir")
    assert agree(world, session).state == ItemState.AGREED
    payload = json.loads(Event.objects.get(action="agree").payload)
    assert [party["basis"] for party in payload["consent"]] == ["silent", "silent", "own"]


def test_silence_of_the_present_is_no_consent_without_the_rule(world: World) -> None:
    session = ready(world, 1)
    for institution in (world.pu, world.kemendagri_inst):
        record_attendance(world.notulis, session, institution=institution, mode=AttendanceMode.ONLINE, name="Hadir")
    assert missing(world, session) == ["kemendagri", "kl"]


def test_silence_of_who_left_or_objects_is_no_consent(db: None) -> None:
    world = build(1, silence=True)
    session = ready(world)
    row = record_attendance(world.notulis, session, institution=world.pu, mode=AttendanceMode.ONSITE, name="Hadir")
    record_attendance(
        world.notulis, session, institution=world.kemendagri_inst, mode=AttendanceMode.ONSITE, name="Hadir"
    )
    record_leaving(world.notulis, session, row)
    assert missing(world, session) == ["kl"]
    take_stances(world.kemendagri, seen_positions(world), kind="keberatan", text="Belum sepakat.")
    assert missing(world, session) == ["kemendagri", "kl"]


def test_an_absent_party_is_recorded_once_and_lifted_on_arrival(world: World) -> None:
    session = ready(world, 2)
    take_stances(world.kemendagri, seen_positions(world), kind="setuju")
    record_absent(world.chair, session, world.pu, "Tidak hadir sampai pukul 10.00.")
    assert agree(world, session).state == ItemState.AGREED
    record_attendance(world.notulis, session, institution=world.pu, mode=AttendanceMode.ONSITE, name="Pejabat PU")
    second = world.item(1)
    with pytest.raises(TransitionNotAllowed) as error:
        settle(world.moderator, session, second, "agree", seen_version=second.version)
    assert [party["party"] for party in error.value.details["missing"]] == ["kl"]
    payload = json.loads(Event.objects.get(action="agree").payload)
    assert [party["basis"] for party in payload["consent"]] == ["own", "absent", "own"]


def test_absent_needs_the_chair_a_reason_and_an_open_session(world: World) -> None:
    session = ready(world, 1)
    with pytest.raises(InvalidInput):
        record_absent(world.chair, session, world.pu, " ")
    with pytest.raises(NotAllowed):
        record_absent(world.notulis, session, world.pu, "Tidak hadir.")
    record_absent(world.chair, session, world.pu, "Tidak hadir.")
    with pytest.raises(TransitionNotAllowed):
        record_absent(world.chair, session, world.pu, "Sekali lagi.")


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


def supports(world: World) -> list[Support]:
    """Two sub kegiatan with a pagu from PAD on the first row, added while it is a draft."""
    pad = world.sources[0]
    for row in world.sub_kegiatan[:2]:
        item = world.item()
        data = SupportData(row.pk, world.dinas_jabar.pk, "10", "Km", (), ((pad.pk, "1.500.000", "rp"),))
        add_support(world.bappeda, item, data, seen_version=item.version)
    return list(Support.objects.select_related("item__meja__desk", "item__round", "nomenclature", "opd"))


def test_sub_kegiatan_are_settled_each_by_itself(world: World) -> None:
    fill(world, 1)
    supports(world)
    submit(world)
    session = open_session(world)
    first, second = Support.objects.select_related("item__meja__desk", "item__round", "nomenclature", "opd")
    pad = world.sources[0]
    settle_support(
        world.moderator, session, first, seen_version=world.item().version, verdict="agreed_noted",
        note="Pagu disesuaikan.", funds={pad.pk: "1.250.000"},
    )  # fmt: skip
    with pytest.raises(InvalidInput):
        settle_support(world.moderator, session, second, seen_version=world.item().version, verdict="excluded")
    settle_support(
        world.moderator,
        session,
        second,
        seen_version=world.item().version,
        verdict="excluded",
        note="Bukan kewenangan.",
    )
    assert [(row.verdict, row.funds.get().agreed) for row in Support.objects.all()] == [
        (SupportVerdict.AGREED_NOTED, 1_250_000),
        (SupportVerdict.EXCLUDED, None),
    ]
    with pytest.raises(InvalidInput):
        settle_support(
            world.moderator, session, first, seen_version=world.item().version, verdict="agreed", funds={pad.pk: "-5"}
        )
    verify_chain(world.meja)


def test_all_pending_sub_kegiatan_in_one_act(world: World) -> None:
    fill(world, 1)
    supports(world)
    submit(world)
    session = open_session(world)
    item = world.item()
    assert settle_pending_supports(world.moderator, session, item, seen_version=item.version) == 2
    assert [(row.verdict, row.funds.get().agreed) for row in Support.objects.all()] == [("agreed", 1_500_000)] * 2
    with pytest.raises(NotAllowed):
        settle_pending_supports(world.kl, session, item, seen_version=item.version)
    verify_chain(world.meja)


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
