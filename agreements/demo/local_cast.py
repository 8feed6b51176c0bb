"""Who plays at the desks that the example adds to Banten's round after its rows are stored, and what their sittings share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from django.conf import settings
from django.contrib.auth.hashers import make_password

from accounts.actors import Actor
from accounts.choices import Role
from accounts.models import Institution, Membership, Region, User
from agreements.demo.clock import LONG, Clock
from agreements.demo.local import word
from agreements.demo.names import invented_name
from agreements.demo.papers import actor_named
from agreements.demo.people import DEMO_DOMAIN
from agreements.demo.world import PLAN_YEAR, SEED
from desks.chain import acting_at
from desks.choices import RoundLevel, SessionMode
from desks.models import Item, Meja, Round, Session
from desks.services.room import open_session, plan_session, record_attendance

MINUTE = dt.timedelta(minutes=1)
PLANNER = "pembahas.banten"
"""Who speaks for the Bappeda provinsi in its own round."""


@dataclass
class Stage:
    """Banten's round with its people and the mejas of one desk by code of region."""

    round: Round
    clock: Clock
    mejas: dict[str, Meja]

    def bappeda(self, kode: str) -> Actor:
        """Who speaks for a kabupaten or kota."""
        return actor_named(f"bappeda.{word(self.mejas[kode].region)}")

    def sit(self, starts: dt.datetime, others: Sequence[Actor]) -> Session:
        """Plan and open a sitting with all kabupaten/kota; everybody present is recorded."""
        moderator, notulis = actor_named("moderator.banten"), actor_named("notulis.banten")
        mejas = list(self.mejas.values())
        with acting_at(self.clock.day(-5)):
            session = plan_session(
                moderator, mejas[0].desk, mejas, starts=starts, ends=starts + LONG, tz="Asia/Jakarta", mode=SessionMode.HYBRID,
                place="Pendopo Contoh, Serang, dan ruang daring",
            )  # fmt: skip
        with acting_at(starts + MINUTE):
            session = open_session(moderator, session)
            for actor in (*others, *map(self.bappeda, self.mejas)):
                record_attendance(
                    notulis,
                    session,
                    institution=actor.institution,
                    mode="onsite",
                    user=actor.user,
                    office=actor.membership.office,
                )
        return session


def bantens_round() -> Round:
    """The provincial round of the example."""
    return Round.objects.select_related("host__region").get(
        level=RoundLevel.PROVINCIAL, plan_year=PLAN_YEAR, simulated=True, host__region__kode="36"
    )


def add_planner(host: Institution) -> Actor:
    """The person who speaks for the Bappeda provinsi, once."""
    user, made = User.objects.get_or_create(
        username=PLANNER,
        defaults={"full_name": invented_name(Random(SEED + 2)), "email": f"{PLANNER}@{DEMO_DOMAIN}"},  # noqa: S311 - a fixed seed is the point
    )
    if made:
        user.password = make_password(settings.DEMO_PASSWORD)
        user.save(update_fields=["password"])
        office = f"Kepala Bidang Perencanaan Makro dan Kewilayahan, {host.short_name}"
        Membership.objects.create(user=user, institution=host, role=Role.PEMBAHAS, office=office)
    return actor_named(PLANNER)


def places_of(round_: Round) -> list[Region]:
    """The kabupaten and kota that sit in the round, by code."""
    return list(Region.objects.filter(mejas__round=round_).distinct().order_by("kode"))


def fresh(item: Item) -> Item:
    """The row as it stands now."""
    return Item.objects.select_related("meja__desk", "round__host", "region", "indicator", "indicator_version").get(
        pk=item.pk
    )
