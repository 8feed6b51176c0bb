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
    expect(page.locator("[data-queue]")).to_be_hidden(timeout=20_000)
    assert (opd.edits(0), opd.edits(1)) == (1, 1)
    same = [body for key, body in stage.link.sent if key == stage.link.sent[0][0]]
    assert len(same) >= 2 and len(set(same)) == 1
