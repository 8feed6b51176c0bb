"""Each row of permissions.csv, asked for real: the answer expected, nothing written by a refusal, something by an act that went through."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from core import waiting
from tests.matrix.asks import send
from tests.matrix.asks.base import option
from tests.matrix.prepared import Prepared, set_scene
from tests.matrix.rows import Row, read_rows
from tests.matrix.witness import contents, watching

pytestmark = pytest.mark.django_db
ROWS = read_rows()


@pytest.fixture(scope="module")
def baseline(made: Prepared) -> str:
    """The contents before any act."""
    return contents()


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages do not wait for a worker that no test has; tries of a password are counted anew for each row."""
    monkeypatch.setattr(waiting, "PATIENCE", 0)
    cache.clear()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_answer(made: Prepared, baseline: str, row: Row) -> None:
    """The status, the effect and what the body shows."""
    before = contents() if set_scene(made, row.where, option(row, "session")) else baseline
    with watching() as seen:
        response = send(made, row)
    body = _body(response)
    told = f"{row.surface} {row.route} {row.method} as {row.who} at {row.where or '-'} {row.state} {row.variant}"
    assert response.status_code == row.expect, (
        f"{told}: expected {row.expect}, got {response.status_code}\n{body[:600] or response.get('Location', '')}"
    )
    if row.effect == "writes":
        assert contents() != before, f"{told}: answered {row.expect} but wrote nothing"
    elif seen.writes:
        assert contents() == before, f"{told}: wrote although it may not"
    _check_body(made, row, body, told)


def _body(response) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode(errors="replace")


def _check_body(made: Prepared, row: Row, body: str, told: str) -> None:
    texts = made.texts()
    for word in row.shows.split():
        wanted, text = word[0] == "+", texts[word[1:]]
        assert (text in body) == wanted, f"{told}: {'lacks' if wanted else 'shows'} {word[1:]}"
