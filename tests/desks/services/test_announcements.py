"""Announcements: for whom, from when until when, put away by each reader."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.choices import Role
from core.errors import InvalidInput, NotAllowed, StaleState
from desks.models import Announcement
from desks.selectors.announcements import current, dismissed_by
from desks.services.announcements import (
    AnnouncementData,
    announce,
    change_announcement,
    dismiss,
    end_announcement,
)
from tests.factories import make_actor

pytestmark = pytest.mark.django_db


def data(round_=None, text="Desk Kesehatan pindah ruang", start=-1, end=24, level="info"):
    now = timezone.now()
    return AnnouncementData(text, level, now + dt.timedelta(hours=start), now + dt.timedelta(hours=end), round_)


def test_shown_from_until_the_loudest_first(world):
    announce(world.secretariat, data(world.round))
    announce(world.secretariat, data(text="Nanti", start=2))
    announce(world.secretariat, data(text="Portal berhenti pukul 20", level="trouble"))
    assert [row.text for row in current(timezone.now())] == ["Portal berhenti pukul 20", "Desk Kesehatan pindah ruang"]
    later = timezone.now() + dt.timedelta(hours=3)
    assert "Nanti" in [row.text for row in current(later)]
    assert current(later + dt.timedelta(days=2)) == []


def test_only_a_secretariat_announces_and_for_all_only_the_centre(world):
    with pytest.raises(NotAllowed):
        announce(world.moderator, data(world.round))
    with pytest.raises(NotAllowed):
        announce(make_actor(Role.SEKRETARIAT, world.bappeda_jabar), data())
    assert Announcement.objects.count() == 0


@pytest.mark.parametrize("wrong", [{"text": "  "}, {"text": "a" * 501}, {"level": "keras"}, {"end": -2}])
def test_what_cannot_be_announced(world, wrong):
    with pytest.raises(InvalidInput):
        announce(world.secretariat, data(world.round, **wrong))


def test_a_change_is_shown_again_and_a_stale_one_refused(world):
    row = announce(world.secretariat, data(world.round))
    mark = current(timezone.now())[0].mark
    dismiss(world.bappeda.user, mark)
    dismiss(world.bappeda.user, mark)
    assert dismissed_by(world.bappeda.user) == [mark]
    change_announcement(world.secretariat, row, data(world.round, text="Pindah lagi"), seen_version=1)
    assert current(timezone.now())[0].mark != mark
    with pytest.raises(StaleState):
        change_announcement(world.secretariat, row, data(world.round), seen_version=1)


def test_an_ended_one_is_gone_and_stays_in_the_list(world):
    row = announce(world.secretariat, data(world.round))
    coming = announce(world.secretariat, data(world.round, start=5))
    end_announcement(world.secretariat, row)
    end_announcement(world.secretariat, coming)
    assert current(timezone.now() + dt.timedelta(hours=6)) == []
    assert Announcement.objects.count() == 2
