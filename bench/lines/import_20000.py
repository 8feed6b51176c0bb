"""A workbook of 20,000 sub kegiatan taken over, against a fast read and a bulk insert of the same rows into the same tables without a check."""

from __future__ import annotations

import datetime as dt
import itertools
import time
from collections.abc import Callable
from typing import Any

from bench.context import Bench
from bench.measure import RUNS, Pair, timed
from bench.result import Result, measured
from bench.world import World, build

NAME = "import_20000"
ROWS, LINKS = 20_000, 20
"""Rows of the file, and how many of them hang on one row of the agenda."""
RATIO, LOCK = 2.5, 3.0
WARM = 1


def run(bench: Bench) -> list[Result]:
    """Ratio to a bare import, and the longest write lock of a chunk."""
    rows = ROWS // 20 if bench.quick else ROWS
    turns = RUNS + WARM
    world = build(provinces=2 * turns, indicators=rows // LINKS)
    codes, source = _lists(world)
    regions = [region.kode for region in world.regions]
    pair, locks = Pair(), []
    for no in range(turns):
        content = _workbook(world, regions[no], codes, source)
        with _Locks() as held:
            ours = timed(lambda no=no, content=content: _ours(world, regions[no], content))  # type: ignore[misc]
        bare = timed(lambda no=no, content=content: _bare(world, regions[no], regions[turns + no], content))  # type: ignore[misc]
        if no >= WARM:
            pair.ours.append(ours)
            pair.bare.append(bare)
            locks.append(max(held.seconds))
    name, note = bench.name(NAME), f"{rows} rows; ours {pair.ours[0]:.2f} s, bare {pair.bare[0]:.2f} s"
    return [
        measured(f"{name}.ratio", pair.ratios, "× bare", RATIO, note, extrapolated=bench.quick),
        measured(f"{name}.lock", locks, "s", LOCK, "longest of the chunks", extrapolated=bench.quick),
    ]


def _lists(world: World) -> tuple[list[Any], Any]:
    from accounts.models import Region
    from planning.choices import GovLevel, NomenclatureLevel
    from planning.models import BidangUrusan, FundingSource, Nomenclature, NomenclatureVersion

    edition, bidang = NomenclatureVersion.objects.create(code="uji", name="Nomenklatur uji"), BidangUrusan.objects.get()
    codes = Nomenclature.objects.bulk_create(
        Nomenclature(
            version=edition, gov_level=GovLevel.PROVINSI, kode=f"1.03.10.1.01.{no:04}", bidang=bidang, unit="Km",
            level=NomenclatureLevel.SUB_KEGIATAN, name=f"Rekonstruksi Jalan Provinsi dan Bangunan Pelengkapnya {no}",
        )
        for no in range(LINKS)
    )  # fmt: skip
    Region.objects.bulk_create(
        Region(kode=f"{region.kode}.01", name=f"Kabupaten Contoh {region.kode}", short_name=f"Kab. Contoh {region.kode}", level="kabkota", parent=region)
        for region in world.regions
    )  # fmt: skip
    return codes, FundingSource.objects.create(kode="PAD", name="Pendapatan Asli Daerah")


def _scope(world: World, region: str) -> Any:
    from desks.selectors.isian_book import BookScope

    return BookScope(world.round, world.mejas[region].region, world.mejas[region])


def _workbook(world: World, region: str, codes: list[Any], source: Any) -> bytes:
    """The workbook of the portal with its empty rows filled in."""
    from django.utils import timezone

    from desks.exports.isian_book import Overlay, ReturnedCell, ReturnedRow, isian_book_workbook
    from desks.services.isian_excel.answer import paper_of

    def cell(text: str, number: bool = False) -> ReturnedCell:
        return ReturnedCell(text, number, "")

    office, town = world.opd[region].institution.name, f"{region}.01"
    added = [
        ReturnedRow({
            "Kode butir": cell(item.code), "Kode sub kegiatan": cell(code.kode), "Perangkat daerah": cell(office), "Lokasi": cell(town),
            "Volume": cell(f"{no + 1}", True), "Sumber dana 1": cell(source.kode), "Pagu 1 (Rp)": cell(f"{1_250_000 * (no + 1)}", True),
        })
        for item in world.items(region) for no, code in enumerate(codes)
    ]  # fmt: skip
    return isian_book_workbook(
        paper_of(world.bappeda[region], _scope(world, region), timezone.now(), Overlay(added=added))
    )


def _ours(world: World, region: str, content: bytes) -> Callable[[], object]:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from desks.services.isian_excel.apply import ALL, take_over
    from desks.services.isian_excel.keep import choose, comparison_of, keep_upload, process_upload

    actor = world.bappeda[region]

    def work() -> None:
        upload = keep_upload(actor, _scope(world, region), SimpleUploadedFile("isian.xlsx", content))
        process_upload(actor, upload)
        choose(upload, ALL)
        found = take_over(actor, upload, comparison_of(upload))
        assert set(found.counts) == {"saved"}, found.counts

    return work


def _bare(world: World, read: str, region: str, content: bytes) -> Callable[[], object]:
    """The fastest honest way: the file read once, each row turned into instances, everything inserted in bulk."""
    import io

    from django.db import transaction
    from django.db.models import F
    from python_calamine import CalamineWorkbook

    from accounts.models import Region
    from desks.models import Event, Item, Support, SupportFund, SupportPlace
    from planning.models import FundingSource, Nomenclature

    actor, meja = world.bappeda[region], world.mejas[region]
    mapped = dict(zip((item.code for item in world.items(read)), world.items(region), strict=True))

    def work() -> None:
        rows = CalamineWorkbook.from_object(io.BytesIO(content)).get_sheet_by_name("Sub kegiatan").to_python()[4:]
        codes = {row.kode: row for row in Nomenclature.objects.all()}
        sources, places = (
            {row.kode: row for row in FundingSource.objects.all()},
            {row.kode: row for row in Region.objects.all()},
        )
        opd, now, seq = world.opd[region].institution, dt.datetime.now(dt.UTC), itertools.count(1_000)
        links, funds, towns, events = [], [], [], []
        for row in (each for each in rows if each[0]):
            item = mapped[str(row[0])]
            link = Support(item=item, nomenclature=codes[str(row[2])], opd=opd, volume=row[6], volume_unit="Km")
            links.append(link)
            funds.append(SupportFund(support=link, source=sources[str(row[8])], proposed=int(float(row[9]))))
            towns.append(SupportPlace(support=link, region=places[f"{region}.01"]))
            events.append(Event(
                chain=f"meja:{meja.code}", seq=next(seq), round_id=meja.round_id, meja_id=meja.pk, item=item, action="add_support",
                actor=actor.user, institution=actor.institution, at=now, prev_hash="0" * 64, hash="1" * 64,
                payload=f'{{"after":{{"kode":"{row[2]}","opd":"{row[4]}","volume":"{row[6]}"}}}}',
            ))  # fmt: skip
        with transaction.atomic():
            Support.objects.bulk_create(links)
            SupportFund.objects.bulk_create(funds)
            SupportPlace.objects.bulk_create(towns)
            Event.objects.bulk_create(events)
            Item.objects.filter(meja=meja).update(version=F("version") + 1)

    return work


class _Locks:
    """How long each chunk of ours holds its write lock: at most as long as the call that writes it."""

    def __init__(self) -> None:
        self.seconds: list[float] = [0.0]

    def __enter__(self) -> _Locks:
        from desks.services.isian_excel import apply

        self._module, self._plain = apply, apply.save_supports

        def watched(*args: Any, **kwargs: Any) -> Any:
            start = time.perf_counter()
            try:
                return self._plain(*args, **kwargs)
            finally:
                self.seconds.append(time.perf_counter() - start)

        apply.save_supports = watched  # type: ignore[assignment]
        return self

    def __exit__(self, *_: object) -> None:
        self._module.save_supports = self._plain
