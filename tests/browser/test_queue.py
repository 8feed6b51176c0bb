"""A lost link loses nothing: what was typed waits in the browser, survives tab and login, and is applied exactly once."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor, screenshot
from tests.browser.staging import Wardrobe, staged
from tests.browser.steps import press, told
from tests.browser.weak_link import Behind, weak_link

pytestmark = pytest.mark.browser

NO_LOCKS = "Object.defineProperty(Navigator.prototype, 'locks', { value: undefined })"


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, wardrobe: Wardrobe) -> Iterator[Behind]:
    """One portal behind a weak link; each test has rows of its own."""
    folder = tmp_path_factory.mktemp("portal")
    with staged(folder, wardrobe, "tests.browser.seed", jobs=False) as made, weak_link(made) as behind:
        yield behind


class Desk:
    """The Isian of one person, and what the database says of it."""

    def __init__(self, stage: Behind, guest: Visitor) -> None:
        self.stage, self.guest = stage, guest
        self.items: list[str] = stage.facts["items"]

    def open(self) -> Page:
        """The Isian in the person's present tab."""
        return self.guest.go(f"/isian/{self.stage.facts['meja']}/")

    def type(self, row: int, text: str, page: Page | None = None) -> None:
        """Type into a row and leave it."""
        cell = (page or self.guest.page).locator(f"[name='v.{self.items[row]}']")
        cell.fill(text)
        cell.press("Tab")

    def says(self, row: int, *texts: str, page: Page | None = None) -> None:
        """What stands under the cell of a row."""
        for text in texts:
            expect((page or self.guest.page).locator(f"#s-{self.items[row]}")).to_contain_text(text)

    def saved(self, row: int, page: Page | None = None) -> None:
        """The row says that it is saved."""
        expect((page or self.guest.page).locator(f"#s-{self.items[row]}")).to_have_text("tersimpan")

    def again(self) -> Page:
        """Close the tab and open another one in the same browser."""
        self.guest.page.close()
        self.guest.page = self.guest.page.context.new_page()
        self.guest.listen()
        return self.guest.page

    def ask(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """A question to the database, or an act behind the portal's back."""
        with sqlite3.connect(self.stage.portal.folder / "portal.sqlite3", timeout=20) as db:
            return db.execute(sql, values).fetchall()

    def expire(self) -> None:
        """Every session ends."""
        self.ask("DELETE FROM django_session")

    def edits(self, row: int) -> int:
        """How often a row was changed."""
        query = "SELECT count(*) FROM desks_event e JOIN desks_item i ON i.id = e.item_id WHERE e.action = 'edit' AND i.code = ?"
        return int(str(self.ask(query, self.items[row])[0][0]))

    def text(self, row: int) -> str:
        """What the row holds, as typed."""
        return str(self.ask("SELECT value_proposed_text FROM desks_item WHERE code = ?", self.items[row])[0][0])

    def emptied(self, page: Page | None = None) -> None:
        """Wait until nothing of the person waits in this browser."""
        there = "() => !Object.keys(localStorage).some(key => key.startsWith('antrean:'))"
        (page or self.guest.page).wait_for_function(there, timeout=20_000)

    def quiet(self) -> None:
        """Lost connections were the point: the browser's own words about them are no complaint."""
        self.guest.complaints[:] = [each for each in self.guest.complaints if "net::ERR_" not in each]


@pytest.fixture
def desk(visitor: Callable[..., Visitor], stage: Behind) -> Iterator[Callable[..., Desk]]:
    """`desk("opd")` in a browser of their own; the link is well again afterwards."""
    made: list[Desk] = []

    def enter(who: str = "opd") -> Desk:
        made.append(Desk(stage, visitor(who, at="")))
        return made[-1]

    yield enter
    stage.link.saves = "well"
    for each in made:
        each.quiet()


def test_a_lost_answer_a_closed_tab_and_an_expired_login(desk: Callable[..., Desk], stage: Behind) -> None:
    opd = desk()
    opd.open()
    stage.link.saves = "unanswered"
    opd.type(0, "71,5")
    opd.says(0, "menunggu sambungan")
    assert opd.edits(0) == 1
    stage.link.saves = "lost"
    opd.type(1, "88,25")
    expect(opd.guest.page.locator("[data-queue]")).to_have_text("2 ketikan menunggu")
    page = opd.again()
    opd.expire()
    opd.open()
    expect(page).to_have_url(re.compile("/masuk/"))
    stage.link.saves = "well"
    sent = len(stage.link.sent)
    page.wait_for_timeout(300)
    assert len(stage.link.sent) == sent
    opd.guest.log_in("opd")
    opd.guest.go("/")
    opd.emptied()
    assert (opd.edits(0), opd.edits(1)) == (1, 1)
    # The tab that came later sent the same bytes under the same key.
    assert len({sent for sent in stage.link.sent if opd.items[0].encode() in sent[1]}) == 1


def test_an_expired_login_is_said_and_the_other_tab_sends(desk: Callable[..., Desk], stage: Behind) -> None:
    opd = desk()
    page = opd.open()
    opd.expire()
    opd.type(2, "64")
    opd.says(2, "sesi berakhir")
    expect(page.locator("[data-queue]")).to_have_text("1 ketikan menunggu · masuk lagi")
    opd.guest.log_in("opd")
    other = page.context.new_page()
    other.goto(f"{stage.url}/")
    opd.saved(2)
    expect(page.locator("[data-queue]")).to_have_text("1 ketikan tersimpan")
    assert (opd.edits(2), opd.text(2)) == (1, "64")


def test_a_conflict_shows_three_versions_and_both_choices_work(desk: Callable[..., Desk]) -> None:
    opd, bappeda = desk(), desk("bappeda")
    page = opd.open()
    bappeda.open()
    for row, text in ((3, "40"), (4, "50")):
        bappeda.type(row, text)
        bappeda.saved(row)
    for row, text in ((3, "41"), (4, "51")):
        opd.type(row, text)
        opd.says(row, f"ketikan Anda {text}", f"kini {text[0]}0,00 oleh Nama", "(Bappeda Jawa Barat)", "WIB", "saat Anda buka kosong")
    expect(page.locator("[data-queue]")).to_have_text("2 bentrok")
    press(page.locator(f"#s-{opd.items[3]}"), "Pakai ketikan saya")
    opd.saved(3)
    page = opd.guest.go("/antrean/")
    told(page, "Punya Anda", "51", "Di server", "50,00", "(Bappeda Jawa Barat)", "Dasar", "kosong")
    assert (opd.guest.serious(), opd.guest.overflow()) == ([], 0)
    screenshot(page, "antrean-bentrok")
    press(page, "Pakai yang di server")
    told(page, "Tidak ada yang menunggu.")
    assert [(opd.edits(row), opd.text(row)) for row in (3, 4)] == [(2, "41"), (1, "50")]


def test_what_the_other_did_not_touch_is_no_conflict(desk: Callable[..., Desk], stage: Behind) -> None:
    opd, bappeda = desk(), desk("bappeda")
    opd.open()
    page = bappeda.guest.go(f"/butir/{opd.items[5]}/")
    page.locator("[name=proposal_note]").fill("Sumber: data dasar 2025 (simulasi).")
    press(page, "Simpan usulan")
    told(page, "Tersimpan.")
    opd.type(5, "12")
    opd.saved(5)
    assert opd.text(5) == "12"


@pytest.mark.parametrize("locks", [True, False], ids=["locks", "lease"])
def test_two_tabs_send_once(desk: Callable[..., Desk], stage: Behind, locks: bool) -> None:
    opd, row = desk(), 6 if locks else 7
    if not locks:
        opd.guest.page.context.add_init_script(NO_LOCKS)
    first = opd.open()
    second = first.context.new_page()
    second.goto(first.url)
    stage.link.saves = "unanswered"
    opd.type(row, "13")
    opd.says(row, "menunggu sambungan")
    opd.says(row, "menunggu sambungan", page=second)
    stage.link.saves = "well"
    second.evaluate("dispatchEvent(new Event('online'))")
    opd.saved(row)
    opd.saved(row, second)
    opd.type(row, "14", page=second)
    opd.saved(row, second)
    sent = [(key, body) for key, body in stage.link.sent if opd.items[row].encode() in body]
    # Over a broken connection the browser itself may send once more, which is why the key is needed.
    assert len({key for key, _ in sent}) == len(set(sent)) == opd.edits(row) == 2
    assert (opd.text(row), len([body for _, body in sent if b'"14"' in body])) == ("14", 1)


def test_logging_out_asks_and_nobody_else_sends(desk: Callable[..., Desk], stage: Behind) -> None:
    opd = desk()
    page = opd.open()
    stage.link.saves = "lost"
    opd.type(8, "90–95")
    opd.says(8, "menunggu sambungan")
    _log_out(page)
    told(page, "1 ketikan Anda belum diterima server", "Hanya Anda yang dapat melihat dan mengirimnya")
    assert opd.guest.serious() == []
    screenshot(page, "keluar")
    press(page, "Kirim sekarang lalu keluar")
    told(page, "Anda belum keluar")
    press(page, "Simpan di komputer ini lalu keluar")
    page.wait_for_url("**/masuk/**")
    stage.link.saves = "well"
    sent = len(stage.link.sent)
    opd.guest.log_in("bappeda")
    opd.open()
    opd.guest.go("/antrean/")
    told(page, "Tidak ada yang menunggu.", "ketikan milik orang lain")
    expect(page.locator("main")).not_to_contain_text("90")
    _log_out(page)
    page.wait_for_url("**/masuk/**")
    assert (len(stage.link.sent), opd.edits(8)) == (sent, 0)
    opd.guest.log_in("opd")
    opd.open()
    opd.saved(8)
    assert opd.edits(8) == 1
    stage.link.saves = "lost"
    opd.type(8, "99")
    opd.says(8, "menunggu sambungan")
    _log_out(page)
    press(page, "Buang lalu keluar")
    page.wait_for_url("**/masuk/**")
    stage.link.saves = "well"
    opd.guest.log_in("opd")
    opd.open()
    expect(page.locator(f"[name='v.{opd.items[8]}']")).to_have_value("90,00–95,00")
    opd.emptied()
    assert opd.edits(8) == 1


def _log_out(page: Page) -> None:
    page.locator(".context-bar details.menu > summary").click()
    press(page, "Keluar", exact=True)
