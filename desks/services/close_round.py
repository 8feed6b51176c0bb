"""Closing a round: what is left is listed, then nothing of it moves any more; and opening it again after a mistake."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from accounts.actors import Actor, can
from accounts.audit import audited
from core.errors import InvalidInput, NotAllowed, TransitionNotAllowed
from desks.chain import writing
from desks.choices import SETTLED, UNSUBMITTED, ItemState, SessionState
from desks.filters import NEWER_WORDING
from desks.models import Item, Round, Session


@dataclass(frozen=True)
class Left:
    """One kind of thing that is not done: how many, an example or two, where to look. `blocks` must be done before closing."""

    what: str
    count: int
    examples: tuple[str, ...] = ()
    url: str = ""
    blocks: bool = False


LeftSource = Callable[[Round], list[Left]]
LEFT_SOURCES: list[LeftSource] = []


def register_left(source: LeftSource) -> LeftSource:
    """Add a source of unfinished things; apps above the desks call this from their own `ready()`."""
    if source not in LEFT_SOURCES:
        LEFT_SOURCES.append(source)
    return source


def left_of(round_: Round) -> list[Left]:
    """All that is not done in the round, without what is zero."""
    return [each for source in LEFT_SOURCES for each in source(round_) if each.count]


@register_left
def rows_left(round_: Round) -> list[Left]:
    """Sittings and rows; three queries."""
    page = reverse("desks:round", args=[round_.code])
    states = dict(Item.objects.filter(round=round_).order_by().values_list("state").annotate(n=Count("pk")))
    unlocked = Item.objects.filter(round=round_, state__in=SETTLED, locked_at__isnull=True).count()
    running = list(
        Session.objects.filter(desk__round=round_)
        .exclude(state=SessionState.CLOSED)
        .select_related("desk")
        .order_by("starts")
    )
    open_ = [str(each) for each in running if each.state == SessionState.OPEN]
    planned = [str(each) for each in running if each.state == SessionState.PLANNED]
    return [
        Left("sesi masih berlangsung", len(open_), tuple(open_[:3]), reverse("desks:desk_index"), blocks=True),
        Left(
            "sesi terjadwal belum dibuka",
            len(planned),
            tuple(planned[:3]),
            reverse("desks:setup_part", args=[round_.code, "sesi"]),
        ),
        Left("butir belum diajukan", sum(states.get(state, 0) for state in UNSUBMITTED), url=page),
        Left("butir diajukan belum dibahas", states.get(ItemState.SUBMITTED, 0), url=page),
        Left("butir sedang dibahas tanpa putusan", states.get(ItemState.DISCUSSED, 0), url=page),
        Left("permintaan perbaikan belum dijawab", states.get(ItemState.REPAIR, 0), url=page),
        Left("butir tidak terbahas", states.get(ItemState.NOT_DISCUSSED, 0), url=page),
        Left("putusan belum tercantum dalam berita acara final", unlocked, url=page),
        Left(
            "butir memakai rumusan indikator lama",
            Item.objects.filter(NEWER_WORDING, round=round_, locked_at__isnull=True).count(),
            url=reverse("desks:setup_versions", args=[round_.code]),
        ),
    ]


def close_round(actor: Actor, round_: Round, *, reason: str) -> None:
    """Close the round; what is left stands in the record with the reason. Refused while a sitting is open."""
    _require(actor, round_, reason)
    with writing(actor, rounds=[round_]) as writer:
        left = left_of(round_)
        if blocking := [each for each in left if each.blocks]:
            raise TransitionNotAllowed(
                f"Belum dapat ditutup: {blocking[0].count} {blocking[0].what}. Tutup sesinya dahulu."
            )
        if not Round.objects.filter(pk=round_.pk, closed_at__isnull=True).update(closed_at=timezone.now()):
            raise TransitionNotAllowed(f"{round_.short_name} sudah ditutup.")
        facts = {"reason": reason.strip(), "left": {each.what: each.count for each in left}}
        writer.record(round_, "close_round", facts)
        audited(actor, "desks.close_round", round_, round_.code, after=facts)
    round_.refresh_from_db()


def reopen_round(actor: Actor, round_: Round, *, reason: str) -> None:
    """Take a closing back, with a reason."""
    _require(actor, round_, reason)
    with writing(actor, rounds=[round_]) as writer:
        if not Round.objects.filter(pk=round_.pk, closed_at__isnull=False).update(closed_at=None):
            raise TransitionNotAllowed(f"{round_.short_name} tidak sedang ditutup.")
        writer.record(round_, "reopen_round", {"reason": reason.strip()})
        audited(actor, "desks.reopen_round", round_, round_.code, after={"reason": reason.strip()})
    round_.refresh_from_db()


def _require(actor: Actor, round_: Round, reason: str) -> None:
    if not can(actor, "desks.manage_round", round_):
        raise NotAllowed("Penyelenggaraan ditutup oleh sekretariatnya.")
    if not reason.strip():
        raise InvalidInput("Tuliskan alasan.", field="reason")
