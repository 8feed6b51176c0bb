"""The workbook of targets as bytes: sheets, keys as text, numbers as numbers, only the new column open."""

from __future__ import annotations

import io
from decimal import Decimal

from openpyxl import load_workbook

from core.values import Value
from desks.exports.targets import HEADS, TargetLine, TargetSheet, identification, targets_workbook


def line(region: str, **more: object) -> TargetLine:
    facts: dict[str, object] = {
        "indicator": "1.03.001", "name": "Jalan mantap", "unit": "%", "decimals": 2, "region": region, "region_name": "Aceh",
        "actual": Value.point(Decimal("12.5")), "actual_year": 2025, "rpjmn": Value.range(5, 6), "agreement": None, "current": None,
        "version": 0, "simulated": True,
    }  # fmt: skip
    return TargetLine(**{**facts, **more})  # type: ignore[arg-type]


def sheet(*lines: TargetLine) -> TargetSheet:
    return TargetSheet(
        "R1", "Rakortek 2027", "1.03", "Pekerjaan Umum", 2027, "Kementerian PU", "1 Jan 2026 09.00 WIB", "", lines
    )


def test_the_workbook_holds_guide_and_targets() -> None:
    book = load_workbook(io.BytesIO(targets_workbook(sheet(line("00"), line("11", current=Value.point(7), version=3)))))
    assert book.sheetnames == ["Petunjuk", "Target"]
    out = book["Target"]
    assert out["A2"].value == identification(sheet()) == "PORTAL-RAKORTEK/TARGET|R1|1.03|2027"
    assert [cell.value for cell in out[4]] == list(HEADS.values())
    assert [cell.value for cell in out[6]] == [
        "1.03.001", "Jalan mantap", "%", "11", "Aceh", 12.5, "2025", "5,00–6,00", None, 7, None, 3, "simulasi",
    ]  # fmt: skip
    assert out.column_dimensions["L"].hidden
    assert out.protection.sheet
    assert [cell.column_letter for cell in out[6] if not cell.protection.locked] == ["K"]


def test_text_never_becomes_a_formula() -> None:
    book = load_workbook(io.BytesIO(targets_workbook(sheet(line("11", name="=1+1")))))
    assert (book["Target"]["B5"].data_type, book["Target"]["B5"].quotePrefix) == ("s", True)
