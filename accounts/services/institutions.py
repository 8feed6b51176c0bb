"""Institutions that change: renamed, merged into another, split. What was signed keeps the old name and code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Final

from django.db import transaction
from django.utils import timezone

from accounts.actors import Actor, can
from accounts.audit import audited
from accounts.models import Institution, Membership
from core.errors import InvalidInput, NotAllowed

Mover = Callable[[Actor, Institution, Institution], dict[str, int]]
MOVERS: Final[list[Mover]] = []
"""What the apps above move when one institution goes into another: holdings, seats. Each answers how many rows of what."""


def register_mover(mover: Mover) -> Mover:
    """Add what moves along; apps above call this from their own `ready()`."""
    if mover not in MOVERS:
        MOVERS.append(mover)
    return mover


def rename_institution(actor: Actor, institution: Institution, *, name: str, short_name: str, reason: str) -> None:
    """Give an institution its new name. Codes, people and seats stay; final berita acara keep the name they were signed under."""
    _require(actor, institution)
    name, short_name = " ".join(name.split()), " ".join(short_name.split())
    if not name or not short_name:
        raise InvalidInput("Tuliskan nama lengkap dan nama singkat yang baru.", field="name")
    before = {"name": institution.name, "short_name": institution.short_name}
    with transaction.atomic():
        Institution.objects.filter(pk=institution.pk).update(name=name, short_name=short_name)
        facts = {"name": name, "short_name": short_name, "reason": reason.strip()}
        audited(actor, "accounts.rename_institution", institution, institution.code, before=before, after=facts)
    institution.refresh_from_db()


def merge_institution(actor: Actor, gone: Institution, into: Institution, *, reason: str) -> dict[str, int]:
    """Merge `gone` into `into` from now on: people, holdings and seats move, `gone` stays as the predecessor that old records name."""
    _require(actor, gone)
    _require(actor, into)
    _check_pair(gone, into, reason)
    with transaction.atomic():
        moved = {
            "orang": _move_people(actor, gone, into),
            "bawahan": Institution.objects.filter(parent=gone).exclude(pk=into.pk).update(parent=into),
        }
        for mover in MOVERS:
            moved |= mover(actor, gone, into)
        Institution.objects.filter(pk=gone.pk).update(active=False, successor=into, ended_on=timezone.localdate())
        audited(
            actor,
            "accounts.merge_institution",
            gone,
            gone.code,
            after={"into": into.code, "reason": reason.strip(), **moved},
        )
    gone.refresh_from_db()
    return moved


def split_institution(
    actor: Actor, source: Institution, *, kode: str, name: str, short_name: str, people: Sequence[Membership], reason: str, kode_skpd: str = ""
) -> Institution:  # fmt: skip
    """Make a new institution out of a part of `source`, which goes on; the people named move there. Holdings are given to it afterwards."""
    _require(actor, source)
    kode, name, short_name = kode.strip(), " ".join(name.split()), " ".join(short_name.split())
    if not kode or not name or not short_name or not reason.strip():
        raise InvalidInput("Tuliskan kode, nama, nama singkat, dan alasan.", field="kode")
    if Institution.objects.filter(kind=source.kind, kode=kode).exists():
        raise InvalidInput(f"Kode {kode} sudah dipakai. Kode lama tidak pernah dipakai ulang.", field="kode")
    if any(member.institution_id != source.pk for member in people):
        raise InvalidInput("Semua orang yang dipindahkan harus dari lembaga asal.", field="people")
    with transaction.atomic():
        made = Institution.objects.create(
            kind=source.kind, kode=kode, name=name, short_name=short_name, region=source.region, parent=source.parent, kode_skpd=kode_skpd,
            predecessor=source,
        )  # fmt: skip
        moved = sum(_move(actor, member, made) for member in people)
        facts = {"from": source.code, "reason": reason.strip(), "orang": moved}
        audited(actor, "accounts.split_institution", made, made.code, after=facts)
    return made


def _require(actor: Actor, institution: Institution) -> None:
    if not can(actor, "accounts.keep_institution", institution):
        raise NotAllowed("Lembaga ini diurus sekretariat nasional atau sekretariat daerahnya.")


def _check_pair(gone: Institution, into: Institution, reason: str) -> None:
    if gone.pk == into.pk:
        raise InvalidInput("Pilih lembaga lain sebagai tujuan.", field="into")
    if not gone.active or not into.active:
        raise InvalidInput("Kedua lembaga harus masih aktif.", field="into")
    if (gone.kind, gone.region_id) != (into.kind, into.region_id):
        raise InvalidInput("Kedua lembaga harus sejenis dan dari wilayah yang sama.", field="into")
    if into.parent_id == gone.pk:
        raise InvalidInput(
            "Lembaga tujuan berada di bawah lembaga yang digabungkan. Ubah dahulu lembaga induknya.", field="into"
        )
    if not reason.strip():
        raise InvalidInput("Tuliskan dasar penggabungan, misalnya nomor Perda.", field="reason")


def _move_people(actor: Actor, gone: Institution, into: Institution) -> int:
    return sum(
        _move(actor, member, into)
        for member in Membership.objects.current().filter(institution=gone).select_related("institution")
    )


def _move(actor: Actor, member: Membership, into: Institution) -> int:
    """End the membership here and begin the same one there; who has it there already only loses the old one."""
    if member.user_id == actor.user.pk:
        raise NotAllowed("Keanggotaan Anda sendiri tidak dapat Anda pindahkan. Minta sekretariat lain melakukannya.")
    now = dt.datetime.now(dt.UTC)
    Membership.objects.filter(pk=member.pk).update(until=now)
    there = Membership.objects.current().filter(user=member.user_id, institution=into, role=member.role)
    if not there.exists():
        Membership.objects.create(
            user_id=member.user_id, institution=into, role=member.role, office=member.office, invited_by=actor.user
        )
    return 1
