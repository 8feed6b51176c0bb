"""The hash of each recorded row of agreements as it stands inside an event, so that a changed row is named by the check."""

from __future__ import annotations

from agreements.models import Line, Signatory, SignatoryChange, Signature
from agreements.selectors.sheet import SignBlock
from core.canonical import canonical, sha256_hex


def signature_digest(row: Signature) -> str:
    """The hash of a signing act over every column."""
    signatory = row.signatory
    return _digest(
        "signature", signatory.ba.code, signatory.order, row.seq, row.kind, row.snapshot_sha256, row.file.code if row.file else "",
        row.file_sha256, row.reason, row.by.code, row.at,
    )  # fmt: skip


def change_digest(row: SignatoryChange) -> str:
    """The hash of a change of signatory over every column."""
    return _digest(
        "change", row.signatory.ba.code, row.signatory.order, row.before, row.after, row.reason, row.by.code, row.at
    )


def line_facts(row: Line) -> list[object]:
    """A printed row as it must stand in the snapshot."""
    return [row.lampiran, row.order, row.item_code, row.cells]


def signatory_facts(row: Signatory | SignBlock) -> dict[str, object]:
    """Who is to sign, as recorded before and after a change."""
    institution = row.institution_code if isinstance(row, SignBlock) else row.institution.code
    person = row.person if isinstance(row, SignBlock) else row.user.code if row.user else ""
    return {
        "institution": institution, "prefix": row.prefix, "principal_office": row.principal_office, "office": row.office, "name": row.name,
        "rank": row.rank, "nip": row.nip, "chair": row.chair, "mode": row.mode, "person": person,
    }  # fmt: skip


def _digest(*parts: object) -> str:
    return sha256_hex(canonical(list(parts)))
