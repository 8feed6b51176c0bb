"""A migrated PostgreSQL database and a Redis database for one test alone, on the servers of TEST_DATABASE_URL and TEST_REDIS_URL."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
import redis

from tests.template import database_url, on_server, postgres_template

OWNED = "rakortek-test"


def _at(url: str, path: object) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{path}"))


@contextmanager
def new_database(template: str) -> Iterator[str]:
    """The URL of a new PostgreSQL database, a copy of `template`, dropped afterwards."""
    name = f"rakortek_process_{uuid.uuid4().hex[:12]}"
    on_server(f'CREATE DATABASE {name} TEMPLATE "{template}"')
    try:
        yield database_url(name)
    finally:
        on_server(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def new_redis() -> Iterator[str]:
    """The URL of a Redis database that was empty, from the given one downwards; two tests at once never share one."""
    server = os.environ["TEST_REDIS_URL"]
    for number in range(int(urlsplit(server).path.strip("/") or 0), -1, -1):
        url = _at(server, number)
        with redis.Redis.from_url(url) as client:
            if not client.set(OWNED, os.getpid(), nx=True):
                continue
            if client.dbsize() > 1:
                client.delete(OWNED)
                continue
            try:
                yield url
            finally:
                client.flushdb()
            return
    pytest.fail("no Redis database is empty")


@pytest.fixture
def own_database(shared_folder: Path) -> Iterator[str]:
    """A migrated PostgreSQL database for one test."""
    with new_database(postgres_template(shared_folder)) as url:
        yield url


@pytest.fixture
def own_redis() -> Iterator[str]:
    """A Redis database for one test."""
    with new_redis() as url:
        yield url
