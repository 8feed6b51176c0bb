"""Regions, institutions, people and memberships for tests: plain functions, real rows."""

from __future__ import annotations

from itertools import count
from typing import Any

from accounts.actors import Actor
from accounts.choices import CENTRAL_KINDS, InstitutionKind, Role
from accounts.models import Institution, Membership, Region, User

PASSWORD = "rahasia-123"
_number = count(1)


def make_region(kode: str = "32", name: str = "Jawa Barat", level: str = "province", **kw: Any) -> Region:
    """The region of this code, made if it is not there yet."""
    return Region.objects.get_or_create(
        kode=kode, defaults={"name": name, "short_name": kw.pop("short_name", name), "level": level, **kw}
    )[0]


def make_nation() -> Region:
    """The nation, region '00'."""
    return make_region("00", "Indonesia", "nation")


def make_institution(
    kind: str = InstitutionKind.BAPPEDA,
    kode: str | None = None,
    region: Region | None = None,
    name: str | None = None,
    **kw: Any,
) -> Institution:
    """The institution of this kind and code, made if it is not there yet; without a code a new one."""
    kode = kode if kode is not None else f"T{next(_number)}"
    region = region or (make_nation() if kind in CENTRAL_KINDS else make_region())
    name = name or f"{InstitutionKind(kind).label} {kode}"
    defaults = {"region": region, "name": name, "short_name": kw.pop("short_name", name), **kw}
    return Institution.objects.get_or_create(kind=kind, kode=kode, defaults=defaults)[0]


def make_user(username: str | None = None, **kw: Any) -> User:
    """A person who can log in with PASSWORD."""
    username = username or f"orang{next(_number)}"
    kw.setdefault("full_name", f"Nama {username}")
    kw.setdefault("email", f"{username}@contoh.test")
    return User.objects.create_user(username, password=kw.pop("password", PASSWORD), **kw)


def make_membership(
    user: User | None = None,
    institution: Institution | None = None,
    role: str = Role.BAPPEDA,
    **kw: Any,
) -> Membership:
    """A membership that holds now, unless `until` says otherwise."""
    return Membership.objects.create(
        user=user or make_user(), institution=institution or make_institution(), role=role, **kw
    )


def make_actor(role: str = Role.BAPPEDA, institution: Institution | None = None, **kw: Any) -> Actor:
    """A new person speaking for `institution` in `role`."""
    membership = make_membership(role=role, institution=institution, **kw)
    return Actor(user=membership.user, membership=membership)
