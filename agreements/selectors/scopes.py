"""Which sittings a berita acara takes in, by its scope; and for which scopes one can be drafted now."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from accounts.actors import Actor
from accounts.choices import RegionLevel
from accounts.models import Region
from agreements.choices import FINAL_STATES, BaState, PaperScope
from agreements.models import BaSession, BeritaAcara
from agreements.querysets import STAFF_ROLES
from core.dates import plain_date
from desks.choices import BaScope, SessionState
from desks.models import Desk, Meja, Round, Session
from desks.rules import roles_at
from desks.scopes import scope_of


def called(region: Region) -> str:
    """`Provinsi Jawa Barat`; a kabupaten or kota carries its kind in its name already."""
    return (
        f"Provinsi {region.name}"
        if region.level == RegionLevel.PROVINCE and not region.name.startswith("Provinsi")
        else region.name
    )


def scope_key(round_: Round, desk: Desk | None, region: Region | None, *, induk: bool = False) -> str:
    """What a berita acara of more than one sitting is about, in one text."""
    kind = "induk" if induk else "desk" if desk else "region" if region else "round"
    return ":".join(
        part for part in (kind, round_.code, desk.code if desk else "", region.kode if region else "") if part
    )


def sessions_within(round_: Round, desk: Desk | None, region: Region | None) -> QuerySet[Session]:
    """The sittings of the round, or of one desk or region of it; a sitting of several regions belongs to a berita acara per desk or round."""
    rows = Session.objects.filter(desk__round=round_)
    if desk is not None:
        rows = rows.filter(desk=desk)
    if region is not None:
        rows = rows.filter(meja_rows__meja__region=region)
    return rows.select_related("desk__round").order_by("desk__order", "desk__code", "starts", "pk")


def free_sessions(round_: Round, desk: Desk | None, region: Region | None) -> QuerySet[Session]:
    """Those of them that no final berita acara has taken in."""
    taken = BaSession.objects.filter(session=OuterRef("pk")).exclude(ba__state=BaState.VOID)
    if region is not None:
        # A sitting of several regions is taken in once for each of them.
        taken = taken.filter(Q(ba__region=region) | Q(ba__region=None))
    return sessions_within(round_, desk, region).exclude(Exists(taken))


def mejas_within(round_: Round, desk: Desk | None, region: Region | None) -> QuerySet[Meja]:
    """The mejas of the round, or of one desk or region of it."""
    rows = Meja.objects.filter(round=round_)
    rows = rows.filter(desk=desk) if desk is not None else rows
    rows = rows.filter(region=region) if region is not None else rows
    return rows.select_related("desk", "region").order_by("pk")


def taken_in(ba: BeritaAcara) -> list[Session]:
    """The sittings whose outcome it prints: of a draft over several the closed ones that are free, of a final one those recorded."""
    if ba.scope == PaperScope.INDUK:
        return []
    if ba.session is not None:
        return [ba.session]
    if not ba.is_draft:
        rows = Session.objects.filter(ba_rows__ba=ba).select_related("desk__round")
        return list(rows.order_by("desk__order", "desk__code", "starts", "pk"))
    return list(free_sessions(ba.round, ba.desk, ba.region).filter(state=SessionState.CLOSED))


def still_open(ba: BeritaAcara) -> list[Session]:
    """The sittings of its scope that run or are still to come: they are not in it."""
    if ba.session is not None or ba.scope == PaperScope.INDUK:
        return []
    return list(free_sessions(ba.round, ba.desk, ba.region).exclude(state=SessionState.CLOSED))


@dataclass
class Draftable:
    """A scope for which a berita acara can be drafted: what it is about and how far its sittings are."""

    round: Round
    desk: Desk | None = None
    region: Region | None = None
    states: Counter[str] = field(default_factory=Counter)

    @property
    def about(self) -> str:
        """The scope in words."""
        if self.desk is not None:
            return f"Desk {self.desk.name}"
        return called(self.region) if self.region is not None else "Seluruh penyelenggaraan"

    @property
    def title(self) -> str:
        """The scope with its round."""
        return f"{self.about} · {self.round.short_name}"

    @property
    def progress(self) -> str:
        """`4 sesi ditutup, 1 berlangsung, 2 terjadwal`."""
        words = (
            (SessionState.CLOSED, "ditutup"),
            (SessionState.OPEN, "berlangsung"),
            (SessionState.PLANNED, "terjadwal"),
        )
        first, *more = [f"{self.states[state]} {word}" for state, word in words if self.states[state]] or ["0 ditutup"]
        return ", ".join([first.replace(" ", " sesi ", 1), *more])


def staffs(actor: Actor, round_: Round, desk: Desk | None = None) -> bool:
    """Whether the actor belongs to the staff of the whole round, or of the desk."""
    roles = roles_at(actor, desk) if desk is not None else roles_at(actor, round_)
    return bool(roles & set(STAFF_ROLES))


def draftable(actor: Actor) -> list[Draftable]:
    """What the room's staff can draft over several sittings: in rounds whose rule says so, where a free sitting is closed and no draft stands."""
    rounds = Round.objects.filter(pk__in=scope_of(actor).rounds(), closed_at__isnull=True).exclude(
        ba_scope=BaScope.SESSION
    )
    found: list[Draftable] = []
    for round_ in rounds.select_related("host__region"):
        drafts = set(BeritaAcara.objects.filter(round=round_, state=BaState.DRAFT).values_list("scope_key", flat=True))
        for row in _grouped(round_):
            key = scope_key(row.round, row.desk, row.region)
            if row.states[SessionState.CLOSED] and key not in drafts and staffs(actor, round_, row.desk):
                found.append(row)
    return found


def scope_address(session: Session) -> str:
    """Where the berita acara that takes in this sitting is drafted, by the rule of its round."""
    round_ = session.desk.round
    query = {"desk": session.desk.code} if round_.ba_scope == BaScope.DESK else {}
    if round_.ba_scope == BaScope.REGION:
        query = {"daerah": session.mejas.order_by("region__kode").values_list("region__kode", flat=True)[0]}
    address = reverse("agreements:draft_scope", args=[round_.code])
    return f"{address}?{urlencode(query)}" if query else address


def induk_rounds(actor: Actor) -> list[Round]:
    """The open rounds of the staff in which two or more berita acara are final and no draft of an induk of the whole stands."""
    papers = Q(berita_acara__state__in=FINAL_STATES) & ~Q(berita_acara__scope=PaperScope.INDUK)
    rounds = Round.objects.filter(pk__in=scope_of(actor).rounds(), closed_at__isnull=True)
    found = (
        rounds.annotate(papers=Count("berita_acara", filter=papers)).filter(papers__gte=2).order_by("-plan_year", "pk")
    )
    return [round_ for round_ in found if staffs(actor, round_)]


def _grouped(round_: Round) -> list[Draftable]:
    """The scopes of the round by its rule, with the states of their free sittings; two queries."""
    by_desk, by_region = round_.ba_scope == BaScope.DESK, round_.ba_scope == BaScope.REGION
    found: dict[int, Draftable] = {}
    rows = free_sessions(round_, None, None)
    if by_region:
        rows = sessions_within(round_, None, None).prefetch_related("mejas__region", "ba_rows__ba")
    for session in rows:
        for region in _places(session) if by_region else [None]:
            key = region.pk if region else session.desk_id if by_desk else 0
            row = found.setdefault(key, Draftable(round_, session.desk if by_desk else None, region))
            row.states[session.state] += 1
    return sorted(found.values(), key=lambda row: row.region.kode if row.region else "")


def _places(session: Session) -> list[Region | None]:
    """The regions of a sitting that no final berita acara has taken in; fetched with mejas and papers."""
    done = {row.ba.region_id for row in session.ba_rows.all() if row.ba.state != BaState.VOID}
    return [] if None in done else [meja.region for meja in session.mejas.all() if meja.region_id not in done]


def session_line(session: Session) -> str:
    """`Kesehatan, sesi 1, 5 Maret 2026`."""
    from zoneinfo import ZoneInfo

    return (
        f"{session.desk.name}, sesi {session.no}, {plain_date(session.starts.astimezone(ZoneInfo(session.tz)).date())}"
    )
