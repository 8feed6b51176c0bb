"""Kabupaten and kota of the example: their institutions (generic names), who holds what, their people, and the hand that plays a meja there."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password

from accounts.actors import Actor
from accounts.choices import InstitutionKind, Role
from accounts.models import Institution, Membership, Region, User
from agreements.demo.filling import Stagehand
from agreements.demo.names import invented_name
from agreements.demo.people import DEMO_DOMAIN
from agreements.demo.world import PLAN_YEAR, World
from desks.services.bulk import BulkRows
from planning.choices import GovLevel, HolderPart, NomenclatureLevel
from planning.models import BidangHolder, BidangUrusan, Nomenclature

SHARE = 0.12
"""The pagu of a kabupaten or kota against that of its province; invented."""


def word(region: Region) -> str:
    """`Kota Tangerang Selatan` as part of a login: `kotatangerangselatan`; a kabupaten without its kind."""
    name = region.name.removeprefix("Kabupaten ")
    return "".join(name.lower().split())


@dataclass
class Locals:
    """The institutions of the kabupaten/kota of one province, made where they are missing; they stay when the example is loaded again."""

    world: World
    places: list[Region]
    bappeda: dict[int, Institution]
    owners: dict[tuple[int, int], Institution]
    nomenclature: dict[int, list[Nomenclature]]

    @classmethod
    def of(cls, world: World, province: Region, bidang: list[BidangUrusan]) -> Locals:
        """Bappeda and one perangkat daerah per bidang in every kabupaten/kota of the province."""
        places = [region for region in world.places[province.pk] if region.autonomous]
        bappeda = {
            place.pk: _institution(
                InstitutionKind.BAPPEDA, place.kode, place, f"Bappeda {place.name}", f"Bappeda {place.short_name}"
            )
            for place in places
        }
        names = _office_names()
        owners: dict[tuple[int, int], Institution] = {}
        for place in places:
            for each in bidang:
                kode, name, short = names[each.kode]
                owner = _institution(
                    InstitutionKind.OPD,
                    f"{place.kode}.{kode}",
                    place,
                    f"{name} {place.name}",
                    f"{short} {place.short_name}",
                )
                owners[place.pk, each.pk] = owner
                BidangHolder.objects.get_or_create(
                    year=PLAN_YEAR, institution=owner, bidang=each, defaults={"part": HolderPart.PENANGGUNG_JAWAB}
                )
        rows = Nomenclature.objects.filter(
            level=NomenclatureLevel.SUB_KEGIATAN, gov_level=GovLevel.KABKOTA, bidang__in=bidang
        ).order_by("kode")
        nomenclature: dict[int, list[Nomenclature]] = {each.pk: [] for each in bidang}
        for row in rows:
            nomenclature[row.bidang_id or 0].append(row)
        _count_people(world)
        return cls(world, places, bappeda, owners, nomenclature)


def _institution(kind: InstitutionKind, kode: str, region: Region, name: str, short: str) -> Institution:
    return Institution.objects.get_or_create(
        kind=kind, kode=kode, defaults={"region": region, "name": name[:200], "short_name": short[:80]}
    )[0]


def _office_names() -> dict[str, tuple[str, str, str]]:
    """By bidang the code, name and short name of the perangkat daerah, after the common pattern of `perangkat_daerah.csv`."""
    with (Path(settings.BASE_DIR) / "data" / "perangkat_daerah.csv").open(encoding="utf-8", newline="") as source:
        return {
            kode: (row["kode"], row["nama"], row["nama_singkat"])
            for row in csv.DictReader(source)
            for kode in row["bidang"].split("|")
            if kode
        }


def _count_people(world: World) -> None:
    """Add the kabupaten/kota to the shares of population, measured against an average province."""
    folder = Path(settings.BASE_DIR) / "data"
    with (folder / "provinsi.csv").open(encoding="utf-8", newline="") as source:
        provinces = [int(row["penduduk_2024_s2"]) for row in csv.DictReader(source)]
    mean = sum(provinces) / len(provinces)
    with (folder / "kabupaten_kota.csv").open(encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            if row["penduduk_2024_s2"]:
                world.people[row["kode"]] = int(row["penduduk_2024_s2"]) / mean


class People:
    """Makes accounts with the demo password and keeps them as actors by login."""

    def __init__(self, world: World, rows: BulkRows) -> None:
        self.world, self.rows, self.password = world, rows, make_password(settings.DEMO_PASSWORD)

    def add(self, username: str, role: Role, institution: Institution, office: str) -> Actor:
        """One person."""
        user = self.rows.add(
            User(
                username=username, full_name=invented_name(self.world.random), password=self.password,
                email=f"{username}@{DEMO_DOMAIN}",
            )
        )  # fmt: skip
        membership = self.rows.add(Membership(user=user, institution=institution, role=role, office=office[:200]))
        actor = Actor(user, membership)
        self.world.actors[username] = actor
        self.world.actors.setdefault(f"{role}:{institution.code}", actor)
        return actor


@dataclass
class Cast:
    """Who plays at the desks of a round that a province or one of its dinas hosts."""

    places: Locals
    moderator: Actor
    notulis: Actor
    chair: Actor
    province: dict[int, Actor]
    """Who speaks for the province, by bidang."""
    sector: bool = False


class LocalHand(Stagehand):
    """The hand of a meja of a kabupaten or kota: its own people, the province in the place of the K/L."""

    cast: Cast

    @classmethod
    def at(cls, hand: Stagehand, cast: Cast) -> LocalHand:
        """The same book with the people of the province and its kabupaten/kota."""
        made = cls(hand.world, hand.numbers, hand.book, hand.bidang)
        made.cast = cast
        return made

    @property
    def owner(self) -> Institution:
        """The perangkat daerah of the kabupaten or kota."""
        return self.cast.places.owners[self.region.pk, self.bidang.pk]

    @property
    def bappeda(self) -> Actor:
        """Who submits and speaks for it: its Bappeda, in a round of one sector its dinas."""
        if self.cast.sector:
            return self.opd
        return self.world.actors[f"bappeda:{self.cast.places.bappeda[self.region.pk].code}"]

    @property
    def kl(self) -> Actor:
        """Who speaks for the province."""
        return self.cast.province[self.bidang.pk]

    @property
    def moderator(self) -> Actor:
        """Who runs the room."""
        return self.cast.moderator

    @property
    def notulis(self) -> Actor:
        """Who records what is spoken."""
        return self.cast.notulis

    @property
    def speakers(self) -> tuple[Actor, ...]:
        """The province and the kabupaten or kota."""
        return (self.kl, self.bappeda)

    @property
    def offered(self) -> list[Nomenclature]:
        """Sub kegiatan of the level of kabupaten/kota."""
        return self.cast.places.nomenclature[self.bidang.pk]

    @property
    def places(self) -> list[Region]:
        """Its own area."""
        return [self.region]

    @property
    def ceiling(self) -> int:
        """A share of the province's pagu."""
        return round(self.world.pagu[self.region.kode[:2]] * SHARE)
