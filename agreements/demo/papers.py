"""Berita acara of the example, by the services themselves: one of each state, over sittings that are closed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import Membership
from agreements import services
from agreements.demo.world import HOST, PLAN_YEAR
from agreements.models import BeritaAcara
from desks.choices import RoundLevel, SessionState
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
    Paper("M", "11", signers=("pimpinan", "penandatangan", "direktur.makro", "kepala.aceh")),
    Paper("KW1", "11", signers=("pimpinan", "direktur.makro", "kepala.aceh")),
    Paper("KW1", "12", final=False),
)  # fmt: skip
"""Lengkap, two awaiting (kepala.jabar; direktur.pu and penandatangan have something to sign), batal, draf; one of the makro desk, lengkap; of kewilayahan one
awaiting and a draft."""


def running_example() -> Round | None:
    """The round of the example that runs, once it stands in the database."""
    return Round.objects.filter(
        host__kode=HOST, plan_year=PLAN_YEAR, level=RoundLevel.NATIONAL, simulated=True
    ).first()  # fmt: skip


def make_papers() -> int:
    """Draft, finalise and sign what is not there yet, each in a transaction of its own; answers how many. An interrupted load goes on here."""
    made = 0
    for paper in PAPERS:
        session = _session(paper)
        if session is not None and not BeritaAcara.objects.filter(session=session).exists():
            with transaction.atomic():
                _make(paper, session)
            made += 1
    return made


def _session(paper: Paper) -> Session | None:
    # None where somebody has reopened it since, or in an example of an older version.
    return (
        Session.objects.select_related("desk__round")
        .filter(desk__round=running_example(), desk__code=paper.desk, mejas__region__kode=paper.region)
        .filter(no=1, state=SessionState.CLOSED)
        .first()
    )


def _make(paper: Paper, session: Session) -> None:
    ba = services.draft_ba(actor_named("notulis"), session)
    if not paper.final:
        return
    assert ba.signed_on is not None
    due = timezone.now() + SIGNING_TIME
    services.edit_ba(
        actor_named("notulis"), ba, place=ba.place, signed_on=ba.signed_on, sign_due=due, seen_version=ba.version
    )
    ba = services.finalise(actor_named("pimpinan"), ba, seen_version=ba.version)
    for username in paper.signers:
        _confirm(ba, username)
    if paper.refuses:
        actor = actor_named(paper.refuses)
        services.refuse(actor, ba.signatories.get(user=actor.user), paper.reason)


def _confirm(ba: BeritaAcara, username: str) -> None:
    actor = actor_named(username)
    signatory = ba.signatories.get(user=actor.user)
    services.confirm(actor, signatory, shown_sha256=ba.snapshot.sha256, password=settings.DEMO_PASSWORD)


def actor_named(username: str) -> Actor:
    """Who speaks under this login."""
    membership = Membership.objects.select_related("user", "institution__region").get(user__username=username)
    return Actor(membership.user, membership)
