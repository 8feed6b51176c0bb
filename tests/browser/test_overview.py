"""The overview in a browser: from a cell of the matrix to the people behind it, and the notice put away; on a laptop and on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visitor, screenshot

pytestmark = pytest.mark.browser
JOBS = False
SEED = "tests.browser.states"


def open_tab(page: Page, label: str) -> None:
    page.locator(".topnav").get_by_role("link", name="Ikhtisar").click()
    page.locator(".tabs").get_by_role("link", name=label).click()


def test_from_a_missing_row_to_a_notice_on_home(visitor: Callable[..., Visitor]) -> None:
    guest = visitor("secretariat")
    page = guest.page
    for label in ("Kemajuan", "Keterisian", "Selisih nasional"):
        open_tab(page, label)
        assert (guest.serious(), guest.overflow()) == ([], 0), label
        screenshot(page, f"ikhtisar-{label}")
    open_tab(page, "Keterisian")
    page.locator(".matrix tbody tr", has_text="Jawa Barat").locator("td.tone a").first.press("Enter")
    assert guest.serious() == []
    button = page.get_by_role("button", name="Ingatkan")
    expect(button).to_be_visible()
    button.click()
    expect(page.locator("#notices")).to_contain_text("diingatkan melalui Beranda")
    bappeda = visitor("bappeda")
    notice = bappeda.go("/").locator("#pemberitahuan")
    expect(notice).to_contain_text("mengingatkan")
    notice.get_by_role("button", name="Tandai sudah dibaca").click()
    expect(bappeda.page.locator("#pemberitahuan")).not_to_contain_text("mengingatkan")


def test_the_first_column_stays_on_a_phone(visitor: Callable[..., Visitor]) -> None:
    guest = visitor("secretariat", viewport=PHONE)
    open_tab(guest.page, "Keterisian")
    box = guest.page.locator(".grid-wrap")
    name = box.locator("tbody th").first
    before = name.bounding_box()
    box.evaluate("each => { each.scrollLeft = 200 }")
    after = name.bounding_box()
    assert before is not None and after is not None
    assert (before["x"], guest.overflow(), guest.serious()) == (after["x"], 0, [])
    open_tab(guest.page, "Kemajuan")
    tile = guest.page.locator(".tile").first
    tile.focus()
    expect(tile).to_be_focused()
    tile.press("Enter")
    expect(guest.page.locator("h1")).to_contain_text("Daftar butir")
    assert (guest.overflow(), guest.serious()) == (0, [])
