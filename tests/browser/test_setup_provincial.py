"""From a portal just installed, Bappeda NTB sets its provincial round up by the screens alone, step by step as docs/panduan/sekretariat.md says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Stage, Visitor, screenshot
from tests.factories.accounts import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.soak]

SEED = "tests.browser.provincial_setup_seed"
JOBS = False
TODAY = dt.datetime.now().replace(hour=8, minute=0, second=0, microsecond=0)  # noqa: DTZ005 - the clock of a sheet
LOMBOK = ("52.01", "52.02", "52.03", "52.08", "52.71")
SUMBAWA = ("52.04", "52.05", "52.06", "52.07", "52.72")
PLACES = (*LOMBOK, *SUMBAWA)
URUSAN = {
    "1.01": ("Pendidikan", "C6-1.01-01"), "1.02": ("Kesehatan", "C6-1.02-01"), "1.03": ("Pekerjaan Umum", "C6-1.03-01"),
    "1.06": ("Sosial", "C6-1.06-01"), "2.09": ("Pangan", "C6-2.09-01"),
}  # fmt: skip
"""Desk = bidang urusan, with the indicator on its agenda; the portal knows its wording."""
REGIONAL = {"KW-L": ("Wilayah Pulau Lombok", "Lombok"), "KW-S": ("Wilayah Pulau Sumbawa", "Sumbawa")}


def days(n: int, hour: int = 8) -> dt.datetime:
    """So many days from today at a full hour."""
    return TODAY.replace(hour=hour) + dt.timedelta(days=n)


def people() -> list[list[str | None]]:
    """One hundred: three of each Bappeda, one of each perangkat daerah, and the province's own."""
    found: list[list[str | None]] = []
    for place in PLACES:
        for no, role in enumerate(("Bappeda", "Verifikator", "Koordinator"), 1):
            found.append(
                [f"Perencana {no} {place} (simulasi)", f"bappeda{no}.{place}@contoh.test", place, role, "Perencana"]
            )
        for kode in URUSAN:
            found.append(
                [
                    f"Subbagian {kode} {place} (simulasi)",
                    f"opd.{kode}.{place}@contoh.test",
                    f"{place}.{kode}",
                    "Perangkat daerah",
                    None,
                ]
            )
    for no in range(100 - len(found)):
        found.append([f"Pembahas {no} NTB (simulasi)", f"pembahas{no}@contoh.test", "52", "Pembahas", None])
    return found


def sittings() -> list[list[Any]]:
    """Twelve: each urusan desk with both region groups, each regional desk with its own."""
    found: list[list[Any]] = []
    for no, desk in enumerate(URUSAN):
        for half, group in enumerate(("Lombok", "Sumbawa")):
            begins = days(14 + half, 8 + 2 * (no % 4) + no // 4)
            found.append(
                [desk, group, begins, begins + dt.timedelta(hours=1), "WITA", "Hibrida", f"Ruang {desk}, Mataram"]
            )
    for code, (_, group) in REGIONAL.items():
        found.append([code, group, days(16), days(16, 12), "WITA", "Hibrida", f"Ruang {group}, Mataram"])
    return found


FIRST = {
    "Desk": [[kode, name, None, no, kode] for no, (kode, (name, _)) in enumerate(URUSAN.items(), 1)]
    + [[code, name, "Kewilayahan", 9] for code, (name, _) in REGIONAL.items()],
    "Indikator": [[kode, indicator, 1] for kode, (_, indicator) in URUSAN.items()],
    "Lembaga": [["Bappeda", place, f"Bappeda {place} (simulasi)", f"Bappeda {place}", place] for place in PLACES]
    + [
        ["Perangkat daerah", f"{place}.{kode}", f"Dinas {name} {place} (simulasi)", f"Dinas {name} {place}", place, place, f"{kode}.0.00.0.00.01.{place}", kode]
        for place in PLACES
        for kode, (name, _) in URUSAN.items()
    ],
    "Orang": people(),
    "Kuota usulan": [[place, 15] for place in PLACES],
}  # fmt: skip
SECOND = {
    "Buka desk": [[kode, "Semua"] for kode in URUSAN] + [[code, group] for code, (_, group) in REGIONAL.items()],
    "Sesi": sittings(),
}  # fmt: skip


def write_below(sheet: Worksheet, rows: list[list[Any]]) -> None:
    """Type the rows under what stands in the sheet."""
    line = next(row for row in range(5, sheet.max_row + 1) if sheet.cell(row, 1).value is None)
    for offset, row in enumerate(rows):
        for column, value in enumerate(row, start=1):
            if value is not None:
                sheet.cell(line + offset, column).value = value


def by_excel(
    page: Page, base: str, folder: Path, sheets: dict[str, list[list[Any]]], provincial: dict[str, str] | None = None
) -> None:
    """Guide 3: download, fill in, check, apply."""
    page.goto(base)
    with page.expect_download() as got:
        page.get_by_role("link", name="Unduh Excel").click()
    got.value.save_as(folder / "penyiapan.xlsx")
    book = load_workbook(folder / "penyiapan.xlsx")
    for name, rows in sheets.items():
        write_below(book[name], rows)
    offices = book["Lembaga"]
    for row in range(5, offices.max_row + 1):
        if skpd := (provincial or {}).get(str(offices.cell(row, 2).value)):
            offices.cell(row, 7).value = skpd
    book.save(folder / "isi.xlsx")
    page.locator("[name=berkas]").set_input_files(folder / "isi.xlsx")
    page.get_by_role("button", name="Periksa berkas").click()
    expect(page.get_by_role("heading", name="Periksa sebelum diterapkan")).to_be_visible()
    assert page.locator("tr", has=page.locator(".badge", has_text="Ditolak")).all_inner_texts() == []
    screenshot(page, "prov-periksa")
    page.get_by_role("button", name="Terapkan").click()


def added(page: Page, base: str, part: str, **fields: str) -> None:
    """Guide 2: one row on the screen."""
    page.goto(f"{base}{part}/")
    page.get_by_role("link", name="Tambah").first.click()
    for name, value in fields.items():
        field = page.locator(f"[name={name}]")
        if field.evaluate("node => node.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)
    page.get_by_role("button", name="Simpan").click()
    expect(page.locator(".message", has_text="Tersimpan")).to_be_visible()


def first_login(guest: Visitor, link: str) -> Page:
    """The one-time link makes a password and logs in."""
    page = guest.go(link[link.index("/", 8) :])
    page.locator("[name=new_password1]").fill(PASSWORD)
    page.locator("[name=new_password2]").fill(PASSWORD)
    page.get_by_role("button", name="Simpan dan masuk").click()
    page.wait_for_url(lambda url: "sandi" not in url)
    return page


def test_a_province_sets_its_round_up(visitor: Callable[..., Visitor], stage: Stage, tmp_path: Path) -> None:
    guest = visitor()
    page = first_login(guest, stage.facts["link"])
    base = _open(page)
    _on_the_screen(page, base)
    by_excel(
        page,
        base,
        tmp_path,
        FIRST,
        {f"52.{kode}": f"{kode}.0.00.0.00.01.0000" for kode in ("1.01", "1.02", "1.03", "1.06", "2.09")},
    )
    links = _links(page)
    _seats(guest, base)
    by_excel(page, base, tmp_path, SECOND)
    page.goto(base)
    screenshot(page, "prov-penyiapan")
    for said in (
        "7 desk",
        "5 indikator",
        "101 orang",
        "60 pasangan desk dan daerah",
        "12 sesi",
        "10 kuota",
        "11 dari 11 bagian siap",
    ):
        expect(page.locator("main")).to_contain_text(said)
    assert guest.serious() == []
    _home_of(visitor(viewport=PHONE), links["opd.1.02.52.04@contoh.test"])
    _home_of_bappeda(visitor(), links["bappeda1.52.71@contoh.test"])


def _open(page: Page) -> str:
    """Guide 1."""
    page.locator(".worklist").get_by_text("penyelenggaraan baru").click()
    page.get_by_label("Nama forum").fill("Rapat Koordinasi Teknis Perencanaan Pembangunan Provinsi Nusa Tenggara Barat")
    page.get_by_label("Nama pendek").fill("Rakortek NTB 2026")
    page.get_by_label("Tahun penyelenggaraan").fill("2026")
    page.get_by_label("Tahun rencana").fill("2027")
    page.get_by_label("Tingkat").select_option(label="Provinsi")
    page.get_by_label("Zona waktu").select_option(label="WITA")
    page.get_by_role("button", name="Buka penyelenggaraan").click()
    expect(page.get_by_role("heading", name="Penyiapan", exact=True)).to_be_visible()
    return page.url


def _on_the_screen(page: Page, base: str) -> None:
    """Guide 2: stages, region groups and parties row by row."""
    spans = {
        "Pengisian K/L": (-10, 5), "Pengisian Daerah": (-1, 10), "Verifikasi": (10, 13), "Desk": (13, 20), "Berita Acara": (20, 30),
    }  # fmt: skip
    for kind, (opens, closes) in spans.items():
        moments = [f"{days(day):%Y-%m-%dT%H:%M}" for day in (opens, closes)]
        added(page, base, "tahapan", kind=kind, opens=moments[0], closes=moments[1])
    for code, places in (("Lombok", LOMBOK), ("Sumbawa", SUMBAWA)):
        added(
            page, base, "kelompok", scheme="wp-52", code=code, name=f"Wilayah Pulau {code}", regions="; ".join(places)
        )
    for strand in ("Urusan", "Kewilayahan"):
        for party in ("Provinsi (Bappeda atau perangkat daerah)", "Daerah"):
            added(page, base, "pihak", strand=strand, party=party)


def _links(page: Page) -> dict[str, str]:
    """Guide 4: shown once."""
    expect(page.get_by_role("heading", name="Tautan masuk pertama")).to_be_visible()
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(100)
    shown = page.evaluate(
        "[...document.querySelectorAll('tbody tr')].map(row => [...row.cells].map(cell => cell.textContent.trim()))"
    )
    return {email: link for _, email, link in shown}


def _seats(guest: Visitor, base: str) -> None:
    """Guide 5: the usual ones, then who leads."""
    page = guest.page
    page.goto(f"{base}kursi-baku/")
    page.get_by_role("button", name="Tambahkan").click()
    expect(page.locator(".message", has_text="kursi ditambahkan")).to_be_visible()
    for role in ("Moderator", "Pimpinan sidang", "Notulis"):
        added(page, base, "kursi", office="52", role=role)
    screenshot(page, "prov-kursi")


def _home_of(guest: Visitor, link: str) -> None:
    """A perangkat daerah of Kabupaten Sumbawa finds its one row."""
    page = first_login(guest, link)
    expect(page.locator(".worklist")).to_contain_text("target belum diisi")
    expect(page.locator("body")).to_contain_text("Rakortek NTB 2026")
    assert guest.overflow() <= 0
    screenshot(page, "prov-beranda-opd")
    page.locator(".worklist").get_by_text("target belum diisi").first.click()
    expect(page.locator("table.grid tbody tr")).to_have_count(1)


def _home_of_bappeda(guest: Visitor, link: str) -> None:
    """The Bappeda of Kota Mataram finds what its perangkat daerah still owe."""
    page = first_login(guest, link)
    expect(page.locator(".worklist")).to_contain_text("5 perangkat daerah")
    assert guest.serious() == []
    screenshot(page, "prov-beranda-bappeda")
