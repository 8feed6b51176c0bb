"""After a berita acara is final its sitting stays closed, whatever came of the rows; a void one frees it."""

from __future__ import annotations

import pytest

from agreements.models import BeritaAcara
from agreements.services import finalise, void_ba
from core.errors import TransitionNotAllowed
from desks.choices import ItemState, SessionState
from desks.models import Session
from desks.services.room import close_session, follow_up, open_session, reopen_session
from tests.agreements.made import Closed
from tests.desks.views.clients import client_of
from tests.desks.world import World, ready


@pytest.fixture
def undiscussed(world: World) -> tuple[Session, BeritaAcara]:
    """A sitting that settled nothing, and its final berita acara."""
    session = ready(world)
    close_session(world.moderator, session, reason="waktu")
    session.refresh_from_db()
    made = Closed(world, session)
    ba = made.draft()
    ba = finalise(world.chair, ba, seen_version=ba.version)
    assert {item.state for item in world.items()} == {ItemState.NOT_DISCUSSED}
    return session, ba


def test_a_sitting_of_undiscussed_rows_alone_is_not_opened_again(world: World, undiscussed) -> None:
    session, ba = undiscussed
    with pytest.raises(TransitionNotAllowed, match="sesi lanjutan dengan berita acara susulan") as refusal:
        reopen_session(world.moderator, session, note="Ada yang terlewat.")
    assert refusal.value.code == "ba_final"
    client = client_of(world.moderator)
    answer = client.post(f"/sesi/{session.code}/buka-kembali/", {"kunci": "k", "alasan_buka": "Ada yang terlewat."})
    assert answer.status_code == 409
    session.refresh_from_db()
    assert session.state == SessionState.CLOSED
    room = client.get(f"/sesi/{session.code}/").content.decode()
    assert ("Buka kembali sesi" in room, "Jadwalkan sesi lanjutan" in room) == (False, True)


def test_the_way_out_is_a_follow_up(world: World, undiscussed) -> None:
    session, _ = undiscussed
    session.refresh_from_db()
    made = follow_up(
        world.moderator,
        session,
        starts=session.ends,
        ends=session.ends + (session.ends - session.starts),
        mode="online",
    )
    open_session(world.moderator, made)
    assert made.agenda.count() == 3


def test_a_void_berita_acara_frees_its_sitting(world: World, undiscussed) -> None:
    session, ba = undiscussed
    void_ba(world.secretariat, ba, reason="Salah daerah.", seen_version=ba.version)
    session.refresh_from_db()
    assert reopen_session(world.moderator, session, note="Koreksi.").state == SessionState.OPEN
