"""Notices on somebody's Home."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from accounts.models import Notice, User


def mark_notices_read(user: User) -> int:
    """The person has read what stands on the Home; answers how many were new."""
    return Notice.objects.filter(user=user, read_at__isnull=True).update(read_at=timezone.now())


def notify_once(notices: Sequence[Notice], since: dt.datetime) -> int:
    """Put notices on people's Home; whoever has had one of the same kind about the same thing since then gets none. Answers how many went out."""
    known = set(
        Notice.objects.filter(user__in={each.user_id for each in notices}, at__gte=since).values_list(
            "user_id", "kind", "object_code"
        )
    )
    fresh = {(each.user_id, each.kind, each.object_code): each for each in notices}
    return len(Notice.objects.bulk_create(each for key, each in fresh.items() if key not in known))
