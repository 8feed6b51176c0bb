"""Reading an uploaded file now, or as a job where it is long."""

from __future__ import annotations

from django.db import transaction

from accounts.actors import Actor
from core.jobs import enqueue
from core.models import Job
from indicators.services.uploads import AT_ONCE, _change, layout_of, read_upload, require_upload_right
from planning.choices import UploadState
from planning.models import Upload

KIND = "indicators.read_upload"


def begin_reading(actor: Actor, upload: Upload) -> Job | None:
    """Read the file; answers the job that does it where it has more than some thousand rows."""
    require_upload_right(actor, upload)
    if len(layout_of(upload).sheet.rows) <= AT_ONCE:
        read_upload(upload)
        return None
    with transaction.atomic():
        # The worker's hint leaves with the commit: it finds the file as one that is being read.
        job = enqueue(KIND, upload.code, {"upload": upload.code, "membership": actor.membership.pk}, actor.user)
        _change(upload, state=UploadState.READING, job=job)
    return job
