"""Long lists of figures are written as a job."""

from __future__ import annotations

from django.http import QueryDict

from accounts.selectors import speaker_again
from core.jobs import JobRun, job_kind
from core.models import StoredFile
from indicators.exports import figures_workbook
from indicators.filters import FigureFilter
from indicators.selectors import figure_rows, figures_seen_by
from indicators.services.reading import KIND
from indicators.services.uploads import read_upload, require_upload_right
from planning.models import Upload


@job_kind("indicators.figures", label="Daftar angka", queue="berat")
def write_figures(run: JobRun) -> StoredFile:
    """The list as filtered, for the membership that asked, if it still holds."""
    actor = speaker_again(run.job.by, run.params["membership"])
    filters = FigureFilter(QueryDict(run.params["query"]), queryset=figures_seen_by(actor))
    total = filters.qs.count() or 1
    rows = figure_rows(filters.qs).iterator(chunk_size=2000)
    content = figures_workbook(rows, lambda done: run.progress(100 * done / total, "Menulis daftar angka"))
    path = run.temp_path(".xlsx")
    path.write_bytes(content)
    return run.keep(path, "angka.xlsx")


@job_kind(KIND, label="Membaca berkas dokumen", queue="berat")
def read_document_file(run: JobRun) -> None:
    """Every row of an uploaded file, for the membership that asked, if it still holds."""
    actor = speaker_again(run.job.by, run.params["membership"])
    upload = Upload.objects.select_related("owner__region", "file").get(code=run.params["upload"])
    require_upload_right(actor, upload)
    read_upload(upload, lambda done, total: run.progress(90 * done / total, "Membaca baris"))
