"""The workbook in which a K/L fills its targets for all regions: a pure function from plain rows to bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from core.excel import STYLES, Cell, Sheet, new_workbook, number_cell, row_height, workbook_bytes
from core.values import Value

MARK: Final = "PORTAL-RAKORTEK/TARGET"
SHEET: Final = "Target"
HEADS: Final = {
    "indicator": "Kode indikator",
    "name": "Indikator",
    "unit": "Satuan",
    "region": "Kode wilayah",
    "region_name": "Wilayah",
    "actual": "Capaian terakhir",
    "actual_year": "Tahun capaian",
    "rpjmn": "RPJMN",
    "agreement": "Kesepakatan lalu",
    "current": "Target saat ini",
    "new": "TARGET BARU",
    "version": "Versi",
    "remark": "Keterangan",
}
_WIDTHS: Final = (13, 46, 10, 9, 29, 11, 9, 11, 12, 12, 14, 7, 24)
_NUMBER: Final = STYLES["decimal"]
_INPUT: Final = replace(STYLES["input"], format="General")
_ONE_LINE: Final = replace(STYLES["text"], wrap=False)
_HEAD_INPUT: Final = replace(STYLES["header"], fill="FFF2A8")
_GUIDE: Final = (
    "Isi kolom TARGET BARU (kuning) pada lembar Target. Kolom lain terkunci dan hanya untuk dibaca.",
    "Kosong berarti target tidak berubah. Tulis tanda hubung (-) untuk menghapus target yang sudah ada.",
    "Angka ditulis sebagai angka Excel. Rentang ditulis 5,3–5,7; batas ditulis <5 atau ≥90. Kata (WTP) hanya pada indikator berupa predikat atau opini.",
    "Baris berkode wilayah {host} adalah target {area}; baris lain target indikatif {regions}.",
    "Baris boleh diurutkan, dihapus, atau disalin ke berkas lain selama judul kolom dan identitas berkas tetap ada.",
    "Unggah kembali di halaman Target desk ini. Sebelum disimpan, portal menampilkan baris baru, berubah, sama, bentrok, dan ditolak.",
    "Bentrok berarti target diubah orang lain setelah berkas ini diunduh; nilai itu tidak ditimpa.",
)


@dataclass(frozen=True)
class TargetLine:
    """One row of the workbook."""

    indicator: str
    name: str
    unit: str
    decimals: int
    region: str
    region_name: str
    actual: Value | None
    actual_year: int
    rpjmn: Value | None
    agreement: Value | None
    current: Value | None
    version: int
    simulated: bool
    new: Value | str | None = None


@dataclass(frozen=True)
class TargetSheet:
    """The whole workbook: of which round, desk and plan year, for whom, made when."""

    round_code: str
    round_name: str
    desk_code: str
    desk_name: str
    plan_year: int
    institution: str
    made: str
    open_until: str
    lines: Sequence[TargetLine]
    host: str = "00"
    area: str = "nasional"
    regions: str = "provinsi"


def identification(sheet: TargetSheet) -> str:
    """What tells the upload to which round, desk and year a workbook belongs."""
    return f"{MARK}|{sheet.round_code}|{sheet.desk_code}|{sheet.plan_year}"


def targets_workbook(sheet: TargetSheet) -> bytes:
    """Sheets Petunjuk and Target."""
    workbook = new_workbook(f"Target {sheet.desk_name}")
    _guide(workbook, sheet)
    _targets(workbook, sheet)
    return workbook_bytes(workbook)


def _guide(workbook: Any, sheet: TargetSheet) -> None:
    out = Sheet(workbook, "Petunjuk", widths=(5, 95))
    out.row(["", f"Target {sheet.plan_year}, desk {sheet.desk_name}"], style=[STYLES["line"], STYLES["strong"]])
    out.row(
        ["", f"{sheet.round_name}. Diunduh {sheet.made} untuk {sheet.institution}. {sheet.open_until}"],
        style=STYLES["plain"],
    )
    out.blank()
    words = {"host": sheet.host, "area": sheet.area, "regions": sheet.regions}
    for no, line in enumerate((text.format(**words) for text in _GUIDE), start=1):
        out.row([f"{no}.", line], style=STYLES["plain"], height=row_height((line, 92)))
    out.blank()
    out.row(["", f"Identitas berkas: {identification(sheet)}"], style=STYLES["note"])
    out.protect()


def _targets(workbook: Any, sheet: TargetSheet) -> None:
    out = Sheet(workbook, SHEET, widths=_WIDTHS, landscape=True, header_rows=(4, 4), freeze="F5")
    out.ws.column_dimensions["L"].hidden = True
    out.row([f"Target {sheet.plan_year}, desk {sheet.desk_name}, {sheet.round_name}"], style=STYLES["strong"])
    out.row([identification(sheet)], style=STYLES["note"])
    out.row(
        ["Jangan ubah baris identitas di atas. Isi kolom TARGET BARU; kosong berarti tidak berubah."],
        style=STYLES["note"],
    )
    styles = [_HEAD_INPUT if name == "new" else STYLES["header"] for name in HEADS]
    out.row(list(HEADS.values()), style=styles, height=30)
    for line in sheet.lines:
        whole = line.region == sheet.host
        out.row(_cells(line, whole), height=row_height((line.name, 46)) if whole else row_height())
    out.ws.auto_filter.ref = f"A4:M{max(out.row_count, 5)}"
    out.protect()
    out.ws.protection.autoFilter = False
    out.ws.protection.sort = False


def _cells(line: TargetLine, whole: bool) -> list[Any]:
    base = STYLES["group"] if whole else _ONE_LINE
    return [
        Cell(line.indicator, replace(base, format="@")), Cell(line.name, base), Cell(line.unit, base), Cell(line.region, replace(base, format="@")),
        Cell(line.region_name, base), _number(line.actual), Cell(str(line.actual_year) if line.actual_year else "", STYLES["center"]),
        _number(line.rpjmn), _number(line.agreement), _number(line.current), _new(line.new), Cell(line.version, STYLES["whole"]),
        Cell("simulasi" if line.simulated else "", STYLES["text"]),
    ]  # fmt: skip


def _number(value: Value | None) -> Any:
    return Cell(None, _NUMBER) if value is None else number_cell(value)


def _new(value: Value | str | None) -> Cell:
    if value is None:
        return Cell(None, _INPUT)
    plain = number_cell(value) if isinstance(value, Value) else value
    return Cell(plain.value if isinstance(plain, Cell) else plain, _INPUT)
