"""A file on its way in: kept, its columns settled, every row read and reported, then taken over whole or thrown away."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.actors import Actor, can
from accounts.choices import CENTRAL_KINDS
from core.errors import InvalidInput, NotAllowed, TransitionNotAllowed
from core.files import IMPORTS, open_stored, store_upload
from core.imports.raw import RawSheet, read_raw
from indicators.services.ties import IndicatorTie
from planning.choices import UploadKind, UploadState
from planning.imports.layouts.fields import Column
from planning.imports.layouts.headers import header_at
from planning.imports.layouts.mapping import (
    Layout,
    check_columns,
    columns_from,
    columns_text,
    lay_out,
    read_rows,
    signature_of,
)
from planning.imports.layouts.rows import ReadRow
from planning.models import ColumnMapping, Upload, UploadRow
from planning.services.documents import BATCH, DocumentHead, check_head

AT_ONCE: Final = 2_000
"""Files with more rows are read by a job."""
Progress = Callable[[int, int], None]


def require_upload_right(actor: Actor, head: DocumentHead | Upload) -> None:
    """NotAllowed unless the actor loads this kind for this owner: reference data its keeper, documents their owner, RO the K/L."""
    if head.kind == UploadKind.NOMENKLATUR:
        if not can(actor, "planning.edit_reference"):
            raise NotAllowed("Nomenklatur dimuat oleh sekretariat penyelenggaraan nasional.")
    elif not can(actor, "planning.write_document", head.owner):
        raise NotAllowed("Dokumen dimuat oleh pemiliknya: K/L, Bappeda, atau perangkat daerah yang bersangkutan.")


def start_upload(actor: Actor, head: DocumentHead, uploaded: UploadedFile) -> Upload:
    """Keep the file and settle its columns: as remembered for this layout, else as proposed. Refused in words where it holds no table."""
    require_upload_right(actor, head)
    _check_head(head)
    content = uploaded.read()
    uploaded.seek(0)
    layout = lay_out(read_raw(content, uploaded.name or "berkas"), head)
    stored = store_upload(uploaded, allowed=IMPORTS, by=actor.user)
    upload = Upload(
        kind=head.kind, owner=head.owner, by=actor.user, file=stored, year_from=head.year_from, year_to=head.year_to, stage=head.stage,
        title=head.title, source=head.source, sheet=layout.sheet.name[:100], header_first=layout.header.first, header_last=layout.header.last,
    )  # fmt: skip
    kept = ColumnMapping.objects.filter(
        institution=actor.institution, kind=head.kind, signature=signature_of(layout.header, head.year_from)
    ).first()
    upload.remembered = kept is not None
    upload.columns_text = kept.columns_text if kept else columns_text(layout.columns)
    upload.save()
    return upload


def _check_head(head: DocumentHead) -> None:
    if head.kind == UploadKind.RO and head.owner.kind not in CENTRAL_KINDS:
        raise InvalidInput("Rincian output dimiliki K/L. Pilih K/L pemiliknya.")
    if head.kind not in UploadKind:
        check_head(head)


def head_of(upload: Upload) -> DocumentHead:
    """What the upload is, as the readers want it."""
    return DocumentHead(
        upload.kind, upload.owner, upload.year_from, upload.year_to, upload.stage, upload.title, upload.source
    )


def content_of(upload: Upload) -> bytes:
    """The original file."""
    if upload.file is None:
        raise TransitionNotAllowed("Berkas unggahan ini sudah dibuang.")
    with open_stored(upload.file) as file:
        return file.read()


def layout_of(upload: Upload, sheet: RawSheet | None = None) -> Layout:
    """The sheet of the upload with its header and columns as they are settled now."""
    raw = sheet or read_raw(content_of(upload), upload.file.name if upload.file else "berkas", upload.sheet)
    header = header_at(raw, upload.header_first, upload.header_last)
    return Layout(raw, header, columns_from(upload.columns_text, raw.width))


def move_header(actor: Actor, upload: Upload, sheet: str, first: int, last: int) -> Layout:
    """Another sheet or other header rows: the columns are proposed anew from them."""
    _require_open(actor, upload)
    raw = read_raw(content_of(upload), upload.title, sheet)
    head = head_of(upload)
    same = raw.name == upload.sheet
    layout = lay_out(raw, head, rows=(first, last) if same else None)
    _change(
        upload, sheet=raw.name[:100], header_first=layout.header.first, header_last=layout.header.last, remembered=False,
        columns_text=columns_text(layout.columns), state=UploadState.COLUMNS,
    )  # fmt: skip
    return layout


def choose_columns(actor: Actor, upload: Upload, columns: Sequence[Column]) -> None:
    """Settle what the columns mean and remember it for this institution, kind and layout. InvalidInput where it cannot be read so."""
    _require_open(actor, upload)
    check_columns(columns, upload.kind, upload.year_from, upload.year_to)
    text = columns_text(columns)
    layout = layout_of(upload)
    with transaction.atomic():
        ColumnMapping.objects.update_or_create(
            institution=actor.institution, kind=upload.kind, signature=signature_of(layout.header, upload.year_from),
            defaults={"columns_text": text},
        )  # fmt: skip
        _change(upload, columns_text=text)


def _require_open(actor: Actor, upload: Upload) -> None:
    require_upload_right(actor, upload)
    if upload.state not in (UploadState.COLUMNS, UploadState.PREVIEW, UploadState.READING):
        raise TransitionNotAllowed(f"Unggahan ini sudah {upload.get_state_display().lower()}.")


def _change(upload: Upload, **columns: object) -> None:
    """Compare-and-set on the version seen; another tab or person that was quicker is told so."""
    moved = Upload.objects.filter(pk=upload.pk, version=upload.version).update(version=upload.version + 1, **columns)
    if not moved:
        raise TransitionNotAllowed("Unggahan ini baru saja diubah di tempat lain. Muat ulang halaman ini.")
    upload.refresh_from_db()


def sample_rows(upload: Upload, columns: Sequence[Column], count: int = 12) -> list[ReadRow]:
    """The first rows as they would be read with these columns; nothing is kept."""
    layout = layout_of(upload)
    layout.columns = list(columns)
    found: list[ReadRow] = []
    for row in read_rows(layout, head_of(upload), IndicatorTie()):
        found.append(row)
        if len(found) == count:
            break
    return found


def read_upload(upload: Upload, progress: Progress | None = None) -> None:
    """Read every row with the settled columns and keep what became of it. What was read before is replaced."""
    layout = layout_of(upload)
    check_columns(layout.columns, upload.kind, upload.year_from, upload.year_to)
    total = max(len(layout.sheet.rows) - layout.header.last - 1, 1)
    counts: Counter[str] = Counter()
    rows: list[UploadRow] = []
    for no, row in enumerate(read_rows(layout, head_of(upload), IndicatorTie()), start=1):
        outcome = row.outcome.value
        counts[outcome] += 1
        rows.append(
            UploadRow(upload=upload, line=row.line, outcome=outcome, code=row.code[:60], text=row.text[:500], note=row.note,
                      data=json.dumps(row.data, separators=(",", ":")) if row.data else "")
        )  # fmt: skip
        if progress and no % 500 == 0:
            progress(no, total)
    if not rows:
        raise InvalidInput("Tidak ada baris di bawah judul kolom. Pilih lembar atau baris judul yang benar.")
    with transaction.atomic():
        UploadRow.objects.filter(upload=upload).delete()
        UploadRow.objects.bulk_create(rows, batch_size=BATCH)
        _change(upload, state=UploadState.PREVIEW, counts_text=json.dumps(counts))


def drop_upload(actor: Actor, upload: Upload) -> None:
    """Throw the file away with everything read from it; what was loaded from another stays."""
    _require_open(actor, upload)
    with transaction.atomic():
        _change(upload, state=UploadState.DROPPED, file=None)
        UploadRow.objects.filter(upload=upload).delete()


def digest_of(upload: Upload) -> str:
    """The fingerprint of the file, by which the same document is recognised."""
    return upload.file.sha256 if upload.file else hashlib.sha256(b"").hexdigest()
