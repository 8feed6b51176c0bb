"""Sittings: planned, opened, extended, closed, opened again, followed up; who is present."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.errors import InvalidInput, NotAllowed, TransitionNotAllowed
from desks.choices import AgendaOutcome, AttendanceMode, ItemState, SessionMode, SessionState
from desks.models import Attendance, Session
from desks.services.item import move_rows
from desks.services.room import (
    call_item,
    close_session,
    follow_up,
    open_session,
    plan_session,
    postpone_item,
    record_absent,
    record_attendance,
    record_leaving,
    refresh_agenda,
    reopen_session,
)
from desks.services.settle import settle, settle_uncontested
from tests.desks.chain import actions, verify_chain
from tests.desks.world import World, build, consent_all, fill, plan, ready, submit


def planned(world: World, actor: object, **more: object) -> Session:
    """A sitting planned by the actor for tomorrow."""
    start = timezone.now() + dt.timedelta(days=1)
    wanted = {"starts": start, "ends": start + dt.timedelta(hours=1), "tz": "Asia/Jakarta", "mode": SessionMode.ONLINE}
    return plan_session(actor, world.desk, [world.meja], **{**wanted, **more})


def test_chair_and_secretariat_plan(world: World) -> None:
    allowed = set()
    for name, actor in world.actors().items():
        try:
            planned(world, actor)
            allowed.add(name)
        except NotAllowed:
            pass
    assert allowed == {"moderator", "chair", "secretariat"}
    assert list(Session.objects.values_list("no", flat=True)) == [1, 2, 3]
    verify_chain(world.meja)


def test_a_plan_is_checked(world: World) -> None:
    start = timezone.now()
    with pytest.raises(InvalidInput):
        planned(world, world.moderator, starts=start, ends=start)
    with pytest.raises(InvalidInput):
        planned(world, world.moderator, mode="radio")
    with pytest.raises(InvalidInput):
        plan_session(
            world.moderator, world.desk, [], starts=start, ends=start + dt.timedelta(hours=1), tz="Asia/Jakarta",
            mode=SessionMode.ONLINE,
        )  # fmt: skip


def test_the_agenda_is_what_was_submitted(world: World) -> None:
    fill(world, 2)
    submit(world)
    session = open_session(world.moderator, plan(world))
    assert [entry.item for entry in session.agenda.all()] == world.items()[:2]
    assert (session.state, session.opened_at is not None) == (SessionState.OPEN, True)
    with pytest.raises(TransitionNotAllowed):
        open_session(world.moderator, session)


def test_rows_submitted_later_are_taken_in(world: World) -> None:
    session = ready(world, 1)
    fill(world, 0)
    item = world.item(1)
    from desks.services.item import RowWrite, save_rows

    save_rows(world.bappeda, rows=[RowWrite(item.code, item.version, {"value": "9"})])
    submit(world)
    assert refresh_agenda(world.moderator, session) == 1
    assert refresh_agenda(world.moderator, session) == 0
    assert [entry.order for entry in session.agenda.all()] == [1, 2]
    verify_chain(world.meja)


def test_a_region_sits_in_one_open_session_at_a_time(world: World) -> None:
    session = ready(world, 1)
    other = plan(world)
    with pytest.raises(TransitionNotAllowed, match="masih berlangsung"):
        open_session(world.moderator, other)
    close_session(world.moderator, session, reason="waktu")
    assert open_session(world.moderator, other).state == SessionState.OPEN
    with pytest.raises(TransitionNotAllowed, match="masih berlangsung"):
        reopen_session(world.moderator, session, note="Ada yang terlewat.")


def test_closing_asks_one_reason_for_all_that_remain(world: World) -> None:
    session = ready(world)
    consent_all(world)
    item = world.item()
    settle(world.moderator, session, item, "agree", seen_version=item.version)
    with pytest.raises(InvalidInput) as error:
        close_session(world.moderator, session)
    assert error.value.details["field"] == "reason"
    assert close_session(world.moderator, session, reason="waktu") == 2
    assert [(item.state, item.reason) for item in world.items()] == [
        ("agreed", ""),
        ("not_discussed", "waktu"),
        ("not_discussed", "waktu"),
    ]
    outcomes = list(session.agenda.values_list("outcome", flat=True))
    assert outcomes == [AgendaOutcome.SETTLED, AgendaOutcome.NOT_REACHED, AgendaOutcome.NOT_REACHED]
    assert actions(world.meja)[-3:] == ["leave", "leave", "close_session"]


def test_closing_without_rest_needs_no_reason(db: None) -> None:
    world = build(1, parties=())
    session = ready(world)
    item = world.item()
    settle(world.moderator, session, item, "agree", seen_version=item.version)
    assert close_session(world.moderator, session) == 0
    with pytest.raises(TransitionNotAllowed):
        close_session(world.moderator, session)


def test_the_follow_up_takes_what_was_left(world: World) -> None:
    session = ready(world)
    consent_all(world)
    item = world.item()
    settle(world.moderator, session, item, "agree", seen_version=item.version)
    start = timezone.now() + dt.timedelta(days=2)
    when = {"starts": start, "ends": start + dt.timedelta(hours=1), "mode": SessionMode.ONLINE}
    with pytest.raises(TransitionNotAllowed):
        follow_up(world.moderator, session, **when)
    close_session(world.moderator, session, reason="waktu")
    next_one = follow_up(world.moderator, session, **when)
    assert (next_one.no, next_one.follows, list(next_one.mejas.all())) == (2, session, [world.meja])
    open_session(world.moderator, next_one)
    assert [entry.item for entry in next_one.agenda.all()] == world.items()[1:]
    # Consent to the figures still on the table stands, so the rows can be settled at once.
    rows = [(item.code, item.version) for item in world.items()[1:]]
    assert [row.status for row in settle_uncontested(world.moderator, next_one, rows)] == ["saved", "saved"]
    assert close_session(world.moderator, next_one) == 0
    verify_chain(world.meja)


def test_a_follow_up_that_reaches_nothing_leaves_the_rows_undiscussed(world: World) -> None:
    session = ready(world, 1)
    close_session(world.moderator, session, reason="waktu")
    start = timezone.now()
    next_one = follow_up(
        world.moderator, session, starts=start, ends=start + dt.timedelta(hours=1), mode=SessionMode.ONLINE
    )
    open_session(world.moderator, next_one)
    assert close_session(world.moderator, next_one) == 0
    assert (world.item().state, next_one.agenda.get().outcome) == ("not_discussed", AgendaOutcome.NOT_REACHED)


def test_a_closed_session_opens_again_with_a_reason(world: World) -> None:
    session = ready(world, 1)
    close_session(world.moderator, session, reason="waktu")
    with pytest.raises(InvalidInput):
        reopen_session(world.moderator, session, note=" ")
    reopen_session(world.moderator, session, note="Pihak sudah hadir.")
    item = world.item()
    call_item(world.moderator, session, item, seen_version=item.version)
    assert (world.item().state, world.item().reason) == (ItemState.DISCUSSED, "")
    assert session.agenda.get().outcome == AgendaOutcome.CURRENT
    verify_chain(world.meja)


def test_postponing_keeps_the_state_and_refuses_settled_rows(db: None) -> None:
    world = build(1, parties=())
    session = ready(world)
    item = world.item()
    call_item(world.moderator, session, item, seen_version=item.version)
    postpone_item(world.moderator, session, world.item())
    assert (world.item().state, session.agenda.get().outcome) == (ItemState.DISCUSSED, AgendaOutcome.POSTPONED)
    item = world.item()
    settle(world.moderator, session, item, "agree", seen_version=item.version)
    for act in (
        lambda: postpone_item(world.moderator, session, world.item()),
        lambda: call_item(world.moderator, session, world.item(), seen_version=world.item().version),
    ):
        with pytest.raises(TransitionNotAllowed):
            act()
    assert session.agenda.get().outcome == AgendaOutcome.SETTLED


def test_attendance_of_a_person_and_of_a_guest(world: World) -> None:
    session = ready(world, 1)
    user = world.kl.user
    for mode in (AttendanceMode.ONLINE, AttendanceMode.ONSITE):
        record_attendance(world.notulis, session, institution=world.pu, mode=mode, user=user, office="Direktur")
    record_attendance(world.notulis, session, institution=world.bappeda_jabar, mode=AttendanceMode.ONLINE, name="Tamu")
    assert [(row.name, row.office, row.mode) for row in Attendance.objects.order_by("pk")] == [
        (user.full_name, "Direktur", "onsite"),
        ("Tamu", "", "online"),
    ]
    with pytest.raises(InvalidInput):
        record_attendance(world.notulis, session, institution=world.pu, mode="absent", name="x")
    with pytest.raises(InvalidInput):
        record_attendance(world.notulis, session, institution=world.pu, mode="online")
    with pytest.raises(NotAllowed):
        record_attendance(world.kl, session, institution=world.pu, mode="online", name="x")
    verify_chain(world.meja)


def test_arrival_lifts_absence_and_leaving_is_recorded(world: World) -> None:
    session = ready(world, 1)
    absent = record_absent(world.moderator, session, world.pu, "Belum hadir.")
    row = record_attendance(world.notulis, session, institution=world.pu, mode=AttendanceMode.ONSITE, name="Pejabat")
    absent.refresh_from_db()
    assert absent.lifted_at is not None
    record_leaving(world.notulis, session, row)
    row.refresh_from_db()
    assert row.left_at is not None
    assert actions(world.meja)[-3:] == ["absent", "attend", "leave_room"]


def test_acts_of_a_session_are_done_once_per_key(world: World) -> None:
    fill(world)
    submit(world)
    session = plan(world)
    assert open_session(world.moderator, session, key="a") == open_session(world.moderator, session, key="a")
    session.refresh_from_db()
    rows = {
        record_attendance(
            world.notulis, session, institution=world.pu, mode=AttendanceMode.ONLINE, name="Tamu", key="b"
        ).pk
        for _ in range(2)
    }
    assert len(rows) == 1
    assert [close_session(world.moderator, session, reason="waktu", key="c") for _ in range(2)] == [3, 3]
    assert actions(world.meja).count("close_session") == 1


def test_withdrawn_rows_do_not_hold_up_the_closing(world: World) -> None:
    session = ready(world, 1)
    item = world.item()
    move_rows(world.bappeda, "withdraw", [(item.code, item.version)], given={"note": "Tidak jadi."})
    assert close_session(world.moderator, session) == 0


def test_thirty_rows_close_with_a_bounded_number_of_statements(db: None) -> None:
    world = build(30)
    session = ready(world)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert close_session(world.moderator, session, reason="waktu") == 30
    assert len(seen) <= 20 + 3 * 30
    verify_chain(world.meja)
