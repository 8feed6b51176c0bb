"""What was typed into an usulan, read and checked once for form, API and desk."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from accounts.actors import Actor
from accounts.choices import InstitutionKind, RegionLevel, Role
from accounts.models import Institution, Region
from core.errors import AmbiguousNumber, InvalidInput
from core.models import StoredFile
from core.money import Unit, parse_money
from core.numbers import parse_number
from core.values import Value
from desks.aims import Aim
from desks.choices import ReadinessStatus
from desks.models import Meja, Readiness, Usulan
from desks.services.usulan.aims import AimData, read_aim
from desks.services.usulan.package import figure
from planning.models import PriorityNode, ReadinessCriterion
from planning.selectors.priorities import find_nodes

LONGEST: Final = {"title": 300, "unit": 60, "detail": 200, "link": 500, "justification": 20_000}
MONTH: Final = re.compile(r"20\d{2}-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class PlaceData:
    """A location as typed: volume and allocation as text."""

    region_id: int
    detail: str = ""
    volume: str = ""
    amount: str = ""


@dataclass(frozen=True)
class ReadinessData:
    """A readiness criterion as typed; `file_id` an uploaded file, None to keep what is there."""

    criterion_id: int
    status: str = ""
    month: str = ""
    link: str = ""
    file_id: int | None = None


@dataclass(frozen=True)
class UsulanData:
    """An usulan as typed; allocations of all locations are written in one unit. `priorities`: keys of nodes (`PRO-SN:2027:03.01`), None to keep them."""

    title: str
    aim: AimData = AimData()
    unit: str = ""
    amount_unit: str = Unit.RIBU.value
    opd_id: int | None = None
    justification: str = ""
    places: tuple[PlaceData, ...] = ()
    readiness: tuple[ReadinessData, ...] = ()
    priorities: tuple[str, ...] | None = None


@dataclass
class PlaceRead:
    """A location after reading."""

    region: Region
    detail: str
    volume: Decimal | None
    amount: int | None


@dataclass
class ReadinessRead:
    """A criterion after reading; without a status it was not answered."""

    criterion: ReadinessCriterion
    status: str
    month: str
    link: str
    file: StoredFile | None


@dataclass
class Read:
    """The whole usulan after reading."""

    title: str
    aim: Aim
    unit: str
    amount_unit: str
    opd: Institution | None
    justification: str
    places: list[PlaceRead] = field(default_factory=list)
    readiness: list[ReadinessRead] = field(default_factory=list)
    priorities: list[PriorityNode] | None = None

    @property
    def total(self) -> Value | None:
        """The total volume of a complete usulan, None where something that submitting needs is missing."""
        volumes = [place.volume for place in self.places]
        if not self.aim.complete or not self.unit or not volumes or not all(volumes):
            return None
        return figure(sum((volume for volume in volumes if volume), Decimal(0)), self.unit)


def read_usulan(actor: Actor, meja: Meja, data: UsulanData, known: Usulan | None = None) -> Read:
    """Read what was typed for an usulan of the meja. Raises InvalidInput with the field, and for rows their number."""
    title = _limited("title", "Judul", data.title)
    if not title:
        raise InvalidInput("Isi judul usulan.", field="title")
    if data.amount_unit not in Unit.values:
        raise InvalidInput("Pilih satuan alokasi.", field="amount_unit")
    aim = read_aim(meja, data.aim)
    unit = _limited("unit", "Satuan", data.unit) or aim.unit
    return Read(
        title, aim, unit, data.amount_unit, _opd(actor, meja, data.opd_id), _limited("justification", "Justifikasi", data.justification),
        _places(meja, data.places, Unit(data.amount_unit)), _readiness(actor, data.readiness, known),
        None if data.priorities is None else read_nodes(meja, data.priorities),
    )  # fmt: skip


def read_nodes(meja: Meja, keys: Sequence[str]) -> list[PriorityNode]:
    """The nodes named, if they stand in the trees of the round's plan year."""
    found = {node.key: node for node in find_nodes(keys) if node.year == meja.round.plan_year}
    unknown = [key for key in keys if key not in found]
    if unknown:
        names = ", ".join(unknown[:3])
        raise InvalidInput(
            f"Simpul prioritas {names} tidak ada pada pohon tahun {meja.round.plan_year}. Pilih ulang.",
            field="priorities",
        )
    return list(found.values())


def _limited(name: str, label: str, text: str) -> str:
    text = text.strip()
    if len(text) > LONGEST[name]:
        raise InvalidInput(f"{label} paling panjang {LONGEST[name]} karakter; sekarang {len(text)}.", field=name)
    return text


def _opd(actor: Actor, meja: Meja, pk: int | None) -> Institution | None:
    if actor.role == Role.OPD:
        return actor.institution
    if pk is None:
        return None
    own = Institution.objects.filter(kind__in=[InstitutionKind.OPD, InstitutionKind.BAPPEDA], region_id=meja.region_id)
    found = own.filter(pk=pk).first()
    if found is None:
        raise InvalidInput("Pilih perangkat daerah dari daerah ini.", field="opd")
    return found


def regions_for(meja: Meja) -> list[Region]:
    """The locations to choose from: the kabupaten/kota of the region, and the region itself for what crosses them. A kabupaten/kota has
    only itself; its locations are told apart by what is written for the place."""
    children = list(Region.objects.filter(parent_id=meja.region_id).order_by("kode"))
    return [meja.region, *children]


def _places(meja: Meja, typed: Sequence[PlaceData], unit: Unit) -> list[PlaceRead]:
    known = {region.pk: region for region in regions_for(meja)} if typed else {}
    within = meja.region.level == RegionLevel.KABKOTA
    found: dict[tuple[int, str], PlaceRead] = {}
    for no, row in enumerate(typed, start=1):
        region = known.get(row.region_id)
        if region is None:
            raise InvalidInput(f"Lokasi {no}: pilih kabupaten/kota di daerah ini.", field="places", row=no)
        detail = _limited("detail", "Lokasi rinci", row.detail)
        if within and len(typed) > 1 and not detail:
            raise InvalidInput(f"Lokasi {no}: tulis lokasi rincinya (kecamatan atau desa).", field="places", row=no)
        key = (region.pk, detail.casefold() if within else "")
        if key in found:
            name = detail if within and detail else region.short_name
            raise InvalidInput(f"Lokasi {no}: {name} tercantum dua kali. Gabungkan.", field="places", row=no)
        found[key] = PlaceRead(
            region, detail, read_volume(row.volume, f"Lokasi {no}: ", no),
            read_amount(row.amount, unit, f"Lokasi {no}: ", no),
        )  # fmt: skip
    return list(found.values())


def read_volume(text: str, where: str = "", no: int = 0) -> Decimal | None:
    """A volume as typed; None where nothing stands. A point alone parts thousands."""
    if not text.strip():
        return None
    try:
        number = parse_number(text, decimals=4 if "," in text else 0, dot="thousands")
    except (InvalidInput, AmbiguousNumber) as error:
        raise InvalidInput(f"{where}{error.message}", field="places" if no else "volume", row=no) from None
    if number < 0 or len(str(int(number))) > 11:
        raise InvalidInput(
            f"{where}volume harus antara 0 dan 99.999.999.999.", field="places" if no else "volume", row=no
        )
    return number


def read_amount(text: str, unit: Unit, where: str = "", no: int = 0) -> int | None:
    """An allocation as typed, in whole rupiah; None where nothing stands."""
    if not text.strip():
        return None
    try:
        rupiah = parse_money(text, unit).rupiah
    except InvalidInput as error:
        raise InvalidInput(f"{where}{error.message}", field="places" if no else "amount", row=no) from None
    if rupiah < 0:
        raise InvalidInput(f"{where}alokasi tidak boleh negatif.", field="places" if no else "amount", row=no)
    return rupiah


def _readiness(actor: Actor, typed: Sequence[ReadinessData], known: Usulan | None) -> list[ReadinessRead]:
    criteria = ReadinessCriterion.objects.in_bulk([row.criterion_id for row in typed])
    had = {row.criterion_id: row for row in known.readiness.select_related("file")} if known else {}
    found: dict[int, ReadinessRead] = {}
    for row in typed:
        criterion = criteria.get(row.criterion_id)
        if criterion is None or row.criterion_id in found:
            raise InvalidInput("Kriteria kesiapan tidak dikenal atau tercantum dua kali.", field="readiness")
        file = _file(actor, row, had.get(row.criterion_id), criterion)
        found[row.criterion_id] = _one_readiness(row, criterion, file)
    return [row for row in found.values() if row.status]


def _one_readiness(row: ReadinessData, criterion: ReadinessCriterion, file: StoredFile | None) -> ReadinessRead:
    link, month = row.link.strip(), row.month.strip()
    if link:
        _limited("link", f"{criterion.name}: tautan", link)
        try:
            URLValidator(schemes=["http", "https"])(link)
        except ValidationError:
            raise InvalidInput(
                f"{criterion.name}: tautan harus lengkap, misalnya https://drive.contoh.go.id/berkas.",
                field="readiness",
            ) from None
    if not row.status:
        if link or file is not None:
            raise InvalidInput(f"{criterion.name}: pilih statusnya, buktinya sudah ada.", field="readiness")
        return ReadinessRead(criterion, "", "", "", None)
    if row.status not in ReadinessStatus.values:
        raise InvalidInput(f"{criterion.name}: pilih status dari daftar.", field="readiness")
    if row.status != ReadinessStatus.PLANNED:
        month = ""
    elif not MONTH.fullmatch(month):
        raise InvalidInput(f"{criterion.name}: isi bulan siapnya (tahun-bulan, misalnya 2026-11).", field="readiness")
    return ReadinessRead(criterion, row.status, month, link, file)


def _file(actor: Actor, row: ReadinessData, had: Readiness | None, criterion: ReadinessCriterion) -> StoredFile | None:
    if row.file_id is None:
        return had.file if had else None
    if had and had.file_id == row.file_id:
        return had.file
    found = StoredFile.objects.filter(pk=row.file_id, by=actor.user).first()
    if found is None:
        raise InvalidInput(f"{criterion.name}: unggah ulang berkasnya.", field="readiness")
    return found
