"""A real server process on a file of its own, and Chromium that listens for every console error and broken policy."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.staging import Stage, Wardrobe, staged, wardrobe
from tests.factories.accounts import PASSWORD
from tests.portal_process import ROOT

__all__ = ["wardrobe"]  # a fixture

# Two journeys and their portals share two cores: five seconds may be short for a page, and a missing word is missing after fifteen too.
expect.set_options(timeout=15_000)
AXE = (ROOT / "tests" / "vendor" / "axe.min.js").read_text(encoding="utf-8")
LAPTOP = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, its headless build where there is one, closed to the outside."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium-headless-shell") or shutil.which("chromium")
    assert path, "Chromium is not installed"
    return {**browser_type_launch_args, "executable_path": path, "args": FLAGS}


@pytest.fixture(scope="module")
def stage(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, wardrobe: Wardrobe
) -> Iterator[Stage]:
    """The portal of one file of browser tests: filled by the module that the file names as SEED, without workers where it says JOBS = False."""
    seed, jobs = getattr(request.module, "SEED", "tests.browser.seed"), getattr(request.module, "JOBS", True)
    with staged(tmp_path_factory.mktemp("portal"), wardrobe, seed, jobs=jobs) as made:
        yield made


@dataclass
class Visitor:
    """One person in a browser of their own; remembers everything the console complained about."""

    page: Page
    stage: Stage
    complaints: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Start remembering."""
        self.page.on(
            "console", lambda message: self.complaints.append(message.text) if message.type == "error" else None
        )
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def go(self, path: str) -> Page:
        """Open a page of the portal."""
        self.page.goto(self.stage.url + path)
        return self.page

    def log_in(self, who: str) -> None:
        """Log in as a person of the seed without drawing the page; `test_door` goes through it."""
        address = f"{self.stage.url}/masuk/"
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.page.request.get(address).text())
        assert token
        typed = {"username": self.stage.facts["people"][who], "password": PASSWORD, "csrfmiddlewaretoken": token[1]}
        answer = self.page.request.post(address, form=typed, max_redirects=0)
        assert answer.status == 302, answer.text()

    def serious(self, *beside: str) -> list[str]:
        """What axe finds serious or critical on the present page, beside the elements that the selectors name."""
        self.page.evaluate(AXE)
        where = {"include": [["html"]], "exclude": [[selector] for selector in beside]}
        found = self.page.evaluate("where => axe.run(where, {resultTypes: ['violations']})", where)
        return [
            f"{each['id']}: {node['html'][:160]}"
            for each in found["violations"]
            if each["impact"] in ("serious", "critical")
            for node in each["nodes"]
        ]

    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.fixture
def visitor(request: pytest.FixtureRequest, browser: Browser, stage: Stage) -> Iterator[Callable[..., Visitor]]:
    """`visitor("bappeda")` shows Beranda (or `at`) to somebody in a context of their own; afterwards nobody's console may have complained."""
    opened: list[tuple[BrowserContext, Visitor]] = []

    def enter(who: str = "", viewport: dict[str, int] | None = None, at: str = "/") -> Visitor:
        context = browser.new_context(
            viewport=viewport or LAPTOP, locale="id-ID", timezone_id="Asia/Jakarta", accept_downloads=True
        )
        guest = Visitor(context.new_page(), stage)
        guest.listen()
        if who:
            guest.log_in(who)
            if at:
                guest.go(at)
        opened.append((context, guest))
        return guest

    yield enter
    for no, (context, guest) in enumerate(opened):
        complaints = [text for text in guest.complaints if "status of 4" not in text and not _of_picture(text)]
        screenshot(guest.page, f"akhir-{request.node.originalname}-{no}")
        context.close()
        assert complaints == []


def _of_picture(text: str) -> bool:
    """Taking a picture styles the page, which its policy refuses."""
    return bool(os.environ.get("SCREENSHOTS")) and "inline style" in text


def screenshot(page: Page, name: str) -> None:
    """Keep a picture where SCREENSHOTS names a folder; for looking, never for comparing."""
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)
