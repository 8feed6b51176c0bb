"""Plan a sitting of a meja, or read the agenda that its follow-up would have: `python -m tests.browser.plan MEJA [CLOSED SESSION]`."""

from __future__ import annotations

import datetime as dt
import json
import sys

import django


def main() -> None:
    """A sitting starts now; a follow-up is planned and opened, and its agenda printed."""
    django.setup()
    from django.utils import timezone

    from accounts.actors import Actor
    from accounts.models import Membership
    from desks.models import Meja, Session
    from desks.services.room import follow_up, open_session, plan_session

    meja = Meja.objects.select_related("desk__round").get(code=sys.argv[1])
    membership = Membership.objects.filter(role="moderator").select_related("user", "institution__region")[0]
    actor, now = Actor(membership.user, membership), timezone.now()
    if len(sys.argv) > 2:
        closed = Session.objects.select_related("desk__round").get(code=sys.argv[2])
        made = follow_up(actor, closed, starts=now, ends=now + dt.timedelta(hours=1), mode="online")
        open_session(actor, made)
        agenda = list(made.agenda.values_list("item__code", flat=True))
    else:
        made = plan_session(
            actor,
            meja.desk,
            [meja],
            starts=now,
            ends=now + dt.timedelta(hours=2),
            tz="Asia/Jakarta",
            mode="hybrid",
            place="Ruang 4",
        )
        agenda = []
    print(json.dumps({"session": made.code, "agenda": agenda}))


if __name__ == "__main__":
    main()
