"""A program with a key, and a small round in which something happens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils import timezone

from accounts.actors import Actor
from accounts.services.keys import issue_token
from tests.desks.world import world

__all__ = ["world"]


def key_for(actor: Actor, scope: str = "write") -> str:
    """The text of a key that speaks for the actor."""
    until = timezone.now() + dt.timedelta(days=1)
    return issue_token(actor, actor.membership, name="uji", scope=scope, expires_at=until)[1]


@pytest.fixture(autouse=True)
def no_lag(settings: Any) -> None:
    """The feed tells at once."""
    settings.FEED_LAG_SECONDS = 0


@pytest.fixture
def application() -> Iterator[Any]:
    """The portal as a WSGI server sees it; like Django's own test client it leaves the transaction of the test open."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield get_wsgi_application()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
