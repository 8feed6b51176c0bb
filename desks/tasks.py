"""Recurring duties of the desks. Stages close by the clock alone: nothing has to run for a deadline to hold."""

from __future__ import annotations

from datetime import timedelta

from django.http import QueryDict
from django.utils import timezone

from accounts.selectors import speaker_again
from core.dates import date_with_time
from core.jobs import JobRun, job_kind
from core.models import StoredFile
from core.scheduler import every
from desks.exports.bahan import bahan_workbook
from desks.exports.overview import rows_workbook
from desks.models import ClientWrite, Round
from desks.selectors.bahan import bahan_of, bahan_scope
from desks.selectors.overview.choices import choices_of, in_words
from desks.selectors.overview.lists import held_rows, listed_row, listed_rows
from desks.selectors.overview.rows import Narrow, book_for
from desks.services.isian_excel.keep import process_upload, upload_of
from desks.services.isian_excel.work import finish_upload

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


@job_kind("desks.rows", label="Daftar butir", queue="berat")
def write_rows(run: JobRun) -> StoredFile:
    """The list of rows as filtered and in the columns that showed, under the membership that asked."""
    actor = speaker_again(run.job.by, run.params["membership"])
    round_ = Round.objects.select_related("host").get(code=run.params["round"])
    book = book_for(actor, round_, Narrow.from_query(QueryDict(run.params["query"])))
    found = listed_rows(book)
    total = found.order_by().count() or 1
    said = in_words(book, choices_of(book))
    content = rows_workbook(
        (listed_row(book, row) for row in found.iterator(chunk_size=2000)), held_rows(book), round_,
        f"Saringan: {said}. Dibuat {date_with_time(timezone.now(), round_.tz)}.", hidden=run.params["hidden"],
        progress=lambda done: run.progress(100 * done / total, "Menulis daftar butir"),
    )  # fmt: skip
    path = run.temp_path(".xlsx")
    path.write_bytes(content)
    return run.keep(path, f"Daftar butir {round_.short_name}.xlsx")


@every(6 * 3600)
def purge_client_writes() -> int:
    """Forget answers to client writes after 90 days, a bounded number at a time so that no lock is held long; how many."""
    old = ClientWrite.objects.filter(created_at__lt=timezone.now() - KEEP_WRITES).order_by("pk")
    purged = 0
    while pks := list(old.values_list("pk", flat=True)[:BATCH]):
        purged += ClientWrite.objects.filter(pk__in=pks).delete()[0]
    return purged


@job_kind("desks.isian_read", label="Membaca berkas isian")
def read_isian(run: JobRun) -> None:
    """Read a big workbook and compare it, under the membership that sent it."""
    actor = speaker_again(run.job.by, run.params["membership"])
    process_upload(actor, upload_of(actor, run.params["upload"]), run.progress)


@job_kind("desks.isian_apply", label="Menyimpan isian dari berkas", queue="berat")
def apply_isian(run: JobRun) -> None:
    """Take over what was accepted of a big workbook."""
    actor = speaker_again(run.job.by, run.params["membership"])
    finish_upload(actor, upload_of(actor, run.params["upload"]), run.progress)
