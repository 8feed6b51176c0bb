"""Berita acara of the rounds below the national one, by the services themselves: a draft over all of Banten, a final one of the rakor in Babel."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from accounts.actors import Actor
from accounts.models import Membership
from agreements import services
from agreements.models import BeritaAcara
from desks.choices import RoundLevel
from desks.models import Round

SIGNERS = ("pimpinan.kb.babel", "dinas.kb.babel", "opd.kb.belitung", "opd.kb.bangka")
"""Who has signed in Babel; the others are still awaited."""


def make_wide_papers(plan_year: int) -> int:
    """Draft and finalise what is not there yet; answers how many."""
    made = 0
    for level, username in ((RoundLevel.PROVINCIAL, "pimpinan.banten"), (RoundLevel.SECTOR, "pimpinan.kb.babel")):
        round_ = (
            Round.objects.filter(level=level, plan_year=plan_year, simulated=True)
            .select_related("host__region")
            .first()
        )
        if round_ is None or BeritaAcara.objects.filter(round=round_).exists():
            continue
        with transaction.atomic():
            _make(round_, _actor(username))
        made += 1
    return made


def _make(round_: Round, chair: Actor) -> None:
    ba = services.draft_scope(chair, round_)
    if round_.level != RoundLevel.SECTOR:
        return
    ba = services.finalise(chair, ba, seen_version=ba.version)
    for username in SIGNERS:
        actor = _actor(username)
        signatory = ba.signatories.get(user=actor.user)
        services.confirm(actor, signatory, shown_sha256=ba.snapshot.sha256, password=settings.DEMO_PASSWORD)


def _actor(username: str) -> Actor:
    membership = Membership.objects.select_related("user", "institution__region").get(user__username=username)
    return Actor(membership.user, membership)
