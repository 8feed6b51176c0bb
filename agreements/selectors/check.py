"""What anybody may know of a berita acara by the code on its paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from agreements.choices import BA_TONES, NOT_DRAFT, BaState
from agreements.models import BeritaAcara, SignatoryChange, Signature, Snapshot
from agreements.selectors.frozen import frozen_sheet
from agreements.selectors.sheet import HeadRow
from core.codes import format_check_code
from desks.models import Event

MEANINGS = {
    BaState.AWAITING: "Sah tercatat dan final; sebagian tanda tangan masih ditunggu.",
    BaState.COMPLETE: "Sah tercatat, final, dan lengkap ditandatangani.",
    BaState.VOID: "Pernah tercatat, kini batal dan tidak berlaku.",
    BaState.SUPERSEDED: "Pernah berlaku, kini digantikan oleh berita acara lain.",
}


@dataclass(frozen=True)
class CheckFacts:
    """The answer of the check page: no names of persons."""

    check_code: str
    number: str
    title: str
    forum: str
    state: str
    tone: str
    meaning: str
    since: datetime | None
    tz: str
    finalised_at: datetime | None
    institutions: list[str]
    signed: int
    planned: int
    changes: int
    sha256: str
    heads: tuple[HeadRow, ...]
    successor: str
    simulated: bool


def check_facts(code: str) -> CheckFacts | None:
    """The facts of a final or void berita acara; None for drafts and unknown codes."""
    ba = BeritaAcara.objects.filter(check_code=code, state__in=NOT_DRAFT).select_related("round").first()
    snapshot = Snapshot.objects.filter(ba=ba).first() if ba else None
    if ba is None or snapshot is None:
        return None
    sheet = frozen_sheet(snapshot)
    newer = ba.superseded_by.exclude(state__in=[BaState.DRAFT, BaState.VOID]).first()
    signed = Signature.objects.filter(signatory__ba=ba, kind__in=["confirmed", "scanned"]).count()
    return CheckFacts(
        format_check_code(ba.check_code), ba.number, " ".join(sheet.title), ba.round.forum_name, ba.get_state_display(), BA_TONES[ba.state].value,
        MEANINGS[BaState(ba.state)], _since(ba), ba.round.tz, ba.finalised_at,
        list(dict.fromkeys(block.institution for block in sheet.signers)), signed, len(sheet.signers),
        SignatoryChange.objects.filter(signatory__ba=ba).count(), snapshot.sha256, sheet.heads,
        newer.number if newer else "", sheet.simulated,
    )  # fmt: skip


def _since(ba: BeritaAcara) -> datetime | None:
    """When it came into its present state, by its events."""
    action = {BaState.COMPLETE: "complete_ba", BaState.VOID: "void_ba", BaState.SUPERSEDED: "supersede_ba"}.get(
        BaState(ba.state)
    )
    if action is None:
        return ba.finalised_at
    rows = Event.objects.filter(meja__in=ba.mejas.all(), action=action, payload__contains=f'"ba":"{ba.code}"')
    return rows.order_by("at").values_list("at", flat=True).first()
