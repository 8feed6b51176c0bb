"""A Bappeda fills its Isian in Excel: download, type offline, upload, look at every cell, accept by row, take the answer home."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor, screenshot
from tests.browser.staging import Stage
from tests.browser.steps import Company, press, told, type_targets
from tests.desks.isian_excel.books import Book

pytestmark = pytest.mark.browser
JOBS = False


def test_the_isian_goes_to_excel_and_comes_back(visitor: Callable[..., Visitor], stage: Stage, tmp_path: Path) -> None:
    company = Company(visitor, stage)
    items: list[str] = stage.facts["items"]
    page = company.isian("bappeda")
    type_targets(page, [(items[1], "60")])
    page.reload()
    page.get_by_role("link", name="Isi lewat Excel").click()
    told(page, "persis seperti tampil")
    company.clean("bappeda")
    _taken(page, "Unduh untuk diisi", tmp_path / "isian.xlsx")
    type_targets(company.isian("opd"), [(items[2], "33")])
    _typed(tmp_path, stage.facts["kegiatan"][0][0])
    page.locator("[name=berkas]").set_input_files(tmp_path / "diisi.xlsx")
    press(page, "Unggah dan periksa")
    expect(page.get_by_role("heading", name="Periksa sebelum disimpan")).to_be_visible()
    counts = page.locator(".page-head p").last
    for text in ("7 sel berubah", "1 bentrok", "1 ditolak", "1 berubah", "4 baru"):
        expect(counts).to_contain_text(text)
    told(page, "Kini 33", "bukan angka")
    company.clean("bappeda")
    screenshot(page, "periksa")
    page.locator("tr", has_text="Target baris 5").locator("[data-select-row]").check()
    page.locator("tr", has_text="Sub kegiatan baris 5").locator("[data-select-row]").check()
    press(page, "Terima 2 baris terpilih")
    expect(page.get_by_role("heading", name="Hasil unggahan")).to_be_visible()
    for text in ("4 tersimpan", "1 tidak dipilih", "1 bentrok", "1 ditolak"):
        expect(counts).to_contain_text(text)
    company.clean("bappeda")
    _taken(page, "Unduh berkas hasil", tmp_path / "hasil.xlsx")
    _answer(tmp_path / "hasil.xlsx")
    page = company.isian("bappeda")
    expect(page.locator(f"[name='v.{items[0]}']")).to_have_value("71,50")
    expect(page.locator(f"[name='v.{items[1]}']")).to_have_value("60,00")
    expect(page.locator(f"[name='v.{items[2]}']")).to_have_value("33,00")


def _taken(page: Page, name: str, path: Path) -> None:
    with page.expect_download() as got:
        page.get_by_role("link", name=name).click()
    got.value.save_as(path)


def _typed(folder: Path, kode: str) -> None:
    """New, changed, contested and refused cells, and a sub kegiatan."""
    book = Book((folder / "isian.xlsx").read_bytes())
    book.put("Target", 5, value=71.5)
    book.put("Target", 6, value=61)
    book.put("Target", 7, value=35)
    book.put("Target", 8, value="banyak")
    book.put(
        "Sub kegiatan",
        5,
        item=book.at("Target", 5, "Kode butir").value,
        kode=kode,
        opd="Dinas Bina Marga Jawa Barat",
        volume=4,
        source="DAU",
        pagu=1_500_000,
    )
    (folder / "diisi.xlsx").write_bytes(book.bytes())


def _answer(path: Path) -> None:
    book = Book(path.read_bytes())
    assert load_workbook(path).sheetnames[:2] == ["Petunjuk", "Hasil"]
    assert book.at("Target", 5, "USULAN").comment is None
    for line, typed, word in ((6, 61, "Tidak dipilih"), (7, 35, "Bentrok"), (8, "banyak", "Ditolak")):
        cell = book.at("Target", line, "USULAN")
        assert (cell.value, cell.comment is not None and word in cell.comment.text) == (typed, True), line
    assert book.at("Sub kegiatan", 5, "Pagu 1 (Rp)").value == 1_500_000
    lines = [[cell.value for cell in row] for row in book.sheet("Hasil").iter_rows(min_row=6)]
    assert [re.sub(r"\W", "", str(line[8])) for line in lines].count("tersimpan") == 4
