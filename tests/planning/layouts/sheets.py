"""Files of the field built by hand: the same traits as the real ones (data.md 5), none of their contents."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from planning.services.documents import DocumentHead

SUB = "1.03.10.1.01.000"
FLAT = ("Kode Sub Kegiatan", "Sub Kegiatan", "Indikator", "Target", "Satuan", "Pagu (Rp)", "Perangkat Daerah")
NAMES = ("Rekonstruksi Jalan", "Pemeliharaan Rutin Jalan", "Pelebaran Jalan")


def xlsx(
    rows: Iterable[Sequence[Any]], *, merged: Sequence[str] = (), title: str = "Lembar1", more: Sequence[str] = ()
) -> bytes:
    """A workbook of one sheet (and empty further ones) with merged ranges."""
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    for name in more:
        book.create_sheet(name)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def csv(rows: Iterable[Sequence[Any]], separator: str = ";", encoding: str = "utf-8") -> bytes:
    """The same as text."""
    return "\r\n".join(separator.join("" if cell is None else str(cell) for cell in row) for row in rows).encode(
        encoding
    )


def flat(no: int = 1, **changes: Any) -> list[Any]:
    """A good row of the flat list; `changes` by a short word."""
    row = {
        "kode": f"{SUB}{no}",
        "nama": NAMES[no - 1],
        "ind": "Panjang jalan",
        "target": 12,
        "satuan": "Km",
        "pagu": 1_500_000,
        "opd": None,
    }
    return list({**row, **changes}.values())


def uploaded(content: bytes, name: str = "") -> SimpleUploadedFile:
    """As a browser sends it."""
    return SimpleUploadedFile(name or ("rkpd.xlsx" if content.startswith(b"PK") else "rkpd.csv"), content)


def head_for(world: Any, kind: str = "RKPD", years: tuple[int, int] = (2027, 2027), **more: Any) -> DocumentHead:
    """A document of the Bappeda of the world."""
    owner = more.pop("owner", world.bappeda_jabar)
    return DocumentHead(
        kind, owner, *years, more.pop("stage", "ranwal"), more.pop("title", f"{kind} Jawa Barat"), **more
    )
