"""Databases of their own for races: migrated and seeded once, copied for each test; processes started together."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, TextIO

import pytest

from tests.template import ROOT, database_url, on_server, postgres_template, server, sqlite_template


class Players:
    """The process that has the portal's code loaded, and forks one for each act: starting anew takes two seconds each time."""

    def __init__(self, folder: Path) -> None:
        self.address = str(folder / "players")
        environment = {
            **os.environ,
            "DATABASE_URL": server() or f"sqlite://{folder / 'none.sqlite3'}",
            "VAR_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "tests.process_settings",
            "PYTHONWARNINGS": "ignore",
        }
        command = [sys.executable, "-m", "tests.races.play", self.address]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout and self.process.stdout.readline() == "open\n"

    def start(self, url: str, act: str, args: dict[str, Any]) -> Player:
        """A process that stands ready to act on the database."""
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(120)
        line.connect(self.address)
        return Player(line, line.makefile("rw"), {"url": url, "act": act, "args": args})

    def end(self) -> None:
        """No more acts."""
        self.process.kill()
        self.process.communicate()


class Player:
    """One process of a race, seen from here."""

    def __init__(self, line: socket.socket, told: TextIO, part: dict[str, Any]) -> None:
        self.line, self.told = line, told
        print(json.dumps(part), file=told, flush=True)

    def ready(self) -> None:
        """Wait until it could begin."""
        assert self.told.readline() == "ready\n"

    def go(self) -> None:
        """Let it act."""
        print("go", file=self.told, flush=True)

    def outcome(self) -> dict[str, Any]:
        """What came of it."""
        outcome: dict[str, Any] = json.loads(self.told.readline())
        assert "crash" not in outcome, outcome["crash"]
        return outcome

    def close(self) -> None:
        """Hang up."""
        self.told.close()
        self.line.close()


class Template:
    """A migrated, empty database that can be copied; SQLite file, or PostgreSQL where TEST_DATABASE_URL names one."""

    def __init__(self, folder: Path, shared: Path) -> None:
        self.folder = folder
        self.server = server()
        self.names: list[str] = []
        self.worlds: dict[str, tuple[str, dict[str, Any]]] = {}
        self.players = Players(folder)
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
            said = Race(self, self.url(name)).one(act, **args)
            self._checkpoint(name)
            self.worlds[key] = (name, said)
        name, said = self.worlds[key]
        return self.url(self.copy(name)), said

    def drop(self) -> None:
        """End the processes, remove what was made on a server."""
        self.players.end()
        for name in self.names if self.server else []:
            on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


class Race:
    """One database and the processes that meet on it."""

    def __init__(self, template: Template, url: str = "") -> None:
        self.template, self.url = template, url

    def seed(self, act: str = "seed", **args: Any) -> dict[str, Any]:
        """Take a fresh copy of the world that a seeding act makes; answers what the act said of it."""
        self.url, said = self.template.world(act, args)
        return said

    def run(self, *acts: tuple[str, dict[str, Any]]) -> list[dict[str, Any]]:
        """Start the acts together in processes of their own; answers their outcomes in order."""
        players = [self.template.players.start(self.url, act, args) for act, args in acts]
        try:
            for player in players:
                player.ready()
            for player in players:
                player.go()
            return [player.outcome() for player in players]
        finally:
            for player in players:
                player.close()

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
def race(race_template: Template) -> Race:
    """A race on a database of its own."""
    return Race(race_template)
