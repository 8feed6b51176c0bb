"""Fill the database with a makro desk at real size: `python -m tests.browser.seed_macro` prints the people and codes as JSON."""

from __future__ import annotations

import datetime as dt
import json

import django


def main() -> None:
    """Eight indicators for two provinces, the sitting of one of them planned."""
    django.setup()
    from django.utils import timezone

    from desks.services.room import plan_session
    from tests.desks.macro_world import NAMES, add_macro
    from tests.desks.world import build

    world = build(1)
    macro = add_macro(world, 8)
    now = timezone.now()
    session = plan_session(
        world.moderator, macro.desk, [macro.meja], starts=now, ends=now + dt.timedelta(hours=2), tz="Asia/Jakarta", mode="hybrid", place="Ruang 4",
    )  # fmt: skip
    facts = {
        "people": {name: who.user.username for name, who in world.actors().items()},
        "items": [item.code for item in world.items(macro.meja)],
        "names": NAMES, "session": session.code, "meja": macro.meja.code, "round": world.round.code, "desk": macro.desk.code,
    }  # fmt: skip
    print(json.dumps(facts))


if __name__ == "__main__":
    main()
