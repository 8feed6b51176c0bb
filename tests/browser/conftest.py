"""A real server process on a file of its own, and Chromium that listens for every console error and broken policy."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.factories.accounts import PASSWORD
from tests.portal_process import ROOT, Portal

AXE = (ROOT / "tests" / "vendor" / "axe.min.js").read_text(encoding="utf-8")
LAPTOP = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, closed to the outside."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert path, "Chromium is not installed"
    return {**browser_type_launch_args, "executable_path": path, "args": FLAGS}


@dataclass
class Stage:
    """A running portal with its seeded people and codes."""

    portal: Portal
    facts: dict[str, Any]

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.portal.port}"

    def run(self, module: str, *args: str) -> str:
        """A helper process on the same database; what it printed."""
        command = [sys.executable, "-m", module, *args]
        done = subprocess.run(command, cwd=ROOT, env=self.portal.environ, check=True, capture_output=True, text=True)
        return done.stdout


@contextmanager
def staged(folder: Path, seed: str = "tests.browser.seed", **environ: str) -> Iterator[Stage]:
    """A portal filled by the module `seed`, for as long as the block lasts."""
    portal = Portal(folder, AXES_ENABLED="0", **environ)
    portal.manage("migrate", "--verbosity=0")
    stage = Stage(portal, {})
    stage.facts = json.loads(stage.run(seed))
    portal.start()
    try:
        portal.wait_healthy()
        yield stage
    finally:
        portal.stop()


@pytest.fixture(scope="module")
def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The portal of one file of browser tests, filled by the module that the file names as SEED."""
    with staged(tmp_path_factory.mktemp("portal"), getattr(request.module, "SEED", "tests.browser.seed")) as made:
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

    def log_in(self, who: str) -> Page:
        """Log in as a person of the seed."""
        self.go("/masuk/")
        self.page.locator("[name=username]").fill(self.stage.facts["people"][who])
        self.page.locator("[name=password]").fill(PASSWORD)
        self.page.locator("[name=password]").press("Enter")
        self.page.wait_for_url(lambda url: "/masuk/" not in url)
        return self.page

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
def visitor(browser: Browser, stage: Stage) -> Iterator[Callable[..., Visitor]]:
    """`visitor("bappeda")` logs somebody in in a context of their own; afterwards nobody's console may have complained."""
    opened: list[tuple[BrowserContext, Visitor]] = []

    def enter(who: str = "", viewport: dict[str, int] | None = None, allowed: tuple[str, ...] = ()) -> Visitor:
        context = browser.new_context(
            viewport=viewport or LAPTOP, locale="id-ID", timezone_id="Asia/Jakarta", accept_downloads=True
        )
        guest = Visitor(context.new_page(), stage)
        guest.listen()
        if who:
            guest.log_in(who)
        opened.append((context, guest))
        return guest

    yield enter
    for context, guest in opened:
        complaints = [text for text in guest.complaints if "status of 4" not in text]
        context.close()
        assert complaints == []


def screenshot(page: Page, name: str) -> None:
    """Keep a picture where SCREENSHOTS names a folder; for looking, never for comparing."""
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)
