"""A makro desk at real size in real browsers: eight targets with strategies, from the Isian to the draft of the berita acara.

Every figure and sentence typed here is *simulasi*.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visitor, screenshot

pytestmark = pytest.mark.browser
SEED = "tests.browser.seed_macro"
TYPED = ("5,3-5,7", "6,1–6,9", "4,2", "5,30", "5,45", "5,5", "5,6–5,9", "5,75")


def press(page: Page, name: str) -> None:
    """Press the button of that name."""
    page.get_by_role("button", name=name).first.click()


def told(page: Page, text: str) -> None:
    """The portal said so."""
    expect(page.locator("body")).to_contain_text(text)


def test_from_targets_with_strategies_to_the_draft(visitor: Callable[..., Visitor]) -> None:
    bappeda, bappenas, moderator = visitor("bappeda"), visitor("bappenas"), visitor("moderator")
    facts: dict[str, Any] = bappeda.stage.facts
    _fill(bappeda, facts)
    _centre(bappenas, facts)
    session = json.loads(bappeda.stage.run("tests.browser.plan", facts["meja"]))["session"]
    _settle(moderator, bappenas, facts, session)
    _paper(moderator, session)


def _fill(bappeda: Visitor, facts: dict[str, Any]) -> None:
    page = bappeda.go(f"/isian/{facts['meja']}/")
    for code, text in zip(facts["items"], TYPED, strict=True):
        page.locator(f"[name='v.{code}']").fill(text)
        page.locator(f"[name='v.{code}']").press("Tab")
    expect(page.locator(".saved", has_text="tersimpan")).to_have_count(8)
    screenshot(page, "makro-isian")
    for place, text in ((0, "Izin usaha lima hari kerja (simulasi)."), (0, "Pasar lelang komoditas (simulasi).")):
        page = bappeda.go(f"/butir/{facts['items'][place]}/aksi/?sisi=daerah")
        page.locator("[name=text]").fill(text)
        page.locator("[name=owner]").fill("Bappeda Jawa Barat")
        press(page, "Tambahkan")
        told(page, text)
    expect(page.locator("svg.chart")).to_have_attribute("aria-label", re.compile("realisasi 2023 5,10, 2024 5,15"))
    assert bappeda.serious() == []
    page.set_viewport_size(PHONE)
    assert bappeda.overflow() == 0
    screenshot(page, "makro-butir-ponsel")
    page.set_viewport_size({"width": 1366, "height": 768})
    page = bappeda.go(f"/isian/{facts['meja']}/")
    page.get_by_role("link", name=re.compile("Ajukan 8")).click()
    press(page, "Ajukan 8 butir")
    told(page, "Diajukan")


def _centre(bappenas: Visitor, facts: dict[str, Any]) -> None:
    page = bappenas.go(f"/desk/{facts['round']}/{facts['desk']}/")
    for code in facts["items"][:3]:
        page.locator(f"input[name=pilih][value^='{code}:']").check()
    press(page, "Strategi pusat untuk 3 butir")
    page.locator("[name=text]").fill("Padat karya tunai (simulasi).")
    page.locator("[name=owner]").fill("Kementerian PU")
    assert bappenas.serious() == []
    press(page, "Tambahkan pada 3 butir")
    told(page, "ditambahkan pada 3 butir")
    screenshot(page, "makro-papan")


def _settle(moderator: Visitor, bappenas: Visitor, facts: dict[str, Any], session: str) -> None:
    page = moderator.go(f"/sesi/{session}/")
    press(page, "Buka sesi")
    told(page, "berlangsung")
    bappenas.go(f"/sesi/{session}/setuju/")
    press(bappenas.page, "Setujui yang dicentang")
    told(bappenas.page, "setuju")
    for place, action in ((0, "agree"), (1, "agree_noted")):
        page = moderator.go(f"/sesi/{session}/?butir={facts['items'][place]}")
        press(page, "Bahas butir ini")
        told(page, "sedang dibahas")
        if place == 0:
            _strategy(page)
        for box in page.locator("[name=lisan]").all():
            box.check()
        if action == "agree_noted":
            page.locator("[name=kesimpulan]").first.fill("Ditinjau setelah rilis BPS (simulasi).")
        page.locator(f"button[name=putusan][value={action}]").click()
        expect(page.locator("[data-settled]")).to_be_visible()
    moderator.go(f"/sesi/{session}/?butir={facts['items'][2]}")
    assert moderator.serious() == []
    page = moderator.go(f"/sesi/{session}/tutup/")
    page.locator("[name=kode_alasan]").select_option("waktu")
    press(page, "Tutup sesi")
    told(page, "ditutup")


def _strategy(page: Page) -> None:
    """Said in the room, written by the moderator; nothing on the page but the row moves."""
    page.locator("summary", has_text="Tambah strategi daerah").click()
    form = page.locator("form", has=page.locator("#strategi-daerah"))
    form.locator("[name=strategi]").fill("Bursa kerja bulanan (simulasi).")
    form.locator("[name=penanggung_jawab]").fill("Dinas Bina Marga Jawa Barat")
    form.get_by_role("button", name="Tambahkan").click()
    expect(page.locator("#butir-aksi")).to_contain_text("ditambahkan di desk")
    page.locator("summary", has_text="Grafik realisasi dan target").click()
    expect(page.locator("svg.chart")).to_be_visible()
    screenshot(page, "makro-ruang")


def _paper(moderator: Visitor, session: str) -> None:
    page = moderator.go(f"/sesi/{session}/")
    press(page, "Susun berita acara")
    page.wait_for_url("**/berita-acara/*/")
    annex = page.locator("#lampiran-III")
    expect(annex).to_contain_text("STRATEGI DAN AKSI PUSAT DAN DAERAH")
    expect(annex.locator("tbody tr")).to_have_count(5)
    expect(annex).to_contain_text("Bursa kerja bulanan (simulasi).")
    expect(page.locator("#lampiran-II tbody tr")).to_have_count(2)
    told(page, "Yang masih kurang")
    screenshot(page, "makro-ba")
