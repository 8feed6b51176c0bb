"""The main job at a kewilayahan desk of real size: ten usulan from the form to the signed berita acara.

One filed here with evidence, one taken over from last year, three with several locations and mixed verdicts, one corrected ("Semula … Menjadi …"), one merged
into another, one split; every figure is *simulasi*.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visitor, screenshot
from tests.browser.paper import SCAN, Paper, annex, data_rows
from tests.browser.sitting import Sitting, speak_for_all, verdict
from tests.browser.staging import Stage, Wardrobe, staged
from tests.browser.steps import Company, ask_repair, press, told

pytestmark = pytest.mark.browser
TITLE, SPLIT = "Jembatan Cikaso", "Jaringan perpipaan Bandung"
MENDED = ("Usulan 4", "Usulan 6", "Usulan 8")


@pytest.fixture
def stage(tmp_path: Path, wardrobe: Wardrobe) -> Iterator[Stage]:
    """A portal for each try."""
    with staged(tmp_path, wardrobe, "tests.browser.seed_usulan") as made:
        yield made


def test_ten_usulan_to_the_signed_paper(visitor: Callable[..., Visitor], stage: Stage, tmp_path: Path) -> None:
    company = Company(visitor, stage)
    codes: dict[str, str] = stage.facts["usulan"]
    codes[TITLE] = _file(company, tmp_path)
    codes[stage.facts["left"]] = _take_over(company)
    page = company.submit("bappeda", 2)
    expect(page.locator("tbody tr")).to_have_count(10)
    _repair(company, codes)
    sitting = Sitting(company, stage.facts["session"])
    expect(sitting.open().locator("ol.agenda > li")).to_have_count(10)
    sitting.absent("Bappenas", "Bertugas di desk lain.")
    sitting.present("Bappeda Jawa Barat", "Kementerian PU")
    _mend(sitting, codes)
    _settle(sitting, codes)
    sitting.close(left=2)
    sitting.follow_up(["Usulan 5", SPLIT])
    paper = _draft(sitting)
    paper.confirm("bappeda", "kl")
    screenshot(paper.scan(tmp_path), "usulan-ba-lengkap")
    _read_back(stage, paper.taken_home("bappeda", tmp_path))


def _file(company: Company, folder: Path) -> str:
    """Filled in by the region: RO from the catalogue, two locations, a paper that proves readiness; its code."""
    page = company.isian("bappeda")
    page.get_by_role("link", name="Tambah usulan").click()
    page.get_by_label("Judul usulan").fill(TITLE)
    page.get_by_label("Cari rincian output").press_sequentially("SPAM")
    choice = page.get_by_label("Rincian output", exact=True)
    expect(choice.locator("option")).to_have_count(2)
    choice.select_option(index=1)
    for no, name in enumerate(company.facts["places"]):
        page.locator(f"[name=lokasi-{no}]").select_option(label=name)
        page.locator(f"[name=volume-{no}]").fill("2,5")
        page.locator(f"[name=alokasi-{no}]").fill("1.500")
    proof = folder / "studi-kelayakan.pdf"
    proof.write_bytes(SCAN)
    row = page.locator(".ready-rows tbody tr", has_text="Studi kelayakan")
    row.locator("select").select_option("ready")
    row.locator("[type=file]").set_input_files(proof)
    company.clean("bappeda")
    page.locator("main").get_by_role("button", name="Simpan draf").last.click()
    expect(page.locator("h1")).to_have_text(TITLE)
    expect(page.get_by_role("link", name="studi-kelayakan.pdf").first).to_be_visible()
    page.set_viewport_size(PHONE)
    assert company.guest("bappeda").overflow() == 0
    screenshot(page, "usulan-butir-ponsel")
    page.set_viewport_size({"width": 1366, "height": 768})
    return _code(page)


def _take_over(company: Company) -> str:
    """What last year's round left undiscussed becomes a draft of this one; its code."""
    page = company.isian("bappeda")
    page.get_by_role("link", name="Usulan lanjutan (1)").click()
    told(page, company.facts["left"], "Tidak terbahas", "Rakortek 2026")
    press(page, "Ambil alih")
    told(page, "diambil alih sebagai draf", "usulan lanjutan")
    return _code(page)


def _code(page: Page) -> str:
    return page.url.rstrip("/").rsplit("/", 1)[-1]


def _repair(company: Company, codes: dict[str, str]) -> None:
    ask_repair(company.board("kl"), [codes[title] for title in MENDED], "Lengkapi justifikasi (simulasi).", "usulan")
    for title in MENDED:
        page = company.at("bappeda", f"/butir/{codes[title]}/")
        told(page, "Lengkapi justifikasi (simulasi).")
        page.get_by_label("Justifikasi").fill("Cakupan air minum masih rendah (simulasi).")
        page.locator("main").get_by_role("button", name="Simpan usulan").last.click()
        told(page, "Tersimpan.")
    company.submit("bappeda", 3)


def _mend(sitting: Sitting, codes: dict[str, str]) -> None:
    """RO and unit of one set right, one merged into another, one split."""
    page = _mending(sitting, codes["Usulan 2"])
    page.get_by_label("Cari rincian output").press_sequentially("jembatan")
    choice = page.get_by_label("Rincian output", exact=True)
    expect(choice.locator("option", has_text="jembatan")).to_have_count(1)
    choice.select_option(index=1)
    page.locator("#alasan-ro").fill("Pekerjaannya jembatan (simulasi).")
    press(page, "Koreksi rincian output")
    told(page, "Semula", "Menjadi", "Pembangunan jembatan gantung")
    page = _mending(sitting, codes["Usulan 2"])
    page.locator("#satuan").fill("meter")
    press(page, "Koreksi satuan")
    told(page, "Menjadi: meter.")
    page = _mending(sitting, codes["Usulan 3"])
    page.locator("#lain").select_option(label="Usulan 4")
    page.locator("#catatan-gabung").fill("Satu sistem perpipaan (simulasi).")
    press(page, "Gabungkan")
    told(page, "digabungkan ke usulan ini")
    page = _mending(sitting, codes["Usulan 7"])
    page.locator("[name=tempat]").nth(1).check()
    page.locator("#judul-pecah").fill(SPLIT)
    screenshot(page, "usulan-koreksi")
    sitting.company.clean("moderator")
    press(page, "Pecah usulan")
    told(page, f"“{SPLIT}” menjadi usulan sendiri")


def _mending(sitting: Sitting, item: str) -> Page:
    page = sitting.row("moderator", item)
    page.get_by_role("link", name="Koreksi, gabung, pecah").click()
    return page


def _settle(sitting: Sitting, codes: dict[str, str]) -> None:
    # what was corrected, merged or split is asked anew, of the region too
    sitting.consent_all("bappeda")
    sitting.stance("kl", codes["Usulan 2"], "Setuju")
    verdict(sitting.row("moderator", codes["Usulan 2"]), "agree")
    # two with a location refused each: one by word of mouth
    for title in (TITLE, "Usulan 1"):
        _mixed(sitting, codes[title])
    sitting.company.clean("moderator")
    sitting.consent_all("kl", but=[codes["Usulan 8"]])
    for title in ("Usulan 3", "Usulan 7", sitting.company.facts["left"]):
        page = sitting.row("moderator", codes[title])
        page.locator("#kesimpulan").fill("Setelah dokumen lengkap (simulasi).")
        verdict(page, "agree_noted")
    # refused against the region
    sitting.stance("bappeda", codes["Usulan 6"], "Keberatan", "Lahan sudah siap (simulasi).")
    sitting.decline(sitting.row("moderator", codes["Usulan 6"]), "kesiapan", "Izin lingkungan belum ada (simulasi).")
    # settled wrongly, reopened, settled with a note
    page = sitting.row("moderator", codes["Usulan 8"])
    speak_for_all(page)
    verdict(page, "agree")
    sitting.reopen(page, "Belum ada catatannya.")
    page.locator("#kesimpulan").fill("Bertahap (simulasi).")
    speak_for_all(page)
    verdict(page, "agree_noted")


def _mixed(sitting: Sitting, item: str) -> None:
    """The second location is declined, the usulan recommended with notes."""
    page = sitting.call(item)
    row = page.locator(".place-table tbody tr").nth(1)
    row.get_by_text("Putuskan lokasi").click()
    row.locator("[name=alasan_lokasi]").select_option("dak")
    row.get_by_role("button", name="Tidak direkomendasikan").click()
    expect(page.locator(".place-table tbody tr").nth(1).locator(".badge")).to_have_text("Tidak direkomendasikan")
    page.locator("#kesimpulan").fill("Lokasi pertama saja.")
    screenshot(page, "usulan-ruang")
    speak_for_all(page)
    verdict(page, "agree_noted")
    expect(page.locator(".settle[data-settled]")).to_contain_text("Direkomendasikan dengan catatan")


def _draft(sitting: Sitting) -> Paper:
    press(sitting.company.at("moderator", sitting.path), "Susun berita acara")
    paper = Paper(sitting.company)
    page = paper.page()
    expect(page.locator("#lampiran-III")).to_contain_text("Diarahkan ke DAK")
    expect(page.locator("#lampiran-IV tbody tr")).to_have_count(2)
    screenshot(page, "usulan-ba")
    paper.sign_on_paper("Dr. Sasmita Contoh, M.Si.", "Direktur Regional I")
    paper.leave_out("Bappenas")
    paper.finalise()
    return paper


def _read_back(stage: Stage, book: Path) -> None:
    bogor, bandung = stage.facts["places"]
    rows = [
        (row["Usulan"], row["Lokasi"], row["Volume kesepakatan"], row["Alokasi kesepakatan (Rp)"], row["Status lokasi"])
        for row in data_rows(book, Lampiran="II")
    ]
    yes, noted, no = "Direkomendasikan", "Direkomendasikan dengan catatan", "Tidak direkomendasikan"
    assert sorted(rows) == sorted([
        (TITLE, bogor, 2.5, 1_500_000, noted), ("Usulan 1", bogor, 5, 1_000_000, noted), ("Usulan 2", bogor, 5, 1_000_000, yes),
        ("Usulan 3", bogor, 10, 2_000_000, noted), ("Usulan 7", bogor, 5, 1_000_000, noted), ("Usulan 8", bogor, 5, 1_000_000, noted),
        (stage.facts["left"], bogor, 4, 2_500_000, noted),
    ])  # fmt: skip
    left = {(row["Usulan"], row["Lokasi"]): row["Status"] for row in data_rows(book, Lampiran="III")}
    assert left == {
        (TITLE, bandung): no, ("Usulan 1", bandung): no, ("Usulan 6", bogor): no,
        ("Usulan 5", bogor): "Tidak terbahas", (SPLIT, bandung): "Tidak terbahas",
    }  # fmt: skip
    mended = {row["Status"]: (row["Semula"], row["Menjadi"]) for row in data_rows(book, Lampiran="IV")}
    assert mended["Koreksi satuan"] == ("liter/detik", "meter")
    assert "SPAM regional" in mended["Koreksi rincian output"][0]
    assert "jembatan gantung" in mended["Koreksi rincian output"][1]
    printed = {row["Usulan"].split("\n")[0]: row for row in annex(book, "Lampiran 2") if row["Usulan"]}
    assert "Usulan 4" in printed["Usulan 3"]["Usulan"]
