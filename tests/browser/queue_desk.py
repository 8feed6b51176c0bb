"""What tests of the queue do at the Isian, and what the database says of it."""

from __future__ import annotations

import sqlite3

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.weak_link import Behind


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

    def log_out(self) -> None:
        """Press Keluar in the menu of the context bar."""
        self.guest.page.locator(".context-bar details.menu > summary").click()
        self.guest.page.locator("form[data-logout] button").click()
