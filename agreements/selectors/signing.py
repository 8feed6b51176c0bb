"""How far signing is: each signatory with order, state and what the actor may do there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from accounts.actors import Actor, can
from agreements.choices import CLOSING_KINDS, BaState, SignatureKind, SignMode
from agreements.models import BeritaAcara, Signatory, Signature
from agreements.selectors.live import sign_block
from agreements.selectors.sheet import SignBlock
from core.dates import date_with_time
from core.models import StoredFile


@dataclass(frozen=True)
class SignRow:
    """A signatory on the screen."""

    order: int
    block: SignBlock
    institution: str
    mode: str
    label: str
    tone: str
    when: str
    reason: str
    file: StoredFile | None
    done: bool
    may_sign: bool
    may_scan: bool
    may_refuse: bool
    may_excuse: bool
    may_change: bool


def sign_rows(actor: Actor, ba: BeritaAcara) -> list[SignRow]:
    """All signatories in their order."""
    acts: dict[int, list[Signature]] = defaultdict(list)
    for act in Signature.objects.filter(signatory__ba=ba).select_related("file").order_by("seq"):
        acts[act.signatory_id].append(act)
    rows = (
        Signatory.objects.filter(ba=ba)
        .select_related("ba__session__desk__round", "ba__round", "institution", "user")
        .order_by("order")
    )
    return [_row(actor, ba, row, acts[row.pk]) for row in rows]


def _row(actor: Actor, ba: BeritaAcara, row: Signatory, acts: list[Signature]) -> SignRow:
    last = acts[-1] if acts else None
    done = last is not None and last.kind in CLOSING_KINDS
    waiting = ba.state == BaState.AWAITING and not done
    may = {
        name: waiting and can(actor, f"agreements.{name}", row)
        for name in ("sign", "upload_scan", "refuse", "excuse_signature", "change_signatory")
    }
    label, tone = _label(ba, last)
    return SignRow(
        row.order, sign_block(row), row.institution.short_name, row.get_mode_display(), label, tone, date_with_time(last.at, ba.round.tz) if last else "",
        last.reason if last else "", last.file if last else None, done, may["sign"] and row.mode == SignMode.PORTAL, may["upload_scan"],
        may["refuse"] and (row.user_id == actor.user.pk or row.mode == SignMode.PAPER), may["excuse_signature"], may["change_signatory"],
    )  # fmt: skip


def _label(ba: BeritaAcara, last: Signature | None) -> tuple[str, str]:
    if last is not None:
        tone = {SignatureKind.REFUSED: "merah", SignatureKind.EXCUSED: "abu"}.get(SignatureKind(last.kind), "hijau")
        return last.get_kind_display(), tone
    return ("Belum diminta", "netral") if ba.state == BaState.DRAFT else ("Belum menandatangani", "kuning")
