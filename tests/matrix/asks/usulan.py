"""Usulan: the catalogue, filing, taking over, acts in the room, the API."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, encode_multipart

from desks.models import UsulanPlace
from tests.desks.usulan_world import Kewil
from tests.matrix.asks.base import Ask, fresh_key, how, option, version
from tests.matrix.prepared import Prepared
from tests.matrix.rows import Row

how("planning:output_list")(lambda made, row: Ask(query=option(row, "q")))
how("planning:program_choices")(lambda made, row: Ask((2027,), query=option(row, "q")))


def _kewil(made: Prepared) -> Kewil:
    kewil: Kewil = made.more["kewil"]
    return kewil


def typed(made: Prepared) -> dict[str, Any]:
    """The form of an usulan."""
    kewil = _kewil(made)
    return {
        "title": "Usulan uji", "ro": kewil.ro.pk, "amount_unit": "ribu", "baris": "1", "lokasi-0": made.world.kabkota[0].pk,
        "volume-0": "2", "alokasi-0": "1.000", "kunci": fresh_key(), "langkah": "simpan",
    }  # fmt: skip


@how("desks:usulan_add")
def usulan_add(made: Prepared, row: Row) -> Ask:
    return Ask((_kewil(made).meja.code,), data=typed(made))


@how("desks:usulan_carry")
def usulan_carry(made: Prepared, row: Row) -> Ask:
    return Ask((_kewil(made).meja.code,), data={"butir": made.more["usulan:draft"].code, "kunci": fresh_key()})


def _row(made: Prepared) -> Any:
    item = made.more["usulan:discussed"]
    item.refresh_from_db()
    return item


@how("desks:row_place")
def row_place(made: Prepared, row: Row) -> Ask:
    item = _row(made)
    place = UsulanPlace.objects.filter(usulan__item=item).order_by("pk")[0]
    data = {
        "lokasi": place.code, "perbuatan": option(row, "act", "putus"), "putusan_lokasi": "agreed", "volume": "4", "alokasi": "900",
        "alasan": "uji", "versi": version(row, item.version), "kunci": fresh_key(),
    }  # fmt: skip
    return Ask((made.more["usulan_session"].code, item.code), data=data)


@how("desks:row_usulan")
def row_usulan(made: Prepared, row: Row) -> Ask:
    item = _row(made)
    data = {"perbuatan": "unit", "satuan": "SPAM", "versi": version(row, item.version), "kunci": fresh_key()}
    return Ask((made.more["usulan_session"].code, item.code), data=data)


@how("desks:session_usulan")
def session_usulan(made: Prepared, row: Row) -> Ask:
    return Ask((made.more["usulan_session"].code, _kewil(made).meja.code), data=typed(made))


def _body(made: Prepared) -> dict[str, Any]:
    kewil = _kewil(made)
    return {
        "title": "Usulan uji", "ro": f"{kewil.ro.kl.kode}:{kewil.ro.code}",
        "places": [{"region": made.world.kabkota[0].kode, "volume": "2", "amount": "1.000"}],
    }  # fmt: skip


def _key(row: Row) -> dict[str, str]:
    return {} if option(row, "key") == "missing" else {"Idempotency-Key": fresh_key()}


@how("api:usulan_create")
def usulan_create(made: Prepared, row: Row) -> Ask:
    return Ask(json={**_body(made), "meja": _kewil(made).meja.code}, headers=_key(row))


@how("api:usulan_detail")
def usulan_detail(made: Prepared, row: Row) -> Ask:
    item = made.more[f"usulan:{row.state}"]
    item.refresh_from_db()
    if row.method == "GET":
        return Ask((item.code,))
    seen = item.version - (option(row, "match") == "stale")
    return Ask((item.code,), json=_body(made), headers={**_key(row), "If-Match": f'"{seen}"'})


@how("api:session_place")
def session_place(made: Prepared, row: Row) -> Ask:
    item = _row(made)
    place = UsulanPlace.objects.filter(usulan__item=item).order_by("pk")[0]
    body = {
        "item": item.code, "version": item.version, "place": place.code, "act": option(row, "act", "settle"), "verdict": "agreed",
        "volume": "4", "text": "uji",
    }  # fmt: skip
    return Ask((made.more["usulan_session"].code,), json=body, headers=_key(row))


@how("api:usulan_evidence")
def usulan_evidence(made: Prepared, row: Row) -> Ask:
    item = made.more[f"usulan:{row.state}"]
    item.refresh_from_db()
    if row.method == "GET":
        return Ask((item.code, "FS"))
    seen = item.version - (option(row, "match") == "stale")
    body = encode_multipart(BOUNDARY, {"file": SimpleUploadedFile("fs.pdf", b"%PDF-1.4\n%%EOF\n")})
    return Ask((item.code, "FS"), multipart=body, headers={**_key(row), "If-Match": f'"{seen}"'})


@how("api:session_usulan")
def session_usulan_api(made: Prepared, row: Row) -> Ask:
    item = _row(made)
    body = {"item": item.code, "version": item.version, "verb": "correct", "field": "unit", "unit": "SPAM"}
    return Ask((made.more["usulan_session"].code,), json=body, headers=_key(row))
