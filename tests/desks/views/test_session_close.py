"""The closing form: every mistake in one answer, at its field, with all that was typed; close and follow-up together or not at all."""

from __future__ import annotations

import pytest

from desks.choices import SessionState
from desks.models import Session
from tests.desks.views.clients import client_of
from tests.desks.world import World, ready


@pytest.fixture
def session(world: World) -> Session:
    return ready(world)


def close(world: World, session: Session, **typed: str):
    return client_of(world.moderator).post(f"/sesi/{session.code}/tutup/", {"kunci": "z", **typed})


def test_all_mistakes_are_told_in_one_round_and_nothing_typed_is_lost(world: World, session: Session) -> None:
    answer = close(world, session, lanjutan="on", begins="13:00", ends="12:00", mode="hybrid", place="Ruang Sidang 9")
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"kode_alasan", "day", "ends"}
    text = answer.content.decode()
    for kept in ("Ruang Sidang 9", 'value="13:00"', 'value="12:00"'):
        assert kept in text, kept
    assert text.count('class="field field-bad"') == 3
    session.refresh_from_db()
    assert session.state == SessionState.OPEN


def test_what_was_typed_for_a_follow_up_not_ticked_is_kept_and_not_judged(world: World, session: Session) -> None:
    answer = close(world, session, begins="13:00", ends="12:00", place="Ruang Sidang 9")
    assert set(answer.context["form"].errors) == {"kode_alasan"}
    assert "Ruang Sidang 9" in answer.content.decode()
    assert close(world, session, kode_alasan="waktu", begins="13:00", ends="12:00").status_code == 302
    assert not Session.objects.filter(follows=session).exists()


def test_a_sitting_closed_meanwhile_is_told_above_the_form(world: World, session: Session) -> None:
    assert close(world, session, kode_alasan="waktu").status_code == 302
    answer = client_of(world.moderator).post(f"/sesi/{session.code}/tutup/", {"kunci": "y", "kode_alasan": "waktu"})
    assert answer.status_code == 409
    assert answer.context["form"].non_field_errors()
