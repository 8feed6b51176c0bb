"""What journeys share: the people, each in a browser of their own, and what they do outside the room."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitor
from tests.browser.staging import Stage


def press(page: Page | Locator, name: str, *, exact: bool = False) -> None:
    """Press the button of that name."""
    page.get_by_role("button", name=name, exact=exact).first.click()


def told(page: Page, *texts: str) -> None:
    """The portal said so."""
    for text in texts:
        expect(page.locator("body")).to_contain_text(text)


class Company:
    """The people of a journey; each comes in when first needed and stays."""

    def __init__(self, enter: Callable[..., Visitor], stage: Stage) -> None:
        self.stage = stage
        self.facts: dict[str, Any] = stage.facts
        self._enter = enter
        self._guests: dict[str, Visitor] = {}

    def guest(self, who: str, viewport: dict[str, int] | None = None) -> Visitor:
        """The browser of a person."""
        if who not in self._guests:
            self._guests[who] = self._enter(who, viewport=viewport, at="")
        return self._guests[who]

    def at(self, who: str, path: str) -> Page:
        """The page of a person, opened at a path."""
        return self.guest(who).go(path)

    def isian(self, who: str, meja: str = "") -> Page:
        """A meja in Isian."""
        return self.at(who, f"/isian/{meja or self.facts['meja']}/")

    def board(self, who: str) -> Page:
        """The board of the desk."""
        return self.at(who, f"/desk/{self.facts['round']}/{self.facts['desk']}/")

    def submit(self, who: str, count: int, meja: str = "", noun: str = "butir") -> Page:
        """The list before submitting, and everything on it handed in."""
        page = self.at(who, f"/isian/{meja or self.facts['meja']}/ajukan/")
        press(page, f"Ajukan {count} {noun}")
        told(page, "diajukan atas nama")
        return page

    def clean(self, who: str) -> None:
        """The present page of a person breaks no rule of access and fits its window."""
        assert (self.guest(who).serious(), self.guest(who).overflow()) == ([], 0)


def type_targets(page: Page, typed: Iterable[tuple[str, str]]) -> None:
    """Type targets into the table; each row saves itself."""
    rows = [(code, text) for code, text in typed if text]
    for code, text in rows:
        page.locator(f"[name='v.{code}']").fill(text)
        page.locator(f"[name='v.{code}']").press("Tab")
    expect(page.locator(".saved", has_text="tersimpan")).to_have_count(len(rows))


def tick(page: Page, codes: Sequence[str]) -> None:
    """Tick rows of a table by their code."""
    for code in codes:
        page.locator(f"[data-select-row][value^='{code}:']").check()


def ask_repair(page: Page, codes: Sequence[str], note: str, noun: str = "butir") -> None:
    """On the board: ask for repair of several rows at once, due tomorrow noon."""
    tick(page, codes)
    press(page, f"Minta perbaikan {len(codes)} {noun}")
    page.locator("[name=note]").fill(note)
    page.locator("[name=date]").fill(time.strftime("%Y-%m-%d", time.localtime(time.time() + 86400)))
    if page.locator("[name=time]").count():
        page.locator("[name=time]").fill("12:00")
    press(page, "Minta perbaikan", exact=True)
    told(page, f"Perbaikan {len(codes)}")
