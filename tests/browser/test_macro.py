"""The main job at a makro desk of real size: eight targets with strategies of both sides, from the Isian to the signed berita acara.

Every figure and sentence typed here is *simulasi*.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, PHONE, Visitor, screenshot
from tests.browser.paper import Paper, annex, data_rows
from tests.browser.sitting import Sitting, speak_for_all, verdict
from tests.browser.staging import Stage, Wardrobe, staged
from tests.browser.steps import Company, ask_repair, press, tick, told, type_targets

pytestmark = pytest.mark.browser
TYPED = ("5,3-5,7", "6,1–6,9", "4,2", "5,30", "5,45", "", "5,6–5,9", "5,75")
NO_DATA = 5  # its place
MENDED = {1: "6,2–6,8", 2: "4,35", 4: "5,5"}


@pytest.fixture
def stage(tmp_path: Path, wardrobe: Wardrobe) -> Iterator[Stage]:
    """A portal for each try."""
    with staged(tmp_path, wardrobe, "tests.browser.seed_macro") as made:
        yield made


def test_from_targets_with_strategies_to_the_signed_paper(
    visitor: Callable[..., Visitor], stage: Stage, tmp_path: Path
) -> None:
    company = Company(visitor, stage)
    items: list[str] = stage.facts["items"]
    _fill(company, items)
    _centre(company, items)
    _repair(company, items)
    sitting = Sitting(company, stage.facts["session"])
    sitting.open()
    sitting.absent("Kemendagri", "Bertugas di desk lain.")
    sitting.present("Bappeda Jawa Barat", "Bappenas")
    _settle(sitting, items)
    sitting.close(left=2)
    sitting.follow_up([stage.facts["names"][place] for place in (6, 7)])
    paper = _draft(sitting)
    paper.confirm("bappeda", "bappenas")
    screenshot(paper.scan(tmp_path), "makro-ba-lengkap")
    _read_back(items, paper.taken_home("bappeda", tmp_path))


def _fill(company: Company, items: list[str]) -> None:
    page = company.isian("bappeda")
    type_targets(page, zip(items, TYPED, strict=True))
    screenshot(page, "makro-isian")
    page = company.at("bappeda", f"/butir/{items[NO_DATA]}/")
    page.locator("[name=applicability]").select_option("no_data")
    page.locator("[name=applicability_reason]").fill("Rilis kabupaten/kota belum terbit (simulasi).")
    press(page, "Simpan usulan")
    told(page, "Data belum tersedia")
    for place, text in ((0, "Izin usaha lima hari kerja (simulasi)."), (0, "Pasar lelang komoditas (simulasi).")):
        page = company.at("bappeda", f"/butir/{items[place]}/aksi/?sisi=daerah")
        page.locator("[name=text]").fill(text)
        page.locator("[name=owner]").fill("Bappeda Jawa Barat")
        press(page, "Tambahkan")
        told(page, text)
    expect(page.locator("svg.chart")).to_have_attribute("aria-label", re.compile("realisasi 2023 5,10, 2024 5,15"))
    company.clean("bappeda")
    page.set_viewport_size(PHONE)
    assert company.guest("bappeda").overflow() == 0
    screenshot(page, "makro-butir-ponsel")
    page.set_viewport_size(LAPTOP)
    company.submit("bappeda", 8)


def _centre(company: Company, items: list[str]) -> None:
    """Bappenas writes a strategy for three rows at once, and puts an own figure on the first."""
    page = company.board("bappenas")
    tick(page, items[:3])
    press(page, "Strategi pusat untuk 3 butir")
    page.locator("[name=text]").fill("Padat karya tunai (simulasi).")
    page.locator("[name=owner]").fill("Kementerian PU")
    assert company.guest("bappenas").serious() == []
    press(page, "Tambahkan pada 3 butir")
    told(page, "ditambahkan pada 3 butir")
    screenshot(page, "makro-papan")
    facts = company.facts
    page = company.at("bappenas", f"/desk/{facts['round']}/{facts['desk']}/butir/{items[0]}/")
    page.locator("[name=value]").fill("5,8")
    page.locator("[name=reason]").fill("Sejalan dengan sasaran nasional (simulasi).")
    press(page, "Tawarkan angka")
    told(page, "5,80")


def _repair(company: Company, items: list[str]) -> None:
    """Three asked at once, answered in the table and handed in together."""
    ask_repair(company.board("bappenas"), [items[place] for place in MENDED], "Samakan dengan rilis BPS (simulasi).")
    page = company.isian("bappeda")
    told(page, "Samakan dengan rilis BPS (simulasi).")
    type_targets(page, [(items[place], text) for place, text in MENDED.items()])
    company.submit("bappeda", 3)


def _settle(sitting: Sitting, items: list[str]) -> None:
    sitting.consent_all("bappenas", but=[items[2]])
    sitting.stance("bappeda", items[0], "Setuju")
    page = sitting.call(items[0])
    _strategy(page)
    verdict(page, "agree")
    verdict(sitting.call(items[1]), "agree")
    # by word of mouth, with a note
    page = sitting.call(items[2])
    speak_for_all(page)
    page.locator("#kesimpulan").fill("Ditinjau setelah rilis BPS (simulasi).")
    verdict(page, "agree_noted")
    # refused against the region
    sitting.stance("bappeda", items[3], "Keberatan", "Data dasar berbeda (simulasi).")
    sitting.decline(sitting.call(items[3]), "metodologi", "Menunggu penyamaan data dasar (simulasi).")
    # settled wrongly, reopened, settled at another figure
    page = sitting.call(items[4])
    verdict(page, "agree")
    sitting.reopen(page, "Salah baca angka.")
    page.locator("[name=nilai]").fill("5,6")
    speak_for_all(page)
    verdict(page, "agree")
    expect(page.locator("[data-settled]")).to_contain_text("5,60")
    verdict(sitting.call(items[NO_DATA]), "agree")
    page = sitting.row("moderator", items[6])
    sitting.company.clean("moderator")
    screenshot(page, "makro-ruang-terbuka")


def _strategy(page: Page) -> None:
    """Said in the room, written by the moderator; nothing on the page but the row moves."""
    page.locator("summary", has_text="Tambah strategi daerah").click()
    form = page.locator("form", has=page.locator("#strategi-daerah"))
    form.locator("[name=strategi]").fill("Bursa kerja bulanan (simulasi).")
    form.locator("[name=penanggung_jawab]").fill("Dinas Bina Marga Jawa Barat")
    press(form, "Tambahkan")
    expect(page.locator("#butir-aksi")).to_contain_text("ditambahkan di desk")
    page.locator("summary", has_text="Grafik realisasi dan target").click()
    expect(page.locator("svg.chart")).to_be_visible()
    screenshot(page, "makro-ruang")


def _draft(sitting: Sitting) -> Paper:
    page = sitting.company.at("moderator", sitting.path)
    press(page, "Susun berita acara")
    paper = Paper(sitting.company)
    told(page, "STRATEGI DAN AKSI PUSAT DAN DAERAH", "Yang masih kurang")
    expect(page.locator("#lampiran-II tbody tr")).to_have_count(5)
    expect(page.locator("#lampiran-III")).to_contain_text("Bursa kerja bulanan (simulasi).")
    screenshot(page, "makro-ba")
    paper.sign_on_paper("Dr. Sasmita Contoh, M.Si.", "Direktur PEIPD")
    paper.leave_out("Kemendagri")
    paper.finalise()
    return paper


def _read_back(items: list[str], book: Path) -> None:
    agreed = {row["Kode butir"]: row for row in data_rows(book, Lampiran="II")}
    wanted = {0: (5.8, 5.8), 1: (6.2, 6.8), 2: (4.35, 4.35), 4: (5.6, 5.6), NO_DATA: ("", "")}
    found = {code: (row["Kesepakatan min"], row["Kesepakatan maks"]) for code, row in agreed.items()}
    assert found == {items[place]: values for place, values in wanted.items()}
    assert agreed[items[2]]["Status"] == "Disepakati dengan catatan"
    actions = [
        (row["Kode butir"], row["Pihak"], row["Strategi dan aksi"], row["Penanggung jawab"])
        for row in data_rows(book, Lampiran="III")
    ]
    centre = [(items[place], "Pusat", "Padat karya tunai (simulasi).", "Kementerian PU") for place in range(3)]
    region = [
        (items[0], "Daerah", "Izin usaha lima hari kerja (simulasi).", "Bappeda Jawa Barat"),
        (items[0], "Daerah", "Pasar lelang komoditas (simulasi).", "Bappeda Jawa Barat"),
        (items[0], "Daerah", "Bursa kerja bulanan (simulasi).", "Dinas Bina Marga Jawa Barat"),
    ]
    assert sorted(actions) == sorted(centre + region)
    left = {row["Kode butir"]: row["Status"] for row in data_rows(book, Lampiran="IV")}
    assert left == {items[3]: "Tidak disepakati", items[6]: "Tidak terbahas", items[7]: "Tidak terbahas"}
    (refused,) = [row for row in annex(book, "Lampiran 4") if row["Status"] == "Tidak disepakati"]
    assert "Data dasar berbeda (simulasi)." in refused["Keberatan daerah"]
