"""Fill the database of the usulan journey: a kewilayahan desk with nine usulan handed in, its sitting planned.

`python -m tests.browser.seed_usulan` prints the people and codes as JSON.
"""

from __future__ import annotations

import datetime as dt
import json

import django


def main() -> None:
    """Build the world and say where everything is."""
    django.setup()
    from django.utils import timezone

    from desks.services.room import plan_session
    from tests.desks.usulan_world import build_kewil
    from tests.desks.world import build

    kewil = build_kewil(build(1))
    kewil.submitted(*(kewil.filed(f"Usulan {no}", places=2 if no == 1 else 1) for no in range(1, 10)))
    now = timezone.now()
    session = plan_session(
        kewil.world.moderator, kewil.desk, [kewil.meja], starts=now - dt.timedelta(minutes=5), ends=now + dt.timedelta(hours=2),
        tz="Asia/Jakarta", mode="hybrid", place="Ruang Kewilayahan, Jakarta",
    )  # fmt: skip
    people = {name: who.user.username for name, who in kewil.world.actors().items()}
    places = [region.name for region in kewil.world.kabkota]
    print(json.dumps({"people": people, "meja": kewil.meja.code, "session": session.code, "places": places}))


if __name__ == "__main__":
    main()
