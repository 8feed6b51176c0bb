"""People of the example with logins for every role. One demo password, refused in production by `refuse_demo_passwords`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.contrib.auth.hashers import make_password

from accounts.actors import Actor
from accounts.choices import Role
from accounts.models import Institution, Membership, User
from agreements.demo.names import BIDANG, PROVINCES, invented_name
from agreements.demo.world import BAPPENAS, SECRETARIAT, World
from desks.services.bulk import BulkRows

DEMO_DOMAIN: Final = "contoh.invalid"
ADMIN: Final = "admin"
AUDIT: Final = "010.itjen"


@dataclass(frozen=True)
class Person:
    """A login: its role, institution and office."""

    username: str
    role: Role
    institution: Institution
    office: str


def wanted_people(world: World) -> list[Person]:
    """Everybody with an account, the well-known logins first."""
    peipd, bappenas = world.central[SECRETARIAT], world.central[BAPPENAS]
    people = [
        Person("sekretariat", Role.SEKRETARIAT, peipd, "Sekretariat Rakortekrenbang"),
        Person("kemendagri", Role.PEMBAHAS, peipd, "Analis Kebijakan Ahli Madya, Direktorat PEIPD"),
        Person(
            "pimpinan", Role.PIMPINAN_SIDANG, peipd, "Direktur Perencanaan, Evaluasi, dan Informasi Pembangunan Daerah"
        ),
        Person("notulis", Role.NOTULIS, peipd, "Notulis Desk"),
        Person("bappenas", Role.PEMBAHAS, bappenas, "Perencana Ahli Madya, Deputi Bidang Pembangunan Kewilayahan"),
        Person("auditor", Role.AUDITOR, world.central[AUDIT], "Auditor Ahli Madya"),
    ]
    for bidang in world.bidang:
        kl, word = world.in_charge[bidang.pk], BIDANG[bidang.kode]
        people.append(Person(f"moderator.{word}", Role.MODERATOR, kl, f"Moderator Desk {bidang.short_name}"))
        people.append(
            Person(f"kl.{word}", Role.PEMBAHAS, kl, f"Pejabat pengampu {bidang.short_name}, {kl.short_name}"[:200])
        )
        people.append(
            Person(f"direktur.{word}", Role.PENANDATANGAN, kl, f"Direktur pengampu {bidang.short_name}"[:200])
        )
    people.append(Person("penandatangan", Role.PENANDATANGAN, peipd, "Direktur PEIPD"))
    for province in world.provinces:
        slug, bappeda = PROVINCES[province.kode], world.bappeda[province.pk]
        people.append(Person(f"bappeda.{slug}", Role.BAPPEDA, bappeda, "Kepala Bidang PPEPD"))
        people.append(Person(f"kepala.{slug}", Role.PENANDATANGAN, bappeda, f"Kepala {bappeda.short_name}"))
    return people + _opd(world)


def _opd(world: World) -> list[Person]:
    people: dict[str, Person] = {}
    for province in world.provinces:
        for bidang in world.bidang:
            owner = world.owners[province.pk, bidang.pk]
            if owner.code not in people:
                name = f"opd.{BIDANG[bidang.kode]}.{PROVINCES[province.kode]}"
                people[owner.code] = Person(name, Role.OPD, owner, "Kepala Subbagian Perencanaan")
    return list(people.values())


def make_people(world: World, rows: BulkRows) -> None:
    """Create the accounts, and keep them as actors by login (`kl.pu`) and by institution code (`opd:32.1.03`)."""
    password = make_password(settings.DEMO_PASSWORD)
    people = wanted_people(world)
    users = [user_named(person.username, invented_name(world.random), password) for person in people]
    admin = user_named(ADMIN, "Pengelola Sistem (contoh)", password)
    admin.is_staff = admin.is_superuser = True
    for user in [*users, admin]:
        rows.add(user)
    memberships = [
        Membership(user=user, institution=person.institution, role=person.role, office=person.office)
        for person, user in zip(people, users, strict=True)
    ]
    for person, membership in zip(people, memberships, strict=True):
        actor = Actor(membership.user, rows.add(membership))
        world.actors[person.username] = actor
        world.actors.setdefault(f"{person.role}:{person.institution.code}", actor)


def user_named(username: str, name: str, password: str) -> User:
    """An account of the example."""
    return User(
        username=username,
        full_name=name,
        password=password,
        email=f"{username}@{DEMO_DOMAIN}",
        is_staff=username == "sekretariat",
    )
