"""A small national round for tests: one desk, two provinces, every role seated, all stages open.

`world` is the fixture (three indicators); `build(n)` makes one with n. Rows are filled, submitted and brought to the
table by the services.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import Institution, Region
from core.values import Value
from desks.choices import ItemState, Party, SessionMode, StageKind
from desks.models import ConsentParty, Desk, DeskBidang, DeskIndicator, Item, Meja, Round, Session, Stage
from desks.services.item import RowResult, RowWrite, move_rows, save_rows
from desks.services.room import open_session as open_sitting
from desks.services.room import plan_session
from desks.services.setup import open_mejas
from desks.services.talk import take_stances
from indicators.choices import Direction, FigureKind, Strand
from indicators.models import Figure, Indicator, IndicatorVersion
from planning.choices import GovLevel, HolderPart, NomenclatureLevel
from planning.models import BidangHolder, BidangUrusan, FundingSource, Nomenclature, NomenclatureVersion
from tests.desks.seated import make_institutions, make_people, make_seats
from tests.factories import make_nation, make_region
from tests.stored import stored

PLAN_YEAR = 2027
PARTIES = (Party.KEMENDAGRI, Party.KL, Party.REGION)


@dataclass
class World:
    """Everything a test of the desks needs at hand. Actors are people under one membership; `meja` is Jawa Barat's."""

    round: Round
    desk: Desk
    bidang: BidangUrusan
    indicators: list[Indicator]
    # regions
    nation: Region
    jabar: Region
    banten: Region
    kabkota: list[Region]
    # institutions
    kemendagri_inst: Institution
    bappenas_inst: Institution
    pu: Institution
    kemenkes: Institution  # sits at another desk
    kemenpar: Institution  # has no seat
    bappeda_jabar: Institution
    dinas_jabar: Institution
    bappeda_banten: Institution
    dinas_banten: Institution
    # people
    opd: Actor
    bappeda: Actor
    verifikator: Actor
    kl: Actor
    moderator: Actor
    chair: Actor
    notulis: Actor
    kemendagri: Actor
    bappenas: Actor
    secretariat: Actor
    auditor: Actor
    observer: Actor
    other_bappeda: Actor
    other_opd: Actor
    other_kl: Actor
    outsider: Actor
    # what a sub kegiatan needs
    sub_kegiatan: list[Nomenclature]
    sources: list[FundingSource]
    # made by services
    meja: Meja = field(init=False)
    other_meja: Meja = field(init=False)

    def items(self, meja: Meja | None = None) -> list[Item]:
        """The rows of a meja (default Jawa Barat's) as they stand in the database now, in agenda order."""
        rows = Item.objects.filter(meja=meja or self.meja)
        return list(rows.select_related("meja__desk", "round", "region", "indicator__bidang", "indicator_version"))

    def item(self, place: int = 0, meja: Meja | None = None) -> Item:
        """One row as it stands now."""
        return self.items(meja)[place]

    def actors(self) -> dict[str, Actor]:
        """Every person of the world by the name of its field."""
        return {name: who for name, who in vars(self).items() if isinstance(who, Actor)}


@pytest.fixture
def world(db: None) -> World:
    """A world of three indicators."""
    return build(3)


@stored
def build(n: int = 3, *, silence: bool = False, parties: Sequence[Party] = PARTIES) -> World:
    """A round for 2027 whose desk 1.03 has n indicators, with a meja for Jawa Barat and one for Banten."""
    nation, jabar, banten = make_nation(), make_region("32", "Jawa Barat"), make_region("36", "Banten")
    kabkota = [
        make_region(kode, name, "kabkota", parent=jabar)
        for kode, name in (("32.01", "Kabupaten Bogor"), ("32.04", "Kabupaten Bandung"))
    ]
    places = {"nation": nation, "jabar": jabar, "banten": banten, "kabkota": kabkota}
    inst = make_institutions(jabar, banten)
    bidang = BidangUrusan.objects.create(
        kode="1.03", name="Pekerjaan Umum dan Penataan Ruang", short_name="Pekerjaan Umum", urusan_kode="1",
        urusan_name="Urusan wajib pelayanan dasar", concurrent=True,
    )  # fmt: skip
    for name in ("pu", "dinas_jabar", "dinas_banten"):
        BidangHolder.objects.create(
            year=PLAN_YEAR, institution=inst[name], bidang=bidang, part=HolderPart.PENANGGUNG_JAWAB
        )
    round_ = Round.objects.create(
        forum_name="Rapat Koordinasi Teknis Perencanaan Pembangunan 2026", short_name="Rakortek 2027", held_year=2026,
        plan_year=PLAN_YEAR, level="national", host=inst["kemendagri_inst"], silence_is_consent=silence,
    )  # fmt: skip
    _stages(round_)
    desk = Desk.objects.create(round=round_, code="1.03", name="Pekerjaan Umum", strand=Strand.URUSAN)
    DeskBidang.objects.create(desk=desk, bidang=bidang)
    ConsentParty.objects.bulk_create(ConsentParty(round=round_, strand=Strand.URUSAN, party=party) for party in parties)
    indicators = _indicators(desk, bidang, n, [jabar, banten], nation)
    make_seats(round_, desk, inst)
    made = World(
        round=round_, desk=desk, bidang=bidang, indicators=indicators, sub_kegiatan=_sub_kegiatan(bidang),
        sources=_sources(), **places, **inst, **make_people(inst),
    )  # fmt: skip
    made.meja, made.other_meja = open_mejas(made.secretariat, desk, [jabar, banten])
    return made


def fill(world: World, n: int | None = None, *, value: str = "14,5", meja: Meja | None = None) -> list[RowResult]:
    """The Bappeda fills the first n rows (default all) with a target."""
    rows = world.items(meja)[:n]
    actor = world.other_bappeda if meja == world.other_meja else world.bappeda
    results = save_rows(actor, rows=[RowWrite(item.code, item.version, {"value": value}) for item in rows])
    assert [result.status for result in results] == ["saved"] * len(rows), results
    return results


def submit(world: World, *, meja: Meja | None = None) -> list[RowResult]:
    """The Bappeda submits every filled row that is still a draft."""
    actor = world.other_bappeda if meja == world.other_meja else world.bappeda
    rows = [
        (item.code, item.version)
        for item in world.items(meja)
        if item.value_proposed is not None and item.state in (ItemState.DRAFT, ItemState.PROPOSED)
    ]
    results = move_rows(actor, "submit", rows)
    assert [result.status for result in results] == ["saved"] * len(rows), results
    return results


def open_session(world: World, mejas: Sequence[Meja] = ()) -> Session:
    """The moderator plans a sitting of mejas (default Jawa Barat's) around now and opens it."""
    return open_sitting(world.moderator, plan(world, mejas))


def plan(world: World, mejas: Sequence[Meja] = ()) -> Session:
    """The moderator plans a sitting of mejas (default Jawa Barat's) around now."""
    now = timezone.now()
    return plan_session(
        world.moderator, world.desk, list(mejas) or [world.meja], starts=now - dt.timedelta(minutes=5),
        ends=now + dt.timedelta(hours=2), tz="Asia/Jakarta", mode=SessionMode.HYBRID, place="Ruang Sidang 4",
    )  # fmt: skip


def ready(world: World, n: int | None = None) -> Session:
    """Rows filled and submitted, the sitting open: where the room begins."""
    fill(world, n)
    submit(world)
    return open_session(world)


def seen_positions(world: World, meja: Meja | None = None) -> list[tuple[str, int]]:
    """(code, newest position) of the rows that have a figure on the table."""
    found = []
    for item in world.items(meja):
        last = item.positions.order_by("-seq").first()
        if last is not None:
            found.append((item.code, last.seq))
    return found


def consent_all(world: World, meja: Meja | None = None) -> None:
    """Kemendagri and the K/L say setuju to every newest figure; the region agreed by submitting."""
    for actor in (world.kemendagri, world.kl):
        results = take_stances(actor, seen_positions(world, meja), kind="setuju")
        assert all(result.ok for result in results), results


def _stages(round_: Round) -> None:
    start, end = timezone.now() - dt.timedelta(days=20), timezone.now() + dt.timedelta(days=5)
    Stage.objects.bulk_create(
        Stage(round=round_, kind=kind, opens_at=start + place * dt.timedelta(days=1), closes_at=end)
        for place, kind in enumerate(StageKind)
    )


def _indicators(desk: Desk, bidang: BidangUrusan, n: int, provinces: list[Region], nation: Region) -> list[Indicator]:
    made = Indicator.objects.bulk_create(
        Indicator(
            code=f"1.03.{no:03}", strand=Strand.URUSAN, bidang=bidang, unit="%", decimals=2, direction=Direction.UP
        )
        for no in range(1, n + 1)
    )
    IndicatorVersion.objects.bulk_create(
        IndicatorVersion(indicator=row, year=PLAN_YEAR, name=f"Persentase jalan provinsi mantap ruas {no}", unit="%")
        for no, row in enumerate(made, start=1)
    )
    DeskIndicator.objects.bulk_create(
        DeskIndicator(round=desk.round, desk=desk, indicator=row, order=no) for no, row in enumerate(made, start=1)
    )
    figures = []
    for row in made:
        for region in provinces:
            for year, number in ((2023, 11), (2024, 12), (2025, 13)):
                figures.append(_figure(row, region, year, FigureKind.ACTUAL, "bps", "", number))
            figures.append(_figure(row, region, PLAN_YEAR, FigureKind.DOCUMENT, "rpjmd", "", 15))
        figures.append(_figure(row, nation, PLAN_YEAR, FigureKind.NATIONAL, "kl_nasional", desk.round.code, 14))
    Figure.objects.bulk_create(figures)
    return made


def _figure(row: Indicator, region: Region, year: int, kind: str, source: str, line_key: str, number: int) -> Figure:
    figure = Figure(
        indicator=row, region=region, year=year, kind=kind, source=source, line_key=line_key, origin=source.upper()
    )
    figure.value = Value.point(number, unit="%")
    return figure


def _sub_kegiatan(bidang: BidangUrusan) -> list[Nomenclature]:
    edition = NomenclatureVersion.objects.create(code="uji", name="Nomenklatur uji")
    return Nomenclature.objects.bulk_create(
        Nomenclature(
            version=edition, gov_level=GovLevel.PROVINSI, kode=f"1.03.10.1.01.000{no}", bidang=bidang, unit="Km",
            level=NomenclatureLevel.SUB_KEGIATAN, name=name,
        )
        for no, name in enumerate(("Rekonstruksi Jalan", "Pemeliharaan Rutin Jalan", "Pelebaran Jalan"), start=1)
    )  # fmt: skip


def _sources() -> list[FundingSource]:
    return [
        FundingSource.objects.get_or_create(kode=kode, defaults={"name": name})[0]
        for kode, name in (("PAD", "Pendapatan Asli Daerah"), ("DAU", "Dana Alokasi Umum"))
    ]
