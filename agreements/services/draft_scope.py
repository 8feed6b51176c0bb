"""Drafts over more than one sitting: of a whole round, of one desk or region of it; and the induk that lists other berita acara."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.actors import Actor
from accounts.models import Region
from agreements.choices import FINAL_STATES, BaState, PaperScope
from agreements.models import BaMeja, BeritaAcara
from agreements.selectors.material import listed_papers
from agreements.selectors.scopes import Draftable, free_sessions, mejas_within, scope_key, staffs
from agreements.services.common import record_all
from agreements.services.signatories import propose_signatories
from core.errors import InvalidInput, NotAllowed, TransitionNotAllowed
from desks.chain import writing
from desks.choices import BaScope, SessionState
from desks.models import Desk, Meja, Round


def draft_scope(actor: Actor, round_: Round, *, desk: Desk | None = None, region: Region | None = None) -> BeritaAcara:
    """Draft the berita acara of the scope that the round's rule names, over the closed sittings that no final one has taken in yet.

    Sittings that close while it is a draft come in by themselves. Raises NotAllowed, InvalidInput for another scope than the rule's,
    TransitionNotAllowed where a draft stands or nothing is closed.
    """
    _require_staff(actor, round_, desk)
    _require_rule(round_, desk, region)
    mejas = list(mejas_within(round_, desk, region))
    with writing(actor, mejas=mejas) as writer:
        key = scope_key(round_, desk, region)
        revision = _next_revision(key)
        closed = list(free_sessions(round_, desk, region).filter(state=SessionState.CLOSED))
        if not closed:
            raise TransitionNotAllowed("Belum ada sesi yang ditutup dan belum dituangkan dalam berita acara.")
        last = max(closed, key=lambda session: session.ends)
        ba = _create(
            actor, round_, desk, region, key=key, revision=revision, scope=PaperScope(round_.ba_scope), mejas=mejas,
            on=last.ends.astimezone(ZoneInfo(last.tz)).date(),
        )  # fmt: skip
        record_all(writer, mejas, ba, "draft_ba", scope=ba.scope_key, revision=ba.revision)
    return ba


def draft_induk(actor: Actor, round_: Round, *, desk: Desk | None = None, region: Region | None = None) -> BeritaAcara:
    """Draft the induk over the final berita acara of a round, or of one desk or region of it: it lists and hashes them and locks nothing."""
    _require_staff(actor, round_, None)
    papers = BeritaAcara.objects.filter(round=round_, state__in=FINAL_STATES).exclude(scope=PaperScope.INDUK)
    papers = papers.filter(mejas__desk=desk) if desk is not None else papers
    papers = papers.filter(mejas__region=region) if region is not None else papers
    mejas = list(
        Meja.objects.filter(berita_acara__in=papers).select_related("desk", "region").distinct().order_by("pk")
    )
    if not mejas:
        raise TransitionNotAllowed("Belum ada berita acara final yang dapat dihimpun.")
    with writing(actor, mejas=mejas) as writer:
        key = scope_key(round_, desk, region, induk=True)
        ba = _create(
            actor, round_, desk, region, key=key, revision=_next_revision(key), scope=PaperScope.INDUK, mejas=mejas,
            on=timezone.localdate(timezone=ZoneInfo(round_.tz)),
        )  # fmt: skip
        record_all(
            writer, mejas, ba, "draft_ba", scope=ba.scope_key, revision=ba.revision, papers=len(listed_papers(ba))
        )
    return ba


def _require_staff(actor: Actor, round_: Round, desk: Desk | None) -> None:
    if not staffs(actor, round_, desk):
        raise NotAllowed("Berita acara disusun oleh pimpinan sidang, moderator, notulis, atau sekretariat.")
    if round_.closed_at is not None:
        raise TransitionNotAllowed(f"{round_.short_name} sudah ditutup.")


def _require_rule(round_: Round, desk: Desk | None, region: Region | None) -> None:
    given = BaScope.DESK if desk else BaScope.REGION if region else BaScope.ROUND
    if desk is not None and region is not None or round_.ba_scope != given:
        rule = BaScope(round_.ba_scope).label.lower()
        raise InvalidInput(f"Menurut aturan penyelenggaraan ini, berita acara disusun {rule}.", field="scope")


def _next_revision(key: str) -> int:
    """The number of the next berita acara of the scope; TransitionNotAllowed while a draft of it stands."""
    earlier = list(BeritaAcara.objects.filter(scope_key=key).order_by("revision"))
    draft = next((ba for ba in earlier if ba.state == BaState.DRAFT), None)
    if draft is not None:
        raise TransitionNotAllowed("Draf berita acara untuk cakupan ini sudah ada.", ba=draft.code)
    return earlier[-1].revision + 1 if earlier else 1


def _create(
    actor: Actor, round_: Round, desk: Desk | None, region: Region | None, *, key: str, revision: int, scope: PaperScope, mejas: list[Meja],
    on: dt.date,
) -> BeritaAcara:  # fmt: skip
    strands = {meja.desk.strand for meja in mejas}
    about = Draftable(round_, desk, region).about
    title = f"Induk {about[0].lower()}{about[1:]}" if scope == PaperScope.INDUK else about
    ba = BeritaAcara.objects.create(
        round=round_, desk=desk, region=region, strand=strands.pop() if len(strands) == 1 else "", scope=scope, scope_key=key, revision=revision,
        title=title if revision == 1 else f"{title} · ke-{revision}", place=_place(round_), signed_on=on, created_by=actor.user,
    )  # fmt: skip
    BaMeja.objects.bulk_create(BaMeja(ba=ba, meja=meja) for meja in mejas)
    propose_signatories(ba)
    return ba


def _place(round_: Round) -> str:
    """A first guess that staff correct on the page: Jakarta for the centre, else the host's region."""
    return "Jakarta" if round_.national else round_.host.region.short_name


__all__ = ["draft_induk", "draft_scope"]
