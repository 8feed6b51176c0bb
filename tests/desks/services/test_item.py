"""Filling in: one batch save, moves of many rows, one answer per key."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.utils import timezone

from core.errors import InvalidInput, KeyReused
from core.values import format_value
from desks.choices import ItemState
from desks.models import Event, Position, Stage, Stance
from desks.services.item import RowWrite, move_rows, save_rows
from tests.desks.world import World, fill, submit


def write(item, value="14,5", *, version=None, dot="ask", **changes):
    return RowWrite(item.code, item.version if version is None else version, {"value": value, **changes}, dot)


def save_one(actor, item, *args, **kw):
    return save_rows(actor, rows=[write(item, *args, **kw)])[0]


def test_a_typed_target_is_saved_with_its_event(world: World):
    item = world.item()
    result = save_one(world.opd, item, "14,5")
    now = world.item()
    assert (result.status, result.version, result.shown["value"]) == ("saved", 2, "14,50")
    assert (now.version, format_value(now.value_proposed), now.state) == (2, "14,50", ItemState.DRAFT)
    event = Event.objects.get(item=item)
    payload = json.loads(event.payload)
    assert (event.action, event.actor, event.institution) == ("edit", world.opd.user, world.dinas_jabar)
    assert payload["before"] == {"value_proposed": None}
    assert payload["after"]["value_proposed"]["min"] == "14.5"
    assert (payload["item_version"], payload["institution"], payload["role"]) == (2, "opd:32-PU", "opd")


def test_words_are_refused_where_the_indicator_is_measured_in_numbers(world: World):
    result = save_one(world.opd, world.item(), "Ada")
    assert (result.status, result.problem, world.item().value_proposed) == ("refused", "not_a_number", None)
    assert "“Ada” bukan angka. Indikator ini bersatuan %." in result.message
    version = world.item().indicator_version
    version.in_words = True
    version.save()
    assert save_one(world.opd, world.item(), "Ada").shown["value"] == "Ada"


def test_the_same_value_written_otherwise_changes_nothing(world: World):
    save_one(world.opd, world.item(), "14,5")
    result = save_one(world.opd, world.item(), " 14,50 %")
    assert (result.status, result.version) == ("same", 2)
    assert Event.objects.filter(item=world.item()).count() == 1


def test_a_stale_write_answers_yours_theirs_and_base(world: World):
    save_one(world.opd, world.item(), "13")
    seen = world.item()
    save_one(world.bappeda, seen, "14")
    result = save_one(world.opd, seen, "15")
    assert (result.status, result.problem, result.version) == ("conflict", "stale", 3)
    assert result.details["yours"] == {"value": "15"}
    assert (result.details["theirs"]["value_proposed"], result.details["theirs"]["version"]) == ("14,00", 3)
    assert result.details["theirs"]["by"]["institution"] == "Bappeda Jawa Barat"
    assert (result.details["base"]["value_proposed"], result.details["base"]["version"]) == ("13,00", 2)
    assert format_value(world.item().value_proposed) == "14,00"


def test_two_who_typed_the_same_do_not_conflict(world: World):
    seen = world.item()
    save_one(world.bappeda, seen, "14")
    assert save_one(world.opd, seen, "14,0").status == "same"


def test_an_ambiguous_number_is_asked_about_and_read_as_answered(world: World):
    item = world.item()
    asked = save_one(world.opd, item, "1.234")
    assert (asked.status, asked.details) == ("ask", {"text": "1.234", "as_thousands": "1234", "as_decimal": "1.234"})
    assert world.item().value_proposed is None
    assert save_one(world.opd, item, "1.234", dot="decimal").shown["value"] == "1,234"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"value": "9" * 300}, "value"),
        ({"applicability": "not_relevant"}, "applicability_reason"),
        ({"applicability": "not_relevant", "applicability_reason": "x" * 501}, "applicability_reason"),
        ({"applicability": "perhaps", "applicability_reason": "x"}, "applicability"),
        ({"proposal_note": "x" * 20_001}, "proposal_note"),
    ],
)
def test_what_breaks_a_rule_of_form_is_refused_at_its_field(world: World, changes, field):
    item = world.item()
    result = save_rows(world.opd, rows=[RowWrite(item.code, item.version, changes)])[0]
    assert (result.status, result.problem, result.details["field"]) == ("refused", "invalid", field)
    assert world.item().version == 1


def test_rows_of_a_batch_are_judged_one_by_one(world: World):
    one, two, three = world.items()
    rows = [
        write(one, "1"),
        write(two, "satu, dua 3,,"),
        write(three, version=7),
        RowWrite("NOTTHERE00", 1, {"value": "1"}),
    ]
    results = save_rows(world.opd, rows=rows)
    assert [result.status for result in results] == ["saved", "refused", "conflict", "refused"]
    assert [result.problem for result in results] == ["", "not_a_number", "stale", "not_found"]


def test_a_code_twice_in_a_batch_is_refused_whole(world: World):
    item = world.item()
    with pytest.raises(InvalidInput):
        save_rows(world.opd, rows=[write(item, "1"), write(item, "2")])
    assert world.item().version == 1


@pytest.mark.parametrize("who", ["other_opd", "other_bappeda", "kl", "moderator", "secretariat", "outsider"])
def test_who_may_not_see_the_draft_finds_nothing(world: World, who):
    result = save_one(getattr(world, who), world.item())
    assert (result.status, result.problem) == ("refused", "not_found")


def test_the_verifikator_reads_but_does_not_write(world: World):
    result = save_one(world.verifikator, world.item())
    assert (result.status, result.problem) == ("refused", "not_allowed")


def test_a_submitted_row_is_closed_to_filling(world: World):
    fill(world, 1)
    submit(world)
    for actor in (world.opd, world.bappeda):
        result = save_one(actor, world.item(), "1")
        assert (result.status, result.problem) == ("refused", "transition_not_allowed")


def test_a_proposed_row_is_the_bappedas_to_correct(world: World):
    fill(world, 1)
    item = world.item()
    assert move_rows(world.opd, "propose", [(item.code, item.version)])[0].state == ItemState.PROPOSED
    assert save_one(world.opd, world.item(), "1").problem == "transition_not_allowed"
    corrected = save_one(world.bappeda, world.item(), "1")
    assert (corrected.status, corrected.state) == ("saved", ItemState.PROPOSED)


def test_a_closed_stage_refuses_and_names_the_hour(world: World):
    Stage.objects.filter(kind="filling_region").update(closes_at=timezone.now() - dt.timedelta(hours=1))
    result = save_one(world.opd, world.item())
    assert (result.status, result.problem) == ("refused", "stage_closed")
    assert result.message.startswith("Tahapan Pengisian Daerah ditutup ")


def test_the_same_key_gives_the_first_answer_and_writes_once(world: World):
    rows = [write(world.item(), "14")]
    first = save_rows(world.opd, rows=rows, key="k1")
    again = save_rows(world.opd, rows=rows, key="k1")
    assert again == first
    assert (world.item().version, Event.objects.filter(item=world.item()).count()) == (2, 1)


def test_another_body_under_a_used_key_is_refused(world: World):
    item = world.item()
    save_rows(world.opd, rows=[write(item, "14")], key="k1")
    with pytest.raises(KeyReused) as error:
        save_rows(world.opd, rows=[write(item, "15")], key="k1")
    assert error.value.status == 422
    assert format_value(world.item().value_proposed) == "14,00"


def test_the_same_key_of_another_person_is_another_key(world: World):
    one, two = world.items()[:2]
    save_rows(world.opd, rows=[write(one, "14")], key="k1")
    assert save_rows(world.bappeda, rows=[write(two, "15")], key="k1")[0].status == "saved"


def returned(world: World):
    fill(world, 1)
    item = world.item()
    move_rows(world.opd, "propose", [(item.code, item.version)])
    item = world.item()
    return move_rows(world.bappeda, "return", [(item.code, item.version)], given={"note": "Lampirkan sumber."})[0]


def test_returning_needs_a_note_and_keeps_it_on_the_row(world: World):
    fill(world, 1)
    item = world.item()
    move_rows(world.opd, "propose", [(item.code, item.version)])
    item = world.item()
    refused = move_rows(world.bappeda, "return", [(item.code, item.version)])[0]
    assert (refused.status, refused.details) == ("refused", {"field": "note"})
    done = move_rows(world.bappeda, "return", [(item.code, item.version)], given={"note": "Lampirkan sumber."})[0]
    assert (done.state, world.item().request_text) == (ItemState.RETURNED, "Lampirkan sumber.")


def test_editing_a_returned_row_makes_it_a_draft_again(world: World):
    returned(world)
    result = save_one(world.opd, world.item(), "16")
    now = world.item()
    assert (result.status, result.state, now.state, now.version) == ("saved", "draft", ItemState.DRAFT, result.version)
    assert list(Event.objects.filter(item=now).order_by("seq").values_list("action", flat=True)) == [
        "edit", "propose", "return", "redraft", "edit",
    ]  # fmt: skip


def test_an_unchanged_returned_row_stays_returned(world: World):
    returned(world)
    result = save_one(world.opd, world.item(), "14,5")
    assert (result.status, world.item().state) == ("same", ItemState.RETURNED)


def test_submitting_puts_the_figure_and_the_consent_on_the_table(world: World):
    item = world.item()
    save_one(world.bappeda, item, "14,5", proposal_note="Sesuai RPJMD.")
    item = world.item()
    result = move_rows(world.bappeda, "submit", [(item.code, item.version)])[0]
    assert (result.status, result.state) == ("saved", ItemState.SUBMITTED)
    position = Position.objects.get(item=item)
    assert (position.seq, position.institution, format_value(position.value), position.reason) == (
        1, world.bappeda_jabar, "14,50", "Sesuai RPJMD.",
    )  # fmt: skip
    stance = Stance.objects.get(position=position)
    assert (stance.institution, stance.kind, stance.basis) == (world.bappeda_jabar, "setuju", "own")
    assert list(Event.objects.filter(item=item).order_by("seq").values_list("action", flat=True)) == [
        "edit", "submit", "position", "stance",
    ]  # fmt: skip


def test_an_empty_row_cannot_be_submitted(world: World):
    item = world.item()
    result = move_rows(world.bappeda, "submit", [(item.code, item.version)])[0]
    assert (result.status, result.message) == ("refused", "Target belum diisi. Lengkapi sebelum “Ajukan”.")
    assert not Position.objects.filter(item=item).exists()


def test_a_row_declared_not_relevant_is_submitted_without_a_figure(world: World):
    item = world.item()
    declared = {"applicability": "not_relevant", "applicability_reason": "Tidak ada laut."}
    save_rows(world.opd, rows=[RowWrite(item.code, item.version, declared)])
    item = world.item()
    move_rows(world.bappeda, "submit", [(item.code, item.version)])
    position = Position.objects.get(item=item)
    assert (position.value, position.reason) == (None, "Tidak ada laut.")


def test_the_opd_cannot_submit_and_the_bappeda_cannot_propose(world: World):
    fill(world, 1)
    item = world.item()
    assert move_rows(world.opd, "submit", [(item.code, item.version)])[0].problem == "not_allowed"
    assert move_rows(world.bappeda, "propose", [(item.code, item.version)])[0].problem == "not_allowed"


def test_a_repair_is_asked_edited_and_answered(world: World):
    fill(world, 1)
    submit(world)
    item = world.item()
    due = timezone.now() + dt.timedelta(days=2)
    given = {"note": "Periksa satuan.", "due": due, "owner": world.dinas_jabar}
    asked = move_rows(world.kl, "repair", [(item.code, item.version)], given=given)[0]
    item = world.item()
    assert (asked.state, item.request_owner, item.request_due) == (ItemState.REPAIR, world.dinas_jabar, due)
    save_one(world.opd, item, "15")
    item = world.item()
    done = move_rows(world.bappeda, "answer", [(item.code, item.version)])[0]
    item = world.item()
    assert (done.state, item.request_text, item.request_owner) == (ItemState.SUBMITTED, "", None)
    assert [format_value(row.value) for row in Position.objects.filter(item=item)] == ["14,50", "15,00"]


def test_withdrawing_needs_a_note_and_hides_a_row_never_submitted(world: World):
    item = world.item()
    assert move_rows(world.bappeda, "withdraw", [(item.code, item.version)])[0].details == {"field": "note"}
    done = move_rows(world.bappeda, "withdraw", [(item.code, item.version)], given={"note": "Salah agenda."})[0]
    assert done.state == ItemState.WITHDRAWN
    assert item.code not in {row.code for row in type(item).objects.visible_to(world.kl)}


def test_verdicts_are_no_moves_of_filling(world: World):
    item = world.item()
    for action in ("agree", "decline", "leave", "reopen", "redraft", "nonsense"):
        with pytest.raises(InvalidInput):
            move_rows(world.moderator, action, [(item.code, item.version)])
