"""The Bappeda sees every kind of finding, stands by one with its reason, sees it come back when a cell changes, and a pagu that is passed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Stage, Visitor
from tests.browser.steps import Company, press, told, type_targets

pytestmark = [pytest.mark.browser, pytest.mark.soak]

SEED = "tests.browser.alignment_seed"
JOBS = False
KINDS = (
    "Belum tertaut ke Renja/RKPD", "Satuan berbeda", "Target berbeda", "Target tanpa pagu", "Pagu tanpa target",
    "Bukan nomenklatur yang berlaku", "Disepakati tahun lalu, kini tidak ada",
)  # fmt: skip
WHY = "Target RKPD disusun sebelum capaian 2025 terbit."


def test_findings_are_seen_accepted_and_come_back(visitor: Callable[..., Visitor], stage: Stage) -> None:
    crew = Company(visitor, stage)
    first, meja = crew.facts["items"][0], crew.facts["meja"]
    beside = crew.isian("bappeda").locator("#samping")
    expect(beside).to_contain_text("Terlampaui Rp500.000")
    for kind in KINDS:
        expect(beside).to_contain_text(kind.lower())
    crew.clean("bappeda")
    page = crew.at("bappeda", f"/isian/{meja}/")
    page.get_by_role("link", name="Uji keselarasan").click()
    for kind in KINDS:
        expect(page.locator("table.alignment")).to_contain_text(kind)
    crew.clean("bappeda")
    told(page, "RKPD 2027, rancangan awal, versi 1", "Kesepakatan Rakortek 2026", "Pemutakhiran 2027")
    row = page.locator("table.alignment tr", has_text="10,00 %")
    row.locator("[data-select-row]").check()
    page.locator("#alasan").fill(WHY)
    press(page, "Terima 1 temuan dengan alasan")
    told(page, "1 temuan diterima dengan alasan.")
    expect(page.locator("table.alignment tr", has_text="10,00 %")).to_contain_text(WHY)
    type_targets(crew.isian("bappeda"), [(first, "14,9")])
    page = crew.at("bappeda", f"/isian/{meja}/keselarasan/?jenis=target&butir={first}")
    changed = page.locator("table.alignment tr", has_text="14,90 %")
    expect(changed).to_contain_text("Terbuka")
    expect(changed).to_contain_text("Selnya berubah sejak itu.")
    type_targets(crew.isian("bappeda"), [(first, "14,5")])
    before = crew.at("bappeda", f"/isian/{meja}/ajukan/")
    told(before, "temuan terbuka", "1 diterima dengan alasan", "Tidak menghalangi pengajuan.")
    crew.submit("bappeda", 3)
    document = crew.at("bappeda", f"/dokumen/{crew.facts['rkpd']}/")
    expect(document.locator("#keselarasan")).to_contain_text("Yang tidak selaras dengan dokumen ini")
    moderator = crew.at("moderator", f"/desk/{crew.facts['round']}/{crew.facts['desk']}/keselarasan/")
    expect(moderator.locator("table.alignment tr", has_text="10,00 %")).to_contain_text(WHY)
    crew.clean("moderator")
    of_row = crew.at("moderator", f"/desk/{crew.facts['round']}/{crew.facts['desk']}/butir/{first}/")
    expect(of_row.locator("#keselarasan")).to_contain_text(WHY)


def test_a_raised_pagu_is_no_longer_passed(visitor: Callable[..., Visitor], stage: Stage) -> None:
    crew = Company(visitor, stage)
    page = crew.at("bappeda", "/pagu/?tahun=2027&satuan=juta")
    cell = page.locator(f"[name='p.{crew.facts['dinas']}']")
    expect(cell).to_have_value("3,5")
    crew.clean("bappeda")
    cell.fill("8,25")
    press(page, "Simpan")
    told(page, "1 pagu tersimpan, 0 tetap.")
    expect(crew.isian("bappeda").locator("#samping")).to_contain_text("Sisa Rp4.250.000")
