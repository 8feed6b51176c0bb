"""The context bar: round and stage of whoever speaks."""

import datetime as dt

import pytest
from django.utils import timezone

from desks.models import Round, Seat, Stage, StageException
from desks.selectors.context import bar_stage, running_round
from tests.desks.world import build
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def other_round(world, **kw):
    facts = {"forum_name": "F", "short_name": "Lain", "held_year": 2027, "plan_year": 2028, "level": "national"}
    made = Round.objects.create(host=world.kemendagri_inst, **facts, **kw)
    Seat.objects.create(round=made, institution=world.bappeda_jabar, role="bappeda", region=world.jabar)
    return made


def test_the_round_with_a_running_stage_comes_first_then_the_latest(django_assert_num_queries):
    world = build(1)
    later = other_round(world)
    with django_assert_num_queries(1):
        assert running_round(world.bappeda) == world.round
    Stage.objects.all().delete()
    assert running_round(world.bappeda) == later
    Round.objects.filter(pk=later.pk).update(closed_at=timezone.now())
    assert running_round(world.bappeda) == world.round
    assert running_round(world.outsider) is None


def test_the_stage_is_the_speakers_own(django_assert_num_queries):
    world = build(1)
    Stage.objects.exclude(kind="filling_region").delete()
    stage = Stage.objects.get()
    until = stage.closes_at + dt.timedelta(days=3)
    StageException.objects.create(
        stage=stage, institution=world.bappeda_jabar, until=until, reason="x", by=world.secretariat.user
    )
    with django_assert_num_queries(1):
        assert bar_stage(world.round, world.bappeda) == {
            "label": "Pengisian Daerah", "closes_at": until, "tz": "Asia/Jakarta",
        }  # fmt: skip
    assert bar_stage(world.round, world.other_bappeda)["closes_at"] == stage.closes_at
    Stage.objects.update(opens_at=timezone.now() + dt.timedelta(hours=1))
    assert bar_stage(world.round, world.bappeda)["label"] == "Pengisian Daerah belum dibuka"
    Stage.objects.all().delete()
    assert bar_stage(world.round, world.bappeda) is None


def test_every_page_shows_it_and_costs_two_queries(client, django_assert_max_num_queries):
    world = build(1)
    client.force_login(world.bappeda.user)
    page = client.get("/dokumen/").content.decode()
    assert page.count(">Rakortek 2027</a>") == 1
    assert page.count("data-countdown=") == 1


def test_people_without_seat_or_membership_see_the_portals_name(client):
    build(1)
    client.force_login(make_user())
    assert ">Portal Rakortek</a>" in client.get("/bantuan/").content.decode()
