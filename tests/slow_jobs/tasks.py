"""The slow job itself."""

import time
from pathlib import Path

from core.jobs import JobRun, job_kind
from core.models import StoredFile

STEP = 0.1  # seconds of work between two reports


@job_kind("test.slow", label="Pekerjaan lambat", queue="berat")
def slow(run: JobRun) -> StoredFile:
    log = Path(run.params["log"])
    with log.open("a") as file:
        file.write(f"start {run.job.attempt}\n")
    steps = int(run.params["seconds"] / STEP)
    for step in range(steps):
        time.sleep(STEP)  # the work
        run.progress(100 * step / steps, f"langkah {step}")
    path = run.temp_path(".csv")
    path.write_text("kode;nilai\n1;2\n")
    with log.open("a") as file:
        file.write(f"end {run.job.attempt}\n")
    return run.keep(path, "lambat.csv")
