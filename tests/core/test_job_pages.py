"""Job pages and downloads: for whoever asked for the job, as page, fragment and JSON."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from core.files import CSV, store_bytes
from core.jobs import job_kind
from core.models import Job, JobState, ProcessBeat


@job_kind("test.page", label="Rekap uji")
def _page(run) -> None:
    return None


@pytest.fixture
def owner(db):
    return get_user_model().objects.create(username="pemilik", full_name="Pemilik")


@pytest.fixture
def stranger(db):
    return get_user_model().objects.create(username="lain", full_name="Orang Lain")


@pytest.fixture
def job(owner):
    return Job.objects.create(kind="test.page", key="x", by=owner)


def test_only_the_owner_sees_the_job(client, job, owner, stranger):
    url = reverse("core:job", args=[job.code])
    assert client.get(url).status_code == 302
    assert client.get(url, headers={"HX-Request": "true"}).status_code == 401
    assert client.get(url, headers={"Accept": "application/json"}).status_code == 401
    client.force_login(stranger)
    assert client.get(url).status_code == 404
    client.force_login(owner)
    assert client.get(url).status_code == 200


def test_job_as_json(client, job, owner):
    client.force_login(owner)
    answer = client.get(reverse("core:job", args=[job.code]), headers={"Accept": "application/json"})
    assert answer.json() == {
        "code": job.code,
        "label": "Rekap uji",
        "state": "queued",
        "progress": 0,
        "note": "",
        "error": "",
        "file": None,
        "expires_at": None,
    }


def test_cancel_then_retry(client, job, owner):
    client.force_login(owner)
    client.post(reverse("core:job-cancel", args=[job.code]))
    job.refresh_from_db()
    assert job.state == "cancelled"
    answer = client.post(reverse("core:job-retry", args=[job.code]))
    again = Job.objects.get(state=JobState.QUEUED)
    assert (answer.status_code, answer["Location"]) == (302, reverse("core:job", args=[again.code]))


def test_the_result_is_read_by_the_owner_only(client, job, owner, stranger):
    stored = store_bytes(b"a,b\n", name="rekap.csv", type=CSV, by=None)
    url = reverse("core:file", args=[stored.code])
    client.force_login(owner)
    assert client.get(url).status_code == 404  # nothing points to it
    Job.objects.filter(pk=job.pk).update(state=JobState.DONE, file=stored)
    answer = client.get(url)
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, b"a,b\n")
    client.force_login(stranger)
    assert client.get(url).status_code == 404


@pytest.mark.django_db
def test_health_tells_the_parts_apart(client, settings):
    from pathlib import Path

    from core.beats import beat

    Path(settings.QUEUE_DIR).mkdir(parents=True, exist_ok=True)
    beat("pekerja-cepat")
    beat("penjadwal")
    answer = client.get(reverse("core:healthz"))
    assert (answer.status_code, answer.json()) == (
        503,
        {
            "status": "mati",
            "database": "ok",
            "broker": "ok",
            "pekerja-cepat": "ok",
            "pekerja-berat": "mati",
            "penjadwal": "ok",
        },
    )
    beat("pekerja-berat")
    assert client.get(reverse("core:healthz")).status_code == 200
    ProcessBeat.objects.all().delete()
    assert client.get(reverse("core:healthz"), {"web": 1}).json() == {"status": "ok", "database": "ok"}
