"""Long lists of figures are written as a job."""

from __future__ import annotations

from django.http import QueryDict

from accounts.actors import Actor
from accounts.selectors import speakable
from core.errors import NotAllowed
from core.jobs import JobRun, job_kind
from core.models import StoredFile
from indicators.exports import figures_workbook
from indicators.filters import FigureFilter
from indicators.selectors import figure_rows, figures_seen_by


@job_kind("indicators.figures", label="Daftar angka", queue="berat")
def write_figures(run: JobRun) -> StoredFile:
    """The list as filtered, for the membership that asked, if it still holds."""
    user = run.job.by
    membership = speakable(user).filter(pk=run.params["membership"]).first() if user else None
    if user is None or membership is None:
        raise NotAllowed()
    filters = FigureFilter(QueryDict(run.params["query"]), queryset=figures_seen_by(Actor(user, membership)))
    total = filters.qs.count() or 1
    rows = figure_rows(filters.qs).iterator(chunk_size=2000)
    content = figures_workbook(rows, lambda done: run.progress(100 * done / total, "Menulis daftar angka"))
    path = run.temp_path(".xlsx")
    path.write_bytes(content)
    return run.keep(path, "angka.xlsx")
