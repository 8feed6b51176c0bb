"""The check: silent on what is whole, and naming one changed field in each recorded table."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from agreements.models import BeritaAcara, Line, Signatory, SignatoryChange, Signature, Snapshot
from agreements.services.sign import change_signatory, upload_scan
from agreements.services.signatories import SignatoryData, find
from agreements.verify import verify_all, verify_one
from core.triggers import triggers_disabled
from desks.models import Event, Meja, NoteRevision, Position, Stance
from tests.agreements.made import sha_of


@pytest.fixture
def recorded(closed):
    """A final berita acara with a changed signatory and a scan: a row in every recorded table."""
    ba = closed.final()
    people = closed.world
    first = find(ba, 1)
    change_signatory(
        people.moderator,
        first,
        SignatoryData(first.institution_id, "Direktur", "Nama Baru"),
        reason="Cuti",
        seen_version=ba.version,
    )
    pdf = SimpleUploadedFile("pindaian.pdf", b"%PDF-1.4 isi", content_type="application/pdf")
    upload_scan(people.moderator, find(ba, 1), pdf, shown_sha256=sha_of(ba))
    ba.refresh_from_db()
    return ba


def tamper(model, pk=None, **columns):
    """Change columns of the first row past the triggers."""
    row = model.objects.order_by("pk").first() if pk is None else model.objects.get(pk=pk)
    with triggers_disabled(connection):
        model._base_manager.filter(pk=row.pk).update(**columns)


def tables(report):
    return {fault.table for fault in report.faults}


def test_silent_on_the_untouched(recorded):
    assert verify_one(recorded).faults == []
    report = verify_all()
    assert (report.faults, report.remarks) == ([], [])
    out = io.StringIO()
    call_command("verify_berita_acara", "--semua", stdout=out)
    assert out.getvalue().count("\n") == 1


@pytest.mark.parametrize(
    ("model", "columns"),
    [
        (Position, {"reason": "lain"}),
        (Position, {"value_min": 1, "value_max": 1}),
        (Stance, {"text": "lain"}),
        (Stance, {"kind": "bahas"}),
        (NoteRevision, {"text": "lain"}),
        (Event, {"action": "lain"}),
        (Event, {"at": timezone.now()}),
        (Snapshot, {"hmac": "0" * 64}),
        (Snapshot, {"sha256": "0" * 64}),
        (Snapshot, {"canon_version": 9}),
        (Snapshot, {"key_id": "9"}),
        (Line, {"cells": "{}"}),
        (Line, {"item_code": "X"}),
        (Signature, {"reason": "lain"}),
        (Signature, {"file_sha256": "0" * 64}),
        (SignatoryChange, {"reason": "lain"}),
        (SignatoryChange, {"after": "{}"}),
    ],
)
def test_names_one_changed_field(recorded, model, columns):
    tamper(model, **columns)
    assert model.__name__ in tables(verify_one(recorded))
    with pytest.raises(SystemExit):
        call_command("verify_berita_acara", recorded.number, stdout=io.StringIO(), stderr=io.StringIO())


def test_names_a_changed_text(recorded):
    snapshot = Snapshot.objects.get(ba=recorded)
    tamper(Snapshot, canonical=snapshot.canonical.replace("14.2", "19.2"))
    assert tables(verify_one(recorded)) == {"Snapshot"}


def test_names_header_and_signatory(recorded):
    BeritaAcara.objects.filter(pk=recorded.pk).update(state="complete")
    Signatory.objects.filter(ba=recorded, order=2).update(name="Orang Lain")
    recorded.refresh_from_db()
    assert tables(verify_one(recorded)) == {"BeritaAcara", "Signatory"}


def test_names_a_missing_last_event(recorded):
    meja = recorded.mejas.get()
    with triggers_disabled(connection):
        Event._base_manager.filter(chain=meja.chain).order_by("-seq").first().delete()
    assert "Meja" in tables(verify_one(recorded))


def test_names_a_hole_and_a_row_without_event(recorded):
    meja = recorded.mejas.get()
    with triggers_disabled(connection):
        Event._base_manager.filter(chain=meja.chain, action="stance").order_by("seq").first().delete()
    assert {"Event", "Stance"} <= tables(verify_one(recorded))


def test_names_a_removed_row_and_a_changed_file(recorded, settings):
    with triggers_disabled(connection):
        NoteRevision._base_manager.order_by("pk").first().delete()
    stored = Signature.objects.get(file__isnull=False).file
    (settings.FILES_DIR / stored.path).write_bytes(b"%PDF-1.4 lain")
    assert tables(verify_one(recorded)) == {"NoteRevision", "StoredFile"}


def test_an_unknown_key_leaves_the_hash_verified(recorded, settings):
    settings.RECORD_KEY_ID = "2"
    report = verify_one(recorded)
    assert report.faults == []
    assert report.remarks == [f"{recorded.number}: hash cocok, segel tidak dapat diperiksa (kunci 1 tidak dikenal)"]


def test_head_of_the_meja(recorded):
    Meja.objects.filter(pk=recorded.mejas.get().pk).update(head_hash="0" * 64)
    assert tables(verify_one(recorded)) == {"Meja"}
