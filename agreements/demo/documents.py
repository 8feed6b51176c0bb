"""Example documents, all marked simulasi: of three K/L and of three provinces, with drafts beside what is set, so that versions can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from django.db import transaction

from accounts.models import Institution, Region
from agreements.demo.numbers import Numbers
from agreements.demo.world import PLAN_YEAR, SEED, World
from core.numbers import format_number
from core.values import Value
from desks.choices import RoundLevel
from desks.models import Item, Support
from indicators.models import Indicator
from indicators.services.documents import StatedFigure, write_figures
from planning.choices import DocumentKind, DocumentStage, LineLevel, NomenclatureLevel
from planning.models import Document, Nomenclature
from planning.services.documents import DocumentHead, LineData, YearData, write_document

PROVINCES: Final = ("32", "33", "82")
BIDANG: Final = ("1.01", "1.02", "1.03")
"""Of these bidang the K/L in charge have a Renstra and a Renja, the OPD of the three provinces a Renja."""
PARTS: Final = {
    NomenclatureLevel.PROGRAM: LineLevel.PROGRAM,
    NomenclatureLevel.KEGIATAN: LineLevel.KEGIATAN,
    NomenclatureLevel.SUB_KEGIATAN: LineLevel.SUB_KEGIATAN,
    NomenclatureLevel.BIDANG: LineLevel.BIDANG,
}
SIMULATED: Final = "simulasi"
RO_UNITS: Final = ("Orang", "Lembaga", "Layanan", "Unit")


class Library:
    """Writes the documents; what it invents comes from a stream of its own, so that the rest of the example stays as it is."""

    def __init__(self, world: World, numbers: Numbers) -> None:
        self.world, self.numbers = world, numbers
        self.random = Random(SEED + 2)  # noqa: S311 - a fixed seed is the point
        self.above = {row.pk: row for row in Nomenclature.objects.exclude(level=NomenclatureLevel.SUB_KEGIATAN)}
        self.made = 0

    def write(self, head: DocumentHead, lines: Sequence[LineData], stated: Iterable[StatedFigure] = ()) -> Document:
        """One document with its figures."""
        document = write_document(replace(head, source=SIMULATED, simulated=True), lines)
        write_figures(document, stated)
        self.made += 1
        return document


def make_documents(world: World, numbers: Numbers) -> int:
    """Write them all; answers how many. The provinces, K/L and figures must stand in the database."""
    library = Library(world, numbers)
    with transaction.atomic():
        _national(library)
        for region in world.provinces:
            if region.kode in PROVINCES:
                _regional(library, region)
    return library.made


def _national(library: Library) -> None:
    world = library.world
    rows = [bidang for bidang in world.bidang if bidang.kode in BIDANG]
    lines, stated = [], []
    for place, bidang in enumerate(rows, start=1):
        lines.append(LineData(f"{place:02d}", f"Prioritas bidang {bidang.short_name}", level=LineLevel.PROGRAM))
        for no, indicator in enumerate(world.indicators[bidang.pk], start=1):
            code = f"{place:02d}.{no:02d}"
            name = world.versions[indicator.pk, PLAN_YEAR].name
            lines.append(
                LineData(code, name, f"{place:02d}", LineLevel.SASARAN, indicator_text=name, unit=indicator.unit)
            )
            value = library.numbers.at(indicator, world.provinces[0], PLAN_YEAR, reach=1.1)
            stated.append(StatedFigure(code, indicator.pk, world.nation.pk, PLAN_YEAR, value))
    bappenas = world.central["055"]
    rkp = DocumentHead(DocumentKind.RKP, bappenas, PLAN_YEAR, PLAN_YEAR, DocumentStage.RANWAL, f"RKP {PLAN_YEAR}")
    library.write(rkp, lines, stated)
    for bidang in rows:
        owner = world.in_charge[bidang.pk]
        _of_kl(library, owner, bidang.short_name)


def _of_kl(library: Library, owner: Institution, name: str) -> None:
    first, last = 2025, 2029
    lines = _programmes(library, name, range(first, last + 1))
    renstra = DocumentHead(
        DocumentKind.RENSTRA_KL,
        owner,
        first,
        last,
        DocumentStage.PENETAPAN,
        f"Renstra {owner.short_name} {first}–{last}",
    )
    library.write(renstra, lines)
    yearly = [
        replace(line, years={PLAN_YEAR: line.years[PLAN_YEAR]} if PLAN_YEAR in line.years else {}) for line in lines
    ]
    renja = DocumentHead(
        DocumentKind.RENJA_KL,
        owner,
        PLAN_YEAR,
        PLAN_YEAR,
        DocumentStage.RANWAL,
        f"Renja {owner.short_name} {PLAN_YEAR}",
    )
    library.write(renja, yearly)
    library.write(replace(renja, stage=DocumentStage.RANCANGAN), _revised(library, yearly, 0.4))


def _programmes(library: Library, name: str, years: range) -> list[LineData]:
    """Two programmes of a ministry with their outputs (RO), pagu and volume of each year."""
    random, lines = library.random, []
    for programme in ("A", "B"):
        title = f"Program {'Pelayanan' if programme == 'A' else 'Tata Kelola'} {name}"
        lines.append(LineData(programme, title, level=LineLevel.PROGRAM))
        for no in range(1, 4):
            kro = f"{programme}.{no:02d}"
            lines.append(LineData(kro, f"Keluaran {no} {title.lower()}", programme, LineLevel.KRO))
            for ro in range(1, 4):
                unit, volume, amount = (
                    random.choice(RO_UNITS),
                    random.randint(12, 900),
                    random.randint(20, 900) * 1_000_000_000,
                )
                said = {
                    year: YearData(
                        str(volume + 5 * (year - years[0])), round(amount * 1.05 ** (year - years[0]) / 1e6) * 1_000_000
                    )
                    for year in years
                }
                lines.append(
                    LineData(
                        f"{kro}.{ro:03d}",
                        f"Rincian output {programme}{no}.{ro}",
                        kro,
                        LineLevel.RO,
                        indicator_text="Volume",
                        unit=unit,
                        years=said,
                    )
                )
    return lines


@dataclass(frozen=True)
class Filled:
    """What the Isian of a region says in the running round, so that its plan agrees with most of it, as real ones do."""

    volumes: dict[str, tuple[str, str]]
    """By kode of the sub kegiatan volume and unit."""
    targets: dict[int, Value]

    @classmethod
    def of(cls, region: Region) -> Filled:
        """Two queries over the region's rows."""
        rows = Item.objects.filter(region=region, round__plan_year=PLAN_YEAR, round__level=RoundLevel.NATIONAL)
        supports = Support.objects.filter(item__in=rows, volume__isnull=False).order_by("pk")
        said = supports.values_list("nomenclature__kode", "volume", "volume_unit")
        targets = {item.indicator_id: item.value_proposed for item in rows.filter(indicator__isnull=False)}
        return cls(
            {kode: (format_number(volume), unit) for kode, volume, unit in said},
            {pk: value for pk, value in targets.items() if pk is not None and value is not None},
        )

    def volume(self, random: Random, line: LineData) -> LineData:
        """A line with the volume of the Isian; one in eight with another, one in forty with another unit."""
        if line.code not in self.volumes or PLAN_YEAR not in line.years or random.random() < 1 / 8:
            return line
        target, unit = self.volumes[line.code]
        years = {year: replace(said, target=target) for year, said in line.years.items()}
        return replace(line, years=years, unit="Paket" if random.random() < 1 / 40 else unit or line.unit)

    def target(self, random: Random, stated: StatedFigure) -> StatedFigure:
        """A target as the Isian has it; one in eight stays another."""
        value = self.targets.get(stated.indicator)
        return stated if value is None or random.random() < 1 / 8 else replace(stated, value=value)


def _regional(library: Library, region: Region) -> None:
    bappeda, filled, random = library.world.bappeda[region.pk], Filled.of(region), Random(SEED + int(region.kode))  # noqa: S311
    before = _plan(library, region, PLAN_YEAR - 1)
    head = DocumentHead(
        DocumentKind.RKPD,
        bappeda,
        PLAN_YEAR - 1,
        PLAN_YEAR - 1,
        DocumentStage.PENETAPAN,
        f"RKPD {region.name} {PLAN_YEAR - 1}",
    )
    library.write(head, before, _targets(library, region, PLAN_YEAR - 1, 0.9))
    lines = [filled.volume(random, line) for line in _plan(library, region, PLAN_YEAR)]
    head = replace(
        head,
        year_from=PLAN_YEAR,
        year_to=PLAN_YEAR,
        stage=DocumentStage.RANWAL,
        title=f"RKPD {region.name} {PLAN_YEAR}",
    )
    library.write(head, lines, _targets(library, region, PLAN_YEAR, 0.95))
    draft = _revised(library, lines)
    stated = [filled.target(random, each) for each in _targets(library, region, PLAN_YEAR, 1.0)]
    library.write(replace(head, stage=DocumentStage.RANCANGAN), draft, stated)
    for bidang in library.world.bidang:
        if bidang.kode not in BIDANG:
            continue
        owner = library.world.owners[region.pk, bidang.pk]
        own = [line for line in lines if line.code.startswith(bidang.kode)]
        renja = DocumentHead(
            DocumentKind.RENJA_PD, owner, PLAN_YEAR, PLAN_YEAR, DocumentStage.RANWAL, f"Renja {owner.name} {PLAN_YEAR}"
        )
        library.write(renja, own)


def _plan(library: Library, region: Region, year: int) -> list[LineData]:
    """The sub kegiatan that the agreement names, each with OPD, place, target and pagu, under kegiatan, program and bidang; then the targets."""
    world, random = library.world, library.random
    found: dict[str, LineData] = {}
    places = [place for place in world.places[region.pk] if place.autonomous]
    for bidang in world.bidang:
        owner = world.owners[region.pk, bidang.pk]
        for row in world.nomenclature[bidang.pk]:
            parent = _above(library, row.parent_id, found)
            amount = round(world.pagu[region.kode] * 0.0006 * random.uniform(0.2, 2.2) / 1e6) * 1_000_000
            where = random.sample(places, min(len(places), random.randint(1, 3)))
            found[row.kode] = LineData(
                row.kode, row.name, parent, LineLevel.SUB_KEGIATAN, row.pk, owner.pk, location=", ".join(place.short_name for place in where),
                indicator_text=row.indicator, unit=row.unit, years={year: YearData(str(random.randint(1, 60)), amount)},
            )  # fmt: skip
    targets = [LineData("SASARAN", "Sasaran pembangunan daerah", level=LineLevel.SASARAN)]
    for indicator in _indicators(world):
        name = world.versions[indicator.pk, PLAN_YEAR].name
        targets.append(
            LineData(
                f"SASARAN.{indicator.code}",
                name,
                "SASARAN",
                LineLevel.SASARAN,
                indicator_text=name,
                unit=indicator.unit,
            )
        )
    return [*found.values(), *targets]


def _above(library: Library, pk: int | None, found: dict[str, LineData]) -> str:
    """The code of the row above, written once, bidang downwards; urusan are left out."""
    row = library.above.get(pk or 0)
    if row is None or row.level not in PARTS:
        return ""
    if row.kode not in found:
        parent = _above(library, row.parent_id, found)
        found[row.kode] = LineData(row.kode, row.name, parent, PARTS[NomenclatureLevel(row.level)], row.pk)
    return row.kode


def _targets(library: Library, region: Region, year: int, reach: float) -> list[StatedFigure]:
    return [
        StatedFigure(f"SASARAN.{row.code}", row.pk, region.pk, year, library.numbers.at(row, region, year, reach=reach))
        for row in _indicators(library.world)
    ]


def _indicators(world: World) -> list[Indicator]:
    return [indicator for bidang in world.bidang for indicator in world.indicators[bidang.pk]]


def _revised(library: Library, lines: Sequence[LineData], moved: float = 0.12) -> list[LineData]:
    """A later draft: some pagu and targets moved, a few of the lowest lines dropped."""
    random, later = library.random, []
    parents = {line.parent for line in lines}
    for line in lines:
        lowest = line.code not in parents and line.years
        if lowest and random.random() < 0.02:
            continue
        if lowest and random.random() < moved:
            line = replace(line, years={year: _moved(random, said) for year, said in line.years.items()})
        later.append(line)
    return later


def _moved(random: Random, said: YearData) -> YearData:
    amount = None if said.amount is None else round(said.amount * random.uniform(0.7, 1.3) / 1e6) * 1_000_000
    target = str(max(int(said.target) + random.randint(-3, 9), 1)) if said.target.isdigit() else said.target
    return YearData(target, amount)
