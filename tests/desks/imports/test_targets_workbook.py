"""Reading targets back: columns by header, numbers however stored, foreign and doubled things refused in words."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import Workbook

from core.errors import InvalidInput
from core.values import Value
from desks.imports.targets import ReadTarget, read_targets, writes_of
from desks.selectors.figures import Shown
from desks.selectors.targets import TargetCell

MARK = "PORTAL-RAKORTEK/TARGET|R1|1.03|2027"
HEAD = ("Kode indikator", "Kode wilayah", "TARGET BARU", "Versi")


def cell(region: str, current: str = "", version: int = 1, **more: Any) -> TargetCell:
    value = Value.point(Decimal(current)) if current else None
    shown = Shown(value, f"{current},00", year=2027, version=version, source="kl_indikatif") if value else None
    facts: dict[str, Any] = {
        "indicator": "1.03.001", "name": "Jalan", "unit": "%", "decimals": 2, "direction": "", "region": region, "region_name": f"Provinsi {region}",
        "current": shown, "actuals": (), "rpjmn": None, "agreement": None, "editable": True,
    }  # fmt: skip
    return TargetCell(**{**facts, **more})


CELLS = [cell("00"), cell("11", "7", 2), cell("12")]


def book(*rows: tuple[Any, ...], head: tuple[Any, ...] = HEAD, mark: str = MARK) -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(["Target"])
    sheet.append([mark])
    sheet.append(list(head))
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def read(content: bytes, dot: str = "ask", cells: list[TargetCell] | None = None, **place: Any) -> list[ReadTarget]:
    where = {"round_code": "R1", "desk_code": "1.03", "plan_year": 2027, **place}
    return read_targets(content, cells=cells or CELLS, dot=dot, **where)


def one(content: Any, region: str = "12", version: Any = 0, cells: list[TargetCell] | None = None) -> ReadTarget:
    return read(book(("1.03.001", region, content, version)), cells=cells)[0]


def test_rows_are_new_changed_same_contested_or_refused() -> None:
    found = read(
        book(
            ("1.03.001", "00", 14, 0), ("1.03.001", "11", 8, 2), ("1.03.001", "12", None, 0), ("9.99", "12", 5, 0), ("1.03.001", "11x", 5, 0),
        )
    )  # fmt: skip
    assert [(row.region, row.status) for row in found] == [
        ("00", "new"),
        ("11", "changed"),
        ("12", "refused"),
        ("11x", "refused"),
    ]
    assert one(7, "11", 2).status == "same"
    assert one(8, "11", 1).status == "conflict"
    assert one(8, "11", None).status == "conflict"


def test_columns_are_found_by_their_header_wherever_they_stand() -> None:
    head = ("Catatan saya", "Versi", " target  BARU ", "Kode wilayah", "Kode indikator")
    found = read(book(("x", 0, 5.5, "12", "1.03.001"), head=head))
    assert [(row.region, row.status, row.text) for row in found] == [("12", "new", "5,5000")]


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (5, "5,00"), (5.5, "5,50"), (1.234, "1,234"), (1234, "1.234,00"), (0, "0,00"), ("5,5", "5,50"), ("5.5", "5,50"), ("5,3–5,7", "5,30–5,70"),
        ("<5", "<5,00"), ("12 %", "12,00"), (0.1 + 0.2, "0,30"),
    ],
)  # fmt: skip
def test_numbers_and_texts_are_read(content: Any, shown: str) -> None:
    row = one(content)
    assert (row.status, row.shown) == ("new", shown)


def test_words_are_read_where_the_indicator_is_stated_in_words() -> None:
    row = one("WTP")
    assert (row.status, "bukan angka" in row.message) == ("refused", True)
    row = one("WTP", cells=[cell("12", in_words=True)])
    assert (row.status, row.shown) == ("new", "WTP")


def test_a_true_number_is_never_ambiguous_in_a_whole_unit() -> None:
    row = one(1.234, cells=[cell("12", decimals=0)])
    assert (row.status, row.shown) == ("new", "1,234")


def test_an_ambiguous_text_is_asked_and_read_as_answered() -> None:
    content = book(("1.03.001", "12", "1.234", 0))
    assert [row.status for row in read(content)] == ["ask"]
    found = read(content, dot="thousands")
    assert [(row.status, row.shown) for row in found] == [("new", "1.234,00")]
    assert [(write.text, write.dot) for write in writes_of(found, "thousands")] == [("1.234", "thousands")]


@pytest.mark.parametrize("content", ["5,,3", "1,2,3", True, "5,12345", 123456789012345678])
def test_what_is_no_target_is_refused_by_itself(content: Any) -> None:
    row = one(content)
    assert (row.status, bool(row.message)) == ("refused", True)


def test_a_date_that_excel_made_is_refused_in_words() -> None:
    import datetime as dt

    assert "tanggal" in one(dt.datetime(2026, 5, 3)).message


def test_a_dash_clears_a_target() -> None:
    row = one("-", "11", 2)
    assert (row.status, row.shown) == ("changed", "(dihapus)")
    assert one("-").status == "same"


def test_the_stored_result_of_a_formula_is_read(tmp_path: Any) -> None:
    content = _with_formula(book(("1.03.001", "12", 4321, 0)))
    assert [(row.status, row.shown) for row in read(content)] == [("new", "4.321,00")]


def _with_formula(content: bytes) -> bytes:
    """The same workbook, its number written as a formula with a stored result, as Excel saves it."""
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            body = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                assert b"<v>4321</v>" in body
                body = body.replace(b"<v>4321</v>", b"<f>4320+1</f><v>4321</v>")
            new.writestr(name, body)
    return out.getvalue()


def test_codes_that_excel_made_numbers_are_known_again() -> None:
    assert [row.status for row in read(book(("1.03.001", 0, 14, 0.0), ("1.03.001", 11, 8, 2.0)))] == ["new", "changed"]


def test_a_row_that_stands_twice_is_refused_both_times() -> None:
    found = read(book(("1.03.001", "12", 5, 0), ("1.03.001", "12", 6, 0)))
    assert [(row.status, row.line) for row in found] == [("refused", 4), ("refused", 5)]
    assert "4, 5" in found[0].message


@pytest.mark.parametrize(
    ("mark", "code"),
    [
        ("", "not_ours"), ("PORTAL-RAKORTEK/TARGET|R2|1.03|2027", "other_round"), ("PORTAL-RAKORTEK/TARGET|R1|1.02|2027", "other_desk"),
        ("PORTAL-RAKORTEK/TARGET|R1|1.03|2026", "other_year"), ("PORTAL-RAKORTEK/TARGET", "other_year"),
    ],
)  # fmt: skip
def test_a_workbook_of_another_place_is_refused(mark: str, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read(book(("1.03.001", "12", 5, 0), mark=mark))
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("head", "code"),
    [(("Kode indikator", "Kode wilayah", "Versi"), "header_missing"), ((*HEAD, "TARGET BARU"), "header_twice")],
)
def test_missing_or_doubled_columns_are_refused(head: tuple[str, ...], code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read(book(("1.03.001", "12", 5), head=head))
    assert caught.value.code == code


@pytest.mark.parametrize(
    "content", [b"<html><table></table></html>", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, b"PK\x03\x04 torn"]
)
def test_old_html_and_torn_files_are_refused(content: bytes) -> None:
    with pytest.raises(InvalidInput) as caught:
        read(content)
    assert caught.value.code in ("not_xlsx", "broken_workbook")


def test_a_cell_of_another_kl_is_refused() -> None:
    assert "pengampunya" in one(5, cells=[cell("12", editable=False)]).message
