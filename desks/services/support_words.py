"""What the codes and texts of typed sub kegiatan mean, and how facts are told in the fields that one types."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from accounts.models import Institution, Region
from core.errors import InvalidInput
from core.money import Unit, amount_as_typed, format_rupiah
from core.numbers import format_number
from desks.models import Event, Item, Position, Support
from desks.selectors.item import bidang_of
from desks.selectors.supports import CHANGES
from desks.services.support import Known, SupportData, gov_level_of
from planning.choices import NomenclatureLevel
from planning.models import FundingSource, Nomenclature

PAGU: Final = "pagu."
FIELDS: Final = ("volume", "volume_unit", "places", "unit")
Facts = dict[str, Any]
Key = tuple[int, str, str]
"""Item, kode of the sub kegiatan, code of the OPD."""


@dataclass(frozen=True)
class Book:
    """The objects behind the codes of one batch, in a fixed number of queries."""

    known: Known
    codes: dict[tuple[str, str], Nomenclature]
    opds: dict[str, Institution]
    places: dict[tuple[int, str], Region]
    funds: dict[str, FundingSource]
    bidang: dict[tuple[int, int | None], frozenset[int]]

    @classmethod
    def of(cls, keys: Collection[tuple[str, str]], items: Iterable[Item]) -> Book:
        """Read for the (kode, OPD) of a batch and its rows, whose regions are put on them."""
        rows = list(items)
        regions = Region.objects.in_bulk({item.region_id for item in rows})
        for item in rows:
            item.region = regions[item.region_id]
        below = Region.objects.filter(parent__in=regions).order_by("-kode")
        codes = Nomenclature.objects.filter(
            kode__in={kode.strip() for kode, _ in keys}, level=NomenclatureLevel.SUB_KEGIATAN
        ).order_by("version_id")
        opds = Institution.objects.filter(kode__in={opd.partition(":")[2].strip() for _, opd in keys})
        funds = FundingSource.objects.all()
        nomenclature, offices, places = list(codes), list(opds), list(below)
        known = Known(_by_pk(nomenclature), _by_pk(offices), _by_pk(places), _by_pk(funds))
        return cls(
            known, {(row.gov_level, row.kode): row for row in nomenclature}, {row.code: row for row in offices},
            {(row.parent_id or 0, name.casefold()): row for row in places for name in (row.name, row.short_name, row.kode)},
            {row.kode: row for row in funds}, _bidang(rows),
        )  # fmt: skip

    def data(self, item: Item, kode: str, opd: str, support: Support | None, changes: dict[str, str]) -> SupportData:
        """The whole sub kegiatan that the typed fields ask for: what is not typed stays as it stands."""
        for name in changes:
            if name not in FIELDS and not name.startswith(PAGU):
                raise InvalidInput(f"Kolom tidak dikenal: {name}.", field=name)
        volume = format_number(support.volume) if support else ""
        return SupportData(
            support.nomenclature_id if support else self._nomenclature(item, kode.strip()).pk,
            support.opd_id if support else self._opd(opd.strip()).pk,
            changes.get("volume", volume), changes.get("volume_unit", support.volume_unit if support else ""),
            self._places(item, support, changes), self._funds(support, changes),
        )  # fmt: skip

    def _nomenclature(self, item: Item, kode: str) -> Nomenclature:
        row = self.codes.get((gov_level_of(item), kode))
        if row is None:
            raise InvalidInput(
                f"Kode sub kegiatan {kode} tidak ada dalam nomenklatur {gov_level_of(item).label.lower()}.",
                field="nomenclature",
            )
        allowed = self.bidang[_desk_key(item)]
        if allowed and row.bidang_id not in allowed:
            raise InvalidInput(f"Sub kegiatan {kode} tidak ada pada bidang urusan butir ini.", field="nomenclature")
        return row

    def _opd(self, code: str) -> Institution:
        if code not in self.opds:
            raise InvalidInput(f"Perangkat daerah {code or '(kosong)'} tidak dikenal.", field="opd")
        return self.opds[code]

    def _places(self, item: Item, support: Support | None, changes: dict[str, str]) -> tuple[int, ...]:
        if "places" not in changes:
            return tuple(place.region_id for place in support.places.all()) if support else ()
        typed = [name.strip() for name in changes["places"].split(",") if name.strip()]
        missing = [name for name in typed if (item.region_id, name.casefold()) not in self.places]
        if missing:
            raise InvalidInput(
                f"Lokasi harus kabupaten/kota di {item.region.name}; tidak dikenal: {', '.join(missing)}.",
                field="places",
            )
        return tuple(self.places[item.region_id, name.casefold()].pk for name in typed)

    def _funds(self, support: Support | None, changes: dict[str, str]) -> tuple[tuple[int, str, str], ...]:
        unit = unit_named(changes.get("unit", ""))
        funds = {
            fund.source.kode: (amount_as_typed(fund.proposed, Unit(fund.proposed_unit)), fund.proposed_unit)
            for fund in (support.funds.all() if support else ())
        }
        funds |= {name.removeprefix(PAGU): (text, unit) for name, text in changes.items() if name.startswith(PAGU)}
        for kode in funds:
            if kode not in self.funds:
                raise InvalidInput(f"Sumber dana {kode} tidak dikenal.", field=f"{PAGU}{kode}")
        return tuple((self.funds[kode].pk, text, unit) for kode, (text, unit) in funds.items())


def _by_pk(rows: Iterable[Any]) -> dict[int, Any]:
    return {row.pk: row for row in rows}


def _desk_key(item: Item) -> tuple[int, int | None]:
    return item.meja.desk_id, item.indicator.bidang_id if item.indicator else None


def _bidang(rows: list[Item]) -> dict[tuple[int, int | None], frozenset[int]]:
    found: dict[tuple[int, int | None], frozenset[int]] = {}
    for item in rows:
        if _desk_key(item) not in found:
            found[_desk_key(item)] = frozenset(bidang_of(item))
    return found


def unit_named(text: str) -> Unit:
    """The unit of typed amounts: Rp, ribu, juta, miliar; empty is rupiah."""
    try:
        return Unit(text.strip().casefold() or Unit.RP)
    except ValueError:
        raise InvalidInput(
            f"Satuan pagu {text} tidak dikenal. Pilih Rp, ribu, juta, atau miliar.", field="unit"
        ) from None


def fields_of(facts: Facts | None, unit: str = "") -> dict[str, str]:
    """The facts of a sub kegiatan in the fields that one types, amounts in `unit`; empty texts where it does not stand."""
    if facts is None:
        return {"volume": "", "volume_unit": "", "places": "", "total": ""}
    try:
        written = unit_named(unit)
    except InvalidInput:
        written = Unit.RP
    amounts = [amount for amount in facts["funds"].values() if amount is not None]
    return {
        "volume": format_number(Decimal(facts["volume"])) if facts["volume"] is not None else "",
        "volume_unit": facts["unit"],
        "places": ", ".join(facts["places"]),
        **{f"{PAGU}{kode}": amount_as_typed(amount, written) for kode, amount in facts["funds"].items()},
        "total": format_rupiah(sum(amounts)) if amounts else "",
    }


def standing_of(items: Iterable[Item]) -> dict[Key, Support]:
    """The sub kegiatan of the rows by key, with places and pagu, in three queries."""
    found = (
        Support.objects.filter(item__in=[item.pk for item in items])
        .select_related("nomenclature", "opd")
        .order_by("pk")
    )
    return {
        (row.item_id, row.nomenclature.kode, row.opd.code): row
        for row in found.prefetch_related("places__region", "funds__source")
    }


def discussed_among(supports: Iterable[Support]) -> frozenset[int]:
    """Those of them about which somebody spoke."""
    spoken = Position.objects.filter(support__in=[row.pk for row in supports])
    return frozenset(pk for pk in spoken.values_list("support_id", flat=True) if pk is not None)


def facts_seen(item: Item, version: int, key: Key, now: Facts | None) -> Facts | None:
    """What the sub kegiatan was at a version of its row: what the first later act on it found, else what stands now."""
    events = Event.objects.filter(item=item, action__in=CHANGES).order_by("seq")
    for text in events.values_list("payload", flat=True):
        payload = json.loads(text)
        facts = payload.get("after") or payload["before"]
        if payload["item_version"] > version and (facts["kode"], facts["opd"]) == key[1:]:
            before: Facts | None = payload.get("before")
            return before
    return now
