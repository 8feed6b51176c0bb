"""Home: what waits for each role, by deadline, at a fixed cost."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actors import Actor
from accounts.choices import Role
from accounts.models import Membership, Notice
from desks.models import Desk, DeskBidang, DeskIndicator, InnerDeadline, Round, Seat, Session, Stage
from desks.selectors import home
from desks.selectors.home import WaitingGroup, register_waiting, waiting_for
from desks.services.item import RowWrite, move_rows, save_rows
from desks.services.room import refresh_agenda
from desks.services.setup import open_mejas
from desks.views.isian import desk_links
from indicators.models import IndicatorVersion
from planning.models import BidangHolder
from tests.desks.world import World, build, fill, plan, ready, submit
from tests.factories import make_actor


def waiting(actor: Actor) -> list[tuple[str, str, int]]:
    fresh = Actor(actor.user, Membership.objects.select_related("institution__region").get(pk=actor.membership.pk))
    return [(act.act, group.label, group.count) for act in waiting_for(fresh, timezone.now()) for group in act.groups]


def login(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def another_round(world: World, no: int) -> Round:
    """A round like the world's for a later plan year: same seats, holders, stages, desk and regions, with rows to fill."""
    year = world.round.plan_year + no
    first = Round.objects.get(pk=world.round.pk)
    made = Round.objects.create(
        forum_name=f"Forum {year}",
        short_name=f"Rakortek {year}",
        held_year=year - 1,
        plan_year=year,
        level="national",
        host=first.host,
    )
    desk = Desk.objects.create(round=made, code="1.03", name=f"Pekerjaan Umum {year}", strand="urusan")
    DeskBidang.objects.create(desk=desk, bidang=world.bidang)
    for place, indicator in enumerate(world.indicators):
        IndicatorVersion.objects.create(indicator=indicator, year=year, name=f"Indikator {place}", unit="%")
        DeskIndicator.objects.create(round=made, desk=desk, indicator=indicator, order=place)
    for row in [*Seat.objects.filter(round=first), *Stage.objects.filter(round=first)]:
        row.pk, row.round = None, made
        if isinstance(row, Seat) and row.desk_id:
            row.desk = desk
        row.save()
    for holder in BidangHolder.objects.filter(year=first.plan_year):
        holder.pk, holder.year = None, year
        holder.save()
    secretariat = Actor(world.secretariat.user, Membership.objects.get(pk=world.secretariat.membership.pk))
    open_mejas(secretariat, desk, [world.jabar, world.banten])
    return made


@pytest.mark.parametrize("who", ["opd", "bappeda", "kl", "moderator", "kemendagri", "secretariat"])
def test_home_costs_the_same_for_one_and_three_open_rounds(world: World, who: str):
    fill(world, 2)
    submit(world)
    client = login(world.actors()[who])
    client.get("/")
    with CaptureQueriesContext(connection) as one:
        client.get("/")
    for no in (1, 2):
        another_round(world, no)
    with CaptureQueriesContext(connection) as three:
        answer = client.get("/")
    groups = [group for act in answer.context["acts"] for group in act.groups]
    assert len(three) == len(one), [each["sql"] for each in three][len(one) - 5 :]
    if who in ("opd", "bappeda", "kl", "secretariat"):  # the others have nothing to do in a round that only begins
        assert len(groups) >= 3


def test_the_opd_fills_then_proposes(world: World):
    assert waiting(world.opd) == [("Isi", "target belum diisi · desk Pekerjaan Umum", 3)]
    fill(world, 2)
    assert waiting(world.opd) == [
        ("Isi", "target belum diisi · desk Pekerjaan Umum", 1),
        ("Usulkan", "target terisi dan siap diusulkan kepada Bappeda · desk Pekerjaan Umum", 2),
    ]


def test_the_opd_sees_what_came_back_with_the_note(world: World):
    fill(world, 1)
    item = world.item()
    move_rows(world.opd, "propose", [(item.code, item.version)])
    item = world.item()
    move_rows(world.bappeda, "return", [(item.code, item.version)], given={"note": "Lampirkan sumber."})
    groups = {group.label: group for act in waiting_for(world.opd, timezone.now()) for group in act.groups}
    group = groups["target dikembalikan Bappeda · desk Pekerjaan Umum"]
    assert (group.count, group.examples) == (1, ("Persentase jalan provinsi mantap ruas 1: “Lampirkan sumber.”",))


def test_the_bappeda_checks_submits_and_knows_who_is_late(world: World):
    inner = timezone.now() + dt.timedelta(days=1)
    stage = Stage.objects.get(kind="filling_region")
    InnerDeadline.objects.create(stage=stage, region=world.jabar, closes_at=inner)
    fill(world, 2)
    item = world.item()
    move_rows(world.opd, "propose", [(item.code, item.version)])
    assert waiting(world.bappeda) == [
        ("Isi", "target belum diisi perangkat daerah · 1 perangkat daerah", 1),
        ("Ajukan", "target siap diajukan · desk Pekerjaan Umum", 2),
        ("Periksa", "target perangkat daerah menunggu pemeriksaan Anda · desk Pekerjaan Umum", 1),
    ]
    late = waiting_for(world.bappeda, timezone.now())[0].groups[0]
    assert (late.due, late.examples) == (inner, ("Dinas Bina Marga Jawa Barat 1",))


def test_a_repair_comes_first_by_its_own_due_time(world: World):
    fill(world)
    submit(world)
    item = world.item()
    due = timezone.now() + dt.timedelta(hours=3)
    given = {"note": "Periksa satuan.", "due": due, "owner": world.bappeda_jabar}
    move_rows(world.kl, "repair", [(item.code, item.version)], given=given)
    first = waiting_for(world.bappeda, timezone.now())[0]
    assert (first.act, first.groups[0].due, first.groups[0].count) == ("Perbaiki", due, 1)


def test_the_kl_fills_targets_reads_and_takes_stances(world: World):
    ready(world)
    assert waiting(world.kl) == [
        ("Nyatakan sikap", "angka menunggu sikap Kementerian PU · desk Pekerjaan Umum", 3),
        ("Baca", "target diajukan 1 daerah · desk Pekerjaan Umum", 3),
        ("Isi", "target indikatif provinsi belum diisi · desk Pekerjaan Umum", 6),
    ]
    assert waiting(world.bappeda) == []


def test_room_staff_open_lead_and_close(world: World):
    plan(world)
    assert [act for act, _, _ in waiting(world.notulis)] == ["Buka"]
    ready(world)
    assert [act for act, _, _ in waiting(world.notulis)] == ["Buka", "Pimpin"]
    hour = dt.timedelta(hours=1)
    Session.objects.filter(state="open").update(starts=timezone.now() - 3 * hour, ends=timezone.now() - hour)
    assert sorted(act for act, _, _ in waiting(world.notulis)) == ["Buka", "Tutup"]


def test_the_secretariat_reminds_and_plans_by_counts_alone(world: World):
    assert waiting(world.secretariat) == [
        ("Ingatkan", "target belum diajukan oleh 2 daerah · Rakortek 2027", 6),
        ("Jadwalkan", "desk × daerah belum punya jadwal sesi · Rakortek 2027", 2),
    ]


@pytest.mark.parametrize("who", ["auditor", "observer", "outsider", "other_kl"])
def test_nothing_waits_for_those_who_only_read(world: World, who):
    response = login(getattr(world, who)).get("/")
    assert (response.status_code, response.context["acts"]) == (200, [])
    assert response.context["next"] != ""


def test_another_app_adds_its_own_things(world: World, monkeypatch):
    monkeypatch.setattr(home, "WAITING_SOURCES", list(home.WAITING_SOURCES))
    soon = timezone.now() + dt.timedelta(minutes=5)

    def signing(actor: Actor, now: dt.datetime) -> list[WaitingGroup]:
        return [WaitingGroup("Tanda tangani", "berita acara", "/ba/", 1, soon, ("BA-1",))]

    for _ in range(2):
        register_waiting(signing)
    assert waiting(world.bappeda)[0] == ("Tanda tangani", "berita acara", 1)
    assert len([act for act, _, _ in waiting(world.bappeda) if act == "Tanda tangani"]) == 1


def test_bars_lowest_first_lead_to_what_is_empty(world: World):
    fill(world, 2)
    (bar,) = login(world.bappeda).get("/").context["bars"]
    assert (bar.label, bar.done, bar.total, bar.url) == (
        "1.03 Pekerjaan Umum",
        2,
        3,
        f"/isian/{world.meja.code}/?saring=kosong",
    )
    (desk,) = login(world.kl).get("/").context["bars"]
    assert (desk.done, desk.total) == (0, 6)
    assert login(world.observer).get("/").context["owns"] is False


def test_sittings_of_the_week_are_those_of_the_own_region(world: World):
    plan(world)
    assert [each.regions for each in login(world.opd).get("/").context["sessions"]] == ["Jawa Barat"]
    assert login(world.other_opd).get("/").context["sessions"] == []


def test_a_signatory_of_a_region_reads_of_its_own_sittings_only(world: World):
    signing = {}
    for place in (world.bappeda, world.other_bappeda):
        region = place.institution.region
        signing[region.kode] = make_actor(Role.PENANDATANGAN, place.institution)
        Seat.objects.create(
            round=world.round, institution=place.institution, region=region, role=Role.PENANDATANGAN
        )  # fmt: skip
    plan(world)
    now = timezone.now()
    shown = {kode: home.sessions_this_week(actor, [world.round], now) for kode, actor in signing.items()}
    assert {kode: [row.regions for row in rows] for kode, rows in shown.items()} == {"32": ["Jawa Barat"], "36": []}
    assert desk_links(signing["32"], world.round) == []
    assert desk_links(world.kl, world.round) == [("1.03 Pekerjaan Umum", f"/desk/{world.round.code}/1.03/")]


def test_notices_are_read_once(world: World):
    Notice.objects.create(user=world.bappeda.user, kind="offer", object_code="x", text="Kemenkes menawar 14,0.")
    client = login(world.bappeda)
    assert [notice.text for notice in client.get("/").context["notices"]] == ["Kemenkes menawar 14,0."]
    assert client.post("/pemberitahuan/dibaca/").status_code == 302
    assert client.get("/").context["notices"] == []


@pytest.mark.parametrize("who", ["bappeda", "opd", "kl", "moderator", "secretariat", "auditor"])
def test_home_costs_the_same_at_any_number_of_rows(db, django_assert_max_num_queries, who):
    world = build(30)
    session = ready(world, 3)
    client = login(getattr(world, who))
    client.get("/")
    with django_assert_max_num_queries(30) as few:
        client.get("/")
    drafts = [item for item in world.items() if item.state == "draft"]
    save_rows(world.bappeda, rows=[RowWrite(item.code, item.version, {"value": "14,5"}) for item in drafts])
    submit(world)
    refresh_agenda(world.moderator, session)
    with django_assert_max_num_queries(30) as many:
        client.get("/")
    assert len(few.captured_queries) == len(many.captured_queries)
