"""A small workbook answered at once."""

from __future__ import annotations

import io

from django.http import FileResponse

from core.files import XLSX


def xlsx_response(content: bytes, name: str) -> FileResponse:
    """The workbook as a download under `name`."""
    safe = name.replace("/", "-")
    response = FileResponse(io.BytesIO(content), as_attachment=True, filename=safe, content_type=XLSX)
    response["Cache-Control"] = "private, no-store"
    return response
