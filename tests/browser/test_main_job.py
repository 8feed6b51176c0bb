"""The main job at real size, played by its users in real browsers: from a province's targets to a signed berita acara in Excel.

Urusan 1.03 with its eight printed indicators and one *simulasi*, 13 of its printed sub kegiatan; every figure typed here is *simulasi*.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor, screenshot
from tests.browser.paper import Paper, data_rows
from tests.browser.sitting import Sitting, speak_for_all, verdict
from tests.browser.staging import Stage, Wardrobe, staged
from tests.browser.steps import Company, ask_repair, press, told, type_targets

pytestmark = pytest.mark.browser

TYPED = ["71,5", "88,25", "", "64", "45,75", "1.250,5", "12", "33,4", "90–95"]


@pytest.fixture
def stage(tmp_path: Path, wardrobe: Wardrobe) -> Iterator[Stage]:
    """A portal for each try: a second one cannot start on a round that the first has filled."""
    with staged(tmp_path, wardrobe, "tests.browser.seed") as made:
        yield made


def test_from_target_to_signed_workbook(visitor: Callable[..., Visitor], stage: Stage, tmp_path: Path) -> None:
    company = Company(visitor, stage)
    items: list[str] = stage.facts["items"]
    names = _fill(company, items)
    _return_and_correct(company, items)
    _submit(company)
    _repair(company, items)
    _own_figure(company, items)
    sitting = Sitting(company, stage.facts["session"])
    sitting.open()
    sitting.absent("Kemendagri", "Bertugas di desk lain.")
    sitting.present("Bappeda Jawa Barat", "Kementerian PU")
    _settle(sitting, items)
    assert sitting.close(left=2) < 2.0
    sitting.follow_up([names[place] for place in (7, 8)])
    paper = _draft_and_sign(sitting, tmp_path)
    book = paper.taken_home("bappeda", tmp_path)
    _read_back(items, book)
    _libreoffice(book, tmp_path)


def _fill(company: Company, items: list[str]) -> list[str]:
    page = company.isian("opd")
    names = [page.locator(f"#n-{code}").inner_text() for code in items]
    type_targets(page, zip(items, TYPED, strict=True))
    screenshot(page, "isian-terisi")
    page = company.at("opd", f"/butir/{items[2]}/")
    page.locator("[name=applicability]").select_option("not_relevant")
    page.locator("[name=applicability_reason]").fill("Tidak ada kewenangan provinsi atas objek ini (simulasi).")
    press(page, "Simpan usulan")
    told(page, "Tidak relevan")
    for place, (kode, _) in enumerate(company.facts["kegiatan"]):
        _add_support(company, items[place % 6 if place % 6 != 2 else 6], kode, place)
    return names


def _add_support(company: Company, item: str, kode: str, number: int) -> None:
    page = company.at("opd", f"/butir/{item}/sub-kegiatan/?cari={kode}")
    page.locator("[name=nomenclature]").select_option(index=1)
    page.locator("[name=opd]").select_option(index=1)
    page.locator("[name=volume]").fill(str(10 + number))
    page.locator("[name^='dana-']").first.fill(f"{number + 1}.500" if number % 2 else f"{number + 1}")
    page.locator("[name^='satuan-']").first.select_option("juta" if number % 2 else "miliar")
    page.locator("[name=places]").first.check()
    press(page, "Tambahkan")
    told(page, kode)


def _return_and_correct(company: Company, items: list[str]) -> None:
    page = company.isian("opd")
    page.locator("[data-select-all]").check()
    press(page, "Usulkan 9 terpilih")
    told(page, "Diusulkan")
    page = company.isian("bappeda")
    page.locator(f"#i-{items[1]} [data-select-row]").check()
    page.locator("[name=catatan]").fill("Periksa satuan dan tahun dasar.")
    press(page, "Kembalikan")
    told(page, "Dikembalikan")
    page = company.isian("opd")
    told(page, "Periksa satuan dan tahun dasar.")
    type_targets(page, [(items[1], "87,75")])
    page.reload()
    page.locator(f"#i-{items[1]} [data-select-row]").check()
    press(page, "Usulkan")
    expect(page.locator(f"#i-{items[1]}")).to_contain_text("Diusulkan")


def _submit(company: Company) -> None:
    page = company.isian("bappeda")
    page.get_by_role("link", name=re.compile("Ajukan 9")).click()
    told(page, "9 siap, 0 belum lengkap")
    press(page, "Ajukan 9 butir")
    told(page, "Diajukan")


def _repair(company: Company, items: list[str]) -> None:
    page = company.board("kl")
    screenshot(page, "papan")
    ask_repair(page, items[3:6], "Lengkapi sumber data.")
    for place, text in zip((3, 4, 5), ("65", "46,25", "1.300,5"), strict=True):
        page = company.at("bappeda", f"/butir/{items[place]}/")
        told(page, "Lengkapi sumber data.")
        page.locator("[name=value]").fill(text)
        press(page, "Simpan usulan")
        if page.locator("[name=titik][value=thousands]").count():
            page.locator("[name=titik][value=thousands]").click()
        press(page, "Ajukan perbaikan")
        told(page, "Diajukan")


def _own_figure(company: Company, items: list[str]) -> None:
    facts = company.facts
    page = company.at("kl", f"/desk/{facts['round']}/{facts['desk']}/butir/{items[0]}/")
    page.locator("[name=value]").fill("72,25")
    page.locator("[name=reason]").fill("Sejalan dengan target indikatif.")
    press(page, "Tawarkan angka")
    told(page, "72,25")


def _settle(sitting: Sitting, items: list[str]) -> None:
    sitting.stance("bappeda", items[0], "Setuju")
    for place in (1, 2, 3):
        sitting.stance("kl", items[place], "Setuju")
    for place in (0, 1, 2, 3):
        verdict(sitting.call(items[place]), "agree")
    # by word of mouth, with a note
    page = sitting.call(items[4])
    speak_for_all(page)
    page.locator("[name=kesimpulan]").first.fill("Disepakati dengan pembaruan data pada triwulan kedua.")
    verdict(page, "agree_noted")
    # refused with a reason
    sitting.stance("kl", items[5], "Keberatan", "Data dasar berbeda.")
    sitting.decline(sitting.call(items[5]), "metodologi", "Para pihak berbeda data dasar.")
    # settled wrongly, reopened, settled at another figure
    sitting.stance("kl", items[6], "Setuju")
    page = sitting.call(items[6])
    verdict(page, "agree")
    sitting.reopen(page, "Salah baca angka.")
    page.locator("[name=nilai]").fill("13")
    speak_for_all(page)
    verdict(page, "agree")
    expect(page.locator("[data-settled]")).to_contain_text("13")
    # the sub kegiatan of the first row
    page = sitting.row("moderator", items[0])
    press(page, "yang belum diputuskan")
    expect(page.get_by_role("button", name="yang belum diputuskan")).to_have_count(0)
    screenshot(page, "ruang")


def _draft_and_sign(sitting: Sitting, folder: Path) -> Paper:
    page: Page = sitting.company.at("moderator", sitting.path)
    press(page, "Susun berita acara")
    paper = Paper(sitting.company)
    paper.sign_on_paper("Dr. Sasmita Contoh, M.Si.", "Direktur PEIPD")
    paper.leave_out("Kemendagri")
    screenshot(page, "ba-draf")
    paper.finalise()
    paper.confirm("bappeda", "kl")
    screenshot(paper.scan(folder), "ba-lengkap")
    return paper


def _read_back(items: list[str], path: Path) -> None:
    rows = [row for row in data_rows(path) if row["Lampiran"] in ("II", "IV") and not row["Kode sub kegiatan"]]
    by_code = {str(row["Kode butir"]): row for row in reversed(rows)}
    agreed = {0: 72.25, 1: 87.75, 3: 65, 4: 46.25, 6: 13}
    for place, value in agreed.items():
        row = by_code[items[place]]
        assert row["Lampiran"] == "II", row
        assert (row["Kesepakatan min"], row["Kesepakatan maks"]) == (value, value), row
    assert by_code[items[4]]["Status"] == "Disepakati dengan catatan"
    assert by_code[items[5]]["Status"] == "Tidak disepakati"
    assert [by_code[items[place]]["Status"] for place in (7, 8)] == ["Tidak terbahas"] * 2
    assert (by_code[items[8]]["Usulan min"], by_code[items[8]]["Usulan maks"]) == (90, 95)


def _libreoffice(path: Path, folder: Path) -> None:
    office = shutil.which("soffice")
    assert office, "LibreOffice is not installed"
    profile = f"-env:UserInstallation=file://{folder}/lo"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
    # LibreOffice without Java says so at every start; it is no word on the workbook.
    assert [line for line in done.stderr.splitlines() if "javaldx" not in line] == []
    assert (folder / f"{path.stem}.pdf").stat().st_size > 10_000
