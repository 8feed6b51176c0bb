"""The desk index: whose sittings, which desks, planning."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from desks.models import Session
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
