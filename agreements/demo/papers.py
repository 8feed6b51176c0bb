"""Berita acara of the example, by the services themselves: one of each state, over sittings that are closed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import Membership
from agreements import services
from agreements.models import BeritaAcara
from desks.choices import SessionState
from desks.models import Round, Session

SIGNING_TIME: Final = dt.timedelta(days=5)


@dataclass(frozen=True)
class Paper:
    """A berita acara of the example: desk and region, who confirms once it is final, and why who refuses."""

    desk: str
    region: str
    final: bool = True
    signers: tuple[str, ...] = ()
    refuses: str = ""
    reason: str = ""


PAPERS: Final = (
    Paper("1.01", "32", signers=("pimpinan", "penandatangan", "direktur.pendidikan", "kepala.jabar")),
    Paper("1.02", "32", signers=("pimpinan", "penandatangan", "direktur.kesehatan")),
    Paper("1.03", "31", signers=("pimpinan", "kepala.dki")),
    Paper(
        "1.03", "21", signers=("pimpinan",), refuses="kepala.kepri",
        reason="Angka pada Lampiran II belum sama dengan yang dibacakan di desk; mohon diperiksa kembali.",
    ),
    Paper("1.03", "33", final=False),
)  # fmt: skip
"""Lengkap, two awaiting (kepala.jabar; direktur.pu and penandatangan have something to sign), batal, draf."""


def make_papers(round_: Round) -> int:
    """Draft them all, finalise and sign what is to be; answers how many. Needs everything else written."""
    for paper in PAPERS:
        _make(round_, paper)
    return len(PAPERS)


def _make(round_: Round, paper: Paper) -> None:
    session = Session.objects.select_related("desk__round").get(
        desk__round=round_, desk__code=paper.desk, mejas__region__kode=paper.region, state=SessionState.CLOSED
    )
    ba = services.draft_ba(_actor("notulis"), session)
    if not paper.final:
        return
    assert ba.signed_on is not None
    due = timezone.now() + SIGNING_TIME
    services.edit_ba(
        _actor("notulis"), ba, place=ba.place, signed_on=ba.signed_on, sign_due=due, seen_version=ba.version
    )
    ba = services.finalise(_actor("pimpinan"), ba, seen_version=ba.version)
    for username in paper.signers:
        _confirm(ba, username)
    if paper.refuses:
        actor = _actor(paper.refuses)
        services.refuse(actor, ba.signatories.get(user=actor.user), paper.reason)


def _confirm(ba: BeritaAcara, username: str) -> None:
    actor = _actor(username)
    signatory = ba.signatories.get(user=actor.user)
    services.confirm(actor, signatory, shown_sha256=ba.snapshot.sha256, password=settings.DEMO_PASSWORD)


def _actor(username: str) -> Actor:
    membership = Membership.objects.select_related("user", "institution__region").get(user__username=username)
    return Actor(membership.user, membership)
