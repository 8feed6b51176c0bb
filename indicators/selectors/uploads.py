"""Uploaded files as their people see them: what is still open, the rows of a preview in words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet

from accounts.actors import Actor, can
from core.money import format_rupiah
from core.numbers import format_number
from planning.choices import RowOutcome, UploadKind, UploadState
from planning.models import Upload, UploadRow
from planning.selectors import writable_owners

TONES: Final = {
    RowOutcome.TAKEN: "hijau", RowOutcome.REPAIRED: "biru", RowOutcome.WARNED: "kuning", RowOutcome.REFUSED: "merah",
    RowOutcome.SKIPPED: "abu",
}  # fmt: skip
OPEN: Final = (UploadState.COLUMNS, UploadState.READING, UploadState.PREVIEW)


def uploads_seen(actor: Actor) -> QuerySet[Upload]:
    """Uploads of the owners for whom the actor loads; the nomenclature only for its keeper."""
    if not can(actor, "planning.write_document"):
        return Upload.objects.none()
    rows = Upload.objects.filter(owner__in=writable_owners(actor).order_by().values("pk"))
    if not can(actor, "planning.edit_reference"):
        rows = rows.exclude(kind=UploadKind.NOMENKLATUR)
    return rows.select_related("owner__region", "file", "by", "document", "job")


@dataclass(frozen=True)
class OutcomeCount:
    """How many rows had an outcome."""

    outcome: str
    label: str
    tone: str
    count: int


def counted(upload: Upload) -> list[OutcomeCount]:
    """Every outcome with its number of rows; together they are the rows read."""
    counts = upload.counts
    return [OutcomeCount(each.value, str(each.label), TONES[each], counts.get(each.value, 0)) for each in RowOutcome]


def to_load(upload: Upload) -> int:
    """How many rows an acceptance writes."""
    kept = (RowOutcome.TAKEN, RowOutcome.REPAIRED, RowOutcome.WARNED)
    return sum(upload.counts.get(each.value, 0) for each in kept)


@dataclass(frozen=True)
class ShownRow:
    """A row of the preview in words."""

    line: int
    outcome: str
    label: str
    tone: str
    code: str
    text: str
    said: str
    note: str


def shown_row(row: UploadRow) -> ShownRow:
    """A kept row in words."""
    return shown(row.line, row.outcome, row.code, row.text, row.note, json.loads(row.data) if row.data else None)


def shown(line: int, outcome: str, code: str, text: str, note: str, data: dict[str, Any] | None) -> ShownRow:
    """What became of a row, and what it says as it will be written."""
    kind = RowOutcome(outcome)
    return ShownRow(line, kind.value, str(kind.label), TONES[kind], code, text, _said(data or {}), note)


def _said(data: dict[str, Any]) -> str:
    if "line" in data:
        return _of_line(data["line"])
    if "own" in data:
        own = data["own"]
        government = {"provinsi": "Provinsi", "kabkota": "Kabupaten/kota"}[data["government"]]
        before = f"sebelumnya {own['predecessor']}" if own["predecessor"] else ""
        return " · ".join(part for part in (government, own["indicator"], own["unit"], before) if part)
    if "amount" in data:
        volume = f"{data['volume']} {data['unit']}".replace(".", ",") if data["volume"] is not None else data["unit"]
        return " · ".join(part for part in (volume, format_rupiah(data["amount"])) if part)
    return ""


def _of_line(line: dict[str, Any]) -> str:
    parts = [line["indicator_text"]] if line["indicator_text"] else []
    for year, (target, amount, _) in line["years"].items():
        said = " · ".join(
            part for part in (f"{target} {line['unit']}".strip() if target else "", format_rupiah(amount)) if part
        )
        parts.append(f"{year}: {said}")
    return " | ".join(parts)


def counts_in_words(upload: Upload) -> str:
    """`312 baris dibaca: 300 diambil, 12 ditolak`."""
    known = [each for each in counted(upload) if each.count]
    total = sum(each.count for each in known)
    return f"{format_number(total)} baris dibaca: " + ", ".join(
        f"{format_number(each.count)} {each.label.lower()}" for each in known
    )
