"""What a draft of the strand kewilayahan prints beside what every berita acara prints."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from agreements.selectors.rows import FOLLOWED, basis_text, objection_of
from agreements.selectors.sheet import TotalRow
from agreements.selectors.usulan_sheet import CorrectionRow, PlaceRow, UsulanLeftRow, UsulanRow
from core.money import Unit
from core.numbers import format_number
from desks.choices import (
    AGREED_STATES,
    RECOMMENDED,
    ItemState,
    PlaceVerdict,
    ReasonCode,
    state_label,
)
from desks.models import Correction, Item, Lineage, Usulan, UsulanPlace
from desks.selectors.usulan.facts import facts_for, with_details
from desks.selectors.usulan.page import fate_of
from indicators.choices import Strand
from planning.chips import chip_names
from planning.selectors.priorities import chips_of_nodes

if TYPE_CHECKING:
    from agreements.selectors.live import Material

NO_AIM: Final = {"kl": "", "code": "", "name": ""}
LATER: Final = "Sesi lanjutan atau penyelenggaraan tahun berikutnya sebagai usulan lanjutan"


def usulan_parts(found: Material) -> dict[str, Any]:
    """The lampiran of a kewilayahan desk: recommended, not recommended or not discussed, corrections; and the sums."""
    rows = with_details(Usulan.objects.filter(item__in=found.items))
    book = {usulan.item_id: usulan for usulan in rows}
    for item in found.items:
        book[item.pk].item = item
    kin = _histories(found.items)
    agreed = [item for item in found.items if found.state(item) in AGREED_STATES]
    recommended = tuple(
        _recommended(no, found, item, book[item.pk], kin.get(item.pk, ())) for no, item in enumerate(agreed, start=1)
    )
    return {
        "strand": Strand.KEWILAYAHAN.value, "usulan": recommended, "usulan_left": tuple(_left(found, book)),
        "corrections": tuple(_corrections(found)), "totals": totals_of(recommended), "left": (),
    }  # fmt: skip


def _recommended(no: int, found: Material, item: Item, usulan: Usulan, kin: tuple[str, ...]) -> UsulanRow:
    state, ro = found.state(item), usulan.aim.facts() or NO_AIM
    ready = [row.status for row in usulan.readiness.all() if row.status != "not_needed"]
    return UsulanRow(
        no, item.code, item.region.kode, item.region.name, usulan.title, ro["kl"], ro["code"], ro["name"],
        usulan.unit, usulan.amount_unit, str(state), state_label(state, item.strand), basis_text(found, item),
        tuple(_place(place) for place in usulan.places.all() if place.verdict in RECOMMENDED),
        f"{ready.count('ready')} dari {len(ready)} kriteria siap" if ready else "belum diisi", item.conclusion, usulan.next_forum,
        (*(("Ditambahkan di desk",) if usulan.added_at_desk else ()), *kin),
        chip_names(chips_of_nodes(tag.node for tag in usulan.priorities.all())),
    )  # fmt: skip


def _place(place: UsulanPlace) -> PlaceRow:
    return PlaceRow(
        place.region.kode, place.region.name, place.detail, format_number(place.volume_proposed), format_number(place.volume_agreed),
        place.amount_proposed, place.amount_agreed, place.get_verdict_display(),
        ReasonCode(place.reason).label if place.reason else "", place.note,
    )  # fmt: skip


def _histories(items: list[Item]) -> dict[int, tuple[str, ...]]:
    """Where a row came from: merged, split, carried over from an earlier round with its fate then."""
    found: dict[int, list[str]] = {}
    rows = (
        Lineage.objects.filter(to_item__in=items).select_related("from_item__round", "from_item__usulan").order_by("pk")
    )
    for row in rows:
        source = row.from_item
        if row.kind == "carry":
            fate = fate_of(source)
            words = f"Usulan lanjutan dari {fate.round} ({source.code}): {fate.label.lower()}"
        else:
            words = (
                f"{'Gabungan dari' if row.kind == 'merge' else 'Pecahan dari'} {source.usulan.title} ({source.code})"
            )
        found.setdefault(row.to_item_id, []).append(words)
    return {pk: tuple(texts) for pk, texts in found.items()}


def totals_of(rows: tuple[UsulanRow, ...]) -> tuple[TotalRow, ...]:
    """The agreed allocation in all, in the unit in which the paper prints it."""
    unit = money_unit(rows)
    total = sum(place.amount_agreed or 0 for row in rows for place in row.places)
    return (TotalRow(f"Jumlah alokasi yang direkomendasikan ({unit.label})", total // unit.factor),) if rows else ()


def money_unit(rows: tuple[UsulanRow, ...] | tuple[UsulanLeftRow, ...]) -> Unit:
    """The one unit in which all rows were written, else full rupiah; also where an amount would not come out even."""
    units = {row.amount_unit for row in rows}
    unit = Unit(units.pop()) if len(units) == 1 else Unit.RP
    return unit if all(amount % unit.factor == 0 for row in rows for amount in _amounts(row)) else Unit.RP


def _amounts(row: UsulanRow | UsulanLeftRow) -> list[int]:
    amounts = [row.amount] if isinstance(row, UsulanLeftRow) else [
        amount for place in row.places for amount in (place.amount_proposed, place.amount_agreed)
    ]  # fmt: skip
    return [amount for amount in amounts if amount is not None]


def _left(found: Material, book: dict[int, Usulan]) -> list[UsulanLeftRow]:
    rows: list[UsulanLeftRow] = []
    for item in found.items:
        usulan, state = book[item.pk], found.state(item)
        if state not in AGREED_STATES:
            rows.append(_left_usulan(len(rows) + 1, found, item, usulan))
            continue
        for place in usulan.places.all():
            if place.verdict == PlaceVerdict.DECLINED:
                rows.append(_left_place(len(rows) + 1, item, usulan, place))
    return rows


def _left_usulan(no: int, found: Material, item: Item, usulan: Usulan) -> UsulanLeftRow:
    state, facts = found.state(item), facts_for(None, usulan)
    reason = (
        ReasonCode(item.reason).label if item.reason else item.request_text if state == ItemState.REPAIR else FOLLOWED
    )
    declined = state == ItemState.DECLINED
    volumes = [row["volume"] for row in facts["places"] if row["volume"] is not None]
    amounts = [row["amount"] for row in facts["places"] if row["amount"] is not None]
    ro = facts["ro"] or NO_AIM
    return UsulanLeftRow(
        no, item.code, item.region.kode, item.region.name, "Usulan", facts["title"], ro["kl"], ro["code"], ro["name"],
        ", ".join(row["kode"] for row in facts["places"]), ", ".join(row["name"] for row in facts["places"]), facts["unit"],
        format_number(sum(volumes, Decimal(0))) if volumes else "", sum(amounts) if amounts else None, facts["amount_unit"],
        str(state), state_label(state, item.strand), reason, usulan.next_forum or LATER, item.conclusion if declined else "",
        objection_of(found, item) if declined else "",
    )  # fmt: skip


def _left_place(no: int, item: Item, usulan: Usulan, place: UsulanPlace) -> UsulanLeftRow:
    ro = usulan.aim.facts() or NO_AIM
    return UsulanLeftRow(
        no, item.code, item.region.kode, item.region.name, "Lokasi", usulan.title, ro["kl"], ro["code"], ro["name"],
        place.region.kode, place.region.name, usulan.unit,
        format_number(place.volume_proposed), place.amount_proposed, usulan.amount_unit, place.verdict, place.get_verdict_display(),
        ReasonCode(place.reason).label if place.reason else "", usulan.next_forum or LATER, place.note,
    )  # fmt: skip


def _corrections(found: Material) -> list[CorrectionRow]:
    items = {item.pk: item for item in found.items}
    rows = Correction.objects.filter(usulan__item__in=items).select_related("usulan")
    order = {pk: no for no, pk in enumerate(items)}
    listed = sorted(rows, key=lambda row: (order[row.usulan.item_id], row.pk))
    return [
        CorrectionRow(
            no, items[row.usulan.item_id].code, items[row.usulan.item_id].region.name, row.usulan.title, row.get_field_display(),
            row.before, row.after, row.reason,
        )
        for no, row in enumerate(listed, start=1)
    ]  # fmt: skip


__all__ = ["money_unit", "totals_of", "usulan_parts"]
