"""How the routes of uploaded documents are asked."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.matrix.asks.base import Ask, how, option
from tests.matrix.prepared import Prepared
from tests.matrix.prepared_uploads import ROWS
from tests.matrix.rows import Row


@how("indicators:upload_add")
def upload_add(made: Prepared, row: Row) -> Ask:
    content = ROWS.encode() if option(row, "body") != "bad" else b"halo;dunia\n1;2\n"
    owner = {"": made.world.bappeda_jabar, "dinas": made.world.dinas_jabar, "pu": made.world.pu}[option(row, "owner")]
    kind = option(row, "kind", {"": "RKPD", "dinas": "RENJA_PD", "pu": "RENJA_KL"}[option(row, "owner")])
    data = {
        "kind": kind, "owner": owner.pk, "year_from": 2027, "stage": "ranwal", "title": "Unggahan uji", "file": SimpleUploadedFile("uji.csv", content),
    }  # fmt: skip
    return Ask(data=data)


@how("indicators:upload", "indicators:upload_accept", "indicators:upload_drop")
def of_upload(made: Prepared, row: Row) -> Ask:
    return Ask((made.more["preview"].code,), data={}, query="format=xlsx" if option(row, "format") else "")


@how("indicators:upload_columns")
def upload_columns(made: Prepared, row: Row) -> Ask:
    fields = ["kode", "uraian", "target@0", "pagu@0"] if option(row, "body") != "bad" else ["kode", "kode"]
    data = {f"kolom-{place}": name for place, name in enumerate(fields)} | {"lakukan": "lanjut"}
    return Ask((made.more["columns"].code,), data=data)


@how("desks:in_document")
def in_document(made: Prepared, row: Row) -> Ask:
    return Ask(
        (made.more[option(row, "which", "draft_plan")].pk,), query="format=xlsx" if option(row, "format") else ""
    )
