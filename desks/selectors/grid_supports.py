"""The sheet of sub kegiatan and pagu: one row per sub kegiatan of a row, pagu side by side per sumber dana."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from accounts.choices import InstitutionKind
from accounts.models import Institution, Region
from core.money import Unit, amount_as_typed, format_rupiah
from core.numbers import format_number
from desks.models import Support, SupportFund, SupportPlace
from desks.selectors.isian import IsianRow
from planning.choices import GovLevel, NomenclatureLevel
from planning.models import FundingSource, Nomenclature


def support_sheet(rows: Mapping[int, IsianRow]) -> dict[str, Any]:
    """The sheet over rows by key, in four queries; amounts in whole rupiah as one types them."""
    sources = list(FundingSource.objects.order_by("pk").values_list("kode", "name"))
    columns: list[dict[str, Any]] = [
        {"key": "name", "type": "name", "title": "Indikator", "width": 220, "fixed": True},
        {"key": "kode", "type": "kode", "title": "Kode sub kegiatan", "width": 146, "edit": "new", "fixed": True},
        {"key": "title", "type": "text", "title": "Sub kegiatan", "width": 240},
        {"key": "opd", "type": "opd", "title": "Perangkat daerah", "width": 140, "edit": "new"},
        {"key": "places", "type": "places", "title": "Lokasi", "sub": "kab/kota, pisahkan koma", "width": 190, "edit": True},
        {"key": "volume", "type": "value", "title": "Volume", "width": 100, "edit": True},
        {"key": "volume_unit", "type": "text", "title": "Satuan", "width": 90, "edit": True},
        *(
            {"key": f"pagu.{kode}", "type": "money", "title": f"Pagu {kode}", "name": name, "width": 150, "edit": True}
            for kode, name in sources
        ),
        {"key": "total", "type": "total", "title": "Jumlah pagu", "width": 150, "strong": True},
        {"key": "state", "type": "state", "title": "Status", "width": 150},
    ]  # fmt: skip
    return {
        "key": "dukungan", "kind": "dukungan", "title": "Sub kegiatan & pagu", "columns": columns,
        "items": [[row.code, row.version, int(row.editable), row.name, row.state_label, row.tone] for row in rows.values()],
        "rows": _support_rows(rows, [kode for kode, _ in sources]),
    }  # fmt: skip


def _support_rows(rows: Mapping[int, IsianRow], sources: list[str]) -> list[list[Any]]:
    places: dict[int, list[str]] = defaultdict(list)
    for support, kode in _of(SupportPlace, rows).order_by("region__kode").values_list("support_id", "region__kode"):
        places[support].append(kode)
    funds: dict[int, dict[str, int | None]] = defaultdict(dict)
    for support, kode, amount in _of(SupportFund, rows).values_list("support_id", "source__kode", "proposed"):
        funds[support][kode] = amount
    found = Support.objects.filter(item__in=rows).order_by("nomenclature__kode", "pk")
    facts = found.values_list(
        "pk", "item_id", "nomenclature__kode", "nomenclature__name", "opd__kind", "opd__kode", "opd__short_name",
        "volume", "volume_unit",
    )  # fmt: skip
    by_item: dict[int, list[list[Any]]] = defaultdict(list)
    for pk, item, kode, name, opd_kind, opd_kode, opd, volume, unit in facts:
        amounts = [amount for amount in funds[pk].values() if amount is not None]
        cells = [
            "", kode, name, opd, ", ".join(places[pk]), format_number(volume), unit,
            *(amount_as_typed(funds[pk].get(source), Unit.RP) for source in sources),
            format_rupiah(sum(amounts)) if amounts else "", "",
        ]  # fmt: skip
        by_item[item].append([f"{rows[item].code}|{kode}|{opd_kind}:{opd_kode}", cells])
    return [row for item in rows for row in by_item[item]]


def _of(model: Any, rows: Mapping[int, IsianRow]) -> Any:
    return model.objects.filter(support__item__in=rows)


def offices_of(region_id: int) -> list[list[str]]:
    """The perangkat daerah of a region: code, short name, name."""
    kinds = [InstitutionKind.OPD, InstitutionKind.BAPPEDA]
    found = Institution.objects.filter(region_id=region_id, kind__in=kinds, active=True).order_by("name")
    return [[row.code, row.short_name, row.name] for row in found]


def places_of(region_id: int) -> list[list[str]]:
    """The kab/kota of a region: kode and short name."""
    found = Region.objects.filter(parent_id=region_id).order_by("kode")
    return [list(row) for row in found.values_list("kode", "short_name")]


def choices_of(bidang: Collection[int], province: bool) -> list[list[str]]:
    """The sub kegiatan that may be chosen: kode, name, satuan; all where the desks name no bidang."""
    level = GovLevel.PROVINSI if province else GovLevel.KABKOTA
    rows = Nomenclature.objects.filter(level=NomenclatureLevel.SUB_KEGIATAN, gov_level=level)
    if bidang:
        rows = rows.filter(bidang__in=bidang)
    return [list(row) for row in rows.order_by("kode", "version_id").values_list("kode", "name", "unit")]
