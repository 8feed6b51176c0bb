"""Provincial rounds at full size: each province with its kabupaten/kota. The Bappeda fills by itself and nobody links sub kegiatan.

The six administrative areas of DKI take part here, so that the number of regions is that of the country.
"""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.utils import timezone

from accounts.actors import Actor
from accounts.choices import InstitutionKind, Role
from accounts.models import Institution, Membership, Region
from agreements.demo.clock import Clock
from agreements.demo.names import PROVINCES, invented_name
from agreements.demo.people import user_named
from agreements.demo.provincial import open_host_round
from agreements.demo.size.ground import NO, Ground, round_exists
from agreements.demo.size.provincial_desk import play_desk
from agreements.demo.world import PLAN_YEAR
from desks.choices import BaScope, RoundLevel
from desks.models import Desk, DeskBidang, DeskIndicator, Round, Seat
from desks.services.bulk import BulkRows
from indicators.choices import Strand
from planning.models import BidangUrusan

PART: Final = 1500
"""Rows kept in memory at a time, about."""


def load_provincial(ground: Ground, kabkota: int) -> int:
    """One round after the other, each whole or not at all, until so many kabupaten/kota take part; answers how many rounds are new."""
    made = 0
    for province in ground.world.provinces:
        places = ground.world.places[province.pk][:kabkota]
        kabkota -= len(places)
        host = ground.world.bappeda[province.pk]
        if places and not round_exists(RoundLevel.PROVINCIAL, host.pk):
            ground.say(f"{province.name}: {len(places)} kabupaten/kota")
            with transaction.atomic():
                _province(ground, host, places)
            made += 1
    return made


def _province(ground: Ground, host: Institution, places: list[Region]) -> None:
    clock = Clock(timezone.now())
    with ground.part() as rows:
        round_ = _round(ground, rows, clock, host)
        speakers = _bappeda(ground, rows, round_, places)
        desks = [_desk(ground, rows, round_, order, each) for order, each in enumerate(ground.world.bidang, 1)]
    waiting = list(zip(desks, ground.world.bidang, strict=True))
    while waiting:
        with ground.part() as rows:
            size = 0
            while waiting and size < PART:
                desk, bidang = waiting.pop(0)
                size += len(ground.world.indicators[bidang.pk]) * len(places)
                play_desk(ground, rows, clock, desk, bidang, [(place, speakers[place.pk]) for place in places])


def _round(ground: Ground, rows: BulkRows, clock: Clock, host: Institution) -> Round:
    slug = PROVINCES[host.region.kode]
    round_ = Round(
        forum_name=f"Rapat Koordinasi Teknis Perencanaan Pembangunan {host.region.name} (ukuran penuh, simulasi)",
        short_name=f"Rakortek {slug} {PLAN_YEAR - 1} ukuran penuh", held_year=PLAN_YEAR - 1, plan_year=PLAN_YEAR, level=RoundLevel.PROVINCIAL,
        host=host, no=NO, simulated=True, ba_scope=BaScope.ROUND, opd_step=False,
    )  # fmt: skip
    open_host_round(rows, clock, round_)
    for role in (Role.SEKRETARIAT, Role.PIMPINAN_SIDANG, Role.MODERATOR, Role.NOTULIS, Role.PEMBAHAS):
        _person(ground, rows, f"{role.value.split('_')[0]}.{slug}", role, host)
    rows.add(Seat(round=round_, strand="", institution=host, role=Role.PEMBAHAS))
    return round_


def _person(ground: Ground, rows: BulkRows, username: str, role: Role, institution: Institution) -> Actor:
    """Whoever speaks for the institution in this role, with a new account where there is none."""
    key, actors = f"{role}:{institution.code}", ground.world.actors
    if key not in actors:
        name = username if username not in actors else f"{username}.penuh"
        user = rows.add(user_named(name, invented_name(ground.world.random), ground.password))
        office = f"Perencana, {institution.short_name}"[:200]
        membership = rows.add(Membership(user=user, institution=institution, role=role, office=office))
        actors[name] = actors[key] = Actor(user, membership)
    return actors[key]


def _bappeda(ground: Ground, rows: BulkRows, round_: Round, places: list[Region]) -> dict[int, Actor]:
    """Who speaks for each kabupaten and kota, seated."""
    kind = InstitutionKind.BAPPEDA
    known = set(Institution.objects.filter(kind=kind, region__in=places).values_list("region_id", flat=True))
    Institution.objects.bulk_create(
        Institution(kind=kind, kode=place.kode, region=place, name=f"Bappeda {place.name}", short_name=f"Bappeda {place.short_name}"[:80])
        for place in places if place.pk not in known
    )  # fmt: skip
    found = {}
    for office in Institution.objects.filter(kind=kind, region__in=places).select_related("region").order_by("pk"):
        for role in (Role.BAPPEDA, Role.PENANDATANGAN):
            rows.add(Seat(round=round_, strand="", institution=office, region=office.region, role=role))
        found[office.region_id] = _person(ground, rows, f"bappeda.{office.kode}", Role.BAPPEDA, office)
    return found


def _desk(ground: Ground, rows: BulkRows, round_: Round, order: int, bidang: BidangUrusan) -> Desk:
    desk = rows.add(Desk(round=round_, code=bidang.kode, name=bidang.short_name, strand=Strand.URUSAN, order=order))
    rows.add(DeskBidang(desk=desk, bidang=bidang))
    for place, indicator in enumerate(ground.world.indicators[bidang.pk], 1):
        rows.add(DeskIndicator(round=round_, desk=desk, indicator=indicator, order=place))
    return desk
