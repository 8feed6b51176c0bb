"""The main job at real size, played by its users in real browsers: from a province's targets to a signed berita acara in Excel.

Urusan 1.03 with its eight printed indicators and one *simulasi*, 13 of its printed sub kegiatan; every figure typed here is *simulasi*.
Longer than other files on purpose: one journey reads from top to bottom in one place.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from tests.browser.conftest import Stage, Visitor, screenshot, staged
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.browser

TYPED = ["71,5", "88,25", "", "64", "45,75", "1.250,5", "12", "33,4", "90–95"]
SCAN = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


class Play:
    """The people of the journey, each in a browser of their own."""

    def __init__(self, enter: Callable[..., Visitor], stage: Stage) -> None:
        self.stage = stage
        self.items: list[str] = stage.facts["items"]
        self.guests = {who: enter(who) for who in ("opd", "bappeda", "kl", "moderator", "kemendagri")}
        self.session = ""
        self.ba = ""

    def at(self, who: str, path: str) -> Page:
        """The page of a person, opened at a path."""
        return self.guests[who].go(path)

    def isian(self, who: str) -> Page:
        """The meja in Isian."""
        return self.at(who, f"/isian/{self.stage.facts['meja']}/")

    def row(self, who: str, place: int) -> Page:
        """A row in the room."""
        return self.at(who, f"/sesi/{self.session}/?butir={self.items[place]}")


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A portal for each try: a second one cannot start on a round that the first has filled."""
    with staged(tmp_path) as made:
        yield made


@pytest.fixture
def play(visitor: Callable[..., Visitor], stage: Stage) -> Play:
    """Everybody has come in."""
    return Play(visitor, stage)


def press(page: Page, name: str, *, exact: bool = False) -> None:
    """Press the button of that name."""
    page.get_by_role("button", name=name, exact=exact).first.click()


def told(page: Page, text: str) -> None:
    """The portal said so."""
    expect(page.locator("body")).to_contain_text(text)


def test_from_target_to_signed_workbook(play: Play, tmp_path: Path) -> None:
    _fill(play)
    _return_and_correct(play)
    _submit(play)
    _repair(play)
    _own_figure(play)
    _sit(play)
    _settle(play)
    _close(play)
    _draft_and_sign(play, tmp_path)
    before = _download(play, "bappeda", tmp_path / "satu.xlsx")
    play.stage.portal.manage("verify_berita_acara", "--semua")
    play.stage.run("tests.browser.tamper", play.ba)
    after = _download(play, "bappeda", tmp_path / "dua.xlsx")
    assert _cells(after) == _cells(before)
    _read_back(play, before)
    _libreoffice(before, tmp_path)


def _fill(play: Play) -> None:
    page = play.isian("opd")
    for code, text in zip(play.items, TYPED, strict=True):
        if text:
            page.locator(f"[name='v.{code}']").fill(text)
            page.locator(f"[name='v.{code}']").press("Tab")
    expect(page.locator(".saved", has_text="tersimpan")).to_have_count(8)
    screenshot(page, "isian-terisi")
    page = play.at("opd", f"/butir/{play.items[2]}/")
    page.locator("[name=applicability]").select_option("not_relevant")
    page.locator("[name=applicability_reason]").fill("Tidak ada kewenangan provinsi atas objek ini (simulasi).")
    press(page, "Simpan usulan")
    told(page, "Tidak relevan")
    for place, (kode, _) in enumerate(play.stage.facts["kegiatan"]):
        _add_support(play, place % 6 if place % 6 != 2 else 6, kode, place)


def _add_support(play: Play, place: int, kode: str, number: int) -> None:
    page = play.at("opd", f"/butir/{play.items[place]}/sub-kegiatan/?cari={kode}")
    page.locator("[name=nomenclature]").select_option(index=1)
    page.locator("[name=opd]").select_option(index=1)
    page.locator("[name=volume]").fill(str(10 + number))
    page.locator("[name^='dana-']").first.fill(f"{number + 1}.500" if number % 2 else f"{number + 1}")
    page.locator("[name^='satuan-']").first.select_option("juta" if number % 2 else "miliar")
    page.locator("[name=places]").first.check()
    press(page, "Tambahkan")
    told(page, kode)


def _return_and_correct(play: Play) -> None:
    page = play.isian("opd")
    page.locator("[data-select-all]").check()
    press(page, "Usulkan")
    told(page, "Diusulkan")
    page = play.isian("bappeda")
    page.locator(f"#i-{play.items[1]} [data-select-row]").check()
    page.locator("[name=catatan]").fill("Periksa satuan dan tahun dasar.")
    press(page, "Kembalikan")
    told(page, "Dikembalikan")
    page = play.isian("opd")
    told(page, "Periksa satuan dan tahun dasar.")
    page.locator(f"[name='v.{play.items[1]}']").fill("87,75")
    page.locator(f"[name='v.{play.items[1]}']").press("Tab")
    expect(page.locator(f"#i-{play.items[1]} .saved")).to_be_visible()
    page.reload()
    page.locator(f"#i-{play.items[1]} [data-select-row]").check()
    press(page, "Usulkan")
    expect(page.locator(f"#i-{play.items[1]}")).to_contain_text("Diusulkan")


def _submit(play: Play) -> None:
    page = play.isian("bappeda")
    page.get_by_role("link", name=re.compile("Ajukan 9")).click()
    told(page, "9 siap, 0 belum lengkap")
    press(page, "Ajukan 9 butir")
    told(page, "Diajukan")


def _repair(play: Play) -> None:
    facts = play.stage.facts
    page = play.at("kl", f"/desk/{facts['round']}/{facts['desk']}/")
    screenshot(page, "papan")
    for code in play.items[3:6]:
        page.locator(f"input[name=pilih][value^='{code}:']").check()
    press(page, "Minta perbaikan 3")
    page.locator("[name=note]").fill("Lengkapi sumber data.")
    tomorrow = time.strftime("%Y-%m-%d", time.localtime(time.time() + 86400))
    page.locator("[name=date]").fill(tomorrow)
    if page.locator("[name=time]").count():
        page.locator("[name=time]").fill("12:00")
    press(page, "Minta perbaikan", exact=True)
    told(page, "Perbaikan 3")
    for place, text in zip((3, 4, 5), ("65", "46,25", "1.300,5"), strict=True):
        page = play.at("bappeda", f"/butir/{play.items[place]}/")
        told(page, "Lengkapi sumber data.")
        page.locator("[name=value]").fill(text)
        press(page, "Simpan usulan")
        if page.locator("[name=titik][value=thousands]").count():
            page.locator("[name=titik][value=thousands]").click()
        press(page, "Ajukan perbaikan")
        told(page, "Diajukan")


def _own_figure(play: Play) -> None:
    facts = play.stage.facts
    page = play.at("kl", f"/desk/{facts['round']}/{facts['desk']}/butir/{play.items[0]}/")
    page.locator("[name=value]").fill("72,25")
    page.locator("[name=reason]").fill("Sejalan dengan target indikatif.")
    press(page, "Tawarkan angka")
    told(page, "72,25")


def _sit(play: Play) -> None:
    facts = play.stage.facts
    play.session = json.loads(play.stage.run("tests.browser.plan", facts["meja"]))["session"]
    page = play.at("moderator", f"/sesi/{play.session}/")
    press(page, "Buka sesi")
    told(page, "berlangsung")
    page = play.at("moderator", f"/sesi/{play.session}/hadir/")
    absent = page.locator("tr", has_text="Kemendagri").first
    absent.locator("summary", has_text="Catat tidak hadir").click()
    absent.locator("[name=alasan_absen]").fill("Bertugas di desk lain.")
    absent.get_by_role("button", name="Catat tidak hadir").click()
    told(page, "Bertugas di desk lain.")
    for name in ("Bappeda Jawa Barat", "Kementerian PU"):
        row = page.locator("tr", has_text=name).first
        row.locator("summary", has_text="Catat hadir").click()
        row.locator("[name=nama]").fill(f"Wakil {name} (simulasi)")
        row.locator("[name=jabatan]").fill("Kepala Bidang")
        row.get_by_role("button", name="Catat hadir").click()
        expect(page.locator("tr", has_text=name).first).to_contain_text("Hadir")


def _call(play: Play, place: int) -> Page:
    page = play.row("moderator", place)
    press(page, "Bahas butir ini")
    told(page, "sedang dibahas")
    return page


def _stance(play: Play, who: str, place: int, name: str, text: str = "") -> None:
    page = play.row(who, place)
    if text:
        page.locator("#keterangan").fill(text)
    page.locator("form.voice").get_by_role("button", name=name).click()
    expect(page.locator("ol.offers li").first).to_contain_text(f": {name.lower()}")


def _settle(play: Play) -> None:
    _stance(play, "bappeda", 0, "Setuju")
    for place in (1, 2, 3):
        _stance(play, "kl", place, "Setuju")
    for place in (0, 1, 2, 3):
        _verdict(_call(play, place), "agree")
    # by word of mouth, with a note
    page = _call(play, 4)
    page.locator("[name=lisan]").first.check()
    page.locator("[name=kesimpulan]").first.fill("Disepakati dengan pembaruan data pada triwulan kedua.")
    _verdict(page, "agree_noted")
    # refused with a reason
    _stance(play, "kl", 5, "Keberatan", "Data dasar berbeda.")
    page = _call(play, 5)
    page.locator("[name=kesimpulan]").first.fill("Para pihak berbeda data dasar.")
    page.locator("summary", has_text="Tidak disepakati").click()
    page.locator("[name=kode_alasan]").select_option("metodologi")
    _verdict(page, "decline")
    # settled wrongly, reopened, settled at another figure
    _stance(play, "kl", 6, "Setuju")
    page = _call(play, 6)
    _verdict(page, "agree")
    page.locator("summary", has_text="Buka kembali butir ini").click()
    page.locator("[name=alasan_buka]").fill("Salah baca angka.")
    page.get_by_role("button", name="Buka kembali", exact=True).click()
    told(page, "Dibuka kembali: Salah baca angka.")
    page.locator("[name=nilai]").fill("13")
    for box in page.locator("[name=lisan]").all():
        box.check()
    _verdict(page, "agree")
    expect(page.locator("[data-settled]")).to_contain_text("13")
    # the sub kegiatan of the first row
    page = play.row("moderator", 0)
    press(page, "yang belum diputuskan")
    expect(page.get_by_role("button", name="yang belum diputuskan")).to_have_count(0)
    screenshot(page, "ruang")


def _verdict(page: Page, action: str) -> None:
    page.locator(f"button[name=putusan][value={action}]").click()
    expect(page.locator("[data-settled]")).to_be_visible()


def _close(play: Play) -> None:
    page = play.at("moderator", f"/sesi/{play.session}/tutup/")
    told(page, "2 butir")
    page.locator("[name=kode_alasan]").select_option("waktu")
    began = time.monotonic()
    press(page, "Tutup sesi")
    told(page, "ditutup")
    assert time.monotonic() - began < 2.0
    following = json.loads(play.stage.run("tests.browser.plan", play.stage.facts["meja"], play.session))
    assert sorted(following["agenda"]) == sorted(play.items[7:])


def _draft_and_sign(play: Play, folder: Path) -> None:
    page = play.at("moderator", f"/sesi/{play.session}/")
    press(page, "Susun berita acara")
    page.wait_for_url("**/berita-acara/*/")
    play.ba = page.url.rstrip("/").rsplit("/", 1)[-1]
    play.stage.run("tests.browser.signers", play.ba)
    page.reload()
    screenshot(page, "ba-draf")
    press(page, "Finalkan berita acara")
    told(page, "Menunggu tanda tangan")
    for who in ("bappeda", "kl"):
        signer = play.at(who, f"/berita-acara/{play.ba}/")
        signer.get_by_role("link", name="Tanda tangani").first.click()
        signer.locator("[name=password]").fill(PASSWORD)
        press(signer, "Tanda tangani")
        told(signer, "Tanda tangan Anda tercatat.")
    scan = folder / "pindaian.pdf"
    scan.write_bytes(SCAN)
    page = play.at("moderator", f"/berita-acara/{play.ba}/")
    page.get_by_role("link", name="Unggah pindaian").first.click()
    page.locator("[name=file]").set_input_files(scan)
    page.locator("form[enctype] button").first.click()
    told(page, "Lengkap")
    screenshot(page, "ba-lengkap")


def _download(play: Play, who: str, target: Path) -> Path:
    page = play.at(who, f"/berita-acara/{play.ba}/")
    with page.expect_download(timeout=60_000) as waiting:
        press(page, "Unduh Excel")
        if page.get_by_role("link", name="Unduh").count():
            page.get_by_role("link", name="Unduh").first.click()
    waiting.value.save_as(target)
    return target


def _cells(path: Path) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def _read_back(play: Play, path: Path) -> None:
    head, *rows = _cells(path)["Data"]
    by_code: dict[str, dict[str, Any]] = {}
    for row in rows:
        named = dict(zip(head, row, strict=True))
        if named["Lampiran"] in ("II", "IV") and not named["Kode sub kegiatan"]:
            by_code.setdefault(str(named["Kode butir"]), named)
    agreed = {0: 72.25, 1: 87.75, 3: 65, 4: 46.25, 6: 13}
    for place, value in agreed.items():
        named = by_code[play.items[place]]
        assert named["Lampiran"] == "II", named
        assert (named["Kesepakatan min"], named["Kesepakatan maks"]) == (value, value), named
    assert by_code[play.items[4]]["Status"] == "Disepakati dengan catatan"
    assert by_code[play.items[5]]["Status"] == "Tidak disepakati"
    for place in (7, 8):
        assert by_code[play.items[place]]["Status"] == "Tidak terbahas"
    assert (by_code[play.items[8]]["Usulan min"], by_code[play.items[8]]["Usulan maks"]) == (90, 95)
    indicators = {str(row[head.index("Indikator")]) for row in rows}
    assert not any("DIUBAH" in name for name in indicators)
    flat = json.dumps(_cells(path), default=str)
    assert "DIUBAH" not in flat


def _libreoffice(path: Path, folder: Path) -> None:
    office = shutil.which("soffice")
    assert office, "LibreOffice is not installed"
    command = [
        office,
        f"-env:UserInstallation=file://{folder}/lo",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(path),
    ]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
    # LibreOffice without Java says so at every start; it is no word on the workbook.
    assert [line for line in done.stderr.splitlines() if "javaldx" not in line] == []
    assert (folder / f"{path.stem}.pdf").stat().st_size > 10_000
