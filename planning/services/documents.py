"""Documents with their lines: added whole or not at all, moved on to a later stage, taken back while still a draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.actors import Actor, can
from accounts.models import Institution
from core.audit import record_audit
from core.errors import InvalidInput, NotAllowed, TransitionNotAllowed
from planning.choices import MULTI_YEAR, OWNER_KINDS, DocumentKind, DocumentStage
from planning.models import Document, DocumentLine, LineYear

BATCH: Final = 500
MOST_YEARS: Final = 6
STAGES: Final = list(DocumentStage.values)


@dataclass(frozen=True)
class DocumentHead:
    """What a document is, before its lines. The version follows from what its owner has of this kind and year."""

    kind: str
    owner: Institution
    year_from: int
    year_to: int
    stage: str
    title: str
    source: str = ""
    simulated: bool = False
    digest: str = ""


@dataclass(frozen=True)
class YearData:
    """What a line says of a year: the target as written, the pagu in whole rupiah (None where nothing stands)."""

    target: str = ""
    amount: int | None = None
    amount_unit: str = "rp"


@dataclass(frozen=True)
class LineData:
    """One line to be written; `parent` is the line code of the line above, '' at the top."""

    code: str
    text: str
    parent: str = ""
    level: str = ""
    nomenclature: int | None = None
    institution: int | None = None
    region: int | None = None
    location: str = ""
    indicator_text: str = ""
    unit: str = ""
    years: dict[int, YearData] = field(default_factory=dict)


def add_document(actor: Actor, head: DocumentHead, lines: Sequence[LineData]) -> Document:
    """Write a document as the next version of its kind, owner and first year, with all its lines."""
    if not can(actor, "planning.write_document", head.owner):
        raise NotAllowed("Dokumen dimuat oleh pemiliknya: K/L, Bappeda, atau perangkat daerah yang bersangkutan.")
    check_head(head)
    _refuse_twice(head)
    with transaction.atomic():
        document = write_document(head, lines)
        record_audit(
            "planning.add_document", model="planning.document", object_code=code_of(document),
            after={"judul": head.title, "tahapan": head.stage, "baris": len(lines)}, actor=actor.user.code,
            inst_text=actor.institution.code,
        )  # fmt: skip
    return document


def check_head(head: DocumentHead) -> None:
    """Raise InvalidInput for an owner or years that this kind of document cannot have."""
    kind = DocumentKind(head.kind)
    if head.owner.kind not in OWNER_KINDS[kind]:
        raise InvalidInput(f"{kind.label} tidak dapat dimiliki {head.owner.name}. Pilih jenis atau pemilik lain.")
    if kind not in MULTI_YEAR and head.year_to != head.year_from:
        raise InvalidInput(f"{kind.label} mencakup satu tahun. Samakan tahun awal dan tahun akhir.")
    if not head.year_from <= head.year_to < head.year_from + MOST_YEARS:
        raise InvalidInput(f"Tahun akhir harus antara {head.year_from} dan {head.year_from + MOST_YEARS - 1}.")


def _refuse_twice(head: DocumentHead) -> None:
    """The same file at the same stage is a second click, not a second version."""
    same = Document.objects.filter(
        kind=head.kind, owner=head.owner, year_from=head.year_from, stage=head.stage, digest=head.digest
    )
    there = same.order_by("-version").first() if head.digest else None
    if there is not None:
        raise InvalidInput(f"Berkas yang sama persis sudah dimuat sebagai versi {there.version} dokumen ini.")


def write_document(head: DocumentHead, lines: Sequence[LineData]) -> Document:
    """Write without asking for rights: for loaders of published facts and the example. Runs inside the caller's transaction."""
    key = {"kind": head.kind, "owner": head.owner, "year_from": head.year_from}
    newest = Document.objects.filter(**key).aggregate(newest=Max("version"))["newest"] or 0
    document = Document.objects.create(
        **key, year_to=head.year_to, version=newest + 1, stage=head.stage, title=head.title, source=head.source,
        simulated=head.simulated, loaded_at=timezone.now(), digest=head.digest,
    )  # fmt: skip
    write_lines(document, lines)
    return document


def write_lines(document: Document, lines: Sequence[LineData]) -> dict[str, DocumentLine]:
    """The lines of a new document in their order, then who stands under whom, then what they say of the years."""
    made = DocumentLine.objects.bulk_create(
        [
            DocumentLine(
                document=document, line_code=line.code, order=place, level=line.level, text=line.text, nomenclature_id=line.nomenclature,
                institution_id=line.institution, region_id=line.region, location=line.location, indicator_text=line.indicator_text,
                unit=line.unit,
            )
            for place, line in enumerate(lines, start=1)
        ],
        batch_size=BATCH,
    )  # fmt: skip
    by_code = {row.line_code: row for row in made}
    below = []
    for line in lines:
        if line.parent:
            by_code[line.code].parent = by_code[line.parent]
            below.append(by_code[line.code])
    DocumentLine.objects.bulk_update(below, ["parent"], batch_size=BATCH)
    LineYear.objects.bulk_create(
        [
            LineYear(line=by_code[line.code], year=year, target=said.target, amount=said.amount, amount_unit=said.amount_unit)
            for line in lines
            for year, said in line.years.items()
        ],
        batch_size=BATCH,
    )  # fmt: skip
    return by_code


def move_stage(actor: Actor, document: Document, stage: str) -> None:
    """The document goes on to a later stage with the same content, e.g. set as it was drafted. Never back: a later text is a new version."""
    if not can(actor, "planning.write_document", document):
        raise NotAllowed("Tahapan dokumen diubah oleh pemiliknya.")
    if stage not in STAGES or STAGES.index(stage) <= STAGES.index(document.stage):
        raise TransitionNotAllowed("Tahapan hanya dapat maju. Muat isi yang baru sebagai versi berikutnya.")
    with transaction.atomic():
        moved = Document.objects.filter(pk=document.pk, stage=document.stage).update(stage=stage)
        if not moved:
            raise TransitionNotAllowed("Tahapan dokumen baru saja diubah orang lain. Muat ulang halaman ini.")
        record_audit(
            "planning.move_document", model="planning.document", object_code=code_of(document), before={"tahapan": document.stage},
            after={"tahapan": stage}, actor=actor.user.code, inst_text=actor.institution.code,
        )  # fmt: skip
    document.stage = stage


def require_removable(actor: Actor, document: Document) -> None:
    """NotAllowed or TransitionNotAllowed unless this version may be taken back: a draft that its owner loaded by mistake."""
    if not can(actor, "planning.write_document", document):
        raise NotAllowed("Dokumen dihapus oleh pemiliknya.")
    if document.published:
        raise TransitionNotAllowed("Dokumen yang sudah ditetapkan tidak dihapus. Muat perubahannya sebagai versi baru.")


def note_removal(actor: Actor, document: Document) -> None:
    """Write the removal into the audit trail, inside its transaction."""
    record_audit(
        "planning.remove_document", model="planning.document", object_code=code_of(document),
        before={"judul": document.title, "tahapan": document.stage}, actor=actor.user.code, inst_text=actor.institution.code,
    )  # fmt: skip


def code_of(document: Document) -> str:
    """How the audit trail names a document."""
    return f"{document.kind}/{document.owner.code}/{document.year_from}/{document.version}"
