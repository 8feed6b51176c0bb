"""Everybody whose signature is still missing confirms in the portal: `python -m tests.browser.sign_rest BA`."""

from __future__ import annotations

import sys

import django


def main() -> None:
    """By services, where the clicks have been tested on others."""
    django.setup()
    from accounts.actors import Actor
    from accounts.models import Membership
    from agreements.choices import SignMode
    from agreements.models import Snapshot
    from agreements.services import confirm
    from agreements.services.sign import open_signatories
    from tests.factories import PASSWORD

    snapshot = Snapshot.objects.select_related("ba").get(ba__code=sys.argv[1])
    for row in open_signatories(snapshot.ba):
        if row.mode == SignMode.PORTAL:
            member = Membership.objects.select_related("user", "institution__region").filter(
                user=row.user_id, institution=row.institution_id
            )[0]
            confirm(Actor(member.user, member), row, shown_sha256=snapshot.sha256, password=PASSWORD)


if __name__ == "__main__":
    main()
