"""The main job in a sector round: one dinas with the dinas of seven kab/kota; guests are recorded by the notulis and settle nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Visitor, screenshot
from tests.browser.paper import Paper, annex, data_rows
from tests.browser.sitting import Sitting, speak_for_all, verdict
from tests.browser.staging import Stage, Wardrobe, staged
from tests.browser.steps import Company, press, told, type_targets

pytestmark = [pytest.mark.browser, pytest.mark.soak]
GUEST = "Perwakilan BKKBN Banten"


@pytest.fixture
def stage(tmp_path: Path, wardrobe: Wardrobe) -> Iterator[Stage]:
    """A portal for each try."""
    with staged(tmp_path, wardrobe, "tests.browser.sector_seed") as made:
        yield made


def test_seven_dinas_and_their_guests(visitor: Callable[..., Visitor], stage: Stage, tmp_path: Path) -> None:
    company = Company(visitor, stage)
    items: list[str] = stage.facts["items"]
    meja = stage.facts["mejas"][-1]
    type_targets(company.isian("opd7", meja), [(items[-1], "77,5")])
    company.submit("opd7", 1, meja)
    sitting = Sitting(company, stage.facts["session"])
    sitting.open()
    _guests(sitting, items)
    _settle(sitting, items)
    sitting.close(left=1)
    press(company.at("moderator", sitting.path), "Susun berita acara")
    paper = Paper(company)
    assert GUEST not in company.guest("moderator").page.locator("ol.signers").inner_text()
    paper.sign_on_paper("drg. Sasmita Contoh, M.Kes.", "Kepala Dinas Kesehatan Banten")
    screenshot(paper.finalise(), "sektor-ba")
    paper.confirm("opd1", "opd7")
    stage.run("tests.browser.sign_rest", paper.code)
    paper.scan(tmp_path)
    _read_back(items, paper.taken_home("opd7", tmp_path))


def _guests(sitting: Sitting, items: list[str]) -> None:
    """Recorded present, a guest reads along, on a phone too, and finds nothing to press."""
    page = sitting.present(GUEST, by="notulis")
    row = page.locator("tbody tr", has_text=GUEST)
    assert "pihak persetujuan" not in row.inner_text()
    expect(row.locator("summary", has_text="Catat tidak hadir")).to_have_count(0)
    sitting.company.clean("notulis")
    screenshot(page, "sektor-hadir")
    sitting.company.guest("observer", PHONE)
    page = sitting.row("observer", items[0])
    told(page, "Cakupan Kesehatan")
    assert GUEST not in page.locator("#butir-pihak").inner_text()
    expect(page.locator("form.voice, form.settle, .room-verbs, #room form[method=post]")).to_have_count(0)
    sitting.company.clean("observer")
    screenshot(page, "sektor-tamu-ponsel")


def _settle(sitting: Sitting, items: list[str]) -> None:
    page = sitting.call(items[0])
    expect(page.locator(".spoken")).not_to_contain_text(GUEST)
    speak_for_all(page)
    verdict(page, "agree")
    page = sitting.call(items[1])
    sitting.decline(page, "data_belum_lengkap", "Data dasar belum ada (simulasi).")
    for item in items[2:-2]:
        page = sitting.row("moderator", item)
        speak_for_all(page)
        verdict(page, "agree")
    page = sitting.row("moderator", items[-1])
    page.locator("#kesimpulan").fill("Bertahap (simulasi).")
    speak_for_all(page)
    screenshot(page, "sektor-ruang")
    verdict(page, "agree_noted")


def _read_back(items: list[str], book: Path) -> None:
    rows = {row["Kode butir"]: (row["Kesepakatan min"], row["Status"]) for row in data_rows(book, Lampiran="II")}
    assert rows == {
        **dict.fromkeys((items[0], *items[2:-2]), (80.5, "Disepakati")), items[-1]: (77.5, "Disepakati dengan catatan"),
    }  # fmt: skip
    left = {row["Kode butir"]: row["Status"] for row in data_rows(book, Lampiran="IV")}
    assert left == {items[1]: "Tidak disepakati", items[-2]: "Tidak terbahas"}
    came = [row for row in annex(book, "Lampiran 1") if row["Lembaga"] == GUEST]
    assert [row["Nama"] for row in came] == [f"Wakil {GUEST} (simulasi)"]
