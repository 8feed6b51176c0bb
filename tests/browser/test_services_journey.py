"""A short journey where everything is as in production: PostgreSQL, Redis, workers of their own. One row, from its target to the draft's workbook."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Stage, Visitor, staged
from tests.browser.test_main_job import Play, _call, _cells, _download, _stance, _verdict, press, told
from tests.services import new_database, new_redis

pytestmark = [pytest.mark.browser, pytest.mark.services]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The portal on databases of its own."""
    folder = tmp_path_factory.mktemp("portal")
    with (
        new_database() as database,
        new_redis() as broker,
        staged(folder, DATABASE_URL=database, REDIS_URL=broker) as made,
    ):
        yield made


@pytest.fixture
def play(visitor: Callable[..., Visitor], stage: Stage) -> Play:
    """Everybody has come in."""
    return Play(visitor, stage)


def test_one_row_from_target_to_draft(play: Play, tmp_path: Path) -> None:
    code = play.items[0]
    _propose(play, code)
    _sit_and_agree(play)
    page = play.at("moderator", f"/sesi/{play.session}/")
    press(page, "Susun berita acara")
    page.wait_for_url("**/berita-acara/*/")
    play.ba = page.url.rstrip("/").rsplit("/", 1)[-1]
    told(page, "Draf")
    head, *rows = _cells(_download(play, "moderator", tmp_path / "draf.xlsx"))["Data"]
    found = [dict(zip(head, row, strict=True)) for row in rows]
    [row] = [row for row in found if row["Kode butir"] == code and row["Lampiran"] == "II"]
    assert (row["Kesepakatan min"], row["Kesepakatan maks"], row["Status"]) == (71.5, 71.5, "Disepakati")
    play.stage.portal.manage("verify_berita_acara", "--semua")


def _propose(play: Play, code: str) -> None:
    page = play.isian("opd")
    page.locator(f"[name='v.{code}']").fill("71,5")
    page.locator(f"[name='v.{code}']").press("Tab")
    expect(page.locator(f"#i-{code} .saved")).to_be_visible()
    page.reload()
    page.locator(f"#i-{code} [data-select-row]").check()
    press(page, "Usulkan")
    told(page, "Diusulkan")
    page = play.isian("bappeda")
    page.get_by_role("link", name=re.compile("Ajukan 1")).click()
    press(page, "Ajukan 1 butir")
    told(page, "Diajukan")


def _sit_and_agree(play: Play) -> None:
    play.session = json.loads(play.stage.run("tests.browser.plan", play.stage.facts["meja"]))["session"]
    page = play.at("moderator", f"/sesi/{play.session}/")
    press(page, "Buka sesi")
    told(page, "berlangsung")
    for who in ("kl", "kemendagri"):
        _stance(play, who, 0, "Setuju")
    _verdict(_call(play, 0), "agree")
    page = play.at("moderator", f"/sesi/{play.session}/tutup/")
    if page.locator("[name=kode_alasan]").count():
        page.locator("[name=kode_alasan]").select_option("waktu")
    press(page, "Tutup sesi")
    told(page, "ditutup")
