"""A short journey where everything is as in production: PostgreSQL, Redis, workers of their own. One row, from its target to the draft's workbook."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import Visitor
from tests.browser.paper import Paper, data_rows
from tests.browser.sitting import Sitting, verdict
from tests.browser.staging import Stage, staged_on
from tests.browser.steps import Company, press, tick, told, type_targets

pytestmark = [pytest.mark.browser, pytest.mark.services]


@pytest.fixture
def stage(tmp_path: Path, own_database: str, own_redis: str) -> Iterator[Stage]:
    """The portal on databases of its own."""
    with staged_on(tmp_path, "tests.browser.seed", DATABASE_URL=own_database, REDIS_URL=own_redis) as made:
        yield made


def test_one_row_from_target_to_draft(visitor: Callable[..., Visitor], stage: Stage, tmp_path: Path) -> None:
    company, code = Company(visitor, stage), stage.facts["items"][0]
    _propose(company, code)
    sitting = Sitting(company, stage.facts["session"])
    sitting.open()
    for who in ("kl", "kemendagri"):
        sitting.stance(who, code, "Setuju")
    verdict(sitting.call(code), "agree")
    sitting.close(left=0)
    press(company.at("moderator", sitting.path), "Susun berita acara")
    paper = Paper(company)
    told(company.guest("moderator").page, "Draf")
    (row,) = data_rows(paper.download("moderator", tmp_path / "draf.xlsx"), Lampiran="II")
    assert row["Kode butir"] == code
    assert (row["Kesepakatan min"], row["Kesepakatan maks"], row["Status"]) == (71.5, 71.5, "Disepakati")
    stage.portal.manage("verify_berita_acara", "--semua")


def _propose(company: Company, code: str) -> None:
    page = company.isian("opd")
    type_targets(page, [(code, "71,5")])
    tick(page, [code])
    press(page, "Usulkan 1 terpilih")
    told(page, "Diusulkan")
    page = company.isian("bappeda")
    page.get_by_role("link", name=re.compile("Ajukan 1")).click()
    press(page, "Ajukan 1 butir")
    told(page, "Diajukan")
