"""A provincial round in real browsers: eight kab/kota in one sitting, and one berita acara over the whole round."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from tests.browser.conftest import PHONE, Stage, Visitor, screenshot
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.browser
SEED = "tests.browser.provincial_seed"


def press(page: Page, name: str) -> None:
    """Press the button of that name."""
    page.get_by_role("button", name=name).first.click()


def told(page: Page, text: str) -> None:
    """The portal said so."""
    expect(page.locator("body")).to_contain_text(text)


def test_eight_kab_kota_one_sitting_one_paper(visitor: Callable[..., Visitor], stage: Stage, tmp_path: Path) -> None:
    _hand_in(visitor("last", viewport=PHONE), stage)
    _sit(visitor("moderator"), visitor("dinas"), stage)
    ba = _draft(visitor("chair"), stage)
    _sign(visitor("first", viewport=PHONE), ba)
    _read_back(visitor("dinas"), ba, tmp_path / "ba.xlsx")
    stage.portal.manage("verify_berita_acara", "--semua")


def _hand_in(guest: Visitor, stage: Stage) -> None:
    page = guest.go(f"/isian/{stage.facts['meja']}/")
    told(page, "Pengisian kabupaten/kota")
    page.locator(f"[name='v.{stage.facts['item']}']").fill("77,5")
    page.locator(f"[name='v.{stage.facts['item']}']").press("Tab")
    expect(page.locator(".saved", has_text="tersimpan")).to_have_count(1)
    page = guest.go(f"/isian/{stage.facts['meja']}/ajukan/")
    told(page, "Bappeda provinsi, perangkat daerah provinsi dan sekretariat")
    press(page, "Ajukan 1 butir")
    told(page, "diajukan atas nama")


def _sit(chair: Visitor, dinas: Visitor, stage: Stage) -> None:
    address = f"/sesi/{stage.facts['session']}/"
    page = chair.go(address)
    press(page, "Buka sesi")
    told(page, "8 daerah")
    page = dinas.go(address)
    page.get_by_role("link", name="Setuju semua yang tersisa").click()
    press(page, "Setujui yang dicentang")
    told(page, "Dinas Kesehatan Banten")
    page = chair.go(address)
    page.get_by_role("link", name="Periksa dan sepakati").click()
    press(page, "Sepakati yang dicentang")
    told(page, "diputuskan 8")
    screenshot(page, "provinsi-ruang")
    page = chair.go(f"{address}tutup/")
    press(page, "Tutup sesi")
    told(page, "ditutup")
    press(page, "Susun berita acara")
    told(page, "Sesi yang ikut")


def _draft(chair: Visitor, stage: Stage) -> str:
    page = chair.go("/berita-acara/")
    page.get_by_role("link", name="Periksa dan susun").click()
    told(page, "Pekerjaan Umum, sesi 1")
    press(page, "Susun draf")
    told(page, "Sesi dalam berita acara ini")
    told(page, "LAMPIRAN II DESK KESEHATAN")
    assert chair.serious() == [] and chair.overflow() <= 0
    screenshot(page, "provinsi-ba-draf")
    ba = page.url.rstrip("/").rsplit("/", 1)[-1]
    press(page, "Finalkan berita acara")
    told(page, "Menunggu tanda tangan")
    return ba


def _sign(guest: Visitor, ba: str) -> None:
    page = guest.go(f"/berita-acara/{ba}/")
    assert guest.overflow() <= 0
    page.get_by_role("link", name="Tanda tangani").first.click()
    page.locator("[name=password]").fill(PASSWORD)
    press(page, "Tanda tangani")
    told(page, "Tanda tangan Anda tercatat.")


def _read_back(guest: Visitor, ba: str, target: Path) -> None:
    page = guest.go(f"/berita-acara/{ba}/")
    with page.expect_download(timeout=60_000) as waiting:
        press(page, "Unduh Excel")
        if page.get_by_role("link", name="Unduh").count():
            page.get_by_role("link", name="Unduh").first.click()
    waiting.value.save_as(target)
    book = CalamineWorkbook.from_path(str(target))
    rows = book.get_sheet_by_name("1.02 Lampiran 2").to_python()
    agreed = rows[7:]
    assert [row[1] for row in agreed] == [f"Kabupaten {no}" for no in range(1, 9)]
    assert "Target provinsi" in rows[6] and "77,50" in agreed[-1]
