"""Taking an uploaded file over: the rows that were shown, all in one transaction."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.utils.text import slugify

from accounts.actors import Actor
from core.audit import record_audit
from core.errors import InvalidInput, TransitionNotAllowed
from core.imports import Counts, sync_rows
from indicators.services.documents import StatedFigure, write_figures
from indicators.services.ties import IndicatorTie
from indicators.services.uploads import _change, digest_of, head_of, require_upload_right
from planning.choices import NomenclatureLevel, UploadKind, UploadState
from planning.models import BidangUrusan, Document, Nomenclature, NomenclatureVersion, RincianOutput, Upload
from planning.services.documents import LineData, YearData, add_document

KEY: Final = ("version_id", "gov_level", "kode")


def accept_upload(actor: Actor, upload: Upload) -> str:
    """Write everything that the preview showed as taken; answers in words what was loaded. A second click changes nothing."""
    require_upload_right(actor, upload)
    if upload.state != UploadState.PREVIEW:
        raise TransitionNotAllowed(f"Unggahan ini {upload.get_state_display().lower()}; tidak ada yang dimuat.")
    with transaction.atomic():
        _change(upload, state=UploadState.ACCEPTED)
        rows = _taken(upload)
        if not rows:
            raise InvalidInput("Tidak ada baris yang dapat dimuat. Perbaiki berkasnya, lalu unggah lagi.")
        if upload.kind == UploadKind.NOMENKLATUR:
            said = _nomenclature(actor, upload, rows)
        elif upload.kind == UploadKind.RO:
            said = _outputs(actor, upload, rows)
        else:
            said = _document(actor, upload, rows)
    return said


def _taken(upload: Upload) -> list[dict[str, Any]]:
    kept = upload.rows.exclude(data="").order_by("line").values_list("data", flat=True)
    return [json.loads(text) for text in kept]


def _document(actor: Actor, upload: Upload, rows: list[dict[str, Any]]) -> str:
    head = replace(head_of(upload), digest=digest_of(upload))
    lines = _placed([_line(row["line"]) for row in rows])
    document = add_document(actor, head, lines)
    Document.objects.filter(pk=document.pk).update(file=upload.file)
    Upload.objects.filter(pk=upload.pk).update(document=document)
    upload.document = document
    write_figures(document, _stated(head.owner.region_id, rows))
    return f"{document.title} dimuat sebagai versi {document.version}: {len(lines)} baris."


def _line(said: dict[str, Any]) -> LineData:
    years = {int(year): YearData(*values) for year, values in said["years"].items()}
    return LineData(**{**said, "years": years})


def _placed(lines: list[LineData]) -> list[LineData]:
    """Each line under the longest code of the file that its own begins with."""
    codes = {line.code for line in lines}
    placed = []
    for line in lines:
        parts = line.code.partition("#")[0].split(".")
        above = (".".join(parts[:n]) for n in range(len(parts) - 1, 0, -1))
        placed.append(replace(line, parent=next((code for code in above if code in codes), "")))
    return placed


def _stated(region: int, rows: list[dict[str, Any]]) -> Iterator[StatedFigure]:
    tied = [row for row in rows if row["indicator"]]
    if not tied:
        return
    tie = IndicatorTie()
    once = set[tuple[int, int]]()
    for row in tied:
        targets = {int(year): said[0] for year, said in row["line"]["years"].items() if said[0]}
        for year, value in tie.values(row["indicator"], targets).items():
            if (row["indicator"], year) not in once:
                once.add((row["indicator"], year))
                yield StatedFigure(row["line"]["code"], row["indicator"], region, year, value)


def _outputs(actor: Actor, upload: Upload, rows: list[dict[str, Any]]) -> str:
    key = {"year": upload.year_from, "kl_id": upload.owner_id}
    columns = [
        {**key, **row, "volume": None if row["volume"] is None else Decimal(row["volume"]), "source": row["source"] or upload.source[:300],
         "simulated": False}
        for row in rows
    ]  # fmt: skip
    counts = sync_rows(RincianOutput, columns, ["year", "kl_id", "code"])
    _note(actor, "planning.take_outputs", upload, counts)
    return f"Rincian output {upload.owner.short_name} {upload.year_from}: {_counted(counts)}."


def _nomenclature(actor: Actor, upload: Upload, rows: list[dict[str, Any]]) -> str:
    code = slugify(upload.title)[:40]
    if not code:
        raise InvalidInput("Judul versi nomenklatur harus memuat huruf atau angka.")
    version, _ = NomenclatureVersion.objects.get_or_create(
        code=code, defaults={"name": upload.title[:200], "source": upload.source or (upload.file.name if upload.file else ""),
                             "valid_from": dt.date(upload.year_from, 1, 1)},
    )  # fmt: skip
    counts = Counts()
    nodes = _nodes(rows)
    for level in NomenclatureLevel:
        counts += _level(version.pk, [node for node in nodes if node[1]["level"] == level])
    _note(actor, "planning.take_nomenclature", upload, counts)
    return f"{version.name}: {_counted(counts)}."


def _nodes(rows: list[dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    """Every code once with its level of government; the urusan, which the export does not name, by the names the portal knows."""
    found: dict[tuple[str, str], tuple[str, dict[str, Any]]] = {}
    urusan = dict(BidangUrusan.objects.values_list("urusan_kode", "urusan_name"))
    for row in rows:
        government = row["government"]
        top = row["own"]["kode"].split(".")[0]
        if top in urusan:
            node = {"kode": top, "level": NomenclatureLevel.URUSAN.value, "name": urusan[top]}
            found.setdefault((government, top), (government, node))
        for node in row["nodes"]:
            found.setdefault((government, node["kode"]), (government, node))
        found[government, row["own"]["kode"]] = (government, row["own"])
    return list(found.values())


def _level(version: int, nodes: list[tuple[str, dict[str, Any]]]) -> Counts:
    known = Nomenclature.objects.filter(version=version).values_list("gov_level", "kode", "pk")
    ids = {(government, kode): pk for government, kode, pk in known}
    bidang = dict(BidangUrusan.objects.values_list("kode", "pk"))
    rows = []
    for government, node in nodes:
        parts = node["kode"].split(".")
        above = next(
            (pk for n in range(len(parts) - 1, 0, -1) if (pk := ids.get((government, ".".join(parts[:n]))))), None
        )
        rows.append({
            "version_id": version, "gov_level": government, "kode": node["kode"], "level": node["level"], "name": node["name"],
            "parent_id": above, "bidang_id": bidang.get(".".join(parts[:2])), "indicator": node.get("indicator", ""), "unit": node.get("unit", ""),
            "tags": node.get("tags", ""), "predecessor": node.get("predecessor", ""),
        })  # fmt: skip
    return sync_rows(Nomenclature, rows, KEY)


def _note(actor: Actor, action: str, upload: Upload, counts: Counts) -> None:
    record_audit(
        action, model="planning.upload", object_code=upload.code, actor=actor.user.code, inst_text=actor.institution.code,
        after={"judul": upload.title, "baru": counts.created, "diubah": counts.updated, "tetap": counts.unchanged},
    )  # fmt: skip


def _counted(counts: Counts) -> str:
    return f"{counts.created} baru, {counts.updated} diubah, {counts.unchanged} tetap"
