"""`manage.py portal`: one command, kept alive, gone when told or killed, and no job lost on the way."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from tests.portal_process import ROOT, Portal, eventually, processes
from tests.template import sqlite_template

pytestmark = pytest.mark.process
Ask = Callable[[str], list[tuple]]


@pytest.fixture
def new_portal(tmp_path) -> Iterator[Portal]:
    """In an empty folder, as on the first day."""
    made = Portal(tmp_path)
    yield made
    if made.process is not None:
        made.stop()


@pytest.fixture
def portal(new_portal, shared_folder) -> Portal:
    """On a database that is there already."""
    shutil.copy(sqlite_template(shared_folder), new_portal.folder / "portal.sqlite3")
    return new_portal


def gone(pids: set[int]) -> bool:
    return not pids & set(processes())


def test_a_killed_worker_comes_back_and_the_end_takes_all(new_portal):
    portal = new_portal
    portal.start()
    portal.wait_healthy()
    first = portal.worker("berat")
    portal.kill_worker("berat")
    eventually("another worker", lambda: portal.worker("berat") not in (0, first))
    eventually("health after the kill", lambda: portal.health()[0] == 200)
    children = {pid for pid, (parent, _) in processes().items() if parent == portal.process.pid}
    assert portal.stop() == 0
    eventually("no child left", lambda: gone(children))


def test_children_die_with_a_killed_parent(portal):
    portal.start()
    portal.wait_healthy()
    children = portal.kill()
    assert len(children) == 7  # web and its worker, two workers and their pools, scheduler
    eventually("no child left", lambda: gone(children), patience=10)


def test_health_names_what_is_dead(portal):
    portal.start()
    portal.wait_healthy()
    queue = portal.folder / "queue"
    queue.rename(portal.folder / "away")
    queue.write_text("not a folder")
    status, parts = portal.health()
    assert (status, parts["broker"], parts["database"]) == (503, "mati", "ok")


def test_a_taken_port_is_said(portal):
    portal.start()
    portal.wait_healthy()
    command = [sys.executable, "manage.py", "portal", "--port", str(portal.port)]
    second = subprocess.run(command, cwd=ROOT, env=portal.environ, capture_output=True, text=True)
    expected = f"CommandError: Port {portal.port} sedang dipakai. Pilih yang lain: make run PORT={portal.port + 1}\n"
    assert (second.returncode, second.stderr) == (1, expected)


def survive(portal: Portal, ask: Ask) -> None:
    """One slow job, its worker killed, then the whole portal killed and started again: done once."""
    log = portal.folder / "slow.log"
    state = "SELECT state, attempt FROM core_job"
    portal.start()
    portal.wait_healthy()
    portal.manage("enqueue_slow", str(log), "4")
    eventually("first attempt", lambda: log.exists() and log.read_text() == "start 1\n")
    portal.kill_worker("berat")
    eventually("second attempt", lambda: log.read_text() == "start 1\nstart 2\n")
    portal.kill()
    portal.start("--no-prepare")
    eventually("the end", lambda: ask(state)[0][0] not in ("queued", "running"))
    assert ask(state) == [("done", 3)]
    assert log.read_text().splitlines() == ["start 1", "start 2", "start 3", "end 3"]
    assert ask("SELECT COUNT(*) FROM core_storedfile") == [(1,)]
    [(path,)] = ask("SELECT path FROM core_storedfile")
    assert (portal.folder / "files" / path).read_text() == "kode;nilai\n1;2\n"


def test_a_job_survives_kills_on_the_embedded_broker(portal):
    def ask(sql: str) -> list[tuple]:
        with closing(sqlite3.connect(portal.folder / "portal.sqlite3", timeout=20)) as connection:
            return connection.execute(sql).fetchall()

    survive(portal, ask)


@pytest.mark.services
def test_a_job_survives_kills_on_redis(own_database, own_redis, tmp_path: Path):
    portal = Portal(tmp_path, DATABASE_URL=own_database, REDIS_URL=own_redis)

    def ask(sql: str) -> list[tuple]:
        with closing(psycopg2.connect(own_database)) as connection, connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()

    try:
        survive(portal, ask)
    finally:
        portal.stop()
