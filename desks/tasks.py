"""Recurring duties of the desks. Stages close by the clock alone: nothing has to run for a deadline to hold."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from accounts.selectors import speaker_again
from core.jobs import JobRun, job_kind
from core.models import StoredFile
from core.scheduler import every
from desks.exports.bahan import bahan_workbook
from desks.models import ClientWrite
from desks.selectors.bahan import bahan_of, bahan_scope

KEEP_WRITES = timedelta(days=90)
BATCH = 5_000


@job_kind("desks.bahan", label="Bahan desk", queue="berat")
def write_bahan(run: JobRun) -> StoredFile:
    """The papers as asked for, under the membership that asked, if it still holds."""
    actor = speaker_again(run.job.by, run.params["membership"])
    scope = bahan_scope(actor, run.params["round"], run.params["desk"], run.params["region"])
    content = bahan_workbook(bahan_of(scope, timezone.now(), progress=run.progress), run.progress)
    path = run.temp_path(".xlsx")
    path.write_bytes(content)
    return run.keep(path, f"Bahan desk {scope.title}.xlsx")


@every(6 * 3600)
def purge_client_writes() -> int:
    """Forget answers to client writes after 90 days, a bounded number at a time so that no lock is held long; how many."""
    old = ClientWrite.objects.filter(created_at__lt=timezone.now() - KEEP_WRITES).order_by("pk")
    purged = 0
    while pks := list(old.values_list("pk", flat=True)[:BATCH]):
        purged += ClientWrite.objects.filter(pk__in=pks).delete()[0]
    return purged
