"""Notices on somebody's Home."""

from __future__ import annotations

from django.utils import timezone

from accounts.models import Notice, User


def mark_notices_read(user: User) -> int:
    """The person has read what stands on the Home; answers how many were new."""
    return Notice.objects.filter(user=user, read_at__isnull=True).update(read_at=timezone.now())
