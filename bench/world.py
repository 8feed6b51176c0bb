"""A small national round for measurements and soak runs: one desk, some provinces, every role seated, all stages open.

Rows of setup are written directly; what happens in the round goes through the services.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.utils import timezone

from accounts.actors import Actor
from accounts.choices import InstitutionKind, Role
from accounts.models import Institution, Membership, Region, User
from core.values import Value
from desks.choices import Party, SessionMode, StageKind
from desks.models import ConsentParty, Desk, DeskBidang, DeskIndicator, Item, Meja, Round, Seat, Session, Stage
from desks.services.item import RowWrite, move_rows, save_rows
from desks.services.room import open_session, plan_session
from desks.services.setup import open_mejas
from desks.services.talk import take_stances
from indicators.choices import Direction, FigureKind, Strand
from indicators.models import Figure, Indicator, IndicatorVersion
from planning.choices import HolderPart
from planning.models import BidangHolder, BidangUrusan

YEAR = 2027
CENTRE = {
    "secretariat": ("kemendagri", Role.SEKRETARIAT, False),
    "kemendagri": ("kemendagri", Role.PEMBAHAS, False),
    "moderator": ("kemendagri", Role.MODERATOR, True),
    "notulis": ("kemendagri", Role.NOTULIS, True),
    "kl": ("kl", Role.PEMBAHAS, True),
    "chair": ("kl", Role.PIMPINAN_SIDANG, True),
}
"""Who sits for the centre: institution, role, and whether the seat is at the desk alone."""


@dataclass
class World:
    """The round at hand. `people` holds the centre's actors by name, `bappeda` and `opd` those of a province by its code."""

    round: Round
    desk: Desk
    regions: list[Region]
    people: dict[str, Actor] = field(default_factory=dict)
    bappeda: dict[str, Actor] = field(default_factory=dict)
    opd: dict[str, Actor] = field(default_factory=dict)
    mejas: dict[str, Meja] = field(default_factory=dict)

    def items(self, region: str) -> list[Item]:
        """The rows of a province's meja as they stand now."""
        rows = Item.objects.filter(meja=self.mejas[region])
        return list(rows.select_related("meja__desk", "round", "region", "indicator__bidang", "indicator_version"))


def build(provinces: int, indicators: int) -> World:
    """A round whose one desk has these many indicators and a meja for each province; all rows are drafts."""
    nation = Region.objects.create(kode="00", name="Indonesia", short_name="Indonesia", level="nation")
    regions = Region.objects.bulk_create(
        Region(
            kode=f"{no}",
            name=f"Provinsi Kepulauan Contoh {no}",
            short_name=f"Contoh {no}",
            level="province",
            parent=nation,
        )
        for no in range(11, 11 + provinces)
    )
    centre = _centre(nation)
    bidang = BidangUrusan.objects.create(
        kode="1.03", name="Pekerjaan Umum dan Penataan Ruang", short_name="Pekerjaan Umum", urusan_kode="1", urusan_name="Urusan wajib", concurrent=True,
    )  # fmt: skip
    round_ = Round.objects.create(
        forum_name="Rapat Koordinasi Teknis Perencanaan Pembangunan", short_name=f"Rakortek {YEAR}", held_year=YEAR - 1, plan_year=YEAR,
        level="national", host=centre["kemendagri"],
    )  # fmt: skip
    desk = Desk.objects.create(round=round_, code="1.03", name="Pekerjaan Umum", strand=Strand.URUSAN)
    DeskBidang.objects.create(desk=desk, bidang=bidang)
    world = World(round_, desk, regions)
    _rules(world, bidang, centre)
    _indicators(world, bidang, indicators, nation)
    _seat_centre(world, centre)
    _seat_regions(world, bidang)
    made = open_mejas(world.people["secretariat"], desk, regions)
    world.mejas = {meja.region.kode: meja for meja in made}
    return world


def _centre(nation: Region) -> dict[str, Institution]:
    facts = {
        "kemendagri": (InstitutionKind.KEMENDAGRI, "KDN", "Kemendagri"),
        "kl": (InstitutionKind.KL, "033", "Kementerian PU"),
    }
    return {
        name: Institution.objects.create(kind=kind, kode=kode, region=nation, name=title, short_name=title)
        for name, (kind, kode, title) in facts.items()
    }


def _rules(world: World, bidang: BidangUrusan, centre: dict[str, Institution]) -> None:
    start, end = timezone.now() - dt.timedelta(days=20), timezone.now() + dt.timedelta(days=5)
    Stage.objects.bulk_create(
        Stage(round=world.round, kind=kind, opens_at=start + place * dt.timedelta(days=1), closes_at=end)
        for place, kind in enumerate(StageKind)
    )
    ConsentParty.objects.bulk_create(
        ConsentParty(round=world.round, strand=Strand.URUSAN, party=party)
        for party in (Party.KEMENDAGRI, Party.KL, Party.REGION)
    )
    BidangHolder.objects.create(year=YEAR, institution=centre["kl"], bidang=bidang, part=HolderPart.PENANGGUNG_JAWAB)


def _indicators(world: World, bidang: BidangUrusan, n: int, nation: Region) -> None:
    made = Indicator.objects.bulk_create(
        Indicator(
            code=f"1.03.{no:03}", strand=Strand.URUSAN, bidang=bidang, unit="%", decimals=2, direction=Direction.UP
        )
        for no in range(1, n + 1)
    )
    IndicatorVersion.objects.bulk_create(
        IndicatorVersion(
            indicator=row,
            year=YEAR,
            name=f"Persentase panjang jalan provinsi dalam kondisi mantap, ruas {row.code}",
            unit="%",
        )
        for row in made
    )
    DeskIndicator.objects.bulk_create(
        DeskIndicator(round=world.round, desk=world.desk, indicator=row, order=no)
        for no, row in enumerate(made, start=1)
    )
    figures = [_figure(row, nation, YEAR, FigureKind.NATIONAL, "kl_nasional", 80, world.round.code) for row in made]
    for row in made:
        for place, region in enumerate(world.regions):
            for year in range(YEAR - 4, YEAR - 1):
                figures.append(_figure(row, region, year, FigureKind.ACTUAL, "bps", 60 + place + year - YEAR))
            figures.append(_figure(row, region, YEAR, FigureKind.DOCUMENT, "rpjmn", 70 + place))
            figures.append(_figure(row, region, YEAR, FigureKind.INDICATIVE, "kl_daerah", 71 + place, world.round.code))
            figures.append(_figure(row, region, YEAR - 1, FigureKind.AGREEMENT, "rakortek", 65 + place))
    Figure.objects.bulk_create(figures, batch_size=500)


def _figure(
    row: Indicator, region: Region, year: int, kind: str, source: str, number: int, line_key: str = ""
) -> Figure:
    figure = Figure(
        indicator=row, region=region, year=year, kind=kind, source=source, line_key=line_key, origin=source.upper()
    )
    figure.value = Value.point(number, unit="%")
    return figure


def _person(name: str, role: str, institution: Institution) -> Actor:
    user = User.objects.create(username=name, full_name=f"Orang Contoh {name}")
    return Actor(
        user, Membership.objects.create(user=user, institution=institution, role=role, office="Pejabat contoh")
    )


def _seat_centre(world: World, centre: dict[str, Institution]) -> None:
    for name, (place, role, at_desk) in CENTRE.items():
        world.people[name] = _person(name, role, centre[place])
        Seat.objects.create(
            round=world.round, desk=world.desk if at_desk else None, institution=centre[place], role=role
        )


def _seat_regions(world: World, bidang: BidangUrusan) -> None:
    for region in world.regions:
        bappeda = Institution.objects.create(
            kind=InstitutionKind.BAPPEDA,
            kode=region.kode,
            region=region,
            name=f"Bappeda {region.name}",
            short_name=f"Bappeda {region.short_name}",
        )
        opd = Institution.objects.create(
            kind=InstitutionKind.OPD,
            kode=f"{region.kode}-PU",
            region=region,
            name=f"Dinas PU {region.name}",
            short_name=f"Dinas PU {region.short_name}",
        )
        BidangHolder.objects.create(year=YEAR, institution=opd, bidang=bidang, part=HolderPart.PENANGGUNG_JAWAB)
        for found, role, institution in ((world.bappeda, Role.BAPPEDA, bappeda), (world.opd, Role.OPD, opd)):
            found[region.kode] = _person(f"{role}-{region.kode}", role, institution)
            Seat.objects.create(round=world.round, institution=institution, region=region, role=role)


def fill_and_submit(world: World, region: str, n: int | None = None) -> None:
    """The Bappeda fills the first n rows of its meja (default all) and submits them."""
    actor, rows = world.bappeda[region], world.items(region)[:n]
    saved = save_rows(
        actor, rows=[RowWrite(item.code, item.version, {"value": f"{70 + item.order % 20},5"}) for item in rows]
    )
    _require(saved)
    _require(move_rows(actor, "submit", [(row.code, row.version) for row in saved]))


def sit(world: World, region: str) -> Session:
    """A sitting of a province's meja, planned around now and opened."""
    now, chair = timezone.now(), world.people["moderator"]
    session = plan_session(
        chair, world.desk, [world.mejas[region]], starts=now - dt.timedelta(minutes=5), ends=now + dt.timedelta(hours=2), tz="Asia/Jakarta",
        mode=SessionMode.HYBRID, place="Ruang Sidang 4, Jakarta",
    )  # fmt: skip
    return open_session(chair, session)


def consent(world: World, region: str) -> None:
    """Kemendagri and the K/L agree to every figure on the table of a meja; the region agreed by submitting."""
    seen = [(item.code, 1) for item in world.items(region) if item.state == "submitted"]
    for name in ("kemendagri", "kl"):
        _require(take_stances(world.people[name], seen, kind="setuju"))


def _require(results: list) -> None:  # type: ignore[type-arg]
    refused = [row for row in results if not row.ok]
    if refused:
        raise RuntimeError(f"the world of the measurement could not be made: {refused[0]}")
