"""The grid as a province uses it: typing, pasting from Excel, filling down, undoing, filtering, with the keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from core.money import money_in_words_hint
from tests.browser.conftest import PHONE, Visitor, screenshot
from tests.browser.staging import Stage

pytestmark = pytest.mark.browser
JOBS = False
SAID = "#kisi-said"


class Grid:
    """The grid on a page, by row and the head of a column."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def keys(self, *keys: str) -> None:
        """Press one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def cell(self, row: int, head: str) -> Locator:
        """A cell of a drawn row."""
        heads = [text.strip() for text in self.page.locator(".kisi thead th > span:first-child").all_inner_texts()]
        return self.page.locator(".kisi-rows tr").nth(row).locator("td, th").nth(heads.index(head))

    def at(self) -> str:
        """The text of the cell in hand."""
        return self.page.locator(".kisi .on").inner_text()

    def paste(self, text: str) -> None:
        """Ctrl+V of what a spreadsheet put on the clipboard."""
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text)
        self.keys("Control+v")

    def enter(self) -> None:
        """Into the table with the keyboard: back from the line of the cell into the grid."""
        self.page.locator(".kisi .on").focus()


@pytest.fixture
def grid(visitor: Callable[..., Visitor], stage: Stage) -> Iterator[tuple[Grid, Visitor]]:
    guest = visitor("bappeda", at=f"/isian/{stage.facts['meja']}/kisi/")
    guest.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield Grid(guest.page), guest


def test_targets_are_filled_as_in_a_spreadsheet(
    grid: tuple[Grid, Visitor], stage: Stage, visitor: Callable[..., Visitor]
) -> None:
    table, guest = grid
    page, usulan = table.page, "Usulan 2027"
    expect(page.get_by_role("grid", name=re.compile("^Target"))).to_have_attribute("aria-rowcount", "10")
    expect(page.locator(".chip", has_text="kosong")).to_contain_text("9")
    table.enter()
    page.keyboard.type("1234567,5")
    expect(page.locator(".kisi-size")).to_have_text("= 1,23 juta")
    table.keys("Enter")
    expect(table.cell(0, usulan)).to_contain_text("1.234.567,50")
    expect(table.cell(0, usulan)).to_contain_text("⚠ periksa: 1,23 juta")
    expect(table.cell(0, "Status")).to_contain_text("tersimpan")
    # From Excel: one broken cell, one that can be read in two ways, the others are taken at once.
    table.paste("15,5\ndua\n1.234\n71,25\n")
    expect(table.cell(4, usulan)).to_contain_text("71,25")
    expect(table.cell(2, usulan)).to_contain_text("✕ ditolak")
    expect(page.locator(".kisi-ask")).to_contain_text("berarti …? Jawaban berlaku untuk 1 angka bertitik")
    expect(page.locator(SAID)).to_contain_text("1 baris ditolak")
    page.get_by_role("button", name="Desimal: 1,234").first.click()
    expect(table.cell(3, usulan)).to_contain_text("1,234")
    following = page.get_by_role("button", name="Bermasalah berikutnya")
    following.click()
    expect(page.locator(".kisi-note")).to_contain_text("melebihi 100 persen")
    following.click()
    expect(page.locator(".kisi-note")).to_contain_text("“dua” bukan angka")
    screenshot(page, "kisi-target")
    table.keys("Alt+Enter", "Enter")
    expect(table.cell(2, usulan)).not_to_contain_text("ditolak")
    page.keyboard.type("16")
    table.keys("Enter")
    expect(table.cell(2, usulan)).to_contain_text("16,00")
    # Fill down from the fifth row on, then undo; the server follows.
    table.keys("ArrowDown", "Shift+ArrowDown", "Shift+ArrowDown", "Control+d")
    expect(page.locator(".kisi .on")).to_contain_text("71,25")
    table.keys("Control+z")
    expect(page.locator(".kisi .on")).not_to_contain_text("71,25")
    expect(page.locator(".kisi-sum")).to_contain_text("Semua tersimpan")
    table.keys("F8")
    expect(page.locator(".kisi .on")).not_to_contain_text(re.compile(r"\d"))
    page.locator(".chip", has_text="kosong").click()
    expect(page.locator(".kisi-rows tr")).to_have_count(4)
    page.locator(".chip", has_text="semua").click()
    # Somebody of the dinas was quicker with the first row: both figures stand there, and one choice settles it.
    rival = Grid(visitor("opd", at=f"/isian/{stage.facts['meja']}/kisi/").page)
    expect(rival.cell(0, usulan)).to_contain_text(
        "⚠ periksa"
    )  # what was warned of stands there for others of the region too
    rival.enter()
    rival.page.keyboard.type("20")
    rival.keys("Enter")
    expect(rival.cell(0, usulan)).to_contain_text("✓ tersimpan")
    table.cell(0, usulan).click()
    page.keyboard.type("21")
    table.keys("Enter")
    expect(table.cell(0, usulan)).to_contain_text("⇄ bentrok")
    table.keys("ArrowUp")
    expect(page.locator(".kisi-note")).to_contain_text("Bentrok: ketikan Anda 21; kini 20,00 oleh")
    screenshot(page, "kisi-bentrok")
    assert (guest.serious(), guest.overflow()) == ([], 0)
    table.keys("Alt+Enter", "Enter")
    expect(table.cell(0, usulan)).to_contain_text("21,00")
    page.reload()
    expect(table.cell(0, usulan)).to_contain_text("21,00")
    expect(table.cell(2, usulan)).to_contain_text("16,00")
    expect(table.cell(4, usulan)).to_contain_text("71,25")


def test_sub_kegiatan_and_pagu_by_keyboard(grid: tuple[Grid, Visitor], stage: Stage) -> None:
    table, guest = grid
    page = table.page
    page.get_by_role("tab", name="Target").focus()
    table.keys("ArrowRight")
    expect(page.get_by_role("tab", name="Sub kegiatan & pagu")).to_have_attribute("aria-selected", "true")
    page.locator(".kisi-item").focus()
    expect(page.locator("#kisi-kode option").first).to_be_attached()
    page.locator(".kisi-item").select_option(index=2)
    rows = [
        [kode, "", "32-PU", "Kabupaten Bogor, 32.04", f"{no},5", "", "dua" if no == 1 else "180.000.000", "1,5 miliar"]
        for no, (kode, _) in enumerate(stage.facts["kegiatan"][:4])
    ]
    table.paste("\n".join("\t".join(row) for row in rows))
    expect(table.cell(0, "Status")).to_contain_text("tersimpan")
    expect(table.cell(3, "Status")).to_contain_text("tersimpan")
    expect(table.cell(0, "Jumlah pagu")).to_have_text("Rp1.680.000.000")
    expect(table.cell(0, "Lokasi")).to_contain_text("Kabupaten Bogor, Kabupaten Bandung")
    expect(table.cell(1, "Pagu PAD")).to_contain_text("✕ ditolak")
    expect(table.cell(1, "Volume")).to_contain_text("tertahan")
    table.keys("Shift+F8")
    expect(page.locator(".kisi-note")).to_contain_text("“dua” bukan jumlah uang")
    page.keyboard.type("2 m")
    table.keys("Enter")
    expect(table.cell(1, "Pagu PAD")).to_contain_text("✓ 2 miliar")
    page.get_by_label("Pagu dalam").select_option("juta")
    expect(table.cell(1, "Pagu PAD")).to_contain_text("2.000")
    table.enter()
    page.keyboard.type("2,5")
    table.keys("Enter")
    expect(table.cell(2, "Pagu PAD")).to_contain_text("✓ 2,5 juta")
    screenshot(page, "kisi-pagu")
    table.keys("ArrowUp")
    page.get_by_role("button", name="Hapus baris").click()
    expect(page.locator(".kisi-rows tr")).to_have_count(3)
    # Esc and Tab lead out of the table; the size of a number is told as the server tells it.
    table.enter()
    table.keys("Escape", "Tab")
    expect(page.get_by_role("link", name="Buka butir")).to_be_focused()
    amounts = [10_000, 999_994_999, 999_995_000_000, 1_234_567_890, 180_000_000, 81_592_294_466_063]
    words = page.evaluate(
        "() => performance.getEntriesByType('resource').map((e) => e.name).find((n) => /grid\\/words/.test(n))"
    )
    told = page.evaluate(
        "async ([url, amounts]) => { const { size } = await import(url); return amounts.map((n) => size(String(n))); }",
        [words, amounts],
    )
    assert told == [money_in_words_hint(n) for n in amounts]
    assert guest.serious() == []
    page.set_viewport_size(PHONE)
    page.reload()
    expect(page.get_by_role("link", name="isian per baris")).to_be_visible()
    assert (guest.serious(), guest.overflow()) == ([], 0)
    screenshot(page, "kisi-telepon")
