"""Long lists of figures are written as a job."""

from __future__ import annotations

from django.http import QueryDict

from accounts.selectors import speaker_again
from core.jobs import JobRun, job_kind
from core.models import StoredFile
from indicators.exports import figures_workbook
from indicators.filters import FigureFilter
from indicators.selectors import figure_rows, figures_seen_by


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
