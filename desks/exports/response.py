"""A small workbook answered at once."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

from core.files import XLSX


def xlsx_response(content: bytes, name: str) -> HttpResponse:
    """The workbook as a download under `name`."""
    safe = "".join(letter for letter in name.replace("/", "-") if letter.isprintable() and letter not in '"\\')
    plain = "".join(letter if letter.isascii() else "_" for letter in safe)
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(safe, safe='')}"
    response["Cache-Control"] = "private, no-store"
    return response
