"""What waits for a secretariat: a first round to open."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from accounts.actors import Actor
from accounts.choices import Role
from desks.selectors.home import WaitingGroup, open_rounds, register_waiting


@register_waiting
def round_waiting(actor: Actor, now: dt.datetime) -> list[WaitingGroup]:
    """A secretariat without a running round can open one; no query of its own."""
    if actor.role != Role.SEKRETARIAT or actor.api or open_rounds(actor):
        return []
    return [WaitingGroup("Siapkan", "penyelenggaraan baru", reverse("desks:round_new"), 1)]
