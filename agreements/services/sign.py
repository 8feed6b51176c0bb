"""Signing acts after finalising: confirmation, scan, refusal, excuse, change of signatory. Each refers to the hash that was shown."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import F

from accounts.actors import Actor
from agreements.choices import CLOSING_KINDS, BaState, SignatureKind, SignMode
from agreements.digests import change_digest, signatory_facts, signature_digest
from agreements.models import BeritaAcara, Signatory, SignatoryChange, Signature, Snapshot
from agreements.services.common import mejas_of, record_all, require, require_open
from agreements.services.finalise import void_inside
from agreements.services.reauth import reauthenticate
from agreements.services.signatories import SignatoryData, checked
from core.canonical import canonical
from core.errors import InvalidInput, StaleState, TransitionNotAllowed
from core.files import JPEG, PDF, PNG, store_upload
from core.models import StoredFile
from desks.chain import Writer, writing
from desks.models import Meja

SCANS = (PDF, JPEG, PNG)
MAX_REASON = 300


def confirm(actor: Actor, signatory: Signatory, *, shown_sha256: str, password: str) -> Signature:
    """The signatory confirms in the portal what was shown, after typing the password again. Never by token.

    Another hash than the snapshot's raises StaleState (409), a wrong password InvalidInput, too many of them TooManyAttempts.
    """
    require(actor, "sign", signatory)
    if signatory.mode != SignMode.PORTAL:
        raise TransitionNotAllowed("Anda tercatat menandatangani di kertas. Minta petugas desk mengunggah pindaiannya.")
    reauthenticate(actor, password)
    return _act(actor, signatory, SignatureKind.CONFIRMED, shown=shown_sha256)


def upload_scan(actor: Actor, signatory: Signatory, uploaded: UploadedFile, *, shown_sha256: str) -> Signature:
    """Keep the scan of the signed paper (PDF, JPEG or PNG). `shown_sha256` is the hash of the naskah that the uploader looked at."""
    require(actor, "upload_scan", signatory)
    require_open(signatory.ba)
    _snapshot_hash(signatory.ba, shown_sha256)
    stored = store_upload(uploaded, allowed=SCANS, by=actor.user)
    return _act(actor, signatory, SignatureKind.SCANNED, shown=shown_sha256, file=stored)


def refuse(actor: Actor, signatory: Signatory, reason: str) -> Signature:
    """A signatory refuses, with a reason: the berita acara is void and its rows are free again. The chair may record it for a paper signer."""
    require(actor, "refuse", signatory)
    if signatory.user_id != actor.user.pk and signatory.mode == SignMode.PORTAL:
        raise TransitionNotAllowed("Penolakan dinyatakan oleh penanda tangan sendiri di portal.")
    return _act(actor, signatory, SignatureKind.REFUSED, reason=_reason(reason))


def excuse_signature(actor: Actor, signatory: Signatory, reason: str) -> Signature:
    """Close a missing signature with a recorded reason."""
    require(actor, "excuse_signature", signatory)
    return _act(actor, signatory, SignatureKind.EXCUSED, reason=_reason(reason))


def _reason(text: str) -> str:
    reason = text.strip()
    if not reason:
        raise InvalidInput("Tuliskan alasannya.", field="reason")
    if len(reason) > MAX_REASON:
        raise InvalidInput(f"Alasan paling panjang {MAX_REASON} karakter.", field="reason")
    return reason


def _act(
    actor: Actor, signatory: Signatory, kind: SignatureKind, *, shown: str | None = None, file: StoredFile | None = None, reason: str = ""
) -> Signature:  # fmt: skip
    ba = signatory.ba
    mejas = mejas_of(ba)
    with writing(actor, mejas=mejas) as writer:
        ba.refresh_from_db()
        signatory.refresh_from_db()
        require_open(ba)
        sha256 = _snapshot_hash(ba, shown)
        _require_unsigned(signatory)
        _require_still(actor, signatory, kind)
        row = Signature.objects.create(
            signatory=signatory, seq=signatory.signatures.count() + 1, kind=kind, snapshot_sha256=sha256, file=file,
            file_sha256=file.sha256 if file else "", reason=reason, by=actor.user, at=writer.now,
        )  # fmt: skip
        facts = {
            "order": signatory.order,
            "seq": row.seq,
            "kind": kind.value,
            "of": signatory.institution.code,
            "sha256": sha256,
        }
        record_all(writer, mejas, ba, "sign_ba", **facts, row_hash=signature_digest(row))
        _follow(writer, ba, mejas, row)
    return row


def _snapshot_hash(ba: BeritaAcara, shown: str | None) -> str:
    recorded = Snapshot.objects.values_list("sha256", flat=True).get(ba=ba)
    if shown is not None and shown != recorded:
        raise StaleState(
            "Naskah yang Anda lihat bukan naskah final berita acara ini. Muat ulang halaman dan baca kembali sebelum menandatangani."
        )
    return recorded


def _require_unsigned(signatory: Signatory) -> None:
    if signatory.signatures.filter(kind__in=CLOSING_KINDS).exists():
        raise TransitionNotAllowed(f"Tanda tangan {signatory.name} sudah tercatat.")


def _require_still(actor: Actor, signatory: Signatory, kind: SignatureKind) -> None:
    # The person may have been replaced between the click and the block.
    if kind == SignatureKind.CONFIRMED:
        require(actor, "sign", signatory)


def _follow(writer: Writer, ba: BeritaAcara, mejas: list[Meja], row: Signature) -> None:
    if row.kind == SignatureKind.REFUSED:
        text = f"Ditolak oleh {row.signatory.office}: {row.reason}"
        void_inside(writer, ba, mejas, text[:MAX_REASON], ba.version)
    elif not open_signatories(ba):
        BeritaAcara.objects.filter(pk=ba.pk).update(state=BaState.COMPLETE, version=F("version") + 1)
        ba.refresh_from_db()
        record_all(writer, mejas, ba, "complete_ba")


def open_signatories(ba: BeritaAcara) -> list[Signatory]:
    """Those whose signature is still missing, in their order."""
    done = Signature.objects.filter(signatory__ba=ba, kind__in=CLOSING_KINDS).values("signatory")
    return list(
        Signatory.objects.filter(ba=ba).exclude(pk__in=done).select_related("institution", "user").order_by("order")
    )


def change_signatory(
    actor: Actor, signatory: Signatory, data: SignatoryData, *, reason: str, seen_version: int
) -> SignatoryChange:
    """Replace a signatory after finalising: a row of its own, shown on the check page; the text that is signed stays the same."""
    require(actor, "change_signatory", signatory)
    text = _reason(reason)
    # Institution and chair stay as finalised: the party is part of the text.
    columns = checked(replace(data, institution_id=signatory.institution_id, chair=signatory.chair))
    ba = signatory.ba
    mejas = mejas_of(ba)
    with writing(actor, mejas=mejas) as writer:
        require_open(ba)
        _require_unsigned(signatory)
        _raise_version(ba, seen_version)
        signatory.refresh_from_db()
        before = canonical(signatory_facts(signatory))
        _apply(signatory, columns)
        after = canonical(signatory_facts(signatory))
        if before == after:
            raise InvalidInput("Tidak ada yang berubah pada penanda tangan ini.")
        row = SignatoryChange.objects.create(
            signatory=signatory, before=before, after=after, reason=text, by=actor.user, at=writer.now
        )
        record_all(
            writer,
            mejas,
            ba,
            "change_signatory",
            order=signatory.order,
            of=signatory.institution.code,
            row_hash=change_digest(row),
        )
    return row


def _raise_version(ba: BeritaAcara, seen_version: int) -> None:
    if not BeritaAcara.objects.filter(pk=ba.pk, version=seen_version).update(version=seen_version + 1):
        raise StaleState("Berita acara ini sudah diubah orang lain. Muat ulang halaman lalu periksa lagi.")
    ba.version = seen_version + 1


def _apply(signatory: Signatory, columns: dict[str, Any]) -> None:
    for name, content in columns.items():
        setattr(signatory, name, content)
    signatory.save(update_fields=list(columns))
    signatory.refresh_from_db()
