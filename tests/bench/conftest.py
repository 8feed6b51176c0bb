"""Fixtures of the measurements."""

from tests.desks.world import world

__all__ = ["world"]
