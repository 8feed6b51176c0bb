"""The lampiran that only a makro berita acara prints: targets with what stood beside them, strategies and actions."""

from __future__ import annotations

from agreements.exports.columns import (
    AGREED,
    CODE,
    DATED,
    MIDDLE,
    NUMBER,
    Column,
    Printed,
    region_cell,
    region_column,
)
from agreements.selectors.macro_sheet import ActionRow
from agreements.selectors.sheet import BaSheet, TargetRow
from core.values import format_value
from desks.levels import NATIONAL


def macro_targets(sheet: BaSheet) -> Printed:
    """Lampiran II: the agreed targets, with achievement and targets of the documents."""
    columns = [
        Column("No", 5, MIDDLE), *region_column(sheet), Column("Kode", 9, CODE), Column("Indikator", 26), Column("Satuan", 9, MIDDLE),
        Column("Realisasi terakhir", 13, DATED), Column("RPJMN wilayah", 12, DATED), Column("RPJMD", 10, DATED),
        Column(f"Target {sheet.area}", 12, NUMBER), Column(_proposal(sheet), 12, NUMBER), Column("Kesepakatan", 13, AGREED),
        Column("Status", 15, MIDDLE), Column("Dasar persetujuan", 20), Column("Kesimpulan", 24),
    ]  # fmt: skip
    return columns, (_target(sheet, row) for row in sheet.targets)


def _proposal(sheet: BaSheet) -> str:
    return "Usulan daerah" if sheet.area == NATIONAL.area else "Usulan kab/kota"


def _target(sheet: BaSheet, row: TargetRow) -> list[str]:
    return [
        str(row.no), *region_cell(sheet, row.region), row.indicator_code, row.indicator, row.unit, row.actual, row.rpjmn, row.rpjmd,
        format_value(row.national), format_value(row.proposed), row.agreed_text, row.status, row.basis, row.note,
    ]  # fmt: skip


def macro_actions(sheet: BaSheet) -> Printed:
    """Lampiran III: strategies and actions of centre and region, each with who answers for it."""
    side = 10 if sheet.area == NATIONAL.area else 15
    columns = [
        Column("No", 5, MIDDLE), *region_column(sheet), Column("Indikator", 30), Column("Kesepakatan", 13, AGREED), Column("Pihak", side, MIDDLE),
        Column("Strategi dan aksi", 76), Column("Penanggung jawab", 32), Column("Keterangan", 14, MIDDLE),
    ]  # fmt: skip
    return columns, (_action(sheet, row) for row in sheet.actions)


def _action(sheet: BaSheet, row: ActionRow) -> list[str]:
    return [
        str(row.no), *region_cell(sheet, row.region), row.indicator, format_value(row.agreed), row.side, row.text, row.owner,
        "Ditambahkan di desk" if row.added else "",
    ]  # fmt: skip
