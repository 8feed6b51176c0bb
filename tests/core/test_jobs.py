"""Jobs: asked for once, taken once, finished once."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from core.errors import DomainError, InvalidInput
from core.files import store_bytes
from core.jobs import (
    FAILED_TOO_OFTEN,
    JobRun,
    cancel,
    claim,
    enqueue,
    job_kind,
    kind_of,
    perform,
    retry,
    run_job_now,
    wait_for,
)
from core.models import Job, JobState, StoredFile
from core.sweeper import expire_jobs, sweep_jobs


@job_kind("test.file", label="Berkas uji", queue="berat", keep_days=3)
def _file(run: JobRun) -> StoredFile:
    path = run.temp_path(".csv")
    path.write_text(f"kode;nilai\n{run.params['code']};1\n", encoding="utf-8")
    run.progress(50, "separuh")
    return run.keep(path, "hasil.csv")


@job_kind("test.refuse", label="Ditolak")
def _refuse(run: JobRun) -> None:
    raise InvalidInput("Kolom kode tidak ditemukan pada baris 1.")


@job_kind("test.break", label="Rusak")
def _break(run: JobRun) -> None:
    raise ZeroDivisionError


@job_kind("test.busy", label="Basis data sibuk")
def _busy(run: JobRun) -> None:
    raise OperationalError("database is locked")


@job_kind("test.cancelled", label="Dibatalkan di tengah")
def _cancelled(run: JobRun) -> None:
    cancel(run.job)
    run.cancelled()


@job_kind("test.overtaken", label="Disusul pekerja lain")
def _overtaken(run: JobRun) -> StoredFile:
    Job.objects.filter(pk=run.job.pk).update(heartbeat_at=timezone.now() - timedelta(hours=1))
    assert claim(run.job.pk) is not None
    return store_bytes(b"terlambat", name="terlambat.csv", type="text/csv", by=None)


def silent(job: Job, attempt: int = 1) -> None:
    long_ago = timezone.now() - timedelta(seconds=settings.JOB_STALE_SECONDS + 1)
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING, attempt=attempt, claimed_by="gone", heartbeat_at=long_ago, sent_at=long_ago
    )


@pytest.mark.django_db
def test_asking_twice_gives_the_active_job():
    first = enqueue("test.file", "jabar", {"code": "1"}, None)
    assert enqueue("test.file", "jabar", {"code": "1"}, None) == first
    assert enqueue("test.file", "jateng", {"code": "1"}, None) != first
    assert first.queue == "berat"


@pytest.mark.django_db
def test_database_allows_one_active_job_per_key():
    enqueue("test.file", "jabar", {}, None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(kind="test.file", key="jabar", state=JobState.RUNNING)


@pytest.mark.django_db
def test_an_ended_job_makes_room_for_the_next():
    first = run_job_now(enqueue("test.refuse", "x", {}, None))
    assert enqueue("test.refuse", "x", {}, None) != first


@pytest.mark.django_db(transaction=True)
def test_hint_leaves_only_after_commit():
    with transaction.atomic():
        job = enqueue("test.file", "jabar", {"code": "1"}, None)
        assert Job.objects.get(pk=job.pk).sent_at is None
    assert Job.objects.get(pk=job.pk).sent_at is not None


@pytest.mark.django_db
def test_a_job_leaves_its_file():
    job = run_job_now(enqueue("test.file", "jabar", {"code": "32"}, None))
    assert (job.state, job.progress, job.attempt, job.error) == ("done", 100, 1, "")
    assert (job.file.name, job.file.type) == ("hasil.csv", "text/csv")
    content = (Path(settings.FILES_DIR) / job.file.path).read_text(encoding="utf-8")
    assert content == "kode;nilai\n32;1\n"
    assert Path(job.file.path).name.startswith(f"job-{job.code}-a1-")
    assert round((job.expires_at - job.finished_at).total_seconds()) == 3 * 24 * 3600


@pytest.mark.django_db
def test_a_refusal_is_shown_in_its_own_words():
    job = run_job_now(enqueue("test.refuse", "x", {}, None))
    assert (job.state, job.error) == ("failed", "Kolom kode tidak ditemukan pada baris 1.")


@pytest.mark.django_db
def test_a_mistake_of_ours_is_told_without_its_inside():
    job = run_job_now(enqueue("test.break", "x", {}, None))
    assert job.state == "failed"
    expected = f"Pekerjaan gagal karena kesalahan sistem. Coba lagi; bila tetap gagal, sebutkan kode {job.code}."
    assert job.error == expected


@pytest.mark.django_db
def test_a_busy_database_puts_the_job_back():
    job = run_job_now(enqueue("test.busy", "x", {}, None))
    assert (job.state, job.attempt) == ("queued", 1)


@pytest.mark.django_db
def test_a_cancelled_job_stays_cancelled():
    job = run_job_now(enqueue("test.cancelled", "x", {}, None))
    assert (job.state, job.file) == ("cancelled", None)
    assert cancel(job) is False


@pytest.mark.django_db
def test_an_overtaken_worker_writes_nothing():
    job = run_job_now(enqueue("test.overtaken", "x", {}, None))
    assert (job.state, job.attempt, job.file) == ("running", 2, None)


@pytest.mark.django_db
def test_a_taken_job_is_not_taken_again_until_silent():
    job = enqueue("test.file", "x", {"code": "1"}, None)
    assert claim(job.pk).attempt == 1
    assert claim(job.pk) is None
    silent(job)
    assert claim(job.pk).attempt == 2


@pytest.mark.django_db(transaction=True)
def test_one_of_many_claims_wins():
    job = enqueue("test.file", "x", {"code": "1"}, None)
    won = []

    def try_it() -> None:
        try:
            won.append(claim(job.pk))
        finally:
            connection.close()

    threads = [threading.Thread(target=try_it) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [taken.attempt for taken in won if taken is not None] == [1]


@pytest.mark.django_db(transaction=True)
def test_the_heartbeat_carries_progress_out_of_a_transaction(settings):
    settings.JOB_HEARTBEAT_SECONDS = 0.05
    seen = threading.Event()

    @job_kind("test.long", label="Lama")
    def long(run: JobRun) -> None:
        with transaction.atomic():
            list(Job.objects.filter(pk=run.job.pk))
            run.progress(40, "di tengah")
        while run.mine.filter(progress=40, note="di tengah").count() == 0:
            assert not seen.wait(0.02)

    job = enqueue("test.long", "x", {}, None)
    assert perform(job.pk).state == "done"


@pytest.mark.django_db
def test_sweeper_hints_what_waits_and_what_fell_silent():
    waiting = enqueue("test.file", "waiting", {}, None)
    gone = enqueue("test.file", "gone", {}, None)
    silent(gone)
    assert sweep_jobs() == 2
    assert sweep_jobs() == 0
    assert Job.objects.get(pk=waiting.pk).state == "queued"


@pytest.mark.django_db
def test_sweeper_ends_what_stopped_too_often():
    job = enqueue("test.file", "x", {}, None)
    silent(job, attempt=settings.JOB_MAX_ATTEMPTS)
    assert claim(job.pk) is None
    assert sweep_jobs() == 0
    job.refresh_from_db()
    expected = FAILED_TOO_OFTEN.format(count=settings.JOB_MAX_ATTEMPTS, code=job.code)
    assert (job.state, job.error) == ("failed", expected)


@pytest.mark.django_db
def test_retry_makes_a_new_job_of_a_failed_one_only():
    failed = run_job_now(enqueue("test.refuse", "x", {"a": 1}, None))
    again = retry(failed, None)
    assert (again.pk != failed.pk, again.params, again.state) == (True, {"a": 1}, "queued")
    with pytest.raises(DomainError):
        retry(again, None)


@pytest.mark.django_db
def test_expiry_lets_go_of_the_file():
    job = run_job_now(enqueue("test.file", "x", {"code": "1"}, None))
    assert expire_jobs() == 0
    Job.objects.filter(pk=job.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert expire_jobs() == 1
    job.refresh_from_db()
    assert (job.state, job.file) == ("done", None)


@pytest.mark.django_db
def test_waiting_ends_with_the_job_or_the_time():
    job = enqueue("test.refuse", "x", {}, None)
    assert wait_for(job, 0).state == "queued"
    run_job_now(job)
    assert wait_for(job, 60).state == "failed"


def test_an_unknown_kind_is_a_mistake():
    with pytest.raises(LookupError):
        kind_of("test.never")
