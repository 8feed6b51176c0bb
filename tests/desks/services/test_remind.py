"""Reminding: whom, once a day, and who may."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from accounts.actors import Actor
from accounts.choices import Role
from accounts.models import Notice
from core.errors import NotAllowed, StageClosed
from desks.models import Round
from desks.selectors.overview.rows import Narrow, book_for
from desks.services.remind import behind, remind
from tests.desks import world as w
from tests.desks.selectors.overview.scenes import scene
from tests.factories import make_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> w.World:
    return scene()[0]


def waiting(world: w.World, who: Actor, **narrow: str) -> list[tuple[str, int, int, int]]:
    rows = behind(book_for(who, world.round, Narrow(**narrow)))
    return [(row.name, row.held, row.repair, row.people) for row in rows]


def test_rows_wait_for_the_bappeda_and_for_its_offices(world: w.World) -> None:
    assert waiting(world, world.secretariat) == [("Bappeda Jawa Barat", 3, 1, 1), ("Bappeda Banten", 8, 0, 1)]
    assert waiting(world, world.secretariat, daerah="32", kelas="perbaikan") == [("Bappeda Jawa Barat", 0, 1, 1)]
    assert waiting(world, world.secretariat, kelas="disepakati") == []
    assert waiting(world, world.bappeda) == [("Dinas Bina Marga Jawa Barat", 3, 0, 1)]


def test_a_notice_says_what_waits_and_until_when(world: w.World) -> None:
    sent = remind(world.secretariat, world.round, Narrow(daerah="32"))
    assert (sent.sent, sent.already, sent.institutions) == (1, 0, 1)
    notice = Notice.objects.get(user=world.bappeda.user)
    assert notice.text.startswith("Kemendagri mengingatkan: 3 butir belum diajukan, 1 butir diminta diperbaiki")
    assert "Batas pengajuan" in notice.text
    assert notice.url.startswith("/isian/")
    assert not Notice.objects.filter(user=world.other_bappeda.user).exists()


def test_the_same_day_nobody_is_reminded_twice(world: w.World) -> None:
    assert remind(world.secretariat, world.round, Narrow()).sent == 2
    again = remind(world.secretariat, world.round, Narrow(daerah="36"))
    assert (again.sent, again.already) == (0, 1)
    Notice.objects.update(at=timezone.now() - dt.timedelta(days=1))
    assert remind(world.secretariat, world.round, Narrow()).sent == 2


def test_a_repeated_click_answers_the_same(world: w.World) -> None:
    first = remind(world.secretariat, world.round, Narrow(), key="k1")
    assert remind(world.secretariat, world.round, Narrow(), key="k1") == first
    assert Notice.objects.count() == 2


def test_everybody_of_the_office_is_reminded_but_not_who_left(world: w.World) -> None:
    make_actor(Role.BAPPEDA, world.bappeda_jabar)
    gone = make_actor(Role.BAPPEDA, world.bappeda_jabar)
    gone.membership.until = timezone.now() - dt.timedelta(hours=1)
    gone.membership.save()
    assert remind(world.secretariat, world.round, Narrow(daerah="32")).sent == 2
    assert not Notice.objects.filter(user=gone.user).exists()


def test_who_may_remind(world: w.World) -> None:
    for who in ("secretariat", "kl", "moderator", "chair", "kemendagri", "bappenas", "bappeda"):
        Notice.objects.all().delete()
        assert remind(getattr(world, who), world.round, Narrow()).sent >= 1, who
    Notice.objects.all().delete()
    for who in ("auditor", "observer", "notulis", "verifikator", "opd", "outsider"):
        with pytest.raises(NotAllowed):
            remind(getattr(world, who), world.round, Narrow())
    assert Notice.objects.count() == 0


def test_a_bappeda_reminds_nobody_elsewhere(world: w.World) -> None:
    remind(world.bappeda, world.round, Narrow(daerah="36"))
    assert Notice.objects.count() == 0
    remind(world.bappeda, world.round, Narrow())
    assert list(Notice.objects.values_list("user", flat=True)) == [world.opd.user.pk]


def test_a_closed_round_calls_for_nothing(world: w.World) -> None:
    Round.objects.filter(pk=world.round.pk).update(closed_at=timezone.now())
    with pytest.raises(StageClosed):
        remind(world.secretariat, Round.objects.get(pk=world.round.pk), Narrow())
