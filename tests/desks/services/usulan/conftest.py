"""The kewilayahan desk for tests of its services."""

from tests.desks.usulan_world import kewil

__all__ = ["kewil"]
