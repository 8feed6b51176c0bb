"""Fixtures of the desks."""

from tests.desks.world import world

__all__ = ["world"]
