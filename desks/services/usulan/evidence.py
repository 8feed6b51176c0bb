"""The evidence of one readiness criterion, uploaded or taken off by itself; everything else of the usulan stays as it is."""

from __future__ import annotations

import hashlib

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.actors import Actor
from core.errors import InvalidInput, NotFound
from core.files import EVIDENCE, store_upload
from core.models import StoredFile
from core.numbers import format_number
from desks.choices import GONE_PLACES, ReadinessStatus
from desks.models import Item, Usulan
from desks.services.idempotency import keyed
from desks.services.usulan.aims import AimData
from desks.services.usulan.package import usulan_of
from desks.services.usulan.read import PlaceData, ReadinessData, UsulanData
from desks.services.usulan.write import change_usulan
from planning.models import ReadinessCriterion

USULAN = keyed(lambda usulan: usulan.pk, lambda pk: Usulan.objects.select_related("item").get(pk=pk))


def upload_evidence(
    actor: Actor, item: Item, criterion: str, uploaded: UploadedFile, *, status: str = "", month: str = "", seen_version: int, key: str = ""
) -> Usulan:  # fmt: skip
    """Keep the uploaded file as the evidence of one criterion. A refusal keeps nothing; the same content again is kept once.

    Raises InvalidInput for what is no evidence, and what `attach_evidence` raises.
    """
    digest = hashlib.file_digest(uploaded, "sha256").hexdigest()
    uploaded.seek(0)
    with transaction.atomic():
        if not StoredFile.objects.filter(sha256=digest, by=actor.user).exists():
            store_upload(uploaded, allowed=EVIDENCE, by=actor.user)
        return attach_evidence(
            actor, item, criterion, sha256=digest, status=status, month=month, seen_version=seen_version, key=key
        )


@USULAN
def attach_evidence(
    actor: Actor, item: Item, criterion: str, *, sha256: str, status: str = "", month: str = "", seen_version: int, key: str = ""
) -> Usulan:  # fmt: skip
    """The file that the actor uploaded with this SHA-256 becomes the evidence of the criterion; without a status it keeps its own, a new one is ready.

    The file is named by its content, so that a repeated upload under the same key is the same request. Raises what `change_usulan` raises.
    """
    file = StoredFile.objects.filter(sha256=sha256, by=actor.user).order_by("-pk").first()
    if file is None:
        raise InvalidInput("Unggah ulang berkasnya.", field="file")
    wanted, known = _criterion(criterion), usulan_of(item)
    old = next((row for row in known.readiness.all() if row.criterion_id == wanted.pk), None)
    new = ReadinessData(
        wanted.pk, status or (old.status if old else ReadinessStatus.READY), month or (old.month if old else ""),
        old.link if old else "", file.pk,
    )  # fmt: skip
    return change_usulan(actor, item, data_of(known, new), seen_version=seen_version)


def _criterion(code: str) -> ReadinessCriterion:
    found = ReadinessCriterion.objects.filter(code=code).first()
    if found is None:
        raise NotFound(f"Kriteria kesiapan {code} tidak dikenal.")
    return found


def _rupiah(amount: int | None) -> str:
    # With its word, so that it reads the same in whatever unit the usulan is written.
    return f"{amount} rupiah" if amount is not None else ""


def data_of(usulan: Usulan, *readiness: ReadinessData) -> UsulanData:
    """An usulan as if it were typed again, with other answers to some criteria."""
    new = {row.criterion_id: row for row in readiness}
    rows = [
        ReadinessData(row.criterion_id, row.status, row.month, row.link)
        for row in usulan.readiness.all()
        if row.criterion_id not in new
    ]
    places = [
        PlaceData(row.region_id, row.detail, format_number(row.volume_proposed), _rupiah(row.amount_proposed))
        for row in usulan.places.all()
        if row.verdict not in GONE_PLACES
    ]
    aim = AimData(usulan.ro_id, usulan.program_id, usulan.grant, usulan.charge_id)
    return UsulanData(
        usulan.title, aim, usulan.unit, usulan.amount_unit, usulan.opd_id, usulan.item.proposal_note, tuple(places),
        (*rows, *new.values()),
    )  # fmt: skip


__all__ = ["attach_evidence", "data_of", "upload_evidence"]
