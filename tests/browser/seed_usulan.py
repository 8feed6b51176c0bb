"""Fill the database of the usulan journey: a kewilayahan desk with eight usulan handed in, one that last year's round left, its sitting planned.

`python -m tests.browser.seed_usulan` prints the people and codes as JSON.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from desks.models import Desk, Session
    from tests.desks.usulan_world import Kewil

LEFT = "Embung Ciranjang"


def main() -> None:
    """Build the world and say where everything is."""
    django.setup()
    from tests.desks.usulan_world import build_kewil
    from tests.desks.world import build

    kewil = build_kewil(build(1))
    _last_year(kewil)
    _bridge(kewil)
    filed = [kewil.filed(f"Usulan {no}", places=2 if no in (1, 7) else 1) for no in range(1, 9)]
    kewil.submitted(*filed)
    people = {name: who.user.username for name, who in kewil.world.actors().items()}
    places = [region.name for region in kewil.world.kabkota]
    session = _planned(kewil, kewil.desk, kewil.meja)
    facts = {"people": people, "meja": kewil.meja.code, "session": session.code, "places": places, "left": LEFT}
    facts["usulan"] = {row.title: row.item.code for row in filed}
    print(json.dumps(facts | {"round": kewil.world.round.code, "desk": kewil.desk.code}))


def _bridge(kewil: Kewil) -> None:
    """What the RO of a wrongly filed usulan is corrected to."""
    from planning.models import RincianOutput

    RincianOutput.objects.create(
        year=kewil.ro.year, kl=kewil.ro.kl, code="FC.7691.RBB.002", name="Pembangunan jembatan gantung", unit="m", simulated=True
    )  # fmt: skip


def _planned(kewil: Kewil, desk: Desk, meja: object) -> Session:
    from django.utils import timezone

    from desks.services.room import plan_session

    now = timezone.now()
    return plan_session(
        kewil.world.moderator, desk, [meja], starts=now - dt.timedelta(minutes=5), ends=now + dt.timedelta(hours=2),
        tz="Asia/Jakarta", mode="hybrid", place="Ruang Kewilayahan, Jakarta",
    )  # fmt: skip


def _last_year(kewil: Kewil) -> None:
    """A closed round of the year before, whose one usulan was never discussed."""
    from django.utils import timezone

    from accounts.choices import Role
    from desks.models import ConsentParty, Desk, Round, Seat
    from desks.scopes import forget_scope
    from desks.services.item import move_rows
    from desks.services.room import close_session, open_session
    from desks.services.setup import open_mejas
    from desks.services.usulan.read import AimData, PlaceData, UsulanData
    from desks.services.usulan.write import create_usulan
    from planning.models import RincianOutput
    from tests.desks import world as w

    world = kewil.world
    old = Round.objects.create(
        forum_name="Rapat Koordinasi Teknis Perencanaan Pembangunan 2025", short_name="Rakortek 2026", held_year=2025, plan_year=w.PLAN_YEAR - 1,
        level="national", host=world.kemendagri_inst,
    )  # fmt: skip
    w._stages(old)
    desk = Desk.objects.create(round=old, code="KW1", name="Kewilayahan I", strand=kewil.desk.strand)
    for institution, role in (
        (world.kemendagri_inst, Role.SEKRETARIAT), (world.kemendagri_inst, Role.MODERATOR), (world.bappeda_jabar, Role.BAPPEDA),
    ):  # fmt: skip
        region = world.jabar if role == Role.BAPPEDA else None
        Seat.objects.create(round=old, institution=institution, region=region, role=role)
    ConsentParty.objects.create(round=old, strand=desk.strand, party="region")
    for actor in world.actors().values():
        forget_scope(actor)
    ro = RincianOutput.objects.create(
        year=old.plan_year, kl=world.pu, code=kewil.ro.code, name=kewil.ro.name, unit=kewil.ro.unit, simulated=True
    )
    (meja,) = open_mejas(world.secretariat, desk, [world.jabar])
    place = PlaceData(world.kabkota[0].pk, "", "4", "2.500")
    made = create_usulan(world.bappeda, meja, UsulanData(LEFT, AimData(ro.pk), places=(place,)))
    (handed,) = move_rows(world.bappeda, "submit", [(made.item.code, made.item.version)])
    assert handed.ok, handed
    session = open_session(world.moderator, _planned(kewil, desk, meja))
    close_session(world.moderator, session, reason="waktu")
    Round.objects.filter(pk=old.pk).update(closed_at=timezone.now())


if __name__ == "__main__":
    main()
