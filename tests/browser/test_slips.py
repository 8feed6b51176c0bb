"""Each kind of slip typed and read on the screen, one taken back, one kept with a reason, and what the desk reads of it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, Visitor, screenshot
from tests.browser.sitting import Sitting
from tests.browser.staging import Stage
from tests.browser.steps import Company, press, told

pytestmark = [pytest.mark.browser, pytest.mark.soak]

SEED = "tests.browser.slips_seed"
JOBS = False
WHY = "Pendataan ulang jalan 2026 oleh Dinas PU (simulasi)"
TYPED = {
    "koma": ("145", "145,00 kira-kira 10 kali capaian BPS 2025 (13,00). Maksud Anda 14,50?"),
    "persen": ("220", "220,00 melebihi 100 persen. Yang tertinggi sejauh ini target RPJMD 2027 (15,00)."),
    "arah": ("≤14", "tetapi ≤14,00 menetapkan target paling tinggi. Bandingkan dengan capaian BPS 2025 (13,00). Maksud Anda ≥14,00?"),
    "buruk": ("12", "Target 12,00 lebih buruk daripada capaian BPS 2025 (13,00), sedangkan target RPJMD 2027 (15,00) menuju arah yang lebih baik."),
    "indikatif": ("14", "Target 14,00 di bawah target indikatif K/L 2027 (16,00)"),
    "rupiah": ("11.200", "11.200 kira-kira seperseribu capaian BPS 2025 (10.937.000)."),
}  # fmt: skip
UNIT = "Satuan indikator ini %, tetapi angkanya tertulis dalam km."


def slip(page: Page, code: str) -> Locator:
    """The warning under a field."""
    return page.locator(f"#w-{code} .slip")


def type_into(page: Page, code: str, text: str) -> None:
    """Type a target and leave the field; it was saved."""
    field = page.locator(f"[name='v.{code}']")
    field.fill(text)
    field.press("Tab")
    expect(page.locator(f"#s-{code}")).to_have_text("tersimpan")


def test_slips_from_the_field_to_the_desk(visitor: Callable[..., Visitor], stage: Stage) -> None:
    company = Company(visitor, stage)
    items: dict[str, str] = stage.facts["items"]
    page = company.isian("bappeda")
    expect(slip(page, items["satuan"])).to_contain_text(UNIT)
    for name, (text, told_) in TYPED.items():
        type_into(page, items[name], text)
        expect(slip(page, items[name])).to_contain_text(told_)
    type_into(page, items["pagu"], "14,5")
    expect(slip(page, items["pagu"])).to_have_count(0)
    screenshot(page, "peringatan-isian")
    assert company.guest("bappeda").serious() == []
    _use(page, items["koma"])
    _keep(page, items["persen"])
    _pagu(company, items["pagu"])
    _help(page, company, items["koma"])
    _chip(company, items)
    _on_the_row(company, items)
    _at_the_desk(company, items)


def _use(page: Page, code: str) -> None:
    """The suggestion is one press; the row is saved with it and falls silent."""
    slip(page, code).get_by_role("button", name="pakai 14,50").click()
    expect(slip(page, code)).to_have_count(0)
    expect(page.locator(f"[name='v.{code}']")).to_have_value("14,50")


def _keep(page: Page, code: str) -> None:
    """A reason by the keyboard alone: Escape takes back, Enter keeps, an empty one is asked for."""
    line = slip(page, code)
    line.get_by_role("button", name="tetap, alasan…").press("Enter")
    page.keyboard.press("Escape")
    line.get_by_role("button", name="tetap, alasan…").press("Enter")
    page.keyboard.press("Enter")
    expect(line).to_contain_text("Tuliskan alasannya.")
    page.keyboard.type(WHY)
    page.keyboard.press("Enter")
    expect(line).to_contain_text(f"Diterima dengan alasan: {WHY}")
    page.reload()
    expect(slip(page, code)).to_have_count(0)


def _pagu(company: Company, code: str) -> None:
    """A pagu in thousands is told on the page of the row and in the table, and kept with a reason."""
    page = company.at("bappeda", f"/butir/{code}/sub-kegiatan/?cari={company.facts['kegiatan']}")
    page.locator("[name=nomenclature]").select_option(index=1)
    page.locator("[name=opd]").select_option(index=1)
    page.locator("[name^='dana-']").first.fill("182.400")
    press(page, "Tambahkan")
    expect(page.locator("#sub-kegiatan")).to_contain_text("Rp182.400 kurang dari Rp1.000.000")
    table = company.isian("bappeda")
    expect(slip(table, code)).to_contain_text("Maksud Anda Rp182.400.000?")
    table.get_by_role("link", name="buka sub kegiatannya").click()
    panel = page.locator("#sub-kegiatan")
    panel.locator("[name=alasan]").fill("Hanya biaya rapat (simulasi)")
    panel.get_by_role("button", name="Tetap, dengan alasan").click()
    told(page, "Alasan tercatat")
    expect(page.locator("#sub-kegiatan .tone-kuning")).to_have_count(0)


def _help(page: Page, company: Company, code: str) -> None:
    """What the indicator is opens by the keyboard and closes with Escape; on a phone it fits."""
    page = company.isian("bappeda")
    about = page.locator(f"#i-{code} details.about")
    about.locator("summary").press("Enter")
    for text in (
        "Panjang jalan provinsi yang mantap.",
        "mantap / seluruh × 100",
        "Dinas PU",
        "13,00 % (tahun 2025, BPS)",
    ):
        expect(about.locator("dl")).to_contain_text(text)
    screenshot(page, "peringatan-bantuan")
    page.keyboard.press("Escape")
    expect(about.locator("dl")).to_be_hidden()
    phone = company.guest("opd", PHONE)
    phone.go(f"/isian/{company.facts['meja']}/")
    phone.page.locator(f"#i-{code} details.about summary").click()
    screenshot(phone.page, "peringatan-telepon")
    assert (phone.overflow(), phone.serious()) == (0, [])


def _chip(company: Company, items: dict[str, str]) -> None:
    """The chip counts the open ones and leads to them."""
    page = company.isian("bappeda")
    page.get_by_role("link", name=re.compile(r"^peringatan\s*5$")).click()
    expect(page.locator("tbody tr")).to_have_count(5)
    expect(page.locator(f"#i-{items['arah']}")).to_be_visible()


def _on_the_row(company: Company, items: dict[str, str]) -> None:
    """The page of the row does both without a script."""
    page = company.at("bappeda", f"/butir/{items['arah']}/")
    press(page, "Pakai ≥14,00")
    told(page, "Tersimpan: ≥14,00.")
    page = company.at("bappeda", f"/butir/{items['buruk']}/")
    page.locator("#peringatan [name=alasan]").fill(WHY)
    press(page, "Tetap, dengan alasan")
    told(page, "Diterima dengan alasan:", WHY)
    assert company.guest("bappeda").serious() == []


def _at_the_desk(company: Company, items: dict[str, str]) -> None:
    """Open warnings are named before submitting and hold nothing back; the desk reads the reasons."""
    page = company.at("bappeda", f"/isian/{company.facts['meja']}/ajukan/")
    told(page, "3 butir memuat peringatan yang belum ditanggapi", UNIT)
    screenshot(page, "peringatan-ajukan")
    press(page, "Ajukan 8 butir")
    told(page, "8 butir diajukan")
    board = company.board("moderator")
    expect(board.get_by_text("diterima dengan alasan:")).to_have_count(2)
    screenshot(board, "peringatan-papan")
    Sitting(company, company.facts["session"]).open()
    room = company.at("moderator", f"/sesi/{company.facts['session']}/?butir={items['persen']}")
    told(room, "Diterima dengan alasan:", WHY)
    screenshot(room, "peringatan-ruang")
