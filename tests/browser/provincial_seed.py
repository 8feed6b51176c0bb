"""Fill the database of the provincial journey: eight kab/kota, two desks; all but the last kab/kota have submitted, desk 1.02 is planned.

`python -m tests.browser.provincial_seed` prints the people and codes as JSON.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import django


def prepare() -> dict[str, Any]:
    """The round, its people by the name a test uses, and where things are."""
    from django.utils import timezone

    from desks.services.room import plan_session
    from tests.desks import provincial_world as p

    made = p.build(8)
    desk, other = made.desks
    p.hand_in(made, desk, by=made.local[:-1])
    p.hand_in(made, other)
    p.sit(made, other)
    now = timezone.now()
    session = plan_session(
        made.moderator, desk, made.mejas[desk.code], starts=now, ends=now + dt.timedelta(hours=2), tz="Asia/Jakarta", mode="hybrid", place="Pendopo, Serang",
    )  # fmt: skip
    people = {
        "chair": made.chair,
        "moderator": made.moderator,
        "dinas": made.dinas[0],
        "last": made.local[-1],
        "first": made.local[0],
    }
    last = made.items(desk)[-1]
    return {
        "people": {name: actor.user.username for name, actor in people.items()}, "round": made.round.code, "session": session.code,
        "item": last.code, "meja": last.meja.code,
    }  # fmt: skip


def main() -> None:
    """Build it and say where everything is."""
    django.setup()
    print(json.dumps(prepare()))


if __name__ == "__main__":
    main()
