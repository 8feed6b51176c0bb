"""From a decision to the answer: taking over, writing the workbook that goes back, and keeping both."""

from __future__ import annotations

from django.utils import timezone

from accounts.actors import Actor
from core.files import XLSX, store_bytes
from desks.models import IsianUpload
from desks.services.isian_excel.answer import answer_workbook
from desks.services.isian_excel.apply import take_over
from desks.services.isian_excel.keep import Progress, comparison_of, finish, quiet, scope_of_upload


def finish_upload(actor: Actor, upload: IsianUpload, progress: Progress = quiet) -> None:
    """Write what was accepted and keep the outcome; run again after it was stopped, it writes nothing twice."""
    found = take_over(actor, upload, comparison_of(upload), progress)
    progress(96, "Menyusun berkas hasil")
    content = answer_workbook(actor, upload, found, timezone.now())
    name = f"Hasil {scope_of_upload(upload).name}"
    finish(upload, found, store_bytes(content, name=name, type=XLSX, by=actor.user))
