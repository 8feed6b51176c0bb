"""The grid in Chromium with 10,000 rows on a CPU slowed four times: first view, a key press, scrolling; and a paste of 2,000 cells at full speed."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test import Client
from django.test.testcases import LiveServerThread

from bench.context import Bench
from bench.result import Result, measured, missing
from bench.world import build

NAME = "grid_10000"
ROWS, PASTED, BROKEN = 10_000, 2_000, 100
SLOWED = 4
VIEW_MS, KEY_MS, SCROLL_RATIO, PASTE_S = 2_000, 100, 1.5, 2.0
RUNS, QUICK_RUNS = 5, 3
PATIENCE_MS = 120_000  # a busy machine makes a bad number, not none
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
ROW = ".kisi-rows tr"

SHOWN = """() => new Promise((done) => {
    const look = () => document.querySelector('.kisi-rows tr')
        ? requestAnimationFrame(() => setTimeout(() => {
            const [page] = performance.getEntriesByType('navigation');
            done([performance.now(), performance.now() - page.responseStart]);
        }))
        : requestAnimationFrame(look);
    look();
})"""
KEYS = """() => {
    window.keyTimes = [];
    addEventListener('keydown', (event) => {
        const start = event.timeStamp;
        requestAnimationFrame(() => setTimeout(() => window.keyTimes.push(performance.now() - start)));
    }, true);
}"""
SCROLL = """async (selector) => {
    const scroller = document.querySelector(selector), start = performance.now();
    for (let step = 0; step < 60; step += 1) {
        scroller.scrollTop += 100;
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    }
    scroller.scrollTop = 0;
    return performance.now() - start;
}"""
EMPTY = """async (rows) => {
    const url = performance.getEntriesByType('resource').map((one) => one.name).find((name) => /grid\\/table/.test(name));
    const { Table } = await import(url), stage = document.createElement('div');
    document.querySelector('.kisi-stage').after(stage);
    stage.id = 'bare';
    const columns = [...document.querySelectorAll('.kisi col')].map((col, c) => ({ width: parseFloat(col.style.width), fixed: c === 0 }));
    const cells = columns.map((_, c) => (c ? '<td></td>' : '<th class="fix fix1"></th>')).join('');
    const table = new Table(stage, {
        label: 'kosong', columns, rowHtml: () => `<tr>${cells}</tr>`, headHtml: () => '', headCss: () => '', moved: () => {},
    });
    table.show(Array.from({ length: rows }, () => ({})));
}"""
PASTE = """async (text) => {
    const clipboard = new DataTransfer(), n = text.split('\\n').length;
    clipboard.setData('text/plain', text);
    const start = performance.now();
    document.querySelector('.kisi .on').focus();
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: clipboard, bubbles: true }));
    const chip = (key) => Number(document.querySelector(`[data-key=${key}] b`).textContent.replace(/\\D/g, ''));
    await new Promise((done) => setTimeout(done, 50));
    while (chip('menunggu') || !(chip('bermasalah') || chip('siap'))) await new Promise((done) => setTimeout(done, 20));
    return [performance.now() - start, chip('bermasalah')];
}"""


def run(bench: Bench) -> list[Result]:
    """First view, key press and scrolling of 10,000 rows; a paste of 2,000 cells with every error."""
    name = bench.name(NAME)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return [missing(f"{name}.first_view", "ms", VIEW_MS, "playwright is not installed")]
    world = build(provinces=1, indicators=ROWS)
    client = Client()
    client.force_login(world.bappeda["11"].user)
    jar = {key: morsel.value for key, morsel in client.cookies.items()}
    path = f"/isian/{world.mejas['11'].code}/kisi/"
    with _served() as url, sync_playwright() as player:
        browser = player.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        looks = [_look(_page(browser, jar, url), url, path) for _ in range(QUICK_RUNS if bench.quick else RUNS)]
        pastes = [_paste(_page(browser, jar, url), url + path, turn) for turn in range(1 if bench.quick else 3)]
        browser.close()
    note = f"{ROWS} rows × 15 columns, CPU slowed {SLOWED} times"
    return [
        measured(f"{name}.first_view", [one["view"] for one in looks], "ms", VIEW_MS, f"{note}, from the first byte of the answer"),
        measured(f"{name}.first_view_with_server", [one["whole"] for one in looks], "ms", VIEW_MS, f"{note}, from the click"),
        measured(f"{name}.key_press", [one["key"] for one in looks], "ms", KEY_MS, f"{note}, 95th of 60 keys each"),
        measured(f"{name}.scroll_ratio", [one["scroll"] for one in looks], "× empty", SCROLL_RATIO, note),
        measured(f"{name}.paste", pastes, "s", PASTE_S, f"{PASTED} cells, {BROKEN} of them refused, each told; full speed"),
    ]  # fmt: skip


@contextmanager
def _served() -> Iterator[str]:
    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.terminate()


def _page(browser: Any, jar: dict[str, str], url: str) -> Any:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="id-ID")
    context.set_default_timeout(PATIENCE_MS)
    context.add_cookies([{"name": name, "value": value, "url": url} for name, value in jar.items()])
    return context.new_page()


def _look(page: Any, url: str, path: str) -> dict[str, float]:
    page.goto(f"{url}/")  # the shared parts of every page are there already
    devtools = page.context.new_cdp_session(page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    page.goto(url + path, wait_until="commit")
    whole, view = page.evaluate(SHOWN)
    page.wait_for_selector(".kisi .on")
    page.evaluate(KEYS)
    page.locator(".kisi .on").focus()
    for _ in range(10):
        for key in ("ArrowDown", "1", "2", ",", "5", "Escape"):
            page.keyboard.press(key)
    times = sorted(page.evaluate("window.keyTimes"))
    ours = [page.evaluate(SCROLL, ".kisi-stage .kisi-wrap") for _ in range(3)]
    page.evaluate(EMPTY, ROWS)
    empty = [page.evaluate(SCROLL, "#bare .kisi-wrap") for _ in range(3)]
    page.context.close()
    key = times[int(len(times) * 0.95) - 1]
    return {"view": view, "whole": whole, "key": key, "scroll": statistics.median(ours) / statistics.median(empty)}


def _paste(page: Any, address: str, turn: int) -> float:
    page.goto(address)
    page.wait_for_selector(ROW)
    texts = ["dua" if place % (PASTED // BROKEN) == 0 else f"{turn + 1},{place % 90 + 10}" for place in range(PASTED)]
    spent, refused = page.evaluate(PASTE, "\n".join(texts))
    page.context.close()
    if refused != BROKEN:
        raise RuntimeError(f"{refused} of {BROKEN} errors were told")
    return float(spent) / 1000
