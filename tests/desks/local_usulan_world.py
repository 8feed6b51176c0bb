"""A kewilayahan desk in the provincial round of tests: programs of the province, the parties, a dinas in charge."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from accounts.actors import Actor
from desks.choices import Party
from desks.models import ConsentParty, Desk, Item, Meja, Session, Usulan
from desks.scopes import forget_scope
from desks.services.item import move_rows
from desks.services.item.rows import RowResult
from desks.services.room import open_session, plan_session
from desks.services.setup import open_mejas
from desks.services.usulan.aims import AimData
from desks.services.usulan.read import PlaceData, ReadinessData, UsulanData
from desks.services.usulan.write import create_usulan
from indicators.choices import Strand
from planning.choices import GovLevel, NomenclatureLevel
from planning.models import Nomenclature, NomenclatureVersion, ReadinessCriterion
from tests.desks import provincial_world as p


@dataclass
class LocalKewil:
    """The desk and what usulan of kabupaten/kota are made of."""

    made: p.Provincial
    desk: Desk
    mejas: list[Meja]
    program: Nomenclature
    sub: Nomenclature
    kabkota_sub: Nomenclature
    old_sub: Nomenclature
    criterion: ReadinessCriterion

    @property
    def local(self) -> Actor:
        """The Bappeda of the first kabupaten."""
        return self.made.local[0]

    def data(self, title: str = "Jalan Ciruas–Petir", *places: str, **more: object) -> UsulanData:
        """A complete usulan against a sub kegiatan in charge of the second dinas; `places` within the kabupaten."""
        region = self.made.places[0].pk
        rows = [PlaceData(region, name, "5", "1.000") for name in places or ("Kecamatan Ciruas",)]
        facts: dict[str, object] = {
            "aim": AimData(program_id=self.sub.pk, charge_id=self.made.dinas[1].institution.pk), "unit": "km",
            "places": tuple(rows), "readiness": (ReadinessData(self.criterion.pk, "ready"),), **more,
        }  # fmt: skip
        return UsulanData(title, **facts)  # type: ignore[arg-type]

    def filed(
        self, title: str = "Jalan Ciruas–Petir", *places: str, meja: Meja | None = None, **more: object
    ) -> Usulan:
        """A draft of the first kabupaten."""
        return create_usulan(self.local, meja or self.mejas[0], self.data(title, *places, **more))

    def submit(self, *usulan: Usulan) -> list[RowResult]:
        """Handed in by the Bappeda in one act."""
        return move_rows(self.local, "submit", [(row.item.code, self.item(row).version) for row in usulan])

    def submitted(self, title: str = "Jalan Ciruas–Petir", *places: str, **more: object) -> Item:
        """A row that was handed in."""
        usulan = self.filed(title, *places, **more)
        (result,) = self.submit(usulan)
        assert result.ok, result
        return self.item(usulan)

    def item(self, usulan: Usulan | Item) -> Item:
        """The row as it stands now."""
        pk = usulan.item_id if isinstance(usulan, Usulan) else usulan.pk
        return Item.objects.select_related("meja__desk", "meja__region", "round__host__region", "region").get(pk=pk)

    def session(self) -> Session:
        """An open sitting of the desk with all kabupaten/kota."""
        now = timezone.now()
        planned = plan_session(
            self.made.moderator, self.desk, self.mejas, starts=now - dt.timedelta(minutes=5), ends=now + dt.timedelta(hours=2),
            tz="Asia/Jakarta", mode="hybrid", place="Pendopo, Serang",
        )  # fmt: skip
        return open_session(self.made.moderator, planned)


def build_local(n: int = 2) -> LocalKewil:
    """The desk beside the urusan desks of a provincial round of `n` kabupaten."""
    made = p.build(n)
    desk = Desk.objects.create(round=made.round, code="KW", name="Kewilayahan", strand=Strand.KEWILAYAHAN, order=9)
    for party in (Party.PROVINCE, Party.REGION):
        ConsentParty.objects.create(round=made.round, strand=Strand.KEWILAYAHAN, party=party)
    for actor in (made.secretariat, made.moderator, made.bappeda, *made.dinas, *made.local, *made.local_opd):
        forget_scope(actor)
    old, new = (
        NomenclatureVersion.objects.create(code=code, name=code, valid_from=dt.date(year, 1, 1))
        for code, year in (("lama", 2021), ("baru", 2025))
    )

    def row(
        kode: str, level: NomenclatureLevel, name: str, version: NomenclatureVersion = new, gov: str = GovLevel.PROVINSI
    ) -> Nomenclature:
        return Nomenclature.objects.create(version=version, gov_level=gov, kode=kode, level=level, name=name, unit="")

    return LocalKewil(
        made, desk, open_mejas(made.secretariat, desk, made.places),
        row("1.03.10", NomenclatureLevel.PROGRAM, "PROGRAM PENYELENGGARAAN JALAN"),
        row("1.03.10.1.01.0003", NomenclatureLevel.SUB_KEGIATAN, "Pembangunan Jalan"),
        row("1.03.10.2.01.0003", NomenclatureLevel.SUB_KEGIATAN, "Pembangunan Jalan", gov=GovLevel.KABKOTA),
        row("1.03.10.1.01.03", NomenclatureLevel.SUB_KEGIATAN, "Pembangunan Jalan", version=old),
        ReadinessCriterion.objects.create(code="DED", name="DED", scope="umum", order=1),
    )  # fmt: skip
