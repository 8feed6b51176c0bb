"""Supporting sub kegiatan of a row: added, changed, removed with the row's version; pagu split by sumber dana, never blocking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from accounts.actors import Actor, can
from accounts.choices import InstitutionKind
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
class Read:
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
    read = _read(item, data)
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
        _write_details(support, read)
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
    read = _read(item, data)
    if (read.nomenclature.pk, read.opd.pk) != (support.nomenclature_id, support.opd_id):
        raise InvalidInput("Sub kegiatan dan perangkat daerah tidak dapat diganti. Hapus lalu tambahkan yang benar.")
    before = facts_of(support)
    if before == read.facts:
        return support
    with writing(actor, mejas=[item.meja]) as writer:
        if at_desk:
            require_session(item, session)
        touch(writer, item, seen_version, at_desk=at_desk)
        support.volume, support.volume_unit = read.volume, read.volume_unit
        support.verdict, support.note = SupportVerdict.PENDING, ""
        support.save(update_fields=["volume", "volume_unit", "verdict", "note"])
        support.funds.all().delete()
        support.places.all().delete()
        _write_details(support, read)
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
    if support.positions.exists():
        raise TransitionNotAllowed("Sub kegiatan ini sudah dibahas. Keluarkan melalui putusan di desk.")
    before = facts_of(support)
    with writing(actor, mejas=[item.meja]) as writer:
        touch(writer, item, seen_version, at_desk=False)
        support.delete()
        writer.record(item, "remove_support", {"before": before, "item_version": item.version})


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


def _read(item: Item, data: SupportData) -> Read:
    level = GovLevel.PROVINSI if item.region.level == "province" else GovLevel.KABKOTA
    nomenclature = Nomenclature.objects.filter(
        pk=data.nomenclature_id, level=NomenclatureLevel.SUB_KEGIATAN, gov_level=level
    ).first()
    if nomenclature is None:
        raise InvalidInput("Pilih sub kegiatan dari daftar nomenklatur.", field="nomenclature")
    opd = Institution.objects.filter(
        pk=data.opd_id, kind__in=[InstitutionKind.OPD, InstitutionKind.BAPPEDA], region_id=item.region_id
    ).first()
    if opd is None:
        raise InvalidInput("Pilih perangkat daerah dari daerah ini.", field="opd")
    unit = data.volume_unit.strip() or nomenclature.unit
    if len(unit) > LONGEST_UNIT:
        raise InvalidInput(f"Satuan paling panjang {LONGEST_UNIT} karakter.", field="volume_unit")
    volume = (
        parse_number(data.volume, decimals=4 if "," in data.volume else 0, dot="thousands")
        if data.volume.strip()
        else None
    )
    if volume is not None and volume < 0:
        raise InvalidInput("Volume tidak boleh negatif.", field="volume")
    read = Read(nomenclature, opd, volume, unit, _places(item, data.places), _funds(data.funds))
    read.facts = _facts(
        nomenclature, opd, volume, unit, read.places, [(source.kode, amount) for source, amount, _ in read.funds]
    )
    return read


def _places(item: Item, pks: Sequence[int]) -> list[Region]:
    found = list(Region.objects.filter(pk__in=set(pks), parent_id=item.region_id).order_by("kode"))
    if len(found) != len(set(pks)):
        raise InvalidInput("Lokasi harus kabupaten/kota di daerah ini.", field="places")
    return found


def _funds(typed: Sequence[tuple[int, str, str]]) -> list[tuple[FundingSource, int | None, str]]:
    filled = [(pk, text, unit) for pk, text, unit in typed if text.strip()]
    sources = {source.pk: source for source in FundingSource.objects.filter(pk__in=[pk for pk, _, _ in filled])}
    rows: list[tuple[FundingSource, int | None, str]] = []
    for pk, text, unit in filled:
        if pk not in sources:
            raise NotFound("Sumber dana tidak ditemukan.")
        if any(source.pk == pk for source, _, _ in rows):
            raise InvalidInput(f"{sources[pk].name} tercantum dua kali. Gabungkan pagunya.", field="funds")
        money = parse_money(text, Unit(unit or Unit.RP))
        if money.rupiah < 0:
            raise InvalidInput("Pagu tidak boleh negatif.", field="funds")
        rows.append((sources[pk], money.rupiah, money.unit))
    return rows


def _write_details(support: Support, read: Read) -> None:
    SupportPlace.objects.bulk_create(SupportPlace(support=support, region=region) for region in read.places)
    SupportFund.objects.bulk_create(
        SupportFund(support=support, source=source, proposed=amount, proposed_unit=unit)
        for source, amount, unit in read.funds
    )


def facts_of(support: Support) -> dict[str, Any]:
    """A linked sub kegiatan in codes and figures, for events and the paper."""
    return _facts(
        support.nomenclature, support.opd, support.volume, support.volume_unit,
        [row.region for row in support.places.select_related("region").order_by("region__kode")],
        [(row.source.kode, row.proposed) for row in support.funds.select_related("source")],
    )  # fmt: skip


def _facts(
    nomenclature: Nomenclature, opd: Institution, volume: Decimal | None, unit: str, places: list[Region], funds: list[tuple[str, int | None]]
) -> dict[str, Any]:  # fmt: skip
    return {
        "kode": nomenclature.kode, "opd": opd.code, "volume": volume.normalize() if volume is not None else None, "unit": unit,
        "places": [region.kode for region in places], "funds": dict(sorted(funds)),
    }  # fmt: skip
