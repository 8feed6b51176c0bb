"""Databases of their own for races: migrated and seeded once, copied for each test; processes started together."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.template import ROOT, database_url, on_server, postgres_template, server, sqlite_template


def _environment(url: str, var: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": url,
        "VAR_DIR": str(var),
        "DJANGO_SETTINGS_MODULE": "tests.process_settings",
        "PYTHONWARNINGS": "ignore",
    }


class Template:
    """A migrated, empty database that can be copied; SQLite file, or PostgreSQL where TEST_DATABASE_URL names one."""

    def __init__(self, folder: Path, shared: Path) -> None:
        self.folder = folder
        self.server = server()
        self.names: list[str] = []
        self.worlds: dict[str, tuple[str, dict[str, Any]]] = {}
        if self.server:
            self.base = postgres_template(shared)
        else:
            self.base = self._name()
            shutil.copy(sqlite_template(shared), self.folder / f"{self.base}.sqlite3")

    def _checkpoint(self, name: str) -> None:
        if self.server:
            return
        with closing(sqlite3.connect(self.folder / f"{name}.sqlite3")) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _name(self) -> str:
        self.names.append(f"race_{secrets.token_hex(6)}")
        return self.names[-1]

    def url(self, name: str) -> str:
        """Where the database of that name is."""
        if self.server:
            return database_url(name)
        return f"sqlite://{self.folder / name}.sqlite3"

    def copy(self, base: str) -> str:
        """A fresh copy of a database; answers its name."""
        name = self._name()
        if self.server:
            on_server(f'CREATE DATABASE "{name}" TEMPLATE "{base}"')
        else:
            shutil.copy(self.folder / f"{base}.sqlite3", self.folder / f"{name}.sqlite3")
        return name

    def world(self, act: str, args: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """The URL of a fresh copy of the world that a seeding act makes, and what the act said of it; acted once."""
        key = json.dumps([act, args], sort_keys=True)
        if key not in self.worlds:
            name = self.copy(self.base)
            said = Race(self, self.folder, self.url(name)).one(act, **args)
            self._checkpoint(name)
            self.worlds[key] = (name, said)
        name, said = self.worlds[key]
        return self.url(self.copy(name)), said

    def drop(self) -> None:
        """Remove what was made on a server."""
        for name in self.names if self.server else []:
            on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


class Race:
    """One database and the processes that meet on it."""

    def __init__(self, template: Template, var: Path, url: str = "") -> None:
        self.template, self.var = template, var
        self.environment = _environment(url, var)

    def seed(self, act: str = "seed", **args: Any) -> dict[str, Any]:
        """Take a fresh copy of the world that a seeding act makes; answers what the act said of it."""
        url, said = self.template.world(act, args)
        self.environment = _environment(url, self.var)
        return said

    def _start(self, act: str, args: dict[str, Any]) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.races.play", act, json.dumps(args)]
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdin=pipe, stdout=pipe, stderr=pipe, text=True
        )

    def run(self, *acts: tuple[str, dict[str, Any]]) -> list[dict[str, Any]]:
        """Start the acts together in processes of their own; answers their outcomes in order."""
        processes = [self._start(act, args) for act, args in acts]
        try:
            for process in processes:
                assert process.stdout and process.stdout.readline() == "ready\n", (
                    process.stderr and process.stderr.read()
                )
            for process in processes:
                assert process.stdin
                process.stdin.write("go\n")
                process.stdin.flush()
            return [self._outcome(process) for process in processes]
        finally:
            for process in processes:
                process.kill()
                process.wait()

    @staticmethod
    def _outcome(process: subprocess.Popen[str]) -> dict[str, Any]:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        outcome: dict[str, Any] = json.loads(out)
        return outcome

    def one(self, act: str, **args: Any) -> dict[str, Any]:
        """One act alone."""
        outcome = self.run((act, args))[0]
        assert outcome["ok"], outcome
        return outcome


@pytest.fixture(scope="session")
def race_template(tmp_path_factory: pytest.TempPathFactory, shared_folder: Path) -> Iterator[Template]:
    """The migrated database that races copy."""
    template = Template(tmp_path_factory.mktemp("races"), shared_folder)
    yield template
    template.drop()


@pytest.fixture
def race(race_template: Template, tmp_path: Path) -> Race:
    """A race on a database of its own."""
    return Race(race_template, tmp_path)
