"""The desk index: whose sittings, which desks, planning."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from desks.models import Round, Session, SessionMeja
from desks.selectors.desk_index import PARTS, SHOWN
from desks.services.room import close_session, plan_session
from tests.desks.views.clients import client_of
from tests.desks.world import World, plan, ready


def test_sittings_stand_under_their_day(world: World) -> None:
    session = ready(world, 1)
    start = timezone.now() + dt.timedelta(days=30)
    plan_session(
        world.moderator,
        world.desk,
        [world.meja],
        starts=start,
        ends=start + dt.timedelta(hours=1),
        tz="Asia/Jakarta",
        mode="online",
    )
    page = client_of(world.kl).get("/desk/").content.decode()
    assert [word for word in ("Berlangsung", "Nanti", "Selesai") if f"<h2>{word}</h2>" in page] == [
        "Berlangsung",
        "Nanti",
    ]
    close_session(world.moderator, session, reason="waktu")
    page = client_of(world.kl).get("/desk/").content.decode()
    assert [word for word in ("Berlangsung", "Nanti", "Selesai") if f"<h2>{word}</h2>" in page] == ["Nanti", "Selesai"]


@pytest.mark.parametrize(
    ("name", "sees"), [("bappeda", True), ("opd", True), ("other_bappeda", False), ("other_kl", False)]
)
def test_who_sees_a_sitting(world: World, name: str, sees: bool) -> None:
    session = ready(world, 1)
    page = client_of(world.actors()[name]).get("/desk/").content.decode()
    assert (session.code in page) == sees


def test_a_region_sees_its_desks_with_counts(world: World) -> None:
    ready(world, 2)
    page = client_of(world.bappeda).get("/desk/").content.decode()
    assert [mark in page for mark in ("Desk daerah Anda", "Desk yang Anda ikuti", "Jadwalkan sesi")] == [
        True,
        False,
        False,
    ]
    assert '<td class="num" data-label="Diajukan">2</td>' in page


def test_filters_narrow(world: World) -> None:
    session = ready(world, 1)
    client = client_of(world.kl)
    asked = {"keadaan=open": True, "keadaan=closed": False, "desk=1.03": True, "desk=9.99": False, "daerah=36": False}
    assert {query: session.code in client.get(f"/desk/?{query}").content.decode() for query in asked} == asked


def test_planning_is_for_chair_and_secretariat(world: World) -> None:
    url = f"/desk/{world.round.code}/{world.desk.code}/jadwal/"
    statuses = {name: client_of(actor).get(url).status_code for name, actor in world.actors().items()}
    assert {name for name, status in statuses.items() if status == 200} == {"moderator", "chair", "secretariat"}
    assert statuses["outsider"] == 404
    assert statuses["kl"] == 403


def test_a_wrong_plan_keeps_what_was_typed(world: World) -> None:
    url = f"/desk/{world.round.code}/{world.desk.code}/jadwal/"
    body = {
        "regions": [world.meja.code], "day": "2027-02-24", "begins": "11:00", "ends": "09:00", "zone": "Asia/Jakarta",
        "mode": "online", "place": "Tautan rapat",
    }  # fmt: skip
    answer = client_of(world.moderator).post(url, body)
    assert (answer.status_code, "Tautan rapat" in answer.content.decode(), Session.objects.count()) == (422, True, 0)


@pytest.mark.parametrize("name", ["kl", "bappeda"])
def test_query_count_does_not_grow_with_sittings(world: World, name: str) -> None:
    client = client_of(world.actors()[name])
    counts = []
    for _ in range(2):
        for _ in range(3):
            plan(world)
        client.get("/desk/")
        with CaptureQueriesContext(connection) as seen:
            client.get("/desk/")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_long_part_shows_its_first_sittings_and_leads_to_all_of_them(world: World) -> None:
    start = timezone.now() + dt.timedelta(days=30)
    made = [
        plan_session(
            world.moderator, world.desk, [world.meja], starts=start + dt.timedelta(hours=no), ends=start + dt.timedelta(hours=no + 1),
            tz="Asia/Jakarta", mode="online",
        )
        for no in range(SHOWN + 2)
    ]  # fmt: skip
    client = client_of(world.kl)
    page = client.get("/desk/?desk=1.03")
    (group,) = page.context["groups"]
    assert (group.count, [card.session for card in group.cards]) == (len(made), made[:SHOWN])
    assert "?desk=1.03&amp;bagian=nanti" in page.content.decode()
    all_of_them = client.get("/desk/?desk=1.03&bagian=nanti")
    assert [card.session for card in all_of_them.context["part"].cards] == made
    for part in PARTS:
        answer = client.get(f"/desk/?bagian={part}")
        assert (answer.status_code, len(answer.context["part"].cards)) == (200, len(made) if part == "nanti" else 0)
    assert client.get("/desk/?bagian=lain").context["groups"]


def test_closed_sittings_stand_newest_first_and_their_part_is_paged(world: World) -> None:
    starts = timezone.now()
    Session.objects.bulk_create(
        Session(
            desk=world.desk,
            no=no,
            starts=starts - dt.timedelta(days=no),
            ends=starts,
            tz="Asia/Jakarta",
            mode="online",
            state="closed",
        )
        for no in range(1, 56)
    )
    SessionMeja.objects.bulk_create(SessionMeja(session=one, meja=world.meja) for one in Session.objects.all())
    client = client_of(world.bappeda)
    (group,) = client.get("/desk/").context["groups"]
    assert (group.count, [card.session.no for card in group.cards]) == (55, list(range(1, SHOWN + 1)))
    second = client.get("/desk/?bagian=selesai&halaman=2")
    assert [card.session.no for card in second.context["part"].cards] == [51, 52, 53, 54, 55]


def test_desks_of_a_closed_round_stand_apart(world: World) -> None:
    ready(world, 1)
    Round.objects.update(closed_at=timezone.now())
    for actor, mark in ((world.kl, "Desk yang Anda ikuti"), (world.bappeda, "Desk daerah Anda")):
        client = client_of(actor)
        assert mark not in client.get("/desk/").content.decode()
        assert mark in client.get(f"/desk/?penyelenggaraan={world.round.code}").content.decode()
