"""Which sub kegiatan of a region's rows stand in its RKPD or Renja, which differ there, which are missing; and what it has that no row names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from accounts.actors import Actor
from accounts.choices import InstitutionKind
from core.errors import InvalidInput
from core.money import format_rupiah
from core.numbers import format_number
from core.values import Kind, parse_value
from desks.choices import ItemState, SupportVerdict
from desks.models import DeskBidang, Item, Round, Support
from desks.selectors.supports import supports_over
from indicators.choices import Strand
from planning.choices import LineLevel
from planning.models import Document, DocumentLine, LineYear

IN, DIFFERS, MISSING, UNNAMED = "ada", "berbeda", "tidak-ada", "tidak-disebut"
STATUSES: Final = {
    IN: ("Ada dan sama", "hijau"), DIFFERS: ("Berbeda", "kuning"), MISSING: ("Tidak ada", "merah"), UNNAMED: ("Tidak disebut butir", "biru"),
}  # fmt: skip
AGREED: Final = (SupportVerdict.AGREED, SupportVerdict.AGREED_NOTED)
GENERAL: Final = "01"
"""The programme of general support of every perangkat daerah, which no row of a desk names."""


@dataclass
class Volume:
    """What a document says of one output of a sub kegiatan: the number where it is one, the text as written."""

    unit: str
    text: str
    number: Decimal | None


@dataclass
class Entry:
    """A sub kegiatan of a perangkat daerah in a document, its lines taken together."""

    kode: str
    text: str
    opd: int | None
    opd_name: str
    volumes: list[Volume] = field(default_factory=list)
    amount: int | None = None
    lines: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Difference:
    """A cell that differs: what the row says and what the document says."""

    label: str
    ours: str
    theirs: str


@dataclass
class Compared:
    """A sub kegiatan of a row beside the document, or one of the document that no row names (`item` is '')."""

    status: str
    desk: str
    item: str
    subject: str
    kode: str
    name: str
    opd: str
    verdict: str
    volume: str
    amount: int | None
    entry: Entry | None
    differences: list[Difference] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The status in words."""
        return STATUSES[self.status][0]

    @property
    def tone(self) -> str:
        """The colour of the status."""
        return STATUSES[self.status][1]


def rounds_beside(actor: Actor, document: Document) -> list[Round]:
    """Rounds in which the actor sees urusan rows of the document's region for a year that it covers, newest first."""
    items = Item.objects.visible_to(actor).filter(
        region_id=document.owner.region_id, strand=Strand.URUSAN, round__plan_year__range=(document.year_from, document.year_to)
    )  # fmt: skip
    return list(Round.objects.filter(pk__in=items.order_by().values("round")).order_by("-plan_year", "-pk"))


def in_document(actor: Actor, round_: Round, document: Document) -> list[Compared]:
    """Every sub kegiatan of the rows that the actor sees beside the document, then what the document has under the same bidang besides.

    A sub kegiatan that several rows share agrees where either its own figure or their sum does. Those taken out at the desk are left out.
    """
    year = round_.plan_year
    if not document.year_from <= year <= document.year_to:
        raise InvalidInput(f"{document.title} tidak memuat tahun {year}.")
    items = _items(actor, round_, document)
    supports = [row for rows in supports_over(actor, items).values() for row in rows]
    entries = entries_of(document, year)
    standing = [row for row in supports if row.verdict != SupportVerdict.EXCLUDED]
    totals = _totals(standing)
    known = {item.pk: item for item in items}
    found = [_compared(known[row.item_id], row, entries, totals) for row in standing]
    named = {row.nomenclature.kode for row in supports}
    return [*found, *_unnamed(items, entries, named)]


def _items(actor: Actor, round_: Round, document: Document) -> list[Item]:
    rows = Item.objects.visible_to(actor).filter(round=round_, region_id=document.owner.region_id, strand=Strand.URUSAN)
    rows = rows.exclude(state=ItemState.WITHDRAWN).select_related(
        "meja__desk", "round", "region", "indicator", "indicator_version"
    )
    return list(rows.order_by("meja__desk__order", "meja__desk__code", "order", "pk"))


def entries_of(document: Document, year: int) -> dict[str, list[Entry]]:
    """The sub kegiatan of a document by code, one entry for each perangkat daerah, in two queries."""
    rows = DocumentLine.objects.filter(document=document, level=LineLevel.SUB_KEGIATAN).order_by("order")
    default = document.owner_id if document.owner.kind == InstitutionKind.OPD else None
    found: dict[tuple[str, int | None], Entry] = {}
    owners: dict[int, tuple[Entry, str, str]] = {}
    for pk, code, kode, text, indicator, unit, opd, name in rows.values_list(
        "pk", "line_code", "nomenclature__kode", "text", "indicator_text", "unit", "institution_id", "institution__name"
    ):
        own = code.partition("#")[0]
        known = kode if kode and not kode.startswith("X") else own
        office = opd or default
        entry = found.setdefault(
            (known, office), Entry(known, text, office, name or (document.owner.name if office else ""))
        )
        entry.lines.append(pk)
        owners[pk] = (entry, unit, indicator)
    _say(document, year, owners)
    by_code: dict[str, list[Entry]] = defaultdict(list)
    for entry in found.values():
        by_code[entry.kode].append(entry)
    return dict(by_code)


def _say(document: Document, year: int, owners: dict[int, tuple[Entry, str, str]]) -> None:
    """Add up what the lines say of the year: money over all, volumes of the same output."""
    outputs: dict[tuple[int, str, str], Volume] = {}
    said = LineYear.objects.filter(line__document=document, year=year).order_by("line__order")
    for line, target, amount in said.values_list("line_id", "target", "amount"):
        if line not in owners:
            continue
        entry, unit, indicator = owners[line]
        if amount is not None:
            entry.amount = (entry.amount or 0) + amount
        if not target:
            continue
        number, key = _number(target), (id(entry), _folded(unit), _folded(indicator))
        known = outputs.get(key)
        if known is None:
            outputs[key] = Volume(unit, target, number)
            entry.volumes.append(outputs[key])
        elif known.number is not None and number is not None:
            known.number += number
            known.text = format_number(known.number)


def _number(text: str) -> Decimal | None:
    try:
        value = parse_value(text, decimals=4 if "," in text else 0, dot="thousands")
    except InvalidInput:
        return None
    return value.min if value is not None and value.kind == Kind.POINT else None


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _pagu(row: Support) -> int | None:
    """What stands of the pagu: the agreed amounts once the sub kegiatan is settled, else the proposed ones."""
    agreed = row.verdict in AGREED
    amounts = [fund.agreed if agreed and fund.agreed is not None else fund.proposed for fund in row.funds.all()]
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None


Totals = dict[tuple[str, int], tuple[Decimal | None, int | None]]


def _totals(rows: Iterable[Support]) -> Totals:
    found: Totals = {}
    for row in rows:
        volume, amount = found.get((row.nomenclature.kode, row.opd_id), (None, None))
        pagu = _pagu(row)
        found[row.nomenclature.kode, row.opd_id] = (
            (volume or Decimal(0)) + row.volume if row.volume is not None else volume,
            (amount or 0) + pagu if pagu is not None else amount,
        )
    return found


def _compared(item: Item, row: Support, entries: dict[str, list[Entry]], totals: Totals) -> Compared:
    kode = row.nomenclature.kode
    there = entries.get(kode, [])
    entry = next((each for each in there if each.opd == row.opd_id), None) or next(
        (each for each in there if each.opd is None), None
    )
    differences: list[Difference] = []
    if entry is None and there:
        entry = there[0]
        differences.append(Difference("Perangkat daerah", row.opd.name, entry.opd_name))
    if entry is not None:
        differences += _differences(row, entry, totals[kode, row.opd_id])
    status = MISSING if entry is None else DIFFERS if differences else IN
    return Compared(
        status, f"{item.meja.desk.code} {item.meja.desk.name}", item.code, item.subject, kode, row.nomenclature.name, row.opd.short_name,
        row.get_verdict_display(), _volume_text(row.volume, row.volume_unit), _pagu(row), entry, differences,
    )  # fmt: skip


def _volume_text(number: Decimal | None, unit: str) -> str:
    return f"{format_number(number)} {unit}".strip() if number is not None else ""


def _differences(row: Support, entry: Entry, total: tuple[Decimal | None, int | None]) -> list[Difference]:
    found: list[Difference] = []
    shown = ", ".join(f"{each.text} {each.unit}".strip() for each in entry.volumes) or "tidak tertulis"
    same_unit = [
        each
        for each in entry.volumes
        if not row.volume_unit or not each.unit or _folded(each.unit) == _folded(row.volume_unit)
    ]
    if entry.volumes and not same_unit:
        found.append(Difference("Satuan", row.volume_unit, ", ".join(each.unit for each in entry.volumes)))
    elif row.volume is not None and not any(
        each.number in (row.volume, total[0]) for each in same_unit if each.number is not None
    ):
        found.append(Difference("Volume", _volume_text(row.volume, row.volume_unit), shown))
    amount = _pagu(row)
    if amount is not None and entry.amount not in (amount, total[1]):
        found.append(Difference("Pagu", format_rupiah(amount), format_rupiah(entry.amount) or "tidak tertulis"))
    return found


def _unnamed(items: Sequence[Item], entries: dict[str, list[Entry]], named: set[str]) -> list[Compared]:
    """What the document has under the bidang of the desks seen that no row names; the general support programme is left out."""
    desks = {item.meja.desk_id: f"{item.meja.desk.code} {item.meja.desk.name}" for item in items}
    bidang = {
        kode: desks[desk]
        for desk, kode in DeskBidang.objects.filter(desk__in=desks).values_list("desk_id", "bidang__kode")
    }
    found = []
    for kode, each in sorted(entries.items()):
        parts = kode.split(".")
        desk = bidang.get(".".join(parts[:2]))
        if desk is None or kode in named or (len(parts) > 2 and parts[2] == GENERAL):
            continue
        found += [_of_document(entry, desk) for entry in each]
    return found


def _of_document(entry: Entry, desk: str) -> Compared:
    return Compared(UNNAMED, desk, "", "", entry.kode, entry.text, entry.opd_name, "", "", None, entry)


def said_by(entry: Entry | None) -> str:
    """What a document says of a sub kegiatan, in one line."""
    if entry is None:
        return ""
    volumes = ", ".join(f"{each.text} {each.unit}".strip() for each in entry.volumes)
    return " · ".join(part for part in (volumes, format_rupiah(entry.amount), entry.opd_name) if part)
