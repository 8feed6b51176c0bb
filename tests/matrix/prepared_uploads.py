"""Files on their way in: one whose columns are open, one that waits for the decision; and what the lists of them are measured with."""

from __future__ import annotations

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from indicators.services.uploads import read_upload, start_upload
from planning.choices import LineLevel
from planning.models import Document, Upload, UploadRow
from planning.services.documents import DocumentHead, LineData, YearData, write_document
from tests.desks.world import World

ROWS = "Kode;Uraian;Target 2027;Pagu (Rp)\n1.03.10.1.01.0001;Rekonstruksi Jalan;12;5\n1.03.10.1.01.0002;Pemeliharaan Rutin Jalan;x;y\n"


def sent(world: World, title: str) -> Upload:
    """A list of sub kegiatan as the Bappeda sent it: its columns are proposed."""
    head = DocumentHead("RKPD", world.bappeda_jabar, 2027, 2027, "ranwal", title)
    return start_upload(world.bappeda, head, SimpleUploadedFile("rkpd.csv", ROWS.encode()))


def add_uploads(world: World, more: dict[str, Any]) -> None:
    """One in each condition, under the names that rows of the book use."""
    more["columns"] = sent(world, "Susunan terbuka")
    more["preview"] = sent(world, "Menunggu keputusan")
    read_upload(more["preview"])


def crowd_upload(world: World, n: int) -> Upload:
    """A file of n rows of every outcome that waits for the decision."""
    upload = sent(world, f"Berkas {n} baris")
    read_upload(upload)
    data = json.loads(UploadRow.objects.filter(upload=upload).exclude(data="")[0].data)
    UploadRow.objects.bulk_create(
        UploadRow(upload=upload, line=100 + no, outcome="diambil", code=f"X{no}", text="Baris", data=json.dumps(data))
        for no in range(n)
    )
    return upload


def crowd_document(world: World, n: int) -> Document:
    """A Renja of n sub kegiatan beside the rows of the region."""
    head = DocumentHead("RENJA_PD", world.dinas_jabar, 2027, 2027, "penetapan", "Renja Dinas 2027")
    lines = [
        LineData(
            f"1.03.10.1.01.{no + 1:04}",
            f"Sub {no}",
            level=LineLevel.SUB_KEGIATAN,
            unit="Km",
            years={2027: YearData("12", 1_000_000)},
        )
        for no in range(n)
    ]
    return write_document(head, lines)
