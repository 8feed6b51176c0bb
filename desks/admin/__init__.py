"""The administration of the desks: setup is kept here, everything recorded is only read."""

from desks.admin import item, room, setup, talk

__all__ = ["item", "room", "setup", "talk"]
