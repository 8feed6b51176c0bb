"""Usulan as lists and pages show them: every figure printed, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet

from accounts.actors import Actor
from core.dates import MONTHS
from core.money import Unit
from core.numbers import format_number
from desks.aims import RELATED
from desks.choices import (
    GONE_PLACES,
    PLACE_TONES,
    RECOMMENDED,
    STATE_TONES,
    ReadinessStatus,
    ReasonCode,
    state_label,
)
from desks.levels import AimWords
from desks.models import Correction, Item, Lineage, Position, Usulan, UsulanPlace
from desks.selectors.usulan.facts import facts_for, money, with_details
from planning.selectors.priorities import Chip

READY_TONES = {"ready": "hijau", "planned": "kuning", "not_ready": "merah", "not_needed": "netral"}
KIN = {
    ("merge", True): "Gabungan dari", ("merge", False): "Digabung ke", ("split", True): "Pecahan dari", ("split", False): "Dipecah menjadi",
}  # fmt: skip


@dataclass(frozen=True)
class PlaceLine:
    """A location, printed: volumes in the usulan's unit, allocations in its money unit."""

    code: str
    name: str
    detail: str
    volume: str
    amount: str
    available_volume: str = ""
    available_amount: str = ""
    newest_volume: str = ""
    newest_amount: str = ""
    agreed_volume: str = ""
    agreed_amount: str = ""
    verdict: str = ""
    label: str = ""
    tone: str = "biru"
    reason: str = ""
    note: str = ""
    region_id: int = 0
    within: bool = False

    @property
    def label_short(self) -> str:
        """The place as one name."""
        return self.detail if self.within and self.detail else self.name

    @property
    def moved(self) -> bool:
        """Whether the newest figure is another than the proposed one."""
        return (self.newest_volume, self.newest_amount) != (self.volume, self.amount)


@dataclass(frozen=True)
class ReadyLine:
    """A readiness criterion, printed."""

    criterion: str
    name: str
    words: str
    tone: str
    link: str
    file: str
    file_name: str


@dataclass
class UsulanShown:
    """An usulan as the actor may read it."""

    usulan: Usulan
    title: str
    unit: str
    amount_unit: str
    ro: dict[str, Any] | None
    justification: str
    opd: str
    volume: str
    amount: str
    tone: str
    state: str
    places: list[PlaceLine] = field(default_factory=list)
    readiness: list[ReadyLine] = field(default_factory=list)
    ready: int = 0
    criteria: int = 0
    chips: list[Chip] = field(default_factory=list)

    @property
    def aim(self) -> AimWords:
        """What usulan of its round are filed against, in words."""
        return self.usulan.item.round.words.aim

    @property
    def item(self) -> Item:
        """Its row."""
        return self.usulan.item

    @property
    def code(self) -> str:
        """The code of its row."""
        return self.usulan.item.code

    @property
    def money_label(self) -> str:
        """`Rp ribu`, the head of columns of allocation."""
        return Unit(self.amount_unit).label

    @property
    def money(self) -> str:
        """`Rp1.000 ribu`, the allocation in a sentence; '' without one."""
        return f"Rp{self.amount}{self.money_label.removeprefix('Rp')}" if self.amount else ""

    @property
    def place_names(self) -> str:
        """`Kab. Bogor, Kab. Bandung dan 3 lainnya`; of a kabupaten/kota the places within it."""
        names = [place.label_short for place in self.places]
        return ", ".join(names[:2]) + (f" dan {len(names) - 2} lainnya" if len(names) > 2 else "")

    @property
    def readiness_words(self) -> str:
        """`3 / 5 siap`."""
        return f"{self.ready} / {self.criteria} siap" if self.criteria else "belum diisi"


def shown_usulan(actor: Actor | None, rows: QuerySet[Usulan]) -> list[UsulanShown]:
    """Usulan with their newest figures and verdicts, in six queries whatever their number."""
    found = list(
        with_details(rows).prefetch_related(
            Prefetch("places__positions", Position.objects.order_by("seq")),
        )
    )
    return [_shown(actor, usulan) for usulan in found]


def _shown(actor: Actor | None, usulan: Usulan) -> UsulanShown:
    facts = facts_for(actor, usulan)
    item, unit = usulan.item, facts["amount_unit"]
    rows = {place.code: place for place in usulan.places.all()}
    places = [_place(facts_row, rows.get(facts_row["code"]), unit) for facts_row in facts["places"]]
    known = {line.code for line in places}
    # A location that the desk moved away or that came with a merger is not among the facts of the region.
    places += [
        _place(_facts_of(place), place, unit)
        for code, place in rows.items() if code not in known and place.positions.all() and place.verdict not in GONE_PLACES
    ]  # fmt: skip
    ready = [_ready(row) for row in facts["readiness"]]
    volumes = [row["volume"] for row in facts["places"] if row["volume"] is not None]
    amounts = [row["amount"] for row in facts["places"] if row["amount"] is not None]
    needed = [row for row in facts["readiness"] if row["status"] != ReadinessStatus.NOT_NEEDED]
    return UsulanShown(
        usulan, facts["title"], facts["unit"], unit, facts["ro"], facts["justification"], facts["opd"],
        format_number(sum(volumes, Decimal(0))) if volumes else "", money(sum(amounts), unit) if amounts else "",
        STATE_TONES[item.state].value, state_label(item.state, item.strand), places, ready,
        sum(row["status"] == ReadinessStatus.READY for row in needed), len(needed),
        [Chip(**each) for each in facts.get("priorities", ())],
    )  # fmt: skip


def _facts_of(place: UsulanPlace) -> dict[str, Any]:
    return {
        "code": place.code, "region": place.region.short_name, "detail": place.detail, "volume": place.volume_proposed,
        "amount": place.amount_proposed,
    }  # fmt: skip


def _place(facts: dict[str, Any], place: UsulanPlace | None, unit: str) -> PlaceLine:
    volume, amount = format_number(facts["volume"]), money(facts["amount"], unit)
    if place is None:
        return PlaceLine(facts["code"], facts["region"], facts["detail"], volume, amount)
    last = list(place.positions.all())[-1:]
    newest = [(row.value.number if row.value else None, row.amount) for row in last] or [
        (facts["volume"], facts["amount"])
    ]
    agreed = place.verdict in RECOMMENDED
    return PlaceLine(
        place.code, place.region.short_name, place.detail or facts["detail"], volume, amount,
        format_number(place.volume_available), money(place.amount_available, unit), format_number(newest[0][0]),
        money(newest[0][1], unit), format_number(place.volume_agreed) if agreed else "",
        money(place.amount_agreed, unit) if agreed else "", place.verdict, place.get_verdict_display(),
        PLACE_TONES[place.verdict].value, ReasonCode(place.reason).label if place.reason else "", place.note, place.region_id, place.within,
    )  # fmt: skip


def _ready(row: dict[str, Any]) -> ReadyLine:
    words = ReadinessStatus(row["status"]).label
    if row["status"] == ReadinessStatus.PLANNED:
        year, _, month = row["month"].partition("-")
        words = f"Siap {MONTHS[int(month) - 1]} {year}"
    return ReadyLine(
        row["criterion"], row["name"], words, READY_TONES[row["status"]], row["link"], row["file"], row["file_name"]
    )


@dataclass(frozen=True)
class Fate:
    """What became of an usulan in an earlier round."""

    code: str
    round: str
    label: str
    tone: str
    reason: str
    conclusion: str
    forum: str


def fate_of(source: Item) -> Fate:
    """The outcome of an earlier usulan in words."""
    reason = ReasonCode(source.reason).label if source.reason else ""
    return Fate(
        source.code, source.round.short_name, source.get_state_display(), STATE_TONES[source.state].value, reason,
        source.conclusion, source.usulan.next_forum,
    )  # fmt: skip


def relatives_of(item: Item) -> list[tuple[str, str, str]]:
    """Usulan merged into this one, split off it or from which it came at a desk: words, code, title."""
    rows = Lineage.objects.filter(kind__in=["merge", "split"]).select_related("from_item__usulan", "to_item__usulan")
    found = [(row, True) for row in rows.filter(to_item=item)] + [(row, False) for row in rows.filter(from_item=item)]
    shown = []
    for row, comes in found:
        other = row.from_item if comes else row.to_item
        shown.append((KIN[row.kind, comes], other.code, other.usulan.title))
    return shown


def corrections_of(usulan: Usulan) -> list[Correction]:
    """What the desk set right, oldest first."""
    return list(usulan.corrections.select_related("institution", "place__region"))


def carriable(actor: Actor, region_id: int, round_id: int) -> list[tuple[Item, Fate]]:
    """Usulan of the region from closed rounds that this round has not taken over yet, newest first."""
    rows = (
        Item.objects.visible_to(actor)
        .filter(strand="kewilayahan", region_id=region_id, round__closed_at__isnull=False)
        .exclude(round_id=round_id)
        .exclude(carried_to__round_id=round_id)
        .select_related("round", *(f"usulan__{name}" for name in RELATED))
        .order_by("-round__plan_year", "order", "pk")
    )
    return [(item, fate_of(item)) for item in rows]


def only(rows: Iterable[UsulanShown]) -> UsulanShown:
    """The one usulan of a page."""
    (found,) = rows
    return found
