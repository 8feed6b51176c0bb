"""Fixtures of the berita acara."""

from tests.agreements.made import closed
from tests.desks.world import world

__all__ = ["closed", "world"]
