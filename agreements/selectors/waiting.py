"""What waits for a person in agreements: signatures to give, closed sessions without berita acara, drafts to finalise."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.urls import reverse

from accounts.actors import Actor
from agreements.choices import BaState
from agreements.models import BeritaAcara
from agreements.querysets import STAFF_ROLES
from agreements.selectors.lists import awaiting_signature
from agreements.selectors.scopes import draftable
from desks.choices import BaScope, SessionState
from desks.models import Session
from desks.scopes import scope_of
from desks.selectors.home import WaitingGroup, register_waiting

EXAMPLES = 3


def undrafted_sessions(actor: Actor) -> QuerySet[Session]:
    """Closed sessions of open rounds where the actor belongs to the room's staff and no berita acara stands yet, newest first."""
    here = Q(pk__in=[])
    for seat in scope_of(actor).seats:
        if seat.role in STAFF_ROLES:
            here |= Q(desk__round_id=seat.round_id, **({"desk_id": seat.desk_id} if seat.desk_id else {}))
    standing = BeritaAcara.objects.standing().filter(scope_key=OuterRef("ba_key"))
    rows = Session.objects.filter(
        here, state=SessionState.CLOSED, desk__round__closed_at__isnull=True, desk__round__ba_scope=BaScope.SESSION
    )
    rows = rows.annotate(ba_key=Concat(Value("session:"), "code")).exclude(Exists(standing))
    return rows.select_related("desk").prefetch_related("mejas__region").order_by("-closed_at", "-pk")


def session_title(session: Session) -> str:
    """`Kesehatan · Jawa Barat · sesi 1`."""
    regions = [meja.region.short_name for meja in session.mejas.all()]
    shown = ", ".join(regions[:2]) + (f" dan {len(regions) - 2} lainnya" if len(regions) > 2 else "")
    return f"{session.desk.name} · {shown} · sesi {session.no}"


@register_waiting
def signatures_waiting(actor: Actor, now: dt.datetime) -> list[WaitingGroup]:
    """Berita acara that wait for the person's own signature; one query."""
    rows = list(awaiting_signature(actor).select_related("ba__round")[:100])
    if not rows:
        return []
    url = reverse("agreements:ba_list")
    if len(rows) == 1:
        url = reverse("agreements:sign", args=[rows[0].ba.code, rows[0].order])
    due = min((row.ba.sign_due for row in rows if row.ba.sign_due), default=None)
    examples = tuple(row.ba.number for row in rows[:EXAMPLES])
    return [WaitingGroup("Tanda tangani", "berita acara", url, len(rows), due, examples, rows[0].ba.round.tz)]


@register_waiting
def drafts_waiting(actor: Actor, now: dt.datetime) -> list[WaitingGroup]:
    """Closed sessions without berita acara, for the room's staff; a count and a few by name."""
    if actor.role not in STAFF_ROLES:
        return []
    rows = undrafted_sessions(actor)
    count = rows.count()
    wider = _wider_drafts(actor)
    if not count:
        return wider
    examples = tuple(session_title(session) for session in rows[:EXAMPLES])
    return [
        WaitingGroup(
            "Susun",
            "berita acara dari sesi yang sudah ditutup",
            f"{reverse('agreements:ba_list')}#susun",
            count,
            None,
            examples,
        ),
        *wider,
    ]


def _wider_drafts(actor: Actor) -> list[WaitingGroup]:
    """Scopes over several sittings with a closed one that no berita acara has."""
    found = draftable(actor)
    if not found:
        return []
    names = tuple(f"{row.title}: {row.progress}" for row in found[:EXAMPLES])
    return [
        WaitingGroup(
            "Susun",
            "berita acara beberapa sesi",
            f"{reverse('agreements:ba_list')}#susun-cakupan",
            len(found),
            None,
            names,
        )
    ]


@register_waiting
def finals_waiting(actor: Actor, now: dt.datetime) -> list[WaitingGroup]:
    """Drafts that the room's staff has yet to make final; two queries."""
    if actor.role not in STAFF_ROLES:
        return []
    rows = BeritaAcara.objects.visible_to(actor).filter(state=BaState.DRAFT).order_by("created_at")
    count = rows.count()
    if not count:
        return []
    examples = tuple(rows.values_list("title", flat=True)[:EXAMPLES])
    return [
        WaitingGroup(
            "Finalkan", "draf berita acara", f"{reverse('agreements:ba_list')}?state=draft", count, None, examples
        )
    ]
