"""The door: logging in and out in a real browser, and what a stranger sees."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Visitor, screenshot
from tests.browser.staging import Stage
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.browser
JOBS = False


@pytest.mark.parametrize("viewport", [None, PHONE], ids=["laptop", "phone"])
def test_login_is_accessible(visitor: Callable[..., Visitor], viewport: dict[str, int] | None) -> None:
    guest = visitor(viewport=viewport)
    guest.go("/masuk/")
    assert guest.serious() == []
    assert guest.overflow() <= 0
    screenshot(guest.page, f"masuk-{viewport and 390 or 1366}")


def test_in_and_out(visitor: Callable[..., Visitor], stage: Stage) -> None:
    guest = visitor()
    page = guest.go("/masuk/")
    page.locator("[name=username]").fill(stage.facts["people"]["bappeda"])
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(lambda url: "/masuk/" not in url)
    expect(page.locator("main")).to_be_visible()
    page.locator("details.menu summary").last.click()
    page.get_by_role("button", name="Keluar").click()
    page.wait_for_url("**/masuk/**")
