"""Silence and absence: when a party that said nothing consents."""

from __future__ import annotations

import json

import pytest

from core.errors import InvalidInput, NotAllowed, TransitionNotAllowed
from desks.choices import AttendanceMode, ItemState
from desks.models import Event
from desks.selectors.room_item import panel_of
from desks.services.room import (
    record_absent,
    record_attendance,
    record_leaving,
)
from desks.services.settle import (
    settle,
)
from desks.services.talk import take_stances
from tests.desks.settling import agree, missing
from tests.desks.world import World, build, ready, seen_positions


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


def test_a_party_that_agreed_and_is_recorded_absent_is_not_asked_for(world: World) -> None:
    session = ready(world, 1)
    asked = panel_of(world.moderator, session, world.item(), None).unrecorded
    assert world.bappeda_jabar.short_name in asked
    record_absent(world.moderator, session, world.bappeda_jabar, "Bencana banjir")
    left = panel_of(world.moderator, session, world.item(), None).unrecorded
    assert left == [name for name in asked if name != world.bappeda_jabar.short_name]
