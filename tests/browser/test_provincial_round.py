"""The main job in a provincial round: eight kab/kota at one desk in one sitting, Bappeda in the chair, and the berita acara of the round.

One kab/kota works on a phone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import PHONE, Visitor, screenshot
from tests.browser.paper import Paper, annex, data_rows
from tests.browser.sitting import Sitting, speak_for_all, verdict
from tests.browser.staging import Stage, Wardrobe, staged
from tests.browser.steps import Company, ask_repair, press, told, type_targets

pytestmark = pytest.mark.browser
MENDED = {1: "81", 2: "82", 3: "83,25"}  # by number of the kab/kota
OWN, REFUSED, REOPENED, ABSENT, LAST = 4, 5, 6, 7, 8


@pytest.fixture
def stage(tmp_path: Path, wardrobe: Wardrobe) -> Iterator[Stage]:
    """A portal for each try."""
    with staged(tmp_path, wardrobe, "tests.browser.provincial_seed") as made:
        yield made


def test_eight_kab_kota_one_sitting_one_paper(visitor: Callable[..., Visitor], stage: Stage, tmp_path: Path) -> None:
    company = Company(visitor, stage)
    items = dict(enumerate(stage.facts["items"], start=1))
    _hand_in(company, items)
    _repair(company, items)
    _own_figure(company, items)
    sitting = Sitting(company, stage.facts["session"])
    told(sitting.open(), "8 daerah")
    sitting.absent(f"Bappeda Kabupaten {ABSENT}", "Bencana banjir di daerahnya (simulasi).")
    sitting.present("Dinas Kesehatan Banten", "Bappeda Kabupaten 1")
    _settle(sitting, items)
    sitting.close(left=1)
    paper = _draft(company)
    paper.confirm("local8", "dinas")
    company.stage.run("tests.browser.sign_rest", paper.code)
    screenshot(paper.scan(tmp_path), "provinsi-ba-lengkap")
    _read_back(items, paper.taken_home("dinas", tmp_path))


def _hand_in(company: Company, items: dict[int, str]) -> None:
    """The last kab/kota fills and submits on a phone."""
    meja = company.facts["mejas"][LAST - 1]
    page = company.guest("local8", PHONE).go(f"/isian/{meja}/")
    told(page, "Pengisian kabupaten/kota")
    type_targets(page, [(items[LAST], "77,5")])
    company.clean("local8")
    page = company.at("local8", f"/isian/{meja}/ajukan/")
    told(page, "Bappeda provinsi, perangkat daerah provinsi dan sekretariat")
    company.clean("local8")
    company.submit("local8", 1, meja)


def _repair(company: Company, items: dict[int, str]) -> None:
    ask_repair(company.board("dinas"), [items[no] for no in MENDED], "Samakan tahun dasar (simulasi).")
    for no, text in MENDED.items():
        meja = company.facts["mejas"][no - 1]
        page = company.isian(f"local{no}", meja)
        told(page, "Samakan tahun dasar (simulasi).")
        type_targets(page, [(items[no], text)])
        company.submit(f"local{no}", 1, meja)


def _own_figure(company: Company, items: dict[int, str]) -> None:
    facts = company.facts
    page = company.at("dinas", f"/desk/{facts['round']}/{facts['desk']}/butir/{items[OWN]}/")
    page.locator("[name=value]").fill("84")
    page.locator("[name=reason]").fill("Sejalan dengan target provinsi (simulasi).")
    press(page, "Tawarkan angka")
    told(page, "84,00")


def _settle(sitting: Sitting, items: dict[int, str]) -> None:
    sitting.consent_all("dinas")
    told(sitting.company.guest("dinas").page, "Dinas Kesehatan Banten")
    # the kab/kota says yes to the figure of the dinas by word of mouth
    page = sitting.call(items[OWN])
    speak_for_all(page)
    verdict(page, "agree")
    page = sitting.call(items[REFUSED])
    sitting.decline(page, "data_belum_lengkap", "Data dasar belum ada (simulasi).")
    page = sitting.call(items[REOPENED])
    verdict(page, "agree")
    sitting.reopen(page, "Salah baca angka.")
    page.locator("[name=nilai]").fill("79,5")
    page.locator("#kesimpulan").fill("Bertahap (simulasi).")
    speak_for_all(page)
    verdict(page, "agree_noted")
    told(sitting.settle_all(but=[items[ABSENT]]), "diputuskan 7")
    page = sitting.row("moderator", items[ABSENT])
    sitting.company.clean("moderator")
    screenshot(page, "provinsi-ruang")


def _draft(company: Company) -> Paper:
    page = company.at("chair", "/berita-acara/")
    page.get_by_role("link", name="Periksa dan susun").click()
    told(page, "Pekerjaan Umum, sesi 1")
    press(page, "Susun draf")
    paper = Paper(company, "chair")
    told(page, "Sesi dalam berita acara ini", "LAMPIRAN II DESK KESEHATAN")
    company.clean("chair")
    screenshot(page, "provinsi-ba-draf")
    paper.sign_on_paper("Dr. Sasmita Contoh, M.Si.", "Kepala Bappeda Banten")
    paper.finalise()
    return paper


def _read_back(items: dict[int, str], book: Path) -> None:
    wanted = {1: 81, 2: 82, 3: 83.25, OWN: 84, REOPENED: 79.5, LAST: 77.5}
    rows = [row for row in data_rows(book, Lampiran="II") if row["Kode butir"] in items.values()]
    found = {row["Kode butir"]: row["Kesepakatan min"] for row in rows}
    assert found == {items[no]: value for no, value in wanted.items()}
    left = {row["Kode butir"]: row["Status"] for row in data_rows(book, Lampiran="IV")}
    assert left == {items[REFUSED]: "Tidak disepakati", items[ABSENT]: "Tidak terbahas"}
    printed = annex(book, "1.02 Lampiran 2")
    assert [row["Daerah"] for row in printed] == [f"Kabupaten {no}" for no in sorted(wanted)]
    assert printed[-1]["Kesepakatan"].startswith("77,50")
    assert len(annex(book, "1.03 Lampiran 2")) == 8
