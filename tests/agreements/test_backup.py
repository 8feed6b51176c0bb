"""Backup and restore of a round with a signed berita acara: all comes back, or nothing moves."""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings

from agreements.models import BeritaAcara, Signature
from agreements.services.sign import upload_scan
from agreements.services.signatories import find
from agreements.verify import verify_all
from core.backup import manifest as manifests
from core.backup.databases import working_on
from core.backup.postgres import _maintenance
from core.backup.restore import _occupied
from core.models import StoredFile
from tests.agreements.archives import altered, another_database, backup, damaged, restore, with_manifest
from tests.agreements.made import close_up, sha_of
from tests.desks.world import build
from tests.template import postgres_template, sqlite_template

PDF = b"%PDF-1.4 pindaian tanda tangan basah " + b"x" * 2000


@dataclass(frozen=True)
class Installed:
    """What the installation that was backed up held."""

    archive: bytes
    code: str
    number: str
    place: str


@pytest.fixture(scope="module")
def installed(django_db_blocker, shared_folder, tmp_path_factory) -> Installed:
    """The backup of an installation with a final berita acara and a scan."""
    folder = tmp_path_factory.mktemp("pemasangan")
    with django_db_blocker.unblock(), override_settings(FILES_DIR=folder / "berkas"), another_database(folder) as name:
        if connection.vendor == "postgresql":
            with _maintenance() as cursor:
                cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{postgres_template(shared_folder)}"')
        else:
            Path(name).parent.mkdir()
            shutil.copy(sqlite_template(shared_folder), name)
        closed = close_up(build(4))
        ba = closed.final()
        scan = SimpleUploadedFile("pindaian.pdf", PDF)
        upload_scan(closed.world.moderator, find(ba, 1), scan, shown_sha256=sha_of(ba))
        made = backup(folder / "cadangan.zip").read_bytes()
    return Installed(made, ba.code, ba.number, ba.place)


@pytest.fixture
def archive(installed, tmp_path: Path) -> Path:
    """The backup as a file of this test alone."""
    path = tmp_path / "cadangan.zip"
    path.write_bytes(installed.archive)
    return path


@pytest.fixture
def elsewhere(archive, settings, tmp_path: Path, django_db_blocker) -> Iterator[str]:
    """Another machine with nothing on it: the name of its database."""
    settings.FILES_DIR = tmp_path / "mesin-lain" / "berkas"
    with django_db_blocker.unblock(), another_database(tmp_path) as name:
        yield name


def nothing_there() -> bool:
    return not _occupied()


def test_everything_comes_back(installed, archive, elsewhere) -> None:
    said = restore(archive)
    assert "Dipulihkan" in said
    assert "disimpan sebagai" not in said
    assert BeritaAcara.objects.get(code=installed.code).number == installed.number
    assert Signature.objects.get(file__isnull=False).file.sha256
    assert verify_all().faults == []
    call_command("verify_berita_acara", "--semua", stdout=io.StringIO())


def test_the_archive_is_for_its_owner_and_holds_no_key(elsewhere, archive, settings) -> None:
    restore(archive)
    again = backup(archive.with_name("lagi.zip"))
    assert again.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(again) as opened:
        everything = b"".join(opened.read(name) for name in opened.namelist())
    assert settings.SECRET_KEY.encode() not in everything
    assert settings.RECORD_KEY.encode() not in everything
    assert list(again.parent.glob(".lagi*")) == []
    with pytest.raises(CommandError, match="sudah ada"):
        backup(again)


@pytest.mark.parametrize("member", ["database", "files/", manifests.NAME])
def test_a_flipped_byte_is_found_before_anything_moves(archive, elsewhere, member) -> None:
    with zipfile.ZipFile(archive) as opened:
        info = next(each for each in opened.infolist() if each.filename.startswith(member))
    content = bytearray(archive.read_bytes())
    content[info.header_offset + 30 + len(info.filename) + 40 + info.compress_size // 2] ^= 1
    archive.write_bytes(content)
    with pytest.raises(CommandError, match="rusak|berbeda"):
        restore(archive)
    assert nothing_there()


def test_a_changed_file_with_a_fitting_checksum_of_the_zip_is_found(archive, elsewhere) -> None:
    bad = altered(archive, lambda name, content: content + b"!" if name.startswith("files/") else content)
    with pytest.raises(CommandError, match="berbeda dari manifes"):
        restore(bad)
    assert nothing_there()


def test_a_missing_file_is_found(archive, elsewhere) -> None:
    bad = altered(archive, lambda name, content: None if name.startswith("files/") else content)
    with pytest.raises(CommandError, match="rusak"):
        restore(bad)
    assert nothing_there()


def test_another_form_of_archive_is_refused(archive, elsewhere) -> None:
    with pytest.raises(CommandError, match="Bentuk cadangan 99"):
        restore(with_manifest(archive, format=99))


def test_an_archive_of_a_newer_portal_is_refused(archive, elsewhere) -> None:
    with pytest.raises(CommandError, match="lebih baru"):
        restore(with_manifest(archive, migrations=[["desks", "0999_besok"]]))


def test_an_archive_of_the_other_database_is_refused(archive, elsewhere) -> None:
    other = "sqlite" if connection.vendor == "postgresql" else "postgresql"
    with pytest.raises(CommandError, match=f"berasal dari {other}"):
        restore(with_manifest(archive, engine=other))


def test_a_path_out_of_the_store_is_refused(archive, elsewhere) -> None:
    bad = with_manifest(archive, files=[{"path": "../../etc/passwd", "size": 1, "sha256": "0"}])
    with pytest.raises(CommandError, match="tidak wajar"):
        restore(bad)


def test_another_record_key_is_named_before_anything_moves(archive, elsewhere, settings) -> None:
    settings.RECORD_KEY = "another key"
    with pytest.raises(CommandError, match="RECORD_KEY"):
        restore(archive)
    assert nothing_there()


def test_what_is_there_is_only_replaced_on_demand_and_then_kept(installed, archive, elsewhere) -> None:
    restore(archive)
    BeritaAcara.objects.filter(code=installed.code).update(place="Kota lain")
    with pytest.raises(CommandError, match="--ganti"):
        restore(archive)
    assert BeritaAcara.objects.get(code=installed.code).place == "Kota lain"
    said = restore(archive, "--ganti")
    assert BeritaAcara.objects.get(code=installed.code).place == installed.place
    old = said.split("disimpan sebagai ")[1].split(";")[0]
    with working_on(old):
        assert BeritaAcara.objects.get(code=installed.code).place == "Kota lain"


def test_a_portal_that_runs_is_not_replaced(archive, elsewhere) -> None:
    restore(archive)
    ready, stop = threading.Event(), threading.Event()

    def works() -> None:
        list(BeritaAcara.objects.all())
        ready.set()
        stop.wait(30)
        connection.close()

    other = threading.Thread(target=works)
    other.start()
    ready.wait(10)
    try:
        with pytest.raises(CommandError, match="masih berjalan"):
            restore(archive, "--ganti")
    finally:
        stop.set()
        other.join()


def test_what_fails_verification_is_not_put_in_place_unless_accepted(archive, elsewhere, settings) -> None:
    bad = damaged(archive)
    with pytest.raises(CommandError, match=r"tidak lolos pemeriksaan(.|\n)*isi berkas berbeda"):
        restore(bad)
    assert nothing_there()
    assert "Diterima walaupun cacat" in restore(bad, "--terima-temuan")


def test_a_damaged_file_steps_aside_and_comes_back_when_the_restore_fails(archive, elsewhere, settings) -> None:
    with zipfile.ZipFile(archive) as opened:
        name = next(name for name in opened.namelist() if name.startswith("files/"))
    present = Path(settings.FILES_DIR) / name.removeprefix("files/")
    present.parent.mkdir(parents=True)
    present.write_bytes(b"rusak")
    with pytest.raises(CommandError, match="tidak lolos"):
        restore(damaged(archive), "--ganti")
    assert (present.read_bytes(), len(list(present.parent.iterdir()))) == (b"rusak", 1)


def test_a_lost_file_is_told_and_the_rest_is_kept(archive, elsewhere, settings) -> None:
    restore(archive)
    stored = StoredFile.objects.get(type="application/pdf")
    (Path(settings.FILES_DIR) / stored.path).unlink()
    with pytest.raises(CommandError, match="tidak ada di penyimpanan"):
        backup(archive.with_name("cacat.zip"))
    with zipfile.ZipFile(archive.with_name("cacat.zip")) as opened:
        assert json.loads(opened.read(manifests.NAME))["lost"] == [f"{stored.path}: tidak ada di penyimpanan"]


def test_checking_alone_changes_nothing(archive, elsewhere) -> None:
    assert "Cadangan utuh" in restore(archive, "--periksa")
    assert nothing_there()


def test_a_database_beyond_repair_can_be_replaced(installed, archive, elsewhere) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("a broken file is a matter of SQLite")
    path = Path(elsewhere)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"not a database" * 1000)
    with pytest.raises(CommandError, match="--ganti"):
        restore(archive)
    restore(archive, "--ganti")
    assert sqlite3.connect(path).execute("PRAGMA quick_check").fetchone() == ("ok",)
    assert verify_all().faults == []
