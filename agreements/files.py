"""Who may read the files of a berita acara: scans and workbooks, for those who see it."""

from __future__ import annotations

from typing import Any

from accounts.actors import Actor
from accounts.models import Membership
from agreements.models import BeritaAcara
from core.files import file_right
from core.models import Job, StoredFile

WORKBOOK = "ba_workbook"


@file_right
def reads_ba_file(user: Any, stored: StoredFile) -> bool | None:
    """A scan or workbook is read by whoever sees its berita acara under one of the memberships held now."""
    codes = set(stored.signatures.values_list("signatory__ba__code", flat=True))
    codes |= {job.params["ba"] for job in Job.objects.filter(kind=WORKBOOK, file=stored)}
    if not codes:
        return None
    members = Membership.objects.current().filter(user=user).select_related("institution")
    return any(
        BeritaAcara.objects.visible_to(Actor(user, member)).filter(code__in=codes).exists() for member in members
    )
