"""Fill the database of the provincial journey: eight kab/kota, two desks; all but the last kab/kota have submitted, desk 1.02 is planned.

`python -m tests.browser.provincial_seed` prints the people and codes as JSON.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from desks.models import Session
    from tests.desks.provincial_world import Provincial


def prepare() -> dict[str, Any]:
    """The round, its people by the name a test uses, and where things are."""
    from tests.desks import provincial_world as p

    made = p.build(8)
    desk, other = made.desks
    p.hand_in(made, desk, by=made.local[:-1])
    p.hand_in(made, other)
    p.sit(made, other)
    return facts_of(made, plan(made))


def plan(made: Provincial) -> Session:
    """A sitting of the first desk with all kab/kota."""
    from django.utils import timezone

    from desks.services.room import plan_session

    desk, now = made.desks[0], timezone.now()
    return plan_session(
        made.moderator, desk, made.mejas[desk.code], starts=now, ends=now + dt.timedelta(hours=2), tz="Asia/Jakarta", mode="hybrid", place="Pendopo, Serang",
    )  # fmt: skip


def facts_of(made: Provincial, session: Session) -> dict[str, Any]:
    """Logins and codes that a test of the browser needs: the rows of the first desk in order of kab/kota, `local1` … their Bappeda."""
    desk = made.desks[0]
    people = {name: getattr(made, name) for name in ("chair", "moderator", "notulis", "observer")}
    people["dinas"] = made.dinas[0]
    people |= {f"local{no}": actor for no, actor in enumerate(made.local, start=1)}
    people |= {f"opd{no}": actor for no, actor in enumerate(made.local_opd, start=1)}
    items = made.items(desk)
    return {
        "people": {name: actor.user.username for name, actor in people.items()}, "round": made.round.code, "desk": desk.code,
        "session": session.code, "items": [item.code for item in items], "mejas": [item.meja.code for item in items],
    }  # fmt: skip


def main() -> None:
    """Build it and say where everything is."""
    django.setup()
    print(json.dumps(prepare()))


if __name__ == "__main__":
    main()
