"""Berita acara: drafting, finalising, signing, the public check; and the read-only pages of planning, indicators and help."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from agreements.models import Signatory, Snapshot
from planning.models import PriorityNode
from tests.factories import PASSWORD
from tests.matrix.asks.base import Ask, fresh_key, how, option, version
from tests.matrix.prepared import Prepared
from tests.matrix.rows import Row


@how("agreements:ba", "agreements:download", "api:berita_acara-detail")
def one(made: Prepared, row: Row) -> Ask:
    return Ask((made.paper(row.state).code,), data={})


@how("agreements:ba_list", "api:berita_acara-list")
def many(made: Prepared, row: Row) -> Ask:
    return Ask(query=option(row, "query").replace("~", "="), data={})


@how("agreements:check")
def check(made: Prepared, row: Row) -> Ask:
    return Ask((made.paper(row.state).check_code if row.state else "TIDAKADA",))


@how("agreements:draft")
def draft(made: Prepared, row: Row) -> Ask:
    return Ask((made.session(row.where, row.state).code,), data={"kunci": fresh_key()})


def _paper(made: Prepared, row: Row, **fields: Any) -> Ask:
    ba = made.paper(row.state)
    order = (int(option(row, "order")),) if option(row, "order") else ()
    sha256 = Snapshot.objects.filter(ba=ba).values_list("sha256", flat=True).first() or ""
    shown = "0" * 64 if option(row, "sha") == "wrong" else sha256
    return Ask(
        (ba.code, *order), data={"versi": version(row, ba.version), "sha256": shown, "kunci": fresh_key(), **fields}
    )


@how("agreements:edit")
def edit(made: Prepared, row: Row) -> Ask:
    return _paper(made, row, place="Bandung", signed_on=timezone.localdate().isoformat(), sign_due="")


@how("agreements:finalise")
def finalise(made: Prepared, row: Row) -> Ask:
    return _paper(made, row, number="", sidik="f" * 64 if option(row, "digest") == "wrong" else "")


@how("agreements:void", "agreements:refuse", "agreements:excuse")
def with_reason(made: Prepared, row: Row) -> Ask:
    return _paper(made, row, reason="" if option(row, "reason") == "missing" else "uji")


@how("agreements:signatory", "agreements:signatory_new", "agreements:change")
def signatory(made: Prepared, row: Row) -> Ask:
    known = Signatory.objects.filter(ba=made.paper(row.state), order=int(option(row, "order", "4"))).first()
    institution = known.institution_id if known else made.world.bappeda_jabar.pk
    typed = {
        "institution": institution,
        "mode": "paper",
        "name": "" if option(row, "name") == "missing" else "Nama Baru",
        "office": "Kepala",
    }
    return _paper(made, row, **typed, prefix="", user="", reason="pindah tugas")


@how("agreements:signatory_remove")
def signatory_remove(made: Prepared, row: Row) -> Ask:
    return _paper(made, row)


@how("agreements:sign")
def sign(made: Prepared, row: Row) -> Ask:
    return _paper(made, row, password=option(row, "password", PASSWORD))


@how("agreements:scan")
def scan(made: Prepared, row: Row) -> Ask:
    content = b"bukan pindaian" if option(row, "body") == "bad" else b"%PDF-1.4\n%%EOF\n"
    return _paper(made, row, file=SimpleUploadedFile("pindaian.pdf", content))


@how("api:document", "api:document_lines")
def api_document(made: Prepared, row: Row) -> Ask:
    return Ask((made.more[option(row, "which", "document")].pk,))


how("api:indicator")(lambda made, row: Ask((made.world.indicators[0].code,)))
how("api:node")(lambda made, row: Ask((PriorityNode.objects.order_by("pk")[0].key,)))


@how("indicators:document")
def document(made: Prepared, row: Row) -> Ask:
    return Ask((made.more[option(row, "which", "document")].pk,), query="format=xlsx" if option(row, "format") else "")


@how("indicators:document_compare", "indicators:document_stage", "indicators:document_remove")
def of_document(made: Prepared, row: Row) -> Ask:
    return Ask((made.more[option(row, "which", "draft_plan")].pk,), data={"stage": option(row, "stage", "penetapan")})


@how("indicators:document_add")
def document_add(made: Prepared, row: Row) -> Ask:
    content = (
        b"kode baris,uraian,target 2027\nA,Baris,5\n"
        if option(row, "body") != "bad"
        else b"kode baris,uraian\nA,Baris\n"
    )
    owner = {"": made.world.bappeda_jabar, "dinas": made.world.dinas_jabar, "pu": made.world.pu}[option(row, "owner")]
    kind = {"": "RKPD", "dinas": "RENJA_PD", "pu": "RENJA_KL"}[option(row, "owner")]
    data = {
        "kind": kind, "owner": owner.pk, "year_from": 2027, "stage": "ranwal", "title": "Dokumen uji",
        "file": SimpleUploadedFile("uji.csv", content),
    }  # fmt: skip
    return Ask(data=data)


@how("indicators:story")
def story(made: Prepared, row: Row) -> Ask:
    return Ask(
        (made.world.indicators[0].code, option(row, "region", "32")),
        query="format=xlsx" if option(row, "format") else "",
    )


@how("indicators:priorities_load")
def priorities_load(made: Prepared, row: Row) -> Ask:
    parent = "" if option(row, "body") != "bad" else "9"
    content = f"pohon,tahun,kode,nama,kode_induk,sumber\nPN,2027,77,Simpul uji,{parent},uji\n".encode()
    return Ask(data={"file": SimpleUploadedFile("uji.csv", content)})


@how(
    "planning:document_list",
    "indicators:figures",
    "indicators:priorities",
    "indicators:document_template",
    "indicators:priorities_template",
)
def listed(made: Prepared, row: Row) -> Ask:
    return Ask(query="format=xlsx" if option(row, "format") else option(row, "query").replace("~", "="))


@how("help_page")
def help_page(made: Prepared, row: Row) -> Ask:
    return Ask((option(row, "page", "masuk"),))
