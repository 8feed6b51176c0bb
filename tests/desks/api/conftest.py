"""Programs of people of the world: the session's cookie, JSON in and out."""

from __future__ import annotations

from tests.desks.views.conftest import client_of

__all__ = ["client_of"]
