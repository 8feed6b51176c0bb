"""Big workbooks: read and taken over by jobs that may be stopped, killed and repeated."""

from __future__ import annotations

from collections import Counter

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core.jobs import JobCancelled, cancel, run_job_now
from core.models import Job
from desks.models import Event, IsianUpload
from desks.services.isian_excel import apply
from desks.services.isian_excel.keep import choose, comparison_of
from desks.services.isian_excel.work import finish_upload
from desks.services.item import RowWrite, save_rows
from desks.views import isian_excel
from tests.desks.isian_excel.books import Book, downloaded, sent
from tests.desks.views.clients import client_of
from tests.desks.world import World

pytestmark = pytest.mark.django_db
T, S = "Target", "Sub kegiatan"


@pytest.fixture(autouse=True)
def big(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two rows are many, and no page waits for a worker."""
    monkeypatch.setattr(isian_excel, "BIG_ROWS", 2)
    monkeypatch.setattr(isian_excel, "PATIENCE", 0)


def typed(world: World) -> bytes:
    """Three targets, and two sub kegiatan of one row."""
    book = Book(downloaded(world))
    for line in (5, 6, 7):
        book.put(T, line, value=10 + line)
    for no in (0, 1):
        line = book.blank()
        book.put(S, line, item="1.03.001", kode=world.sub_kegiatan[no].kode, opd=world.dinas_jabar.name, volume=no + 1)
    return book.bytes()


def page(client: Client, name: str, code: str) -> str:
    """A page of the upload as text."""
    return client.get(reverse(f"desks:{name}", args=[code])).content.decode()


def test_a_big_file_is_a_job_each_time(world: World) -> None:
    client = client_of(world.bappeda)
    data = {"desk": world.meja.code, "berkas": SimpleUploadedFile("isian.xlsx", typed(world))}
    answer = client.post(reverse("desks:isian_upload", args=[world.round.code]), data)
    upload = IsianUpload.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, reverse("desks:isian_preview", args=[upload.code]))
    assert "Membaca berkas isian" in page(client, "isian_preview", upload.code)
    assert run_job_now(Job.objects.get()).state == "done"
    assert "Terima semua (5 baris)" in page(client, "isian_preview", upload.code)
    for _ in range(2):  # a double click
        client.post(reverse("desks:isian_accept", args=[upload.code]), {"terima": "semua"})
    job = Job.objects.get(kind="desks.isian_apply")
    polled = client.get(reverse("desks:isian_preview", args=[upload.code]), headers={"HX-Request": "true"})
    assert "hx-trigger" in polled.content.decode()
    assert run_job_now(job).state == "done"
    assert (
        client.get(reverse("desks:isian_preview", args=[upload.code]), headers={"HX-Request": "true"})["HX-Refresh"]
        == "true"
    )
    assert "Unduh berkas hasil" in page(client, "isian_preview", upload.code)
    _once(world)


def _once(world: World) -> None:
    counts = Counter(Event.objects.filter(item__isnull=False).values_list("action", flat=True))
    assert counts == {"edit": 3, "add_support": 2}
    assert [str(item.value_proposed.min) for item in world.items()] == ["15", "16", "17"]


@pytest.mark.parametrize("death", [1, 3, 4])
def test_a_killed_run_is_taken_up_where_it_was(world: World, monkeypatch: pytest.MonkeyPatch, death: int) -> None:
    monkeypatch.setattr(apply, "CHUNK", 1)
    upload, _ = sent(world, typed(world))
    choose(upload, apply.ALL)
    calls: list[float] = []

    def dies(percent: float, note: str) -> None:
        calls.append(percent)
        if len(calls) > death:
            raise JobCancelled

    with pytest.raises(JobCancelled):
        finish_upload(world.bappeda, IsianUpload.objects.get(pk=upload.pk), dies)
    assert Event.objects.filter(item__isnull=False).count() > 0
    finish_upload(world.bappeda, IsianUpload.objects.get(pk=upload.pk))
    kept = IsianUpload.objects.get(pk=upload.pk)
    assert comparison_of(kept).counts == {"saved": 7}
    _once(world)


def test_a_stopped_job_says_how_to_go_on(world: World) -> None:
    client = client_of(world.bappeda)
    upload, _ = sent(world, typed(world))
    client.post(reverse("desks:isian_accept", args=[upload.code]), {"terima": "semua"})
    cancel(Job.objects.get())
    assert "Lanjutkan" in page(client, "isian_preview", upload.code)
    client.post(reverse("desks:isian_accept", args=[upload.code]))
    assert run_job_now(Job.objects.get(state="queued")).state == "done"
    _once(world)


def test_what_others_wrote_meanwhile_is_compared_again(world: World) -> None:
    upload, _ = sent(world, typed(world))
    rows = world.items()
    note, value = {"proposal_note": "lain"}, {"value": "99"}
    assert save_rows(world.opd, rows=[RowWrite(rows[0].code, 1, note), RowWrite(rows[1].code, 1, value)])[0].ok
    choose(upload, apply.ALL)
    finish_upload(world.bappeda, upload)
    found = {row.line: row.cells[0].status for row in comparison_of(upload).rows if row.sheet == T}
    assert found == {5: "saved", 6: "conflict", 7: "saved"}
    first, second, _ = world.items()
    values = [str(item.value_proposed.min) for item in (first, second)]
    assert (first.proposal_note, values) == ("lain", ["15", "99"])
    assert comparison_of(upload).counts["saved"] == 6, comparison_of(upload).counts
