"""Clients logged in as people of the world."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.actors import Actor


@pytest.fixture
def client_of() -> Callable[[Actor], Client]:
    """A browser of this person."""

    def login(actor: Actor) -> Client:
        client = Client()
        client.force_login(actor.user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return login
