"""Jobs of agreements: thin, they build a sheet and hand it on."""

from __future__ import annotations

from agreements.exports.workbook import ba_workbook, file_name
from agreements.files import WORKBOOK
from agreements.models import BeritaAcara
from agreements.selectors.frozen import sheet_of
from core.jobs import JobRun, job_kind
from core.models import StoredFile


@job_kind(WORKBOOK, label="Excel berita acara", queue="cepat", keep_days=7)
def make_workbook(run: JobRun) -> StoredFile:
    """The workbook of one berita acara; `params` hold its code."""
    run.progress(1, "Membaca berita acara")
    ba = BeritaAcara.objects.select_related("round__host__region", "session__desk__round", "desk", "region").get(
        code=run.params["ba"]
    )
    sheet = sheet_of(ba)
    content = ba_workbook(sheet, run.progress)
    path = run.temp_path(".xlsx")
    path.write_bytes(content)
    return run.keep(path, file_name(sheet))
