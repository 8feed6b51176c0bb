"""Keeping an uploaded workbook of the set-up until it is applied or thrown away. It may hold personal data, so it never stays."""

from __future__ import annotations

from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from accounts.actors import Actor
from core.errors import NotFound
from core.files import XLSX, open_stored, store_upload
from core.models import Job, JobState
from desks.models import Round
from desks.services.parts import require_keeper

KIND: Final = "desks.setup_upload"


def keep_setup(actor: Actor, round_: Round, uploaded: UploadedFile) -> Job:
    """Store the file with the row that says who uploaded it for which round. Files other than .xlsx are refused in words."""
    require_keeper(actor, round_)
    stored = store_upload(uploaded, allowed=(XLSX,), by=actor.user)
    return Job.objects.create(
        kind=KIND, key=round_.code, params_text="{}", state=JobState.DONE, progress=100, file=stored, by=actor.user,
        note="Menunggu keputusan pengunggah.", finished_at=timezone.now(),
    )  # fmt: skip


def setup_upload(actor: Actor, round_: Round, code: str) -> tuple[Job, bytes]:
    """An own upload for this round with its content; NotFound for others', applied and cancelled ones."""
    require_keeper(actor, round_)
    job = Job.objects.select_related("file").filter(kind=KIND, key=round_.code, code=code, by=actor.user).first()
    if job is None or job.file is None:
        raise NotFound("Unggahan ini tidak ada, sudah diterapkan, atau sudah dibatalkan.")
    with open_stored(job.file) as file:
        return job, file.read()


def let_go(job: Job, note: str) -> None:
    """Let go of the file; the sweeper removes it."""
    Job.objects.filter(pk=job.pk).update(state=JobState.CANCELLED, file=None, note=note)
