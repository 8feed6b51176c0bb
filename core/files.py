"""The file store: random names outside any URL, types found in the content, removal only by the sweeper."""

from __future__ import annotations

import hashlib
import os
import secrets
import zipfile
from collections.abc import Callable, Collection, Iterable
from io import BufferedReader
from pathlib import Path
from typing import IO, Any, Final
from urllib.parse import quote

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse

from core.errors import InvalidInput, Unavailable
from core.models import StoredFile

PDF: Final = "application/pdf"
JPEG: Final = "image/jpeg"
PNG: Final = "image/png"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CSV: Final = "text/csv"
ZIP: Final = "application/zip"
XLS: Final = "application/vnd.ms-excel"
HTML: Final = "text/html"
UNKNOWN: Final = "application/octet-stream"

EVIDENCE: Final = (PDF, JPEG, PNG, XLSX, DOCX)
IMPORTS: Final = (XLSX, CSV)
SHOWN: Final = {PDF: "PDF", JPEG: "JPEG", PNG: "PNG", XLSX: "Excel (.xlsx)", DOCX: "Word (.docx)", CSV: "CSV"}
SUFFIX: Final = {PDF: ".pdf", JPEG: ".jpg", PNG: ".png", XLSX: ".xlsx", DOCX: ".docx", CSV: ".csv", ZIP: ".zip"}
_MAGIC: Final = (
    (b"%PDF-", PDF),
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", XLS),
)
_HTML_STARTS: Final = (b"<!doctype html", b"<html", b"<table", b"<meta", b"<head", b"<style")
CHUNK: Final = 1 << 20


def sniff(file: IO[bytes]) -> str:
    """The media type by content; UNKNOWN when it is none of those the portal knows. Leaves the file at its start."""
    file.seek(0)
    head = file.read(4096)
    file.seek(0)
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith(b"PK\x03\x04"):
        return _sniff_zip(file)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_HTML_STARTS) or b"<html" in start or b"<table" in start:
        return HTML
    return CSV if _is_csv(head) else UNKNOWN


def _sniff_zip(file: IO[bytes]) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return UNKNOWN
    finally:
        file.seek(0)
    if "[Content_Types].xml" in names and "xl/workbook.xml" in names:
        return XLSX
    if "[Content_Types].xml" in names and "word/document.xml" in names:
        return DOCX
    return ZIP


def _is_csv(head: bytes) -> bool:
    if not head.strip() or b"\x00" in head:
        return False
    # A multibyte letter may be cut at the end of the sample; Windows-1252 files of old Excel are text as well.
    text = head.decode("utf-8", errors="replace")
    return all(letter.isprintable() or letter in "\t\r\n\ufeff\ufffd" for letter in text) and any(
        mark in text for mark in ",;\t\n"
    )


def store_upload(uploaded: UploadedFile, *, allowed: Collection[str], by: Any) -> StoredFile:
    """Keep what a person uploaded, after its size and content passed; refusals are Indonesian InvalidInput."""
    size = uploaded.size or 0
    if size == 0:
        raise InvalidInput("Berkas kosong. Pilih berkas lain.", code="file_empty")
    if size > settings.UPLOAD_LIMIT:
        limit = settings.UPLOAD_LIMIT // (1024 * 1024)
        raise InvalidInput(
            f"Berkas melebihi {limit} MB. Perkecil atau pecah berkas, lalu unggah lagi.", code="file_large"
        )
    kind = sniff(uploaded)
    if kind not in allowed:
        raise InvalidInput(_refusal(kind, allowed), code="file_type", found=kind)
    return _write(uploaded.chunks(CHUNK), kind, uploaded.name or "berkas", by, "up")


def _refusal(kind: str, allowed: Collection[str]) -> str:
    if XLSX in allowed and kind in (XLS, HTML):
        return "Berkas ini .xls lama atau HTML. Buka di Excel, simpan ulang sebagai .xlsx, lalu unggah lagi."
    names = ", ".join(SHOWN[name] for name in SHOWN if name in allowed)
    return f"Isi berkas bukan jenis yang diterima. Unggah {names}."


def store_bytes(content: bytes, *, name: str, type: str, by: Any) -> StoredFile:
    """Keep a small file the portal made in memory."""
    return _write([content], type, name, by, "made")


def store_path(path: Path, *, name: str, by: Any, stem: str = "made", type: str = "") -> StoredFile:
    """Keep a file the portal wrote under FILES_DIR/tmp: moved in one step, so it is whole or absent."""
    with path.open("rb") as file:
        kind = type or sniff(file)
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
    relative, target = _target(stem, kind)
    size = path.stat().st_size
    path.replace(target)
    return StoredFile.objects.create(
        sha256=digest, size=size, type=kind, path=relative, name=_clean_name(name), by=_person(by)
    )


def _target(stem: str, kind: str) -> tuple[str, Path]:
    random = secrets.token_hex(16)
    relative = f"{random[:2]}/{stem}-{random}{SUFFIX.get(kind, '.bin')}"
    target = Path(settings.FILES_DIR) / relative
    target.parent.mkdir(parents=True, exist_ok=True)
    return relative, target


def _write(chunks: Iterable[bytes], kind: str, name: str, by: Any, stem: str) -> StoredFile:
    folder = Path(settings.FILES_DIR) / "tmp"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{stem}-{secrets.token_hex(12)}"
    try:
        with path.open("xb") as file:
            for chunk in chunks:
                file.write(chunk)
        return store_path(path, name=name, by=by, stem=stem, type=kind)
    finally:
        path.unlink(missing_ok=True)


def _clean_name(name: str) -> str:
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    clean = "".join(letter for letter in last if letter.isprintable()).strip() or "berkas"
    if len(clean) <= 200:
        return clean
    stem, dot, suffix = clean.rpartition(".")
    return f"{stem[: 199 - len(suffix)]}.{suffix}" if dot and len(suffix) < 10 else clean[:200]


def _person(by: Any) -> Any:
    return by if by is not None and getattr(by, "pk", None) else None


def open_stored(stored: StoredFile) -> BufferedReader:
    """The content, opened for reading; Unavailable when the row is there and the content is not."""
    try:
        return (Path(settings.FILES_DIR) / stored.path).open("rb")
    except FileNotFoundError:
        raise Unavailable(
            "Isi berkas tidak ditemukan di penyimpanan. Hubungi sekretariat.", code="file_missing"
        ) from None


def content_matches(stored: StoredFile) -> bool:
    """Whether the content still has the recorded hash."""
    with open_stored(stored) as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == stored.sha256


def file_response(stored: StoredFile, download_name: str = "") -> FileResponse:
    """The file as a download under its own name, never shown inside a page of the portal."""
    name = _clean_name(download_name or stored.name)
    response = FileResponse(open_stored(stored), content_type=stored.type)
    plain = "".join(letter if letter.isascii() and letter not in '"\\%' else "_" for letter in name)
    response["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    response["Content-Length"] = str(stored.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


FileRight = Callable[[Any, StoredFile], bool | None]
_rights: list[FileRight] = []


def file_right(rule: FileRight) -> FileRight:
    """Register who may read files: True or False when a row this rule knows points to the file, else None."""
    _rights.append(rule)
    return rule


def may_read(user: Any, stored: StoredFile) -> bool:
    """Whether one of the rows that point to the file lets this person read it; a file nobody points to is nobody's."""
    return any(rule(user, stored) is True for rule in _rights)
