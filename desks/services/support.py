"""Supporting sub kegiatan of a row: added, changed, removed with the row's version; pagu split by sumber dana, never blocking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from accounts.actors import Actor, can
from accounts.choices import InstitutionKind, RegionLevel
from accounts.models import Institution, Region
from core.errors import InvalidInput, NotAllowed, NotFound, TransitionNotAllowed
from core.money import Unit, parse_money
from core.numbers import parse_number
from desks.chain import Writer, writing
from desks.choices import ItemState, SupportVerdict
from desks.models import Item, Session, Support, SupportFund, SupportPlace
from desks.services.idempotency import keyed
from desks.services.item import StageMemory, require_editable
from desks.strands import Detail, require_detail
from desks.versions import change_item
from desks.workflow import advance, require_session
from planning.choices import GovLevel, NomenclatureLevel
from planning.models import FundingSource, Nomenclature

LONGEST_UNIT = 60
LARGEST_VOLUME: Final = 10**11
CHANGED: Final = ("volume", "volume_unit", "verdict", "note")
OFFICES: Final = (InstitutionKind.OPD, InstitutionKind.BAPPEDA)


@dataclass(frozen=True)
class SupportData:
    """A sub kegiatan as typed: volume and money as text, pagu per sumber dana as (source id, text, unit), places as region ids."""

    nomenclature_id: int
    opd_id: int
    volume: str = ""
    volume_unit: str = ""
    places: tuple[int, ...] = ()
    funds: tuple[tuple[int, str, str], ...] = ()


@dataclass
class ReadSupport:
    """The typed sub kegiatan after reading and checking."""

    nomenclature: Nomenclature
    opd: Institution
    volume: Decimal | None
    volume_unit: str
    places: list[Region]
    funds: list[tuple[FundingSource, int | None, str]]
    facts: dict[str, Any] = field(default_factory=dict)


KEYED = keyed(lambda support: support.pk, lambda pk: Support.objects.get(pk=pk))


@KEYED
def add_support(
    actor: Actor, item: Item, data: SupportData, *, seen_version: int, session: Session | None = None, key: str = ""
) -> Support:
    """Link a sub kegiatan to the row. In an open session the chair may add one too; it is marked as added at the desk."""
    at_desk = _require_right(actor, item, session)
    read = read_support(item, data)
    if Support.objects.filter(item=item, nomenclature=read.nomenclature, opd=read.opd).exists():
        raise InvalidInput(
            f"{read.nomenclature.kode} untuk {read.opd.short_name} sudah tercantum. Ubah barisnya.",
            field="nomenclature",
        )
    with writing(actor, mejas=[item.meja]) as writer:
        if at_desk:
            require_session(item, session)
        touch(writer, item, seen_version, at_desk=at_desk)
        support = Support.objects.create(
            item=item,
            nomenclature=read.nomenclature,
            opd=read.opd,
            volume=read.volume,
            volume_unit=read.volume_unit,
            added_at_desk=at_desk,
        )
        write_details((support, read))
        writer.record(item, "add_support", {"after": read.facts, "item_version": item.version, "at_desk": at_desk})
    return support


@KEYED
def change_support(
    actor: Actor,
    support: Support,
    data: SupportData,
    *,
    seen_version: int,
    session: Session | None = None,
    key: str = "",
) -> Support:
    """Change volume, places and funds of a linked sub kegiatan; code and OPD stay (remove and add instead)."""
    item = support.item
    at_desk = _require_right(actor, item, session)
    read = read_support(item, data)
    if (read.nomenclature.pk, read.opd.pk) != (support.nomenclature_id, support.opd_id):
        raise InvalidInput("Sub kegiatan dan perangkat daerah tidak dapat diganti. Hapus lalu tambahkan yang benar.")
    before = facts_of(support)
    if before == read.facts:
        return support
    with writing(actor, mejas=[item.meja]) as writer:
        if at_desk:
            require_session(item, session)
        touch(writer, item, seen_version, at_desk=at_desk)
        put_volume(support, read)
        support.save(update_fields=CHANGED)
        support.funds.all().delete()
        support.places.all().delete()
        write_details((support, read))
        writer.record(
            item,
            "change_support",
            {"before": before, "after": read.facts, "item_version": item.version, "at_desk": at_desk},
        )
    return support


def remove_support(actor: Actor, support: Support, *, seen_version: int) -> None:
    """Unlink a sub kegiatan before it was submitted; at the desk it is 'dikeluarkan' instead, so that its fate stays visible."""
    item = support.item
    if _require_right(actor, item, None):
        raise NotAllowed()
    require_undiscussed(support.positions.exists())
    before = facts_of(support)
    with writing(actor, mejas=[item.meja]) as writer:
        touch(writer, item, seen_version, at_desk=False)
        support.delete()
        writer.record(item, "remove_support", {"before": before, "item_version": item.version})


def require_undiscussed(discussed: bool) -> None:
    """A sub kegiatan that was spoken about leaves the row by a verdict only."""
    if discussed:
        raise TransitionNotAllowed("Sub kegiatan ini sudah dibahas. Keluarkan melalui putusan di desk.")


def put_volume(support: Support, read: ReadSupport) -> None:
    """Set what `CHANGED` names; a verdict given to other figures falls."""
    support.volume, support.volume_unit = read.volume, read.volume_unit
    support.verdict, support.note = SupportVerdict.PENDING, ""


def _require_right(actor: Actor, item: Item, session: Session | None) -> bool:
    """Whether the act happens at the desk; raises when the actor may do it neither there nor in filling in."""
    require_detail(item, Detail.SUPPORTS)
    if session is not None and item.state == ItemState.DISCUSSED and can(actor, "desks.settle_item", item):
        return True
    require_editable(actor, item, StageMemory(actor))
    return False


def touch(writer: Writer, item: Item, seen_version: int, *, at_desk: bool) -> None:
    """Raise the version of a row whose detail rows change; one that was returned becomes a draft again."""
    if item.state == ItemState.RETURNED and not at_desk:
        advance(writer, item, "redraft", seen_version=seen_version)
        seen_version = item.version
    change_item(writer.actor, item, seen_version)


@dataclass(frozen=True)
class Known:
    """What the keys in typed sub kegiatan stand for, read once for all rows of a batch."""

    nomenclature: Mapping[int, Nomenclature]
    opds: Mapping[int, Institution]
    regions: Mapping[int, Region]
    sources: Mapping[int, FundingSource]

    @classmethod
    def of(cls, data: SupportData) -> Known:
        """The same for a single one."""
        return cls(
            Nomenclature.objects.in_bulk([data.nomenclature_id]), Institution.objects.in_bulk([data.opd_id]),
            Region.objects.in_bulk(set(data.places)),
            FundingSource.objects.in_bulk({pk for pk, text, _ in data.funds if text.strip()}),
        )  # fmt: skip


def gov_level_of(item: Item) -> GovLevel:
    """The level of government whose nomenclature the region of the row uses."""
    return GovLevel.PROVINSI if item.region.level == RegionLevel.PROVINCE else GovLevel.KABKOTA


def read_support(item: Item, data: SupportData, known: Known | None = None) -> ReadSupport:
    """What was typed, checked; InvalidInput names the field."""
    known = known or Known.of(data)
    nomenclature, opd = known.nomenclature.get(data.nomenclature_id), known.opds.get(data.opd_id)
    if nomenclature is None or (nomenclature.level, nomenclature.gov_level) != (
        NomenclatureLevel.SUB_KEGIATAN,
        gov_level_of(item),
    ):
        raise InvalidInput("Pilih sub kegiatan dari daftar nomenklatur.", field="nomenclature")
    if opd is None or opd.kind not in OFFICES or opd.region_id != item.region_id:
        raise InvalidInput("Pilih perangkat daerah dari daerah ini.", field="opd")
    unit = data.volume_unit.strip() or nomenclature.unit
    if len(unit) > LONGEST_UNIT:
        raise InvalidInput(f"Satuan paling panjang {LONGEST_UNIT} karakter.", field="volume_unit")
    volume = _volume(data.volume) if data.volume.strip() else None
    places = _places(item, [known.regions.get(pk) for pk in dict.fromkeys(data.places)])
    read = ReadSupport(nomenclature, opd, volume, unit, places, _funds(data.funds, known.sources))
    read.facts = facts_from(
        nomenclature, opd, volume, unit, read.places, [(source.kode, amount) for source, amount, _ in read.funds]
    )
    return read


def _volume(text: str) -> Decimal:
    try:
        volume = parse_number(text, decimals=4 if "," in text else 0, dot="thousands")
    except InvalidInput as error:
        raise InvalidInput(error.message, field="volume") from None
    if volume < 0:
        raise InvalidInput("Volume tidak boleh negatif.", field="volume")
    if volume >= LARGEST_VOLUME:
        raise InvalidInput("Volume paling banyak 11 angka di depan koma. Periksa kembali satuannya.", field="volume")
    return volume


def _places(item: Item, regions: Sequence[Region | None]) -> list[Region]:
    found = [region for region in regions if region is not None and region.parent_id == item.region_id]
    if len(found) != len(regions):
        raise InvalidInput("Lokasi harus kabupaten/kota di daerah ini.", field="places")
    return sorted(found, key=lambda region: region.kode)


def _funds(
    typed: Sequence[tuple[int, str, str]], sources: Mapping[int, FundingSource]
) -> list[tuple[FundingSource, int | None, str]]:
    rows: list[tuple[FundingSource, int | None, str]] = []
    for pk, text, unit in typed:
        if not text.strip():
            continue
        if pk not in sources:
            raise NotFound("Sumber dana tidak ditemukan.")
        source = sources[pk]
        if any(earlier == source for earlier, _, _ in rows):
            raise InvalidInput(f"{source.name} tercantum dua kali. Gabungkan pagunya.", field="funds")
        try:
            money = parse_money(text, Unit(unit or Unit.RP))
        except InvalidInput as error:
            raise InvalidInput(error.message, field="funds", fund=source.kode) from None
        if money.rupiah < 0:
            raise InvalidInput("Pagu tidak boleh negatif.", field="funds", fund=source.kode)
        rows.append((source, money.rupiah, money.unit))
    return rows


def write_details(*written: tuple[Support, ReadSupport]) -> None:
    """Store places and pagu of sub kegiatan that have none yet."""
    SupportPlace.objects.bulk_create(
        SupportPlace(support=support, region=region) for support, read in written for region in read.places
    )
    SupportFund.objects.bulk_create(
        SupportFund(support=support, source=source, proposed=amount, proposed_unit=unit)
        for support, read in written
        for source, amount, unit in read.funds
    )


def facts_of(support: Support) -> dict[str, Any]:
    """A linked sub kegiatan in codes and figures, for events and the paper."""
    return facts_from(
        support.nomenclature, support.opd, support.volume, support.volume_unit,
        [row.region for row in support.places.select_related("region").order_by("region__kode")],
        [(row.source.kode, row.proposed) for row in support.funds.select_related("source")],
    )  # fmt: skip


def facts_from(
    nomenclature: Nomenclature, opd: Institution, volume: Decimal | None, unit: str, places: Sequence[Region],
    funds: Sequence[tuple[str, int | None]],
) -> dict[str, Any]:  # fmt: skip
    """The same from its parts."""
    return {
        "kode": nomenclature.kode, "opd": opd.code, "volume": volume.normalize() if volume is not None else None, "unit": unit,
        "places": [region.kode for region in places], "funds": dict(sorted(funds)),
    }  # fmt: skip
