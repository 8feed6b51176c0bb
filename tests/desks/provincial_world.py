"""A provincial round for tests: Bappeda Banten hosts, two desks with a dinas provinsi each, n kabupaten/kota; and a round of one sector.

The province's own targets come from the parent, the national round of `world`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from accounts.actors import Actor
from accounts.choices import InstitutionKind, Role
from accounts.models import Institution, Region
from desks.choices import BaScope, Party, RoundLevel, SessionMode, StageKind
from desks.models import ConsentParty, Desk, DeskBidang, DeskIndicator, Item, Meja, Round, Seat, Session, Stage
from desks.services.item import RowWrite, move_rows, save_rows
from desks.services.room import call_item, close_session, open_session, plan_session, record_attendance
from desks.services.settle import settle
from desks.services.setup import open_mejas
from desks.services.talk import take_stances
from indicators.choices import Direction, Strand
from indicators.models import Indicator, IndicatorVersion
from planning.choices import HolderPart
from planning.models import BidangHolder, BidangUrusan
from tests.factories import make_actor, make_institution, make_nation, make_region
from tests.stored import stored

PLAN_YEAR = 2027
BIDANG = (("1.02", "Kesehatan"), ("1.03", "Pekerjaan Umum"))


@dataclass
class Provincial:
    """Everything at hand; `bappeda` and `dinas` are those of the province, `local` the people of each kab/kota in order of code."""

    round: Round
    host: Institution
    banten: Region
    places: list[Region]
    desks: list[Desk]
    indicators: list[Indicator]
    secretariat: Actor
    chair: Actor
    notulis: Actor
    moderator: Actor
    bappeda: Actor
    dinas: list[Actor]
    local: list[Actor]
    local_opd: list[Actor]
    observer: Actor
    outsider: Actor
    mejas: dict[str, list[Meja]] = field(default_factory=dict)

    def items(self, desk: Desk) -> list[Item]:
        """The rows of a desk as they stand."""
        rows = Item.objects.filter(meja__desk=desk).select_related(
            "meja__desk", "round__host", "region", "indicator__bidang", "indicator_version"
        )
        return list(rows.order_by("region__kode", "order"))


@stored
def build(
    n: int = 3, *, level: str = RoundLevel.PROVINCIAL, scope: str = BaScope.ROUND, parent: Round | None = None
) -> Provincial:
    """A round with n kab/kota; of one sector only the first bidang, hosted by its dinas."""
    make_nation()
    banten = make_region("36", "Banten")
    places = [make_region(f"36.{no:02}", f"Kabupaten {no}", "kabkota", parent=banten) for no in range(1, n + 1)]
    kind, sector = InstitutionKind, level == RoundLevel.SECTOR
    bappeda = make_institution(kind.BAPPEDA, "36", banten, name="Bappeda Banten")
    dinas = [make_institution(kind.OPD, f"36.{kode}", banten, name=f"Dinas {name} Banten") for kode, name in BIDANG]
    host = dinas[0] if sector else bappeda
    bidang = [_bidang(kode, name) for kode, name in (BIDANG[:1] if sector else BIDANG)]
    round_ = Round.objects.create(
        forum_name="Rapat Koordinasi Teknis Perencanaan Pembangunan Provinsi", short_name=f"Rakortek {level}", held_year=2026, plan_year=PLAN_YEAR,
        level=level, host=host, parent=parent, ba_scope=scope, opd_step=not sector,
    )  # fmt: skip
    start, end = timezone.now() - dt.timedelta(days=20), timezone.now() + dt.timedelta(days=5)
    Stage.objects.bulk_create(Stage(round=round_, kind=each, opens_at=start, closes_at=end) for each in StageKind)
    for party in (Party.PROVINCE, Party.REGION):
        ConsentParty.objects.create(round=round_, strand=Strand.URUSAN, party=party)
    local = [make_institution(kind.BAPPEDA, place.kode, place, name=f"Bappeda {place.name}") for place in places]
    local_opd = [
        make_institution(kind.OPD, f"{place.kode}.1.02", place, name=f"Dinkes {place.name}") for place in places
    ]
    desks, indicators = [], []
    for order, each in enumerate(bidang, 1):
        desk = Desk.objects.create(round=round_, code=each.kode, name=each.short_name, order=order)
        DeskBidang.objects.create(desk=desk, bidang=each)
        indicators.append(_indicator(desk, each))
        desks.append(desk)
    for each, holder in zip(bidang, dinas, strict=False):
        for institution in (holder, *(local_opd if each.kode == "1.02" else ())):
            BidangHolder.objects.create(
                year=PLAN_YEAR, institution=institution, bidang=each, part=HolderPart.PENANGGUNG_JAWAB
            )
    observer = make_institution(kind.OTHER, "BKKBN-36", banten, name="Perwakilan BKKBN Banten")
    _seats(round_, host, bappeda, dinas, local, local_opd, places, observer, sector)
    made = Provincial(
        round_, host, banten, places, desks, indicators, secretariat=make_actor(Role.SEKRETARIAT, host), chair=make_actor(Role.PIMPINAN_SIDANG, host),
        notulis=make_actor(Role.NOTULIS, host), moderator=make_actor(Role.MODERATOR, host), bappeda=make_actor(Role.PEMBAHAS, bappeda),
        dinas=[make_actor(Role.PEMBAHAS, each) for each in dinas], local=[make_actor(Role.BAPPEDA, each) for each in local],
        local_opd=[make_actor(Role.OPD, each) for each in local_opd], observer=make_actor(Role.PENGAMAT, observer),
        outsider=make_actor(Role.BAPPEDA, make_institution(kind.BAPPEDA, "32.01", make_region("32.01", "Bogor", "kabkota"))),
    )  # fmt: skip
    for desk in desks:
        made.mejas[desk.code] = open_mejas(made.secretariat, desk, places)
    return made


def _seats(
    round_: Round, host: Institution, bappeda: Institution, dinas: list[Institution], local: list[Institution], local_opd: list[Institution],
    places: list[Region], observer: Institution, sector: bool,
) -> None:  # fmt: skip
    rows = [
        Seat(round=round_, institution=host, role=role)
        for role in (Role.SEKRETARIAT, Role.PIMPINAN_SIDANG, Role.NOTULIS, Role.MODERATOR)
    ]
    if not sector:
        rows.append(Seat(round=round_, institution=bappeda, role=Role.PEMBAHAS))
    rows += [Seat(round=round_, institution=each, role=Role.PEMBAHAS) for each in (dinas[:1] if sector else dinas)]
    for place, plan, office in zip(places, local, local_opd, strict=True):
        if not sector:
            rows.append(Seat(round=round_, institution=plan, region=place, role=Role.BAPPEDA))
        rows.append(Seat(round=round_, institution=office, region=place, role=Role.OPD))
    rows.append(Seat(round=round_, institution=observer, role=Role.PENGAMAT))
    Seat.objects.bulk_create(rows)


def _bidang(kode: str, name: str) -> BidangUrusan:
    return BidangUrusan.objects.get_or_create(
        kode=kode, defaults={"name": name, "short_name": name, "urusan_kode": "1", "urusan_name": "Urusan wajib", "concurrent": True},
    )[0]  # fmt: skip


def _indicator(desk: Desk, bidang: BidangUrusan) -> Indicator:
    code = f"{bidang.kode}.901"
    row = Indicator.objects.get_or_create(
        code=code,
        defaults={"strand": Strand.URUSAN, "bidang": bidang, "unit": "%", "decimals": 2, "direction": Direction.UP},
    )[0]
    IndicatorVersion.objects.get_or_create(
        indicator=row, year=PLAN_YEAR, defaults={"name": f"Cakupan {bidang.short_name}", "unit": "%"}
    )
    DeskIndicator.objects.create(round=desk.round, desk=desk, indicator=row, order=1)
    return row


def hand_in(made: Provincial, desk: Desk, *, value: str = "80,5", by: Sequence[Actor] = ()) -> None:
    """Every region fills and submits its rows of the desk."""
    for actor in by or made.local:
        rows = [item for item in made.items(desk) if item.region_id == actor.region_id]
        save_rows(actor, rows=[RowWrite(item.code, item.version, {"value": value}) for item in rows])
        rows = [item for item in made.items(desk) if item.region_id == actor.region_id]
        results = move_rows(actor, "submit", [(item.code, item.version) for item in rows])
        assert all(result.ok for result in results), results


def sit(made: Provincial, desk: Desk, *, settled: int | None = None, close: bool = True) -> Session:
    """One sitting of the desk with all regions at once; the first `settled` rows (default all) are agreed, the rest is left."""
    now = timezone.now()
    session = plan_session(
        made.moderator, desk, made.mejas[desk.code], starts=now - dt.timedelta(minutes=5), ends=now + dt.timedelta(hours=2), tz="Asia/Jakarta",
        mode=SessionMode.HYBRID, place="Pendopo, Serang",
    )  # fmt: skip
    session = open_session(made.moderator, session)
    for actor in (made.dinas[0], *made.local):
        record_attendance(made.notulis, session, institution=actor.institution, mode="onsite", user=actor.user)
    record_attendance(made.notulis, session, institution=made.observer.institution, mode="onsite", name="Tamu BKKBN")
    speaker = made.dinas[made.desks.index(desk)]
    for item in [row for row in made.items(desk) if row.locked_at is None][:settled]:
        call_item(made.moderator, session, item, seen_version=item.version)
        item.refresh_from_db()
        last = item.positions.order_by("-seq").first()
        assert last is not None
        assert all(row.ok for row in take_stances(speaker, [(item.code, last.seq)], kind="setuju"))
        settle(made.moderator, session, item, "agree", seen_version=item.version)
    if close:
        close_session(made.moderator, session, reason="waktu")
        session.refresh_from_db()
    return session
