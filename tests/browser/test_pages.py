"""Everybody walks through every page that the navigation leads to, in a world of all states; a second walk uses the keyboard alone."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visitor, screenshot
from tests.browser.staging import Stage
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.browser
JOBS = False

SEED = "tests.browser.states"
MOST = 40  # pages of one person
TWICE = {
    "desks:session",
    "desks:item",
    "desks:board_item",
    "desks:isian",
    "agreements:ba",
}  # two states of these, one of the others
MUST = {
    "opd": {"desks:isian", "desks:item", "desks:support_add"},
    "bappeda": {"desks:submit", "desks:session", "agreements:ba", "desks:round"},
    "kl": {"desks:board", "desks:board_item", "desks:targets", "desks:targets_indicator"},
    "moderator": {"desks:session", "desks:attendance", "desks:session_close", "desks:session_plan", "agreements:ba"},
    "secretariat": {"desks:round", "desks:extend_stage", "admin:desks_round_change"},
}
# Django's own widgets, whose names only Django can give: select2 boxes, and the cells of tabular inlines (the column head names them).
DJANGOS = (".select2-container", ".tabular.inline-related tbody")
ADMIN_MOST = 12  # the tables of the administration are all alike
FILES = {
    "board_download",
    "targets_download",
    "download",
    "file",
    "isian_answer",
    "isian_book",
    "sources_download",
    "schema",
    "document_template",
    "priorities_template",
}
WALKERS = ("opd", "bappeda", "kl", "moderator", "kemendagri", "secretariat", "auditor", "other_bappeda")
ON_PHONE = ("opd", "bappeda", "moderator")

# The kinds of elements a page is made of, codes and numbers aside: two pages of a route made of the same kinds break or keep the same rules.
KINDS = r"""() => {
    const plain = (text) => (text ?? '').replace(/[0-9A-Z]{10}|\d+/g, '');
    const kind = (each) => [
        each.tagName, each.className.baseVal ?? each.className, plain(each.getAttribute('name')), each.getAttribute('role'), each.type
    ].join(' ');
    return [...new Set([...document.querySelectorAll('body *')].map(kind))];
}"""
CHECKED: dict[tuple[str, int], set[str]] = {}
"""By route and width of the window: the kinds of elements that have been checked, by whomever."""


class Walk:
    """A bounded walk of one person: each route once or twice, starting at the navigation."""

    def __init__(self, guest: Visitor, must: set[str]) -> None:
        self.guest = guest
        self.must = must
        self.visited: set[str] = set()
        self.admin = 0
        self.page = guest.page
        self.routes: Counter[str] = Counter()
        self.seen: set[str] = set()
        self.queue: deque[str] = deque()
        self.problems: list[str] = []

    def run(self) -> None:
        """Visit until nothing new is left."""
        self.take(".topnav a, .menu-body a, .footer a")
        while self.queue and len(self.visited) < MOST:
            self.visit(self.queue.popleft())

    def take(self, selector: str) -> None:
        """Remember the links of the present page that lead to a page not met often enough."""
        links = self.page.locator(selector).evaluate_all("all => all.map(each => each.getAttribute('href'))")
        for link in links:
            target = urlsplit(urljoin(self.page.url, link or ""))
            address = target.path + (f"?{target.query}" if target.query else "")
            if target.netloc != urlsplit(self.guest.stage.url).netloc or "format=" in target.query:
                continue
            try:
                match = resolve(target.path)
            except Resolver404:
                self.problems.append(f"{self.page.url} leads to {address}, which is no page")
                continue
            name = match.view_name
            many = name.startswith("admin:") and name not in self.must and self.admin >= ADMIN_MOST
            if many or (match.url_name or "") in FILES or address in self.seen or self.routes[name] > (name in TWICE):
                continue
            self.routes[name] += 1
            self.admin += name.startswith("admin:")
            self.seen.add(address)
            # What must be seen comes first, the tables of the administration are some of many.
            (self.queue.appendleft if name in self.must else self.queue.append)(address)

    def visit(self, address: str) -> None:
        """Open one page and look."""
        self.guest.complaints.clear()
        self.visited.add(address)
        answer = self.page.goto(self.guest.stage.url + address)
        assert answer is not None
        found = [*self.guest.complaints]
        if answer.status >= 400:
            found.append(f"status {answer.status}")
        if self.page.locator("main h1").count() != 1 or not self.page.locator("main h1").inner_text().strip():
            found.append("no heading, or more than one")
        if not self.page.title().strip():
            found.append("no title")
        if self.guest.overflow() > 0:
            found.append(f"wider than the window by {self.guest.overflow()} px")
        name = resolve(urlsplit(address).path).view_name
        kinds = set(self.page.evaluate(KINDS))
        checked = CHECKED.setdefault((name, (self.page.viewport_size or PHONE)["width"]), set())
        if kinds - checked:
            checked |= kinds
            found += self.guest.serious(*(DJANGOS if name.startswith("admin:") else ()))
        self.problems += [f"{address}: {each}" for each in found]
        self.take("main a[href]")


def _walk(guest: Visitor, who: str) -> None:
    walk = Walk(guest, MUST.get(who, set()))
    walk.run()
    assert walk.problems == []
    assert walk.must - {resolve(urlsplit(address).path).view_name for address in walk.visited} == set()
    assert len(walk.seen) > 9


@pytest.mark.parametrize("who", WALKERS)
def test_every_page_on_a_laptop(visitor: Callable[..., Visitor], who: str) -> None:
    _walk(visitor(who), who)


@pytest.mark.parametrize("who", ON_PHONE)
def test_every_page_on_a_phone(visitor: Callable[..., Visitor], who: str) -> None:
    _walk(visitor(who, PHONE), who)


def _focused(page: Page) -> str:
    """Name or identity of what has the focus."""
    return str(
        page.evaluate("document.activeElement.name || document.activeElement.id || document.activeElement.className")
    )


def _outlined(page: Page) -> bool:
    """Whether what has the focus shows it."""
    style = (
        "(s => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2)(getComputedStyle(document.activeElement))"
    )
    return bool(page.evaluate(style))


def _tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the element that fits the selector has the focus; it must show it."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            assert _outlined(page), f"{wanted} does not show its focus"
            return
    raise AssertionError(f"Tab never reaches {wanted}")


def test_isian_by_keyboard_alone(visitor: Callable[..., Visitor], stage: Stage) -> None:
    page = visitor("other_bappeda").go(f"/isian/{stage.facts['other_meja']}/")
    page.keyboard.press("Tab")
    assert _focused(page) == "skip"
    expect(page.locator("a.skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert _focused(page) == "isi"
    _tab_to(page, "input[name^='v.']")
    first = _focused(page)
    page.keyboard.type("55,5")
    page.keyboard.press("Enter")
    second = _focused(page)
    assert second.startswith("v.")
    assert second != first
    page.keyboard.type("66,25")
    page.keyboard.press("Enter")
    expect(page.locator(".saved", has_text="tersimpan")).to_have_count(2)
    page.reload()
    assert [page.locator(f"[name='{name}']").input_value() for name in (first, second)] == ["55,50", "66,25"]


def test_room_by_keyboard_alone(visitor: Callable[..., Visitor], stage: Stage) -> None:
    code = stage.facts["items"][4]
    for who in ("kl", "kemendagri"):
        page = visitor(who).go(f"/sesi/{stage.facts['running']}/?butir={code}")
        _tab_to(page, "form.voice button[value=setuju]")
        page.keyboard.press("Enter")
        expect(page.locator("ol.offers li").first).to_contain_text("setuju")
        expect(page.locator("form.voice button[value=setuju]")).to_be_in_viewport()
    page = visitor("moderator").go(f"/sesi/{stage.facts['running']}/?butir={code}")
    page.keyboard.press("s")
    expect(page.locator("[data-settled]")).to_contain_text("Disepakati")
    screenshot(page, "ruang-papan-ketik")


def test_signing_by_keyboard_alone(visitor: Callable[..., Visitor], stage: Stage) -> None:
    page = visitor("kemendagri").go(f"/berita-acara/{stage.facts['awaiting']}/")
    _tab_to(page, "a[href*='/tanda-tangan/']")
    page.keyboard.press("Enter")
    expect(page.locator("[name=password]")).to_be_visible()
    _tab_to(page, "[name=password]")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#notices")).to_contain_text("Tanda tangan Anda tercatat.")


def test_board_by_keyboard_alone(visitor: Callable[..., Visitor], stage: Stage) -> None:
    page = visitor("kl").go(f"/desk/{stage.facts['round']}/{stage.facts['desk']}/")
    _tab_to(page, "[data-select-row]")
    page.keyboard.press("Space")
    button = page.locator("[data-select-count]")
    expect(button).to_have_text("Minta perbaikan 1 butir")
    _tab_to(page, "[data-select-count]")
    page.keyboard.press("Enter")
    expect(page.locator("[name=note], [name=catatan]").first).to_be_visible()
    _tab_to(page, "textarea")
    page.keyboard.type("Periksa lagi tahun dasarnya.")
    expect(page.locator("textarea").first).to_have_value("Periksa lagi tahun dasarnya.")
