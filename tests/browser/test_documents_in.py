"""A region's list of sub kegiatan goes in as it is: columns proposed, one corrected, every row shown, loaded; the next one needs no questions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from tests.browser.conftest import PHONE, Visitor, screenshot
from tests.browser.steps import press, told

pytestmark = pytest.mark.browser
SEED = "tests.browser.documents_seed"
JOBS = False
CODE = ("1", "03", "10", "1.01")
HEAD = [
    "Kode",
    None,
    None,
    None,
    None,
    "Uraian",
    "Rincian Keluaran",
    "Target 2027",
    "Pagu Indikatif (Rp ribu)",
    "Perangkat Daerah",
]


def _list(path: Path, volume: str, printed: list[list[str]]) -> Path:
    """As SIPD prints it: title rows, merged code head, group rows, a sum; the code in five columns."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    office = "Dinas Bina Marga Jawa Barat"
    code, name = printed[0]
    *parts, kegiatan, sub = code.split(".")
    rows = [
        ["PEMERINTAH PROVINSI JAWA BARAT"], ["Rekapitulasi sub kegiatan RKPD 2027"], [], HEAD, [f"Unit Organisasi : {office}"],
        [*CODE[:3], None, None, "PROGRAM PENYELENGGARAAN JALAN", None, None, 4000, None],
        [*CODE, "0001", "Rekonstruksi Jalan", "Panjang jalan", "12 Km", 1500, None],
        [*CODE, "0002", "Pemeliharaan Rutin Jalan", "Panjang jalan", volume, 1500, None],
        [*parts[:3], f"{parts[3]}.{kegiatan}", sub, name, "Jumlah", "1 Laporan", 1000, None],
        [*CODE, "0003", "Pelebaran Jalan", "Panjang jalan", "3 Km", "seribu", None],
        ["JUMLAH", None, None, None, None, None, None, None, 4000, None],
    ]  # fmt: skip
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("A4:E4")
    book.save(path)
    return path


def _send(page: Page, path: Path, stage: str) -> None:
    page.get_by_label("Jenis").select_option(label="RKPD")
    page.get_by_label("Tahun awal").fill("2027")
    page.get_by_label("Judul").fill("RKPD Jawa Barat 2027")
    page.get_by_label(stage, exact=True).check()
    page.locator("[name=file]").set_input_files(path)
    press(page, "Periksa berkas")


def test_a_list_goes_in_and_stands_beside_the_rows(visitor: Callable[..., Visitor], tmp_path: Path) -> None:
    guest = visitor("bappeda", at="/dokumen/")
    page, printed = guest.page, guest.stage.facts["kegiatan"]
    page.get_by_role("link", name="Unggah dokumen").click()
    _send(page, _list(tmp_path / "ranwal.xlsx", "8 Km", printed), "Rancangan awal")
    expect(page.get_by_role("heading", name="Susunan kolom")).to_be_visible()
    chosen = page.locator("select[name^=kolom-]").evaluate_all("all => all.map((one) => one.value)")
    assert chosen == ["kode_1", "kode_2", "kode_3", "kode_4", "kode_5", "uraian", "", "target@0", "pagu@0", "pelaksana"]
    assert page.locator("[name=satuan-8]").input_value() == "ribu"
    page.locator("[name=kolom-6]").select_option(label="Indikator")
    press(page, "Lihat contoh dengan pilihan ini")
    told(page, "Panjang jalan | 2027: 12 Km · Rp1.500.000")
    assert (guest.serious(), guest.overflow()) == ([], 0)
    screenshot(page, "kolom")
    press(page, "Lanjut ke hasil baca")
    told(page, "7 baris dibaca:", "1 ditolak", "2 dilewati", "“seribu” bukan jumlah uang")
    assert (guest.serious(), guest.overflow()) == ([], 0)
    screenshot(page, "hasil-baca")
    press(page, "Muat 4 baris")
    told(page, "dimuat sebagai versi 1: 4 baris", "Berkas asal")
    page.goto(f"{guest.stage.url}/dokumen/unggah/")
    _send(page, _list(tmp_path / "rancangan.xlsx", "7 Km", printed), "Rancangan")
    told(page, "Susunan kolom dikenali", "7 baris dibaca:")
    press(page, "Muat 4 baris")
    told(page, "versi 2")
    page.goto(f"{guest.stage.url}/dokumen/")
    page.get_by_role("row").filter(has_text="Rancangan awal").get_by_role("link").first.click()
    page.get_by_role("link", name="Sub kegiatan butir").click()
    rows = [row.split("\t")[1].strip() for row in page.locator("tbody tr").all_inner_texts()]
    assert rows == ["Ada dan sama", "Berbeda", "Tidak ada", "Tidak disebut butir"]
    told(page, "Volume 8 Km")
    assert (guest.serious(), guest.overflow()) == ([], 0)
    screenshot(page, "kesesuaian")
    with page.expect_download() as got:
        page.get_by_role("link", name="Unduh Excel").click()
    got.value.save_as(tmp_path / "kesesuaian.xlsx")
    sheet = CalamineWorkbook.from_path(str(tmp_path / "kesesuaian.xlsx")).get_sheet_by_index(0).to_python()
    assert [(row[0], row[13]) for row in sheet[3:]] == [
        ("Ada dan sama", ""), ("Berbeda", "Volume: 7 Km → 8 Km"), ("Tidak ada", ""), ("Tidak disebut butir", ""),
    ]  # fmt: skip
    page.set_viewport_size(PHONE)
    assert guest.overflow() == 0
    screenshot(page, "kesesuaian-390")
