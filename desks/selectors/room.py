"""What a room shows: the sessions somebody may see, the agenda with states and marks, the versions that polling asks for."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Count, Max, Prefetch, Q, QuerySet

from accounts.actors import Actor
from accounts.models import Institution
from core.choices import TONE_ICONS
from core.errors import NotFound
from core.values import format_value
from desks.choices import (
    AGREED_STATES,
    OPEN_FOR_DESK,
    STATE_TONES,
    AgendaOutcome,
    ItemState,
)
from desks.disclosure import show_handed_in
from desks.models import AgendaEntry, Event, Item, Meja, Session, SessionMeja
from desks.scopes import OWNER_ROLES, SeatScope, scope_of
from desks.selectors.consent import ItemConsent, consent_of

UNDECIDED = (*OPEN_FOR_DESK, ItemState.NOT_DISCUSSED)
AWAITED = (*UNDECIDED, ItemState.REPAIR)
"""Without a verdict: to be discussed, or with the region for repair."""


def visible_sessions(actor: Actor | None) -> QuerySet[Session]:
    """The sittings within the actor's seats; a region's people see those of their region."""
    if actor is None:
        return Session.objects.none()
    condition = Q(pk__in=[])
    for seat in scope_of(actor).seats:
        condition |= _within(seat, actor)
    return Session.objects.filter(condition).select_related("desk__round")


def _within(seat: SeatScope, actor: Actor) -> Q:
    condition = Q(desk__round_id=seat.round_id)
    if seat.desk_id is not None:
        condition &= Q(desk_id=seat.desk_id)
    if seat.strand:
        condition &= Q(desk__strand=seat.strand)
    region = actor.region_id if seat.role in OWNER_ROLES else seat.region_id
    if region is not None:
        condition &= Q(pk__in=SessionMeja.objects.filter(meja__region_id=region).values("session_id"))
    return condition


def load_session(actor: Actor, code: str) -> Session:
    """One visible sitting with its mejas, else NotFound."""
    rows = visible_sessions(actor).prefetch_related(Prefetch("mejas", Meja.objects.select_related("region", "desk")))
    session = rows.filter(code=code).first()
    if session is None:
        raise NotFound("Sesi desk tidak ditemukan.")
    session._region_ids = frozenset(meja.region_id for meja in session.mejas.all())  # type: ignore[attr-defined]
    return session


def visible_mejas(actor: Actor, session: Session) -> list[Meja]:
    """The mejas of the sitting that the actor may follow: a region's people only their own."""
    mejas = list(session.mejas.all())
    if actor.role in OWNER_ROLES:
        return [meja for meja in mejas if meja.region_id == actor.region_id]
    return mejas


def versions_of(actor: Actor, session: Session) -> dict[str, int]:
    """The version of each meja that the actor follows, by code."""
    return {meja.code: meja.version for meja in visible_mejas(actor, session)}


@dataclass
class AgendaRow:
    """One row of the agenda as the room draws it."""

    entry: AgendaEntry
    item: Item
    no: int
    name: str
    tone: str
    icon: str
    value: str
    contested: bool
    uncontested: bool
    event: int
    by: str
    region: str = ""

    @property
    def code(self) -> str:
        """The row's code."""
        return self.item.code

    @property
    def label(self) -> str:
        """State, or the outcome in this sitting where that says more."""
        if self.entry.outcome in (AgendaOutcome.CURRENT, AgendaOutcome.POSTPONED):
            return self.entry.get_outcome_display()
        return self.item.get_state_display()

    @property
    def undecided(self) -> bool:
        """Whether a verdict is still to come."""
        return self.item.state in UNDECIDED


@dataclass
class Agenda:
    """The visible agenda with the consent of every undecided row."""

    rows: list[AgendaRow]
    consents: dict[int, ItemConsent] = field(default_factory=dict)

    @property
    def decided(self) -> int:
        """How many rows have a verdict."""
        return sum(row.item.state not in AWAITED for row in self.rows)

    @property
    def remaining(self) -> list[AgendaRow]:
        """The rows without a verdict."""
        return [row for row in self.rows if row.undecided]

    @property
    def uncontested(self) -> list[AgendaRow]:
        """Undecided rows to which every party consents."""
        return [row for row in self.rows if row.uncontested]

    def pick(self, code: str) -> AgendaRow | None:
        """The row asked for; without one the current row, else the first undecided, else the first."""
        if code:
            found = next((row for row in self.rows if row.code == code), None)
            if found is None:
                raise NotFound("Butir ini tidak ada pada agenda sesi.")
            return found
        current = [row for row in self.rows if row.entry.outcome == AgendaOutcome.CURRENT]
        return next(iter(current or self.remaining or self.rows), None)

    def beside(self, row: AgendaRow, step: int) -> AgendaRow | None:
        """The row before (-1) or after (1)."""
        place = self.rows.index(row) + step
        return self.rows[place] if 0 <= place < len(self.rows) else None

    def next_undecided(self, row: AgendaRow) -> AgendaRow | None:
        """The next row that waits for a verdict, postponed ones last; from the end it begins anew."""
        place = self.rows.index(row)
        circle = [other for other in (*self.rows[place + 1 :], *self.rows[:place]) if other.undecided]
        fresh = [other for other in circle if other.entry.outcome != AgendaOutcome.POSTPONED]
        return next(iter(fresh or circle), None)

    def waits_for(self, institution: Institution) -> list[AgendaRow]:
        """Undecided rows with a figure to which the institution, as a party, has said nothing yet."""
        return [
            row
            for row in self.remaining
            if row.item.state in OPEN_FOR_DESK and _unsaid(self.consents[row.item.pk], institution)
        ]


def _unsaid(consent: ItemConsent, institution: Institution) -> bool:
    return consent.position is not None and any(
        not party.kind and institution.pk in {each.pk for each in party.institutions} for party in consent.parties
    )


def agenda_of(actor: Actor, session: Session) -> Agenda:
    """The rows of the sitting that the actor may see, in order, in a fixed number of queries."""
    visible = Item.objects.visible_to(actor).filter(agenda__session=session).values("pk")
    items = Item.objects.select_related(
        "meja__desk", "round", "region", "indicator__bidang", "indicator_version", "usulan"
    )
    entries = list(
        AgendaEntry.objects.filter(session=session, item__in=visible, item__meja__in=visible_mejas(actor, session))
        .order_by("order", "pk")
        .prefetch_related(Prefetch("item", items))
    )
    rows = [entry.item for entry in entries]
    show_handed_in(rows, actor)
    consents = consent_of([item for item in rows if item.state in UNDECIDED], session)
    last = _last_events(rows)
    several = len({item.region_id for item in rows}) > 1
    return Agenda(
        [_row(entry, no, consents, last, several) for no, entry in enumerate(entries, start=1)],
        consents,
    )


def _row(
    entry: AgendaEntry, no: int, consents: dict[int, ItemConsent], last: dict[int, tuple[int, str]], several: bool
) -> AgendaRow:
    item = entry.item
    consent = consents.get(item.pk)
    tone = STATE_TONES[item.state]
    event, by = last.get(item.pk, (0, ""))
    figure = consent.position.value if consent is not None and consent.position is not None else None
    value = item.value_agreed if item.state in AGREED_STATES else figure
    return AgendaRow(
        entry, item, no, name_of(item), tone, _icon(entry, item), format_value(value),
        contested=consent is not None and any(party.blocks for party in consent.parties),
        uncontested=consent is not None and consent.complete,
        event=event, by=by, region=item.region.short_name if several else "",
    )  # fmt: skip


def _icon(entry: AgendaEntry, item: Item) -> str:
    if entry.outcome == AgendaOutcome.CURRENT:
        return "circle-dot"
    if entry.outcome == AgendaOutcome.POSTPONED and item.state in UNDECIDED:
        return "clock"
    return "circle" if item.state in OPEN_FOR_DESK else TONE_ICONS[STATE_TONES[item.state]]


def name_of(item: Item) -> str:
    """What the row is about, in words."""
    return item.subject


def _last_events(items: list[Item]) -> dict[int, tuple[int, str]]:
    newest = (
        Event.objects.filter(item__in=items).values("item_id").annotate(last=Max("pk")).order_by().values_list("last")
    )
    found = Event.objects.filter(pk__in=[pk for (pk,) in newest]).values_list(
        "item_id", "pk", "institution__short_name", "on_behalf__short_name"
    )
    return {item_id: (pk, behalf or by) for item_id, pk, by, behalf in found if item_id is not None}


@dataclass(frozen=True)
class SessionCard:
    """A sitting in a list: where, when, how far."""

    session: Session
    regions: str
    total: int
    decided: int


def cards_of(actor: Actor, sessions: QuerySet[Session]) -> list[SessionCard]:
    """The sittings of a list with their regions and how many rows are settled, in three queries."""
    undecided = Q(agenda__item__state__in=AWAITED)
    rows = list(
        sessions.annotate(total=Count("agenda"), open=Count("agenda", filter=undecided))
        .prefetch_related(Prefetch("mejas", Meja.objects.select_related("region")))
        .order_by("starts", "pk")
    )
    cards = []
    for row in rows:
        names = [meja.region.short_name for meja in visible_mejas(actor, row)]
        shown = ", ".join(names[:3]) + (f" dan {len(names) - 3} lainnya" if len(names) > 3 else "")
        # How far another region has come is not told to a region.
        mine = actor.role not in OWNER_ROLES or len(row.mejas.all()) == len(names)
        cards.append(SessionCard(row, shown, row.total if mine else 0, row.total - row.open if mine else 0))
    return cards
