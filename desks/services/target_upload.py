"""Keeping an uploaded workbook of targets until it is taken over or thrown away, with its fingerprint."""

from __future__ import annotations

import json
from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.actors import Actor, can
from core.errors import NotAllowed, NotFound
from core.files import XLSX, open_stored, store_upload
from core.models import Job, JobState
from desks.models import Desk
from desks.selectors.stages import require_stage
from desks.services.targets import TARGET_STAGES
from desks.strands import form_at

KIND: Final = "desks.target_upload"


def require_target_work(actor: Actor, desk: Desk) -> None:
    """NotAllowed or StageClosed unless the actor may set targets of the desk now."""
    if not can(actor, "desks.set_target", desk):
        raise NotAllowed(f"Target diisi oleh {form_at(desk).target_filler}.")
    require_stage(desk.round, actor, TARGET_STAGES)


def keep_upload(actor: Actor, desk: Desk, uploaded: UploadedFile) -> Job:
    """Store the file and the row that says who uploaded it for which desk. Files other than .xlsx are refused in words."""
    require_target_work(actor, desk)
    stored = store_upload(uploaded, allowed=(XLSX,), by=actor.user)
    facts = {"institution": actor.institution.code, "sha256": stored.sha256}
    return Job.objects.create(
        kind=KIND, key=_key(desk), params_text=json.dumps(facts), state=JobState.DONE, progress=100, file=stored, by=actor.user,
        note="Menunggu keputusan pengunggah.", finished_at=timezone.now(),
    )  # fmt: skip


def upload_of(actor: Actor, desk: Desk, code: str) -> tuple[Job, bytes]:
    """An own upload for this desk with its content; NotFound for others' and for cancelled ones."""
    job = Job.objects.select_related("file").filter(kind=KIND, key=_key(desk), code=code, by=actor.user).first()
    if job is None or job.file is None:
        raise NotFound("Unggahan ini tidak ada atau sudah dibatalkan.")
    with open_stored(job.file) as file:
        return job, file.read()


def note_outcome(job: Job, saved: int) -> None:
    """Write down how many targets the upload brought; the file stays as the source of these numbers."""
    Job.objects.filter(pk=job.pk).update(note=f"{saved} target disimpan dari berkas ini.")


def throw_away(job: Job) -> None:
    """Let go of an upload that was not wanted; the sweeper removes the file. One that brought targets keeps its file."""
    with transaction.atomic():
        Job.objects.filter(pk=job.pk, note="Menunggu keputusan pengunggah.").update(state=JobState.CANCELLED, file=None)


def _key(desk: Desk) -> str:
    return f"{desk.round.code}/{desk.code}"
