"""The administration of the desks: setup is kept here, everything recorded is only read."""

from desks.admin import helpdesk, item, macro, room, seats, setup, talk, usulan

__all__ = ["helpdesk", "item", "macro", "room", "seats", "setup", "talk", "usulan"]
