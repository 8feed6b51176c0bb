"""The export of one berita acara through the real portal, whose processes are killed while it runs: done once, and whole."""

from __future__ import annotations

import hashlib
import http.cookiejar
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from contextlib import closing, suppress
from io import BytesIO
from pathlib import Path

import psycopg2
import pytest
from python_calamine import CalamineWorkbook

from tests.agreements.big_paper import LINES
from tests.factories.accounts import PASSWORD
from tests.portal_process import PATIENCE, ROOT, Portal, eventually, processes
from tests.template import sqlite_template

pytestmark = pytest.mark.process
Ask = Callable[[str], list[tuple]]


class Person:
    """Somebody with a browser, as far as links and forms go."""

    def __init__(self, portal: Portal, username: str) -> None:
        self.address = f"http://127.0.0.1:{portal.port}"
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.token = self._token("/masuk/")
        self.post("/masuk/", username=username, password=PASSWORD)
        assert "sessionid" in {cookie.name for cookie in self.jar}

    def _token(self, path: str) -> str:
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(path).decode())
        assert found
        return found[1]

    def get(self, path: str) -> bytes:
        """What stands at a path."""
        with self.opener.open(self.address + path, timeout=PATIENCE) as answer:
            return answer.read()

    def post(self, path: str, **fields: str) -> None:
        """Send a form of the page read last."""
        fields["csrfmiddlewaretoken"] = self.token
        self.opener.open(self.address + path, urllib.parse.urlencode(fields).encode(), timeout=PATIENCE).close()

    def ask_for_workbook(self, ba: str) -> threading.Thread:
        """Press Unduh Excel and do not wait; the answer may never come, for the web process may be killed."""
        self.token = self._token(f"/berita-acara/{ba}/")

        def press() -> None:
            with suppress(OSError, urllib.error.URLError):
                self.post(f"/berita-acara/{ba}/unduh/")

        thread = threading.Thread(target=press)
        thread.start()
        return thread


def group_of(portal: Portal, mark: str) -> int:
    """The pid of the child of the portal whose command line contains the mark; it leads a group of its own."""
    assert portal.process is not None
    mine = [pid for pid, (parent, line) in processes().items() if parent == portal.process.pid and mark in line]
    assert len(mine) == 1, mine
    return mine[0]


def hold_running(portal: Portal, ask: Ask) -> int:
    """Stop the worker in the midst of the newest job; the key of the job."""
    newest = "SELECT id, state FROM core_job ORDER BY id DESC LIMIT 1"
    deadline = time.monotonic() + PATIENCE
    while not (rows := ask(newest)) or rows[0][1] != "running":
        assert time.monotonic() < deadline, rows
    os.killpg(portal.worker("cepat"), signal.SIGSTOP)
    [(job, state)] = ask(newest)
    assert state == "running", "the export was over before it could be stopped"
    return job


def kill_web(portal: Portal) -> None:
    """The web process dies while the worker is at work; the worker goes on."""
    os.killpg(group_of(portal, "gunicorn"), signal.SIGKILL)
    os.killpg(portal.worker("cepat"), signal.SIGCONT)


def kill_worker(portal: Portal) -> None:
    """The worker dies with its pool."""
    portal.kill_worker("cepat")


def kill_parent(portal: Portal) -> None:
    """The parent dies, its children follow; somebody starts the portal again."""
    children = portal.kill()
    eventually("no child left", lambda: not children & set(processes()), patience=10)
    portal.start("--no-prepare")


def survive(portal: Portal, ask: Ask) -> None:
    """Three exports by three people, each with another process killed in its midst."""
    command = [sys.executable, "-m", "tests.agreements.big_paper"]
    printed = subprocess.run(command, cwd=ROOT, env=portal.environ, check=True, capture_output=True, text=True).stdout
    facts = json.loads(printed)
    portal.start("--no-prepare")
    portal.wait_healthy()
    files = []
    for who, kill, attempts in (("moderator", kill_web, 1), ("bappeda", kill_worker, 2), ("kl", kill_parent, 2)):
        person = Person(portal, facts["people"][who])
        waiting = person.ask_for_workbook(facts["ba"])
        job = hold_running(portal, ask)
        kill(portal)
        row = f"SELECT state, attempt FROM core_job WHERE id = {job}"
        eventually("the end", lambda row=row: ask(row)[0][0] not in ("queued", "running"))
        assert ask(row) == [("done", attempts)], kill.__name__
        waiting.join()
        portal.wait_healthy()
        [(code, digest)] = ask(
            f"SELECT f.code, f.sha256 FROM core_storedfile f JOIN core_job j ON j.file_id = f.id WHERE j.id = {job}"
        )
        files.append(person.get(f"/berkas/{code}/"))
        assert hashlib.sha256(files[-1]).hexdigest() == digest
    assert files[0] == files[1] == files[2]
    rows = CalamineWorkbook.from_filelike(BytesIO(files[0])).get_sheet_by_name("Data").to_python()
    assert sum("Pemeliharaan ruas" in str(row) for row in rows) == LINES
    assert ask("SELECT COUNT(*) FROM core_job") == ask("SELECT COUNT(*) FROM core_storedfile") == [(3,)]


def test_the_export_survives_kills_on_the_embedded_broker(shared_folder: Path, tmp_path: Path) -> None:
    portal = Portal(tmp_path)
    shutil.copy(sqlite_template(shared_folder), tmp_path / "portal.sqlite3")

    def ask(sql: str) -> list[tuple]:
        with closing(sqlite3.connect(portal.folder / "portal.sqlite3", timeout=20)) as connection:
            return connection.execute(sql).fetchall()

    try:
        survive(portal, ask)
    finally:
        if portal.process:
            portal.stop()


@pytest.mark.services
def test_the_export_survives_kills_on_redis(own_database: str, own_redis: str, tmp_path: Path) -> None:
    portal = Portal(tmp_path, DATABASE_URL=own_database, REDIS_URL=own_redis)

    def ask(sql: str) -> list[tuple]:
        with closing(psycopg2.connect(own_database)) as connection, connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()

    try:
        survive(portal, ask)
    finally:
        if portal.process:
            portal.stop()
