"""The row under discussion: its history, what stands in documents, the thread of figures, consent, sub kegiatan, notes."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from django.db.models import Prefetch, Q
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from accounts.actors import Actor, can
from accounts.models import Institution
from core.choices import Tone
from core.money import format_rupiah
from core.values import Value, format_value
from desks.choices import AGREED_STATES, OPEN_FOR_DESK, ItemState, StanceKind, SupportVerdict
from desks.models import Attendance, Event, Item, Position, Session, Stance, Support, SupportFund
from desks.selectors.consent import ItemConsent, PartyConsent, consent_of
from desks.selectors.host_targets import agreed_above
from desks.selectors.room_notes import NoteBlock, meja_notes, notes_of
from desks.selectors.slips_accepted import Accepted, accepted_of
from desks.selectors.supports import supports_seen
from desks.workflow import available_actions
from indicators.choices import FigureKind
from indicators.models import Figure
from indicators.selectors import stated_openly

STANCE_TONES = {StanceKind.SETUJU: Tone.HIJAU, StanceKind.BAHAS: Tone.KUNING, StanceKind.KEBERATAN: Tone.KUNING}
STANCE_ICONS = {StanceKind.SETUJU: "check", StanceKind.BAHAS: "message-circle", StanceKind.KEBERATAN: "triangle-alert"}
VERDICT_TONES = {
    SupportVerdict.PENDING: Tone.BIRU,
    SupportVerdict.AGREED: Tone.HIJAU,
    SupportVerdict.AGREED_NOTED: Tone.HIJAU_KUNING,
    SupportVerdict.EXCLUDED: Tone.MERAH,
}
DOCUMENT_WORDS = {"rpjmn": "RPJMN", "rpjmd": "RPJMD", "rkp": "RKP", "rkpd": "RKPD"}


@dataclass(frozen=True)
class Known:
    """A figure that was stated elsewhere: what it is, its value and where it stands."""

    label: str
    value: str
    origin: str


@dataclass(frozen=True)
class Offer:
    """A figure of the thread with what was said to it."""

    position: Position
    value: str
    who: str
    recorded: str
    stances: str


@dataclass(frozen=True)
class PartyLine:
    """A party of the row in words and tone, and who of it can be spoken for."""

    party: PartyConsent
    label: str
    words: str
    tone: str
    icon: str
    recorded: bool
    """Present, or recorded absent, in this sitting."""


@dataclass
class SupportLine:
    """A sub kegiatan with its pagu per source and verdict."""

    support: Support
    tone: str
    funds: list[tuple[SupportFund, str, str]]
    proposed: str


@dataclass
class Panel:
    """Everything about the row under discussion."""

    item: Item
    consent: ItemConsent
    actuals: list[tuple[int, str]]
    spark: SafeString
    known: list[Known]
    offers: list[Offer]
    parties: list[PartyLine]
    supports: list[SupportLine]
    notes: list[NoteBlock]
    meja_notes: list[NoteBlock]
    earlier_conclusion: str = ""
    actions: list[str] = field(default_factory=list)
    own_party: PartyConsent | None = None
    can_put: bool = False
    can_stance: bool = False
    can_record: bool = False
    adds_support: bool = False
    accepted: list[Accepted] = field(default_factory=list)
    """Warnings of the slip catcher that the region accepted, with its reason."""

    @property
    def seq(self) -> int:
        """The newest figure's number, which a stance refers to."""
        return self.consent.position.seq if self.consent.position else 0

    @property
    def agreed(self) -> str:
        """The figure of the verdict field: what was agreed, else the newest on the table."""
        value: Value | None = self.item.value_agreed
        if self.item.state not in AGREED_STATES and self.consent.position is not None:
            value = self.consent.position.value
        return format_value(value)

    @property
    def unrecorded(self) -> list[str]:
        """Parties neither recorded present nor absent."""
        return [line.label for line in self.parties if not line.recorded]

    @property
    def speakable(self) -> list[Institution]:
        """The institutions whose word the room may record."""
        return [each for line in self.parties for each in line.party.institutions]

    @property
    def speaks(self) -> bool:
        """Whether the actor's institution may say its stance to the newest figure now."""
        return self.can_stance and bool(self.seq) and self.item.state in OPEN_FOR_DESK

    @property
    def pending_supports(self) -> int:
        """How many sub kegiatan nobody has settled."""
        return sum(line.support.verdict == SupportVerdict.PENDING for line in self.supports)


def panel_of(actor: Actor, session: Session, item: Item, consent: ItemConsent | None) -> Panel:
    """The row as the actor sees it, in a fixed number of queries."""
    consent = consent or consent_of([item], session)[item.pk]
    figures = _figures(item)
    actuals = [figure for figure in figures if figure.kind == FigureKind.ACTUAL][-5:]
    own = next(
        (party for party in consent.parties if actor.institution.pk in {one.pk for one in party.institutions}), None
    )
    return Panel(
        item, consent, [(figure.year, format_value(figure.value)) for figure in actuals], sparkline(actuals), _known(item, figures),
        _offers(item), _parties(session, consent), _supports(actor, item), notes_of(actor, item), meja_notes(actor, item),
        earlier_conclusion=_earlier_conclusion(item),
        actions=[move.action for move in available_actions(actor, item)],
        accepted=accepted_of(actor, [item]).get(item.pk, []),
        own_party=own, can_put=can(actor, "desks.put_position", item), can_record=can(actor, "desks.record_stance", item),
        adds_support=item.state == ItemState.DISCUSSED and item.locked_at is None and can(actor, "desks.settle_item", item),
        can_stance=own is not None and can(actor, "desks.take_stance", item),
    )  # fmt: skip


def _figures(item: Item) -> list[Figure]:
    year = item.round.plan_year
    wanted = Q(region_id=item.region_id, year__lte=year) | Q(region__kode="00", year=year)
    if not item.round.national:
        wanted |= Q(region_id=item.round.host.region_id, kind=FigureKind.PROVINCIAL, year=year)
    open_ = stated_openly()
    rows = Figure.objects.filter(wanted, open_, indicator_id=item.indicator_id or 0, period="").select_related("region")
    return list(rows.order_by("year", "pk"))


def _known(item: Item, figures: list[Figure]) -> list[Known]:
    year, found = item.round.plan_year, []
    for value, origin, simulated in agreed_above(item.round, [item.indicator_id or 0]).values():
        origin = f"{origin} (simulasi)" if simulated else origin
        found.append(Known(f"{item.round.words.host_target} {year}", format_value(value), origin))
    for figure in figures:
        label = ""
        if figure.kind == FigureKind.NATIONAL and figure.line_key in ("", item.round.code):
            label = f"Target nasional {figure.year}"
        elif figure.kind == FigureKind.PROVINCIAL and figure.line_key == item.round.code:
            label = f"Target provinsi {figure.year}"
        elif figure.kind == FigureKind.INDICATIVE and figure.line_key in ("", item.round.code):
            label = item.round.words.indicative
        elif figure.kind == FigureKind.DOCUMENT and figure.year == year:
            place = " nasional" if figure.region_id != item.region_id else ""
            label = f"{DOCUMENT_WORDS.get(figure.source, figure.source.upper())} {figure.year}{place}"
        elif figure.kind == FigureKind.AGREEMENT and figure.year < year and figure.region_id == item.region_id:
            label = f"Kesepakatan {figure.year}"
        if label:
            found.append(Known(label, format_value(figure.value), figure.origin))
    return found


def sparkline(figures: list[Figure]) -> SafeString:
    """The actuals as a small line; '' with fewer than two numbers. The numbers themselves stand beside it in words."""
    numbers = [float(figure.value.number) for figure in figures if figure.value and figure.value.number is not None]
    if len(numbers) < 2:
        return SafeString("")
    low, high = min(numbers), max(numbers)
    span = (high - low) or 1
    points = [
        (4 + place * 72 / (len(numbers) - 1), 20 - 16 * (number - low) / span) for place, number in enumerate(numbers)
    ]
    line = format_html_join(" ", "{},{}", ((f"{x:.1f}", f"{y:.1f}") for x, y in points))
    return format_html(
        '<svg class="spark" viewBox="0 0 80 24" width="80" height="24" aria-hidden="true">'
        '<polyline points="{}" fill="none" stroke="currentColor" stroke-width="1.5"/>'
        '<circle cx="{}" cy="{}" r="2.5" fill="currentColor"/></svg>',
        line, f"{points[-1][0]:.1f}", f"{points[-1][1]:.1f}",
    )  # fmt: skip


def _offers(item: Item) -> list[Offer]:
    rows = (
        Position.objects.filter(item=item)
        .select_related("institution", "actor", "on_behalf")
        .prefetch_related(Prefetch("stances", Stance.objects.select_related("institution").order_by("seq")))
        .order_by("-seq")
    )
    return [_offer(row) for row in rows]


def _offer(row: Position) -> Offer:
    latest = {stance.institution.short_name: stance for stance in row.stances.all()}
    said = [
        f"{name}: {stance.get_kind_display().lower()}" + (f" (“{stance.text}”)" if stance.text else "")
        for name, stance in latest.items()
    ]
    recorded = f"dicatat {row.actor.full_name}" if row.on_behalf else row.actor.full_name
    value = row.shown or "tanpa angka"
    return Offer(row, value, row.institution.short_name, recorded, " · ".join(said))


def _parties(session: Session, consent: ItemConsent) -> list[PartyLine]:
    entries = Attendance.objects.filter(session=session, left_at__isnull=True, lifted_at__isnull=True)
    recorded = set(entries.values_list("institution_id", flat=True))
    return [_party_line(party, recorded) for party in consent.parties]


def _party_line(party: PartyConsent, recorded: set[int]) -> PartyLine:
    kind = party.kind
    tone = STANCE_TONES[StanceKind(kind)] if kind else Tone.HIJAU if party.given else Tone.NETRAL
    icon = STANCE_ICONS[StanceKind(kind)] if kind else "check" if party.given else "circle-question-mark"
    words = party.basis_text
    if party.stance is not None:
        words = party.stance.get_kind_display().lower()
        if party.basis == "spoken":
            words += f", lisan, dicatat {party.stance.recorded_by.full_name}"
        if party.stance.text:
            words += f": “{party.stance.text}”"
    known = any(each.pk in recorded for each in party.institutions)
    label = party.name if party.institutions else f"{party.party.label} (belum ditetapkan)"
    return PartyLine(party, label, words, tone, icon, known)


def _supports(actor: Actor, item: Item) -> list[SupportLine]:
    lines = []
    for row in supports_seen(actor, item):
        funds = [(fund, format_rupiah(fund.proposed), format_rupiah(fund.agreed)) for fund in row.funds.all()]
        total = sum(fund.proposed or 0 for fund, _, _ in funds)
        lines.append(SupportLine(row, VERDICT_TONES[SupportVerdict(row.verdict)], funds, format_rupiah(total)))
    return lines


def _earlier_conclusion(item: Item) -> str:
    """After a reopening: the conclusion that stood, so that nobody types it twice."""
    if item.conclusion:
        return item.conclusion
    payload = (
        Event.objects.filter(item=item, action__in=["agree", "agree_noted", "decline"])
        .order_by("-seq").values_list("payload", flat=True).first()
    )  # fmt: skip
    return str(json.loads(payload).get("conclusion", "")) if payload else ""
