"""From an empty portal a secretariat sets a small round up by the screens alone, most of it from Excel, as the guide says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor, screenshot

pytestmark = pytest.mark.browser

SEED = "tests.browser.setup_seed"
DAY = dt.datetime(2027, 3, 1, 8)


def _hours(n: int) -> tuple[dt.datetime, dt.datetime]:
    """Four sittings of two hours a day."""
    begins = DAY + dt.timedelta(days=n // 4, hours=2 * (n % 4))
    return begins, begins + dt.timedelta(hours=2)


ROWS = {
    "Tahapan": [["Pengisian Daerah", None, DAY - dt.timedelta(days=20), DAY - dt.timedelta(days=5)], ["Desk", None, DAY, DAY + dt.timedelta(days=9)]],
    "Desk": [["1.03", "Pekerjaan Umum", None, 1, "1.03"]],
    "Indikator": [["1.03", "PU-01", 1, "Persentase jalan mantap (simulasi)", "%", 2, None, None, "1.03"]],
    "Orang": [[f"Orang {n} Simulasi", f"pengisi{n}@contoh.test", "32" if n % 2 else "36", "Bappeda", "Analis"] for n in range(10)],
    "Kursi": [["010", "Moderator", "1.03"]],
    "Pihak": [["Urusan", None, "Kemendagri"], ["Urusan", None, "Daerah"]],
    "Buka desk": [["1.03", "Semua"]],
    "Sesi": [["1.03", "32" if n % 2 else "36", *_hours(n)] for n in range(12)],
}  # fmt: skip


def _filled(template: Path, target: Path) -> None:
    book = load_workbook(template)
    for name, rows in ROWS.items():
        sheet = book[name]
        line = next(row for row in range(5, sheet.max_row + 1) if sheet.cell(row, 1).value is None)
        for offset, row in enumerate(rows):
            for column, value in enumerate(row, start=1):
                sheet.cell(line + offset, column).value = value
    # The map of perangkat daerah: who is responsible for the bidang, and its code in SIPD.
    offices = book["Lembaga"]
    for row in range(5, offices.max_row + 1):
        if offices.cell(row, 2).value in ("033", "32.1.03", "36.1.03"):
            offices.cell(row, 7).value = f"1.03.0.00.0.00.{row:02}.0000"
            offices.cell(row, 8).value = "1.03"
    book.save(target)


def _upload(page: Page, path: Path) -> None:
    page.locator("[name=berkas]").set_input_files(path)
    page.get_by_role("button", name="Periksa berkas").click()
    expect(page.get_by_role("heading", name="Periksa sebelum diterapkan")).to_be_visible()


def test_a_round_is_set_up_from_excel(visitor: Callable[..., Visitor], tmp_path: Path) -> None:
    guest = visitor("secretariat")
    page = guest.page
    page.locator(".worklist").get_by_text("penyelenggaraan baru").click()
    page.get_by_label("Nama forum").fill("Rapat Koordinasi Teknis 2026")
    page.get_by_label("Nama pendek").fill("Rakortek 2027")
    page.get_by_label("Tahun penyelenggaraan").fill("2026")
    page.get_by_label("Tahun rencana").fill("2027")
    page.get_by_role("button", name="Buka penyelenggaraan").click()
    expect(page.get_by_role("heading", name="Penyiapan", exact=True)).to_be_visible()
    base = page.url
    with page.expect_download() as got:
        page.get_by_role("link", name="Unduh Excel").click()
    got.value.save_as(tmp_path / "penyiapan.xlsx")
    _filled(tmp_path / "penyiapan.xlsx", tmp_path / "isi.xlsx")
    _upload(page, tmp_path / "isi.xlsx")
    refused = page.locator("tr", has=page.locator(".badge", has_text="Ditolak")).all_inner_texts()
    assert refused == []
    page.get_by_role("button", name="Terapkan").click()
    expect(page.get_by_role("heading", name="Tautan masuk pertama")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(10)
    assert guest.serious() == []
    page.goto(f"{base}kursi-baku/")
    page.get_by_role("button", name="Tambahkan").click()
    page.goto(base)
    screenshot(page, "penyiapan")
    expect(page.locator("main")).to_contain_text("12 sesi")
    expect(page.locator("main")).to_contain_text("10 dari 11 bagian siap")
    _upload(page, tmp_path / "isi.xlsx")
    expect(page.get_by_role("button", name="Terapkan")).to_have_count(0)
    assert guest.serious() == []
