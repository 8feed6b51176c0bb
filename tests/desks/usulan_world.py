"""A kewilayahan desk beside the world of tests: RO of two K/L, readiness criteria, the parties of the strand."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from accounts.choices import Role
from desks.choices import Party
from desks.models import ConsentParty, Desk, Item, Meja, Seat, Session, Usulan
from desks.scopes import forget_scope
from desks.services.item import move_rows
from desks.services.room import open_session, plan_session
from desks.services.setup import open_mejas
from desks.services.talk import take_stances
from desks.services.usulan.aims import AimData
from desks.services.usulan.read import PlaceData, ReadinessData, UsulanData
from desks.services.usulan.write import create_usulan
from indicators.choices import Strand
from planning.models import ReadinessCriterion, RincianOutput
from tests.desks.world import PLAN_YEAR, World, build
from tests.stored import stored

PARTIES = (Party.BAPPENAS, Party.KL, Party.REGION)


@dataclass
class Kewil:
    """The desk and what usulan are made of."""

    world: World
    desk: Desk
    meja: Meja
    other_meja: Meja
    ro: RincianOutput
    ro_health: RincianOutput
    criteria: list[ReadinessCriterion]

    def data(self, title: str = "SPAM Regional Bogor", places: int = 1, **more: object) -> UsulanData:
        """A complete usulan of one or two locations."""
        rows = [PlaceData(region.pk, "", "5", "1.000") for region in self.world.kabkota[:places]]
        readiness = (ReadinessData(self.criteria[0].pk, "ready", link="https://contoh.go.id/fs"),)
        facts: dict[str, object] = {"aim": AimData(self.ro.pk), "places": tuple(rows), "readiness": readiness, **more}
        return UsulanData(title, **facts)  # type: ignore[arg-type]

    def filed(self, title: str = "SPAM Regional Bogor", places: int = 1, **more: object) -> Usulan:
        """A draft."""
        return create_usulan(self.world.bappeda, self.meja, self.data(title, places, **more))

    def submitted(self, *usulan: Usulan) -> list[Item]:
        """Handed in by the Bappeda; the rows as they stand then."""
        results = move_rows(self.world.bappeda, "submit", [(row.item.code, self.item(row).version) for row in usulan])
        assert all(result.ok for result in results), results
        return [self.item(row) for row in usulan]

    def item(self, usulan: Usulan | Item) -> Item:
        """The row as it stands now."""
        pk = usulan.item_id if isinstance(usulan, Usulan) else usulan.pk
        return Item.objects.select_related("meja__desk", "meja__region", "round", "region").get(pk=pk)

    def session(self, meja: Meja | None = None) -> Session:
        """An open sitting of Jawa Barat's meja."""
        import datetime as dt

        from django.utils import timezone

        now = timezone.now()
        planned = plan_session(
            self.world.moderator, self.desk, [meja or self.meja], starts=now - dt.timedelta(minutes=5),
            ends=now + dt.timedelta(hours=2), tz="Asia/Jakarta", mode="hybrid", place="Ruang Kewilayahan",
        )  # fmt: skip
        return open_session(self.world.moderator, planned)

    def consent(self, item: Item) -> None:
        """Bappenas, the K/L and the region say setuju to the newest package."""
        last = item.positions.order_by("-seq").first()
        assert last is not None
        for actor in (self.world.bappenas, self.world.kl, self.world.bappeda):
            results = take_stances(actor, [(item.code, last.seq)], kind="setuju")
            assert results[0].ok, results


def build_kewil(world: World) -> Kewil:
    """Add the desk to a world."""
    desk = Desk.objects.create(round=world.round, code="KW1", name="Kewilayahan I", strand=Strand.KEWILAYAHAN)
    for name, roles in (
        ("kemendagri_inst", (Role.MODERATOR, Role.NOTULIS)),
        ("pu", (Role.PEMBAHAS, Role.PIMPINAN_SIDANG)),
    ):
        Seat.objects.bulk_create(
            Seat(round=world.round, desk=desk, institution=getattr(world, name), role=role) for role in roles
        )
    for party in PARTIES:
        ConsentParty.objects.create(round=world.round, strand=Strand.KEWILAYAHAN, party=party)
    for actor in world.actors().values():
        forget_scope(actor)
    criteria = [
        ReadinessCriterion.objects.create(code=code, name=name, scope="umum", order=no)
        for no, (code, name) in enumerate((("FS", "Studi kelayakan"), ("DED", "DED"), ("LAHAN", "Lahan")), start=1)
    ]
    ro = RincianOutput.objects.create(
        year=PLAN_YEAR, kl=world.pu, code="FC.7691.RBB.001", name="Pembangunan SPAM regional", unit="liter/detik", simulated=True
    )  # fmt: skip
    health = RincianOutput.objects.create(
        year=PLAN_YEAR, kl=world.kemenkes, code="DG.2070.RBP.001", name="Pembangunan rumah sakit", unit="unit", simulated=True
    )  # fmt: skip
    meja, other = open_mejas(world.secretariat, desk, [world.jabar, world.banten])
    return Kewil(world, desk, meja, other, ro, health, criteria)


@pytest.fixture
def kewil(db: None) -> Kewil:
    """The world with its kewilayahan desk."""
    return kewil_of_one()


@stored
def kewil_of_one() -> Kewil:
    """The desk and its world."""
    return build_kewil(build(1))
