"""One national round with as many rows as asked for: 38 desks × 38 provinces, written by the database itself; for reading only, no events.

A K/L sits at one desk, a Bappeda for one province: each of them is concerned with one row of 38.
"""

from __future__ import annotations

import datetime as dt

from django.db import connection, transaction
from django.utils import timezone

from accounts.choices import InstitutionKind, Role
from accounts.models import Institution, Membership, Region, RegionGroup, User
from bench.databases import settle_down
from desks.choices import StageKind
from desks.models import Desk, DeskBidang, DeskIndicator, Round, Seat, Stage
from indicators.choices import Direction, Strand
from indicators.models import Indicator, IndicatorPriority, IndicatorVersion
from planning.choices import GovLevel, HolderPart, NomenclatureLevel
from planning.models import BidangHolder, BidangUrusan, Nomenclature, NomenclatureVersion, PriorityNode

YEAR = 2027
SIDE = 38
SUPPORTED = 5
"""Every fifth row has a supporting sub kegiatan."""
THINGS = (
    "jalan mantap",
    "stunting balita",
    "rumah layak huni",
    "air minum aman",
    "sekolah terakreditasi",
    "irigasi baik",
    "arsip digital",
)


def build(rows: int) -> int:
    """Write it and answer how many rows there are: the least multiple of 38 × 38 that is not below `rows`."""
    per_desk = -(-rows // (SIDE * SIDE))
    with transaction.atomic():
        round_, regions, bidang = _ground()
        desks = _desks(round_, bidang, per_desk)
        meja_code = _number("row_number() OVER ()", "")
        _run(f"""INSERT INTO desks_meja (code, version, head_hash, desk_id, region_id, round_id)
                 SELECT {meja_code}, 0, '', d.id, r.id, d.round_id FROM desks_desk d CROSS JOIN accounts_region r
                 WHERE r.level = 'province' ORDER BY d.id, r.id""")
        _items()
        _supports()
    settle_down()
    assert len(desks) == len(regions) == SIDE
    return SIDE * SIDE * per_desk


def people() -> tuple[User, User]:
    """Who reads: the moderator of a desk, and the Bappeda of a province."""
    return User.objects.get(username="moderator"), User.objects.get(username="bappeda")


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _number(expression: str, prefix: str) -> str:
    """A code of ten characters out of a number, in the words of the database."""
    width = 10 - len(prefix)
    text = (
        f"lpad(({expression})::text, {width}, '0')"
        if connection.vendor == "postgresql"
        else f"printf('%0{width}d', {expression})"
    )
    return f"'{prefix}' || {text}"


def _ground() -> tuple[Round, list[Region], list[BidangUrusan]]:
    nation = Region.objects.create(kode="00", name="Indonesia", short_name="Indonesia", level="nation")
    regions = Region.objects.bulk_create(
        Region(kode=f"{no}", name=f"Provinsi Contoh {no}", short_name=f"Contoh {no}", level="province", parent=nation)
        for no in range(11, 11 + SIDE)
    )
    RegionGroup.objects.create(scheme="kawasan", code="timur", name="Timur").regions.set(regions[19:])
    bidang = BidangUrusan.objects.bulk_create(
        BidangUrusan(kode=f"{no // 10}.{no:02}", name=f"Bidang contoh {no}", short_name=f"Contoh {no}", urusan_kode="1", urusan_name="Urusan", concurrent=True)
        for no in range(1, SIDE + 1)
    )  # fmt: skip
    host = Institution.objects.create(
        kind=InstitutionKind.KEMENDAGRI, kode="KDN", region=nation, name="Kemendagri", short_name="Kemendagri"
    )
    round_ = Round.objects.create(
        forum_name="Rapat contoh",
        short_name=f"Rakortek {YEAR}",
        held_year=YEAR - 1,
        plan_year=YEAR,
        level="national",
        host=host,
        simulated=True,
    )
    start = timezone.now() - dt.timedelta(days=20)
    Stage.objects.bulk_create(
        Stage(round=round_, kind=kind, opens_at=start, closes_at=start + dt.timedelta(days=40)) for kind in StageKind
    )
    return round_, regions, bidang


def _desks(round_: Round, bidang: list[BidangUrusan], per_desk: int) -> list[Desk]:
    desks = Desk.objects.bulk_create(
        Desk(round=round_, code=each.kode, name=each.name, strand=Strand.URUSAN, order=order)
        for order, each in enumerate(bidang)
    )
    DeskBidang.objects.bulk_create(DeskBidang(desk=desk, bidang=each) for desk, each in zip(desks, bidang, strict=True))
    indicators = Indicator.objects.bulk_create(
        (
            Indicator(code=f"{each.kode}-{no:04}", strand=Strand.URUSAN, bidang=each, unit="%", decimals=2, direction=Direction.UP)
            for each in bidang for no in range(per_desk)
        ),
        batch_size=2000,
    )  # fmt: skip
    IndicatorVersion.objects.bulk_create(
        (
            IndicatorVersion(indicator=row, year=YEAR, name=f"Persentase {THINGS[no % len(THINGS)]}, ukuran {row.code}", unit="%")
            for no, row in enumerate(indicators)
        ),
        batch_size=2000,
    )  # fmt: skip
    DeskIndicator.objects.bulk_create(
        (DeskIndicator(round=round_, desk=desks[no // per_desk], indicator=row, order=no % per_desk) for no, row in enumerate(indicators)),
        batch_size=2000,
    )  # fmt: skip
    _holders(round_, desks, bidang, indicators)
    return desks


def _holders(round_: Round, desks: list[Desk], bidang: list[BidangUrusan], indicators: list[Indicator]) -> None:
    nation = round_.host.region
    part = HolderPart.PENANGGUNG_JAWAB
    offices = {}
    for each in bidang:
        kl = Institution.objects.create(
            kind=InstitutionKind.KL,
            kode=f"0{each.kode}",
            region=nation,
            name=f"Kementerian {each.name}",
            short_name=each.kode,
        )
        BidangHolder.objects.create(year=YEAR, institution=kl, bidang=each, part=part)
        offices[each.pk] = kl
    region = Region.objects.get(kode="30")
    plan = Institution.objects.create(
        kind=InstitutionKind.BAPPEDA, kode="30", region=region, name="Bappeda Contoh", short_name="Bappeda Contoh"
    )
    for each in bidang[::2]:
        opd = Institution.objects.create(
            kind=InstitutionKind.OPD,
            kode=f"30.{each.kode}",
            region=region,
            name=f"Dinas {each.name}",
            short_name=each.kode,
        )
        BidangHolder.objects.create(year=YEAR, institution=opd, bidang=each, part=part)
    desk = desks[18]
    for name, role, office, seat in (
        ("moderator", Role.MODERATOR, offices[bidang[18].pk], {"desk": desk}),
        ("bappeda", Role.BAPPEDA, plan, {"region": region}),
    ):
        user = User.objects.create(username=name, full_name=f"Orang Contoh {name}")
        Membership.objects.create(user=user, institution=office, role=role, office="Pejabat contoh")
        Seat.objects.create(round=round_, institution=office, role=role, **seat)
    node = PriorityNode.objects.create(tree="PN", year=YEAR, code="01", name="Prioritas contoh")
    IndicatorPriority.objects.bulk_create(IndicatorPriority(indicator=row, node=node) for row in indicators[::9])


def _items() -> None:
    """Rows meja by meja; of twenty thirteen are submitted or later."""
    n = '(row_number() OVER (ORDER BY m.id, k."order"))'
    state = f"""CASE {n} % 20 WHEN 0 THEN 'draft' WHEN 1 THEN 'draft' WHEN 2 THEN 'draft' WHEN 3 THEN 'draft' WHEN 4 THEN 'proposed' WHEN 5 THEN 'returned'
                WHEN 6 THEN 'repair' WHEN 7 THEN 'discussed' WHEN 8 THEN 'not_discussed' WHEN 9 THEN 'declined' WHEN 10 THEN 'agreed' WHEN 11 THEN 'agreed'
                WHEN 12 THEN 'agreed_noted' ELSE 'submitted' END"""
    told = f"CASE WHEN {n} % 20 IN (9, 12) THEN 'Kesimpulan contoh' ELSE '' END"
    reason = f"CASE WHEN {n} % 20 IN (8, 9) THEN 'waktu' ELSE '' END"
    empty, agreed = f"{n} % 20 < 3", f"{n} % 20 IN (10, 11, 12)"
    _run(f"""INSERT INTO desks_item (code, strand, "order", state, version, applicability, applicability_reason, proposal_note, conclusion, reason,
        request_text, changed_at, value_proposed_kind, value_proposed_min, value_proposed_max, value_proposed_text, value_proposed_unit,
        value_proposed_decimals, value_agreed_kind, value_agreed_min, value_agreed_max, value_agreed_text, value_agreed_unit, value_agreed_decimals,
        indicator_id, indicator_version_id, region_id, meja_id, round_id)
        SELECT {_number(n, "A")}, 'urusan', k."order", {state}, 3, 'applies', '', 'Penjelasan contoh sepanjang satu kalimat.', {told}, {reason}, '',
        CURRENT_TIMESTAMP, CASE WHEN {empty} THEN '' ELSE 'point' END, CASE WHEN {empty} THEN NULL ELSE 61.25 END,
        CASE WHEN {empty} THEN NULL ELSE 61.25 END, '', '%', 2,
        CASE WHEN {agreed} THEN 'point' ELSE '' END, CASE WHEN {agreed} THEN 63.5 END, CASE WHEN {agreed} THEN 63.5 END, '', '%', 2,
        k.indicator_id, v.id, m.region_id, m.id, m.round_id
        FROM desks_meja m JOIN desks_deskindicator k ON k.desk_id = m.desk_id JOIN indicators_indicatorversion v ON v.indicator_id = k.indicator_id
        ORDER BY m.id, k."order" """)  # noqa: S608 - no word of it comes from outside


def _supports() -> None:
    version = NomenclatureVersion.objects.create(code="contoh", name="Nomenklatur contoh")
    made = Nomenclature.objects.bulk_create(
        Nomenclature(
            version=version, gov_level=GovLevel.PROVINSI, level=NomenclatureLevel.SUB_KEGIATAN, kode=f"1.03.02.1.01.{no:04}",
            name=f"Pemeliharaan {THINGS[no % len(THINGS)]} {no}",
        )
        for no in range(400)
    )  # fmt: skip
    opd = Institution.objects.filter(kind=InstitutionKind.OPD).first()
    assert opd is not None
    _run(f"""INSERT INTO desks_support (volume_unit, verdict, note, added_at_desk, item_id, nomenclature_id, opd_id)
             SELECT '', 'pending', '', {"false" if connection.vendor == "postgresql" else 0}, i.id, {made[0].pk} + i.id % 400, {opd.pk}
             FROM desks_item i WHERE i.id % {SUPPORTED} = 0""")  # noqa: S608 - as above
