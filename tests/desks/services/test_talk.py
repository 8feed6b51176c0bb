"""What is said at the desk: figures, stances, notes."""

from __future__ import annotations

import pytest

from core.errors import InvalidInput, KeyReused, NotAllowed, StaleState, TransitionNotAllowed
from core.values import format_value
from desks.choices import NoteKind, StanceBasis, StanceKind
from desks.models import Event, Note, Position, Stance
from desks.selectors.consent import consent_of
from desks.services.room import close_session
from desks.services.settle import settle
from desks.services.talk import put_position, take_stances, write_note
from tests.desks.chain import actions, verify_chain
from tests.desks.world import World, build, ready, seen_positions


def standing(world: World, place: int = 0, session: object = None) -> dict[str, tuple[str, str]]:
    """Per party of a row: what it said and on what its consent rests."""
    item = world.item(place)
    return {party.party.value: (party.kind, party.basis) for party in consent_of([item], session)[item.pk].parties}


def test_submitting_puts_the_figure_of_the_region_and_its_consent(world: World) -> None:
    ready(world, 1)
    assert [(p.seq, p.institution, format_value(p.value)) for p in Position.objects.all()] == [
        (1, world.bappeda_jabar, "14,50")
    ]
    assert standing(world) == {"kemendagri": ("", ""), "kl": ("", ""), "region": ("setuju", "own")}


def test_a_figure_of_the_kl_carries_its_own_consent_and_voids_older_ones(world: World) -> None:
    ready(world, 1)
    item = world.item()
    position = put_position(world.kl, item, text="14", reason="Sesuai Renstra.", seen_version=item.version)
    assert (position.seq, format_value(position.value), position.reason) == (2, "14,00", "Sesuai Renstra.")
    assert standing(world) == {"kemendagri": ("", ""), "kl": ("setuju", "own"), "region": ("", "")}
    assert world.item().version == item.version
    verify_chain(world.meja)


def test_a_figure_needs_the_version_seen(world: World) -> None:
    ready(world, 1)
    stale, old = world.item(), world.item()
    put_position(world.kl, stale, text="14", reason="", seen_version=stale.version)
    with pytest.raises(StaleState):
        put_position(world.kemendagri, old, text="15", reason="", seen_version=old.version)
    assert Position.objects.count() == 2
    verify_chain(world.meja)


def test_an_empty_figure_is_refused(world: World) -> None:
    ready(world, 1)
    item = world.item()
    with pytest.raises(InvalidInput) as error:
        put_position(world.kl, item, text=" ", reason="", seen_version=item.version)
    assert error.value.details == {"field": "value"}


def test_who_may_put_a_figure(world: World) -> None:
    ready(world, 1)
    allowed = set()
    for name, actor in world.actors().items():
        item = world.item()
        try:
            put_position(actor, item, text="14", reason="", seen_version=item.version)
            allowed.add(name)
        except NotAllowed:
            pass
    assert allowed == {"bappeda", "kl", "kemendagri", "bappenas", "moderator", "chair"}


def test_the_chair_records_a_figure_for_a_party_that_spoke(world: World) -> None:
    ready(world, 1)
    item = world.item()
    position = put_position(
        world.moderator, item, text="14,2", reason="Disampaikan lisan.", seen_version=item.version, on_behalf=world.pu
    )
    assert (position.institution, position.on_behalf, position.actor) == (world.pu, world.pu, world.moderator.user)
    assert standing(world)["kl"] == ("setuju", "spoken")
    assert Event.objects.filter(action="position").last().on_behalf == world.pu
    verify_chain(world.meja)


def test_a_figure_is_not_recorded_for_who_does_not_sit_here(world: World) -> None:
    ready(world, 1)
    item = world.item()
    for stranger in (world.kemenpar, world.bappeda_banten, world.kemenkes):
        with pytest.raises(InvalidInput):
            put_position(world.moderator, item, text="14", reason="", seen_version=item.version, on_behalf=stranger)
    with pytest.raises(NotAllowed):
        put_position(world.kl, item, text="14", reason="", seen_version=item.version, on_behalf=world.bappeda_jabar)


def test_a_draft_gets_no_figures(world: World) -> None:
    item = world.item()
    with pytest.raises(TransitionNotAllowed):
        put_position(world.kl, item, text="14", reason="", seen_version=item.version)


def test_stances_of_a_party_on_many_rows_in_one_act(world: World) -> None:
    ready(world)
    versions = [item.version for item in world.items()]
    results = take_stances(world.kl, seen_positions(world), kind="setuju")
    assert [result.status for result in results] == ["saved"] * 3
    assert standing(world, 2)["kl"] == ("setuju", "own")
    assert [item.version for item in world.items()] == versions
    assert take_stances(world.kl, seen_positions(world), kind="setuju")[0].status == "same"
    verify_chain(world.meja)


def test_who_is_no_party_gives_no_stance(world: World) -> None:
    ready(world, 1)
    answers = {
        name: take_stances(actor, seen_positions(world), kind="setuju")[0].problem
        for name, actor in world.actors().items()
    }
    assert {name for name, problem in answers.items() if not problem} == {"bappeda", "kl", "kemendagri", "moderator"}
    assert answers["bappenas"] == "not_allowed"
    assert answers["observer"] == "not_allowed"
    assert answers["other_bappeda"] == "not_found"


def test_a_stance_on_a_figure_that_is_no_longer_the_newest_is_a_conflict(world: World) -> None:
    ready(world, 1)
    item = world.item()
    put_position(world.kl, item, text="14", reason="", seen_version=item.version)
    result = take_stances(world.kemendagri, [(item.code, 1)], kind="setuju")[0]
    assert (result.status, result.problem) == ("conflict", "stale")
    assert standing(world)["kemendagri"] == ("", "")


@pytest.mark.parametrize("kind", [StanceKind.BAHAS, StanceKind.KEBERATAN])
def test_bahas_and_keberatan_block(world: World, kind: str) -> None:
    ready(world, 1)
    take_stances(world.kl, seen_positions(world), kind=kind, text="Data 2025 belum final.")
    item = world.item()
    party = next(row for row in consent_of([item])[item.pk].parties if row.party == "kl")
    assert (party.blocks, party.given, party.stance.text) == (True, False, "Data 2025 belum final.")


def test_an_unknown_stance_is_refused(world: World) -> None:
    ready(world, 1)
    with pytest.raises(InvalidInput):
        take_stances(world.kl, seen_positions(world), kind="mungkin")


def test_a_spoken_stance_is_recorded_by_the_room_in_an_open_session(world: World) -> None:
    session = ready(world, 1)
    spoken = take_stances(world.notulis, seen_positions(world), kind="setuju", spoken_for=world.pu, session=session)
    assert spoken[0].status == "saved"
    stance = Stance.objects.get(institution=world.pu)
    assert (stance.basis, stance.recorded_by, stance.session) == (StanceBasis.SPOKEN, world.notulis.user, session)
    assert standing(world)["kl"] == ("setuju", "spoken")
    refused = take_stances(world.kl, seen_positions(world), kind="setuju", spoken_for=world.kemendagri_inst)
    assert refused[0].problem == "not_allowed"
    outside = take_stances(world.notulis, seen_positions(world), kind="bahas", spoken_for=world.pu)
    assert outside[0].problem == "transition_not_allowed"
    verify_chain(world.meja)


def test_no_stance_after_the_session_closed(world: World) -> None:
    session = ready(world, 1)
    close_session(world.moderator, session, reason="waktu")
    result = take_stances(world.kl, seen_positions(world), kind="setuju")[0]
    assert result.problem == "transition_not_allowed"


def test_a_double_click_says_it_once(world: World) -> None:
    ready(world, 1)
    item = world.item()
    first = put_position(world.kl, item, text="14", reason="", seen_version=item.version, key="k1")
    again = put_position(world.kl, world.item(), text="14", reason="", seen_version=item.version - 1, key="k1")
    assert (first, Position.objects.count()) == (again, 2)
    with pytest.raises(KeyReused):
        put_position(world.kl, world.item(), text="15", reason="", seen_version=item.version, key="k1")
    rows = seen_positions(world)
    answers = [take_stances(world.kemendagri, rows, kind="setuju", key="k2")[0].status for _ in range(2)]
    assert (answers, Stance.objects.filter(institution=world.kemendagri_inst).count()) == (["saved", "saved"], 1)
    verify_chain(world.meja)


def test_notes_keep_every_text_and_name_the_conflict(world: World) -> None:
    ready(world, 1)
    item = world.item()
    note = write_note(world.kl, world.meja, item=item, text="Perlu data ruas.", seen_version=0)
    write_note(world.kl, world.meja, item=item, text="Perlu data ruas 2025.", seen_version=1)
    with pytest.raises(StaleState) as error:
        write_note(world.kl, world.meja, item=item, text="Lain.", seen_version=1)
    assert error.value.details["yours"] == {"text": "Lain."}
    assert error.value.details["theirs"]["text"] == "Perlu data ruas 2025."
    assert error.value.details["base"] == {"text": "Perlu data ruas.", "version": 1}
    assert [row.text for row in note.revisions.all()] == ["Perlu data ruas.", "Perlu data ruas 2025."]
    assert world.item().version == item.version
    verify_chain(world.meja)


def test_the_same_text_writes_nothing(world: World) -> None:
    ready(world, 1)
    write_note(world.kl, world.meja, text="Sama.", seen_version=0)
    head = len(verify_chain(world.meja))
    write_note(world.kl, world.meja, text="Sama.", seen_version=1)
    assert len(verify_chain(world.meja)) == head


def test_room_staff_write_for_a_speaker_but_not_internally(world: World) -> None:
    ready(world, 1)
    note = write_note(world.notulis, world.meja, text="PU menyampaikan …", seen_version=0, institution=world.pu)
    assert (note.institution, note.changed_by) == (world.pu, world.notulis.user)
    with pytest.raises(NotAllowed):
        write_note(world.kl, world.meja, text="x", seen_version=0, institution=world.kemendagri_inst)
    with pytest.raises(NotAllowed):
        write_note(world.notulis, world.meja, text="x", seen_version=0, institution=world.pu, kind=NoteKind.INTERNAL)
    with pytest.raises(NotAllowed):
        write_note(world.observer, world.meja, text="x", seen_version=0)
    assert Note.objects.count() == 1
    assert actions(world.meja)[-1] == "note"


def test_a_note_has_a_greatest_length(world: World) -> None:
    with pytest.raises(InvalidInput):
        write_note(world.bappeda, world.meja, text="a" * 20_001, seen_version=0)


def test_a_settled_row_takes_no_more_figures(db: None) -> None:
    world = build(1, parties=())
    session = ready(world)
    item = world.item()
    settle(world.moderator, session, item, "agree", seen_version=item.version)
    with pytest.raises(TransitionNotAllowed):
        put_position(world.kl, world.item(), text="14", reason="", seen_version=world.item().version)
