"""Ten usulan from the form to the berita acara: one filed in the browser, two with several locations and a mixed verdict."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Stage, Visitor, screenshot

pytestmark = pytest.mark.browser
SEED = "tests.browser.seed_usulan"
TITLE = "Jembatan Cikaso"


def test_ten_usulan_to_the_berita_acara(visitor: Callable[..., Visitor], stage: Stage) -> None:
    region = visitor("bappeda")
    _file_and_submit(region, stage)
    chair = visitor("moderator")
    page = chair.go(f"/sesi/{stage.facts['session']}/")
    page.get_by_role("button", name="Buka sesi").click()
    expect(page.locator("ol.agenda > li")).to_have_count(10)
    for title in ("Usulan 1", TITLE):
        _mixed(page, title)
    assert (chair.serious(), chair.overflow()) == ([], 0)
    screenshot(page, "usulan-ruang")
    for title in ("Usulan 2", "Usulan 3"):
        _call(page, title)
        _speak(page)
        page.get_by_role("button", name="Rekomendasikan S").click()
        expect(page.locator(".settle[data-settled]")).to_contain_text("Direkomendasikan")
    page.get_by_role("link", name="Tutup sesi").click()
    page.get_by_label("Satu alasan untuk semuanya").select_option("waktu")
    page.locator("main").get_by_role("button", name="Tutup sesi").click()
    page.get_by_role("button", name="Susun berita acara").click()
    paper = page.locator("article.paper")
    expect(paper.locator("#lampiran-II")).to_contain_text("Direkomendasikan dengan catatan")
    expect(paper.locator("#lampiran-III")).to_contain_text("Diarahkan ke DAK")
    expect(paper.locator("#lampiran-III tbody tr")).to_have_count(8)
    expect(paper.locator("#lampiran-IV")).to_contain_text("Tidak ada data")
    screenshot(page, "usulan-berita-acara")


def _file_and_submit(region: Visitor, stage: Stage) -> None:
    page = region.go(f"/isian/{stage.facts['meja']}/")
    page.get_by_role("link", name="Tambah usulan").click()
    page.get_by_label("Judul usulan").fill(TITLE)
    page.get_by_label("Cari rincian output").press_sequentially("SPAM")
    choice = page.get_by_label("Rincian output", exact=True)
    expect(choice.locator("option")).to_have_count(2)
    choice.select_option(index=1)
    for no, name in enumerate(stage.facts["places"]):
        page.locator(f"[name=lokasi-{no}]").select_option(label=name)
        page.locator(f"[name=volume-{no}]").fill("2,5")
        page.locator(f"[name=alokasi-{no}]").fill("1.500")
    assert (region.serious(), region.overflow()) == ([], 0)
    page.locator("main").get_by_role("button", name="Simpan draf").last.click()
    expect(page.locator("h1")).to_have_text(TITLE)
    region.go(f"/isian/{stage.facts['meja']}/ajukan/")
    page.get_by_role("button", name="Ajukan 1 butir").click()
    expect(page.locator("tbody tr")).to_have_count(10)


def _call(page: Page, title: str) -> None:
    page.locator("ol.agenda a", has_text=title).first.click()
    expect(page.locator(".room-item h2").first).to_have_text(title)


def _speak(page: Page) -> None:
    for box in page.locator("[name=lisan]").all():
        box.check()


def _mixed(page: Page, title: str) -> None:
    """The second location is declined, the usulan recommended with notes."""
    _call(page, title)
    row = page.locator(".place-table tbody tr").nth(1)
    row.get_by_text("Putuskan lokasi").click()
    row.locator("[name=alasan_lokasi]").select_option("dak")
    row.get_by_role("button", name="Tidak direkomendasikan").click()
    expect(page.locator(".place-table tbody tr").nth(1).locator(".badge")).to_have_text("Tidak direkomendasikan")
    page.locator("#kesimpulan").fill("Lokasi pertama saja.")
    _speak(page)
    page.get_by_role("button", name="Dengan catatan C").click()
    expect(page.locator(".settle[data-settled]")).to_contain_text("Direkomendasikan dengan catatan")
