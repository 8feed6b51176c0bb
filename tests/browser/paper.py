"""The berita acara as its people handle it: drafted, finalised, signed on screen and on paper, taken home and read back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Page
from python_calamine import CalamineWorkbook

from tests.browser.steps import Company, press, told
from tests.factories.accounts import PASSWORD

SCAN = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


class Paper:
    """A berita acara, drafted by `chair` and shown on the present page."""

    def __init__(self, company: Company, chair: str = "moderator") -> None:
        self.company = company
        self.chair = chair
        page = company.guest(chair).page
        page.wait_for_url("**/berita-acara/*/")
        self.code = page.url.rstrip("/").rsplit("/", 1)[-1]

    def page(self, who: str = "") -> Page:
        """The paper as somebody reads it."""
        return self.company.at(who or self.chair, f"/berita-acara/{self.code}/")

    def sign_on_paper(self, name: str, office: str) -> None:
        """The chair of the sitting, first in the plan, will sign with a pen: name, office and NIP as printed."""
        page = self.page()
        page.locator("ol.signers > li").first.get_by_role("link", name="Ubah").click()
        page.locator("[name=mode]").select_option("paper")
        page.locator("[name=user]").select_option("")
        typed = {"name": name, "office": office, "nip": "198001012005011001", "rank": "Pembina Utama Muda (IV/c)"}
        for field, text in typed.items():
            page.locator(f"[name={field}]").fill(text)
        press(page, "Simpan")
        told(page, name)

    def leave_out(self, institution: str) -> None:
        """Whoever was absent does not sign."""
        page = self.company.guest(self.chair).page
        page.locator("ol.signers > li", has_text=institution).get_by_role("button", name="Hapus").click()

    def finalise(self) -> Page:
        """Frozen, numbered, waiting."""
        page = self.company.guest(self.chair).page
        press(page, "Finalkan berita acara")
        told(page, "Menunggu tanda tangan")
        return page

    def confirm(self, *people: str) -> None:
        """People sign in the portal with their password."""
        for who in people:
            page = self.page(who)
            page.get_by_role("link", name="Tanda tangani").first.click()
            page.locator("[name=password]").fill(PASSWORD)
            press(page, "Tanda tangani")
            told(page, "Tanda tangan Anda tercatat.")

    def scan(self, folder: Path) -> Page:
        """What was signed with a pen comes in as a scan, and the paper is complete."""
        scan = folder / "pindaian.pdf"
        scan.write_bytes(SCAN)
        page = self.page()
        page.get_by_role("link", name="Unggah pindaian").first.click()
        page.locator("[name=file]").set_input_files(scan)
        page.locator("form[enctype] button").first.click()
        told(page, "Lengkap")
        return page

    def download(self, who: str, target: Path) -> Path:
        """The workbook."""
        page = self.page(who)
        with page.expect_download(timeout=60_000) as waiting:
            press(page, "Unduh Excel")
            if page.get_by_role("link", name="Unduh").count():
                page.get_by_role("link", name="Unduh").first.click()
        waiting.value.save_as(target)
        return target

    def taken_home(self, who: str, folder: Path) -> Path:
        """The workbook after everything behind it was renamed in the administration: the same cells as before, and the record verified."""
        before = self.download(who, folder / "satu.xlsx")
        self.company.stage.portal.manage("verify_berita_acara", "--semua")
        self.company.stage.run("tests.browser.tamper", self.code)
        after = self.download(who, folder / "dua.xlsx")
        assert cells(after) == cells(before)
        assert "DIUBAH" not in str(cells(before))
        return before


def cells(path: Path) -> dict[str, list[list[Any]]]:
    """Every cell of every sheet."""
    book = CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def data_rows(path: Path, **wanted: object) -> Iterator[dict[str, Any]]:
    """The rows of the sheet `Data` by the names of their columns, those alone whose cells are as wanted."""
    head, *rows = cells(path)["Data"]
    for row in rows:
        named = dict(zip(head, row, strict=True))
        if all(named.get(column) == value for column, value in wanted.items()):
            yield named


def annex(path: Path, sheet: str) -> list[dict[str, str]]:
    """The printed rows of a lampiran by their column heads."""
    rows = cells(path)[sheet]
    head = next(place for place, row in enumerate(rows) if row[0] == "No")
    return [
        dict(zip(rows[head], [str(cell) for cell in row], strict=True))
        for row in rows[head + 1 :]
        if re.search(r"\S", "".join(map(str, row)))
    ]
