"""The file store: types by content, sizes, names, rights, and removal only of what nothing points to."""

from __future__ import annotations

import io
import os
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import Workbook

from core.errors import InvalidInput, Unavailable
from core.files import (
    CSV,
    DOCX,
    EVIDENCE,
    HTML,
    IMPORTS,
    JPEG,
    PDF,
    PNG,
    UNKNOWN,
    XLS,
    XLSX,
    ZIP,
    content_matches,
    file_response,
    open_stored,
    sniff,
    store_bytes,
    store_upload,
)
from core.models import Job, JobState, StoredFile
from core.sweeper import sweep_files, sweep_unknown


def zipped(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return made.getvalue()


def workbook() -> bytes:
    made = io.BytesIO()
    Workbook().save(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n", PDF),
        (b"\xff\xd8\xff\xe0rest", JPEG),
        (b"\x89PNG\r\n\x1a\nrest", PNG),
        (workbook(), XLSX),
        (zipped("[Content_Types].xml", "word/document.xml"), DOCX),
        (zipped("a.txt"), ZIP),
        (b"PK\x03\x04 broken", UNKNOWN),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", XLS),
        (b"<html><table></table>", HTML),
        (b"\r\n  <TABLE border=1>", HTML),
        ("kode;nama\n1;é\n".encode(), CSV),
        ("kode;nama\n1;é\n".encode("cp1252"), CSV),
        (b"\xef\xbb\xbfkode,nama\n", CSV),
        (b"MZ\x90\x00\x03", UNKNOWN),
        (b"satu", UNKNOWN),
    ],
)
def test_type_comes_from_the_content(content, kind):
    file = io.BytesIO(content)
    assert sniff(file) == kind
    assert file.tell() == 0


@pytest.mark.django_db
def test_an_upload_is_kept_under_a_random_name():
    stored = store_upload(SimpleUploadedFile("../Bukti é.pdf", b"%PDF-1.7 x"), allowed=EVIDENCE, by=None)
    assert (stored.name, stored.size, stored.type) == ("Bukti é.pdf", 10, PDF)
    assert "Bukti" not in stored.path
    with open_stored(stored) as file:
        assert file.read() == b"%PDF-1.7 x"
    assert content_matches(stored) is True


def refusal(name: str, content: bytes, allowed: tuple[str, ...]) -> str:
    with pytest.raises(InvalidInput) as caught:
        store_upload(SimpleUploadedFile(name, content), allowed=allowed, by=None)
    return caught.value.message


def test_uploads_are_refused_in_words(settings):
    old = "Berkas ini .xls lama atau HTML. Buka di Excel, simpan ulang sebagai .xlsx, lalu unggah lagi."
    assert refusal("a.xls", b"<html><table>", IMPORTS) == old
    assert refusal("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", IMPORTS) == old
    assert refusal("a.pdf", b"MZ\x00", EVIDENCE) == (
        "Isi berkas bukan jenis yang diterima. Unggah PDF, JPEG, PNG, Excel (.xlsx), Word (.docx)."
    )
    assert refusal("a.pdf", b"", EVIDENCE) == "Berkas kosong. Pilih berkas lain."
    settings.UPLOAD_LIMIT = 1024 * 1024
    too_big = b"%PDF-" + b"x" * 1024 * 1024
    assert refusal("a.pdf", too_big, EVIDENCE) == "Berkas melebihi 1 MB. Perkecil atau pecah berkas, lalu unggah lagi."


@pytest.mark.django_db
def test_a_download_is_an_attachment_with_its_own_name():
    stored = store_bytes(b"a,b\n", name='Usulan "é".csv', type=CSV, by=None)
    response = file_response(stored)
    assert b"".join(response.streaming_content) == b"a,b\n"
    assert response["Content-Disposition"] == (
        "attachment; filename=\"Usulan ___.csv\"; filename*=UTF-8''Usulan%20%22%C3%A9%22.csv"
    )
    assert (response["X-Content-Type-Options"], response["Content-Length"]) == ("nosniff", "4")
    response.close()


@pytest.mark.django_db
def test_a_missing_content_is_said():
    stored = store_bytes(b"x,y", name="a.csv", type=CSV, by=None)
    (Path(settings.FILES_DIR) / stored.path).unlink()
    with pytest.raises(Unavailable):
        open_stored(stored)


@pytest.mark.django_db
def test_the_sweeper_takes_only_what_nothing_points_to():
    kept, young, orphan = (store_bytes(b"x,y", name=f"{n}.csv", type=CSV, by=None) for n in ("kept", "young", "orphan"))
    Job.objects.create(kind="test", key="k", state=JobState.DONE, file=kept)
    yesterday = timezone.now() - timedelta(days=1)
    StoredFile.objects.filter(pk__in=[kept.pk, orphan.pk]).update(created_at=yesterday)
    assert sweep_files() == 1
    assert set(StoredFile.objects.all()) == {kept, young}
    assert [(Path(settings.FILES_DIR) / stored.path).exists() for stored in (kept, young, orphan)] == [
        True,
        True,
        False,
    ]


@pytest.mark.django_db
def test_content_without_a_row_goes_after_a_day():
    known, forgotten, fresh = (store_bytes(b"x,y", name="a.csv", type=CSV, by=None) for _ in range(3))
    paths = [Path(settings.FILES_DIR) / stored.path for stored in (known, forgotten, fresh)]
    StoredFile.objects.filter(pk__in=[forgotten.pk, fresh.pk]).delete()
    long_ago = timezone.now().timestamp() - 2 * 24 * 3600
    for path in paths[:2]:
        os.utime(path, (long_ago, long_ago))
    assert sweep_unknown() == 1
    assert [path.exists() for path in paths] == [True, False, True]
