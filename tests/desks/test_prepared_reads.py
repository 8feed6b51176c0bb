"""A prepared read answers what the plain one answers: instances with relations, plain rows, in any thread, for any parameters."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from accounts.models import Membership
from accounts.selectors import SPEAKABLE, speakable
from core.prepared import Prepared
from desks.choices import StageKind
from desks.models import Item
from desks.rules import DESKS_HELD
from desks.scopes import SEATS, _seats, sight_of
from desks.selectors.context import RUNNING
from desks.selectors.deadlines import SUBMISSION
from desks.selectors.figures import figures_beside
from desks.selectors.looks import LOOK, last_visit
from desks.selectors.stages import FOR_ANYBODY, FOR_INSTITUTION, FOR_OPD, STAGES, _stages
from desks.services.item.rows import ONE_ROW, load_items
from desks.views.desk_pages import DESK
from tests.desks.world import World

pytestmark = pytest.mark.django_db


def test_memberships_are_the_same_with_their_relations(world: World, django_assert_num_queries: Any) -> None:
    now = timezone.now()
    for actor in (world.bappeda, world.kl, world.moderator):
        plain = list(speakable(actor.user, now))
        with django_assert_num_queries(1):
            found = SPEAKABLE(user=actor.user.pk, now=now)
            regions = [row.institution.region.name for row in found]
        assert [(row.pk, row.role, row.valid_from) for row in found] == [(r.pk, r.role, r.valid_from) for r in plain]
        assert regions == [row.institution.region.name for row in plain]


def test_the_moment_counts(world: World) -> None:
    user = world.bappeda.user
    Membership.objects.filter(user=user).update(until=timezone.now() + dt.timedelta(hours=1))
    assert SPEAKABLE(user=user.pk, now=timezone.now())
    assert SPEAKABLE(user=user.pk, now=timezone.now() + dt.timedelta(hours=2)) == []


def test_plain_rows_and_lists_of_another_length(world: World) -> None:
    actor = world.bappeda
    institution = actor.institution.pk
    assert SEATS(institution=institution, role=actor.role) == list(_seats(institution, actor.role))
    for kinds in ((StageKind.FILLING_REGION,), (StageKind.FILLING_REGION, StageKind.DESK)):
        found = STAGES(*kinds, round_=world.round.pk, role=actor.role)
        assert found == list(_stages(*kinds, round_=world.round.pk, role=actor.role))
        assert {row[0] for row in found} == set(kinds)


def test_a_row_is_seen_by_those_who_see_it_only(world: World) -> None:
    item = Item.objects.filter(meja=world.meja).order_by("pk")[0]
    for actor in (world.bappeda, world.opd, world.moderator, world.other_bappeda, world.outsider):
        seen = Item.objects.visible_to(actor).filter(code=item.code).exists()
        assert [row.pk for row in ONE_ROW(sight_of(actor), (), code=item.code)] == [item.pk] * seen
        assert set(load_items(actor, [item.code])) == ({item.code} if seen else set())


def test_one_compiled_read_serves_other_rows_and_other_threads(world: World) -> None:
    items = list(Item.objects.filter(meja=world.meja).order_by("pk"))
    sight = sight_of(world.bappeda)
    assert [ONE_ROW(sight, (), code=item.code)[0].pk for item in items] == [item.pk for item in items]

    def elsewhere() -> list[Any]:
        # The connection of this thread is another one: it must answer, though the transaction of the test is not visible to it.
        try:
            return ONE_ROW(sight, (), code="tidak ada")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(elsewhere).result(timeout=10) == []


def test_every_prepared_read_of_the_desks_is_the_plain_one(world: World) -> None:
    actor, desk = world.moderator, world.desk
    last_visit(actor.user, desk)
    person = {"institution": actor.institution.pk, "role": actor.role}
    asked: list[tuple[Prepared, dict[str, Any]]] = [
        (RUNNING, {**person, "now": timezone.now()}),
        (SEATS, person),
        (SUBMISSION, {"round_": world.round.pk}),
        (FOR_ANYBODY, {"round_": world.round.pk}),
        (FOR_INSTITUTION, {"round_": world.round.pk, "institution": world.bappeda.institution.pk}),
        (FOR_OPD, {"round_": world.round.pk, "institution": world.opd.institution.pk, "region": world.opd.region_id}),
        (DESKS_HELD, {"round_": world.round.pk, "year": world.round.plan_year, "institution": world.pu.pk}),
        (DESK, {"round_code": world.round.code, "desk_code": desk.code}),
        (LOOK, {"user": actor.user.pk, "key": f"desk_look:{desk.pk}"}),
    ]
    for read, values in asked:
        plain = list(read.build(**values))
        assert plain, read.build
        assert read(**values) == plain, read.build


def test_figures_beside_one_row_are_those_of_the_table(world: World) -> None:
    indicators = [row.pk for row in world.indicators]
    for region in (world.jabar, world.banten):
        table = figures_beside(world.round, region.pk, indicators)
        for indicator in indicators:
            assert figures_beside(world.round, region.pk, [indicator]) == {indicator: table[indicator]}
            assert set(table[indicator]) == {"2023", "2024", "2025", "rpjmd", "national"}
