"""Fixtures of the berita acara."""

import pytest
from django.core.cache import cache

from tests.agreements.made import closed
from tests.desks.world import world

__all__ = ["closed", "world"]


@pytest.fixture(autouse=True)
def _fresh_tries():
    """Wrong passwords are counted by person in the cache, which outlives a test and its people."""
    cache.clear()
