"""Everything about one row: the figures beside it, its sub kegiatan, what was said, what may be done now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from accounts.actors import Actor, can
from core.errors import DomainError
from core.money import format_rupiah
from core.numbers import format_number
from desks.choices import NoteKind, StanceKind
from desks.models import Item, Note, Position, Support
from desks.scopes import OWNER_ROLES
from desks.selectors.columns import figure_columns, figures_for
from desks.selectors.figures import MISSING, Shown
from desks.selectors.story import stamp
from desks.selectors.supports import supports_seen
from desks.services.item import StageMemory, require_editable
from desks.services.support import gov_level_of
from desks.workflow import Transition, available_actions, incomplete_reason
from indicators.selectors.priorities import sub_kegiatan_under
from planning.choices import NomenclatureLevel
from planning.models import Nomenclature

FOUND = 50
ROOM_MOVES = frozenset({"redraft", "discuss", "agree", "agree_noted", "decline", "leave", "reopen"})
STANCE_TONES = {StanceKind.SETUJU: "hijau", StanceKind.BAHAS: "kuning", StanceKind.KEBERATAN: "kuning"}


@dataclass(frozen=True)
class SupportShown:
    """A supporting sub kegiatan, printed."""

    pk: int
    kode: str
    name: str
    needs_check: bool
    opd: str
    volume: str
    places: str
    funds: list[tuple[str, str, str]]
    total: str
    verdict: str
    tone: str
    note: str
    at_desk: bool


def figure_rows(item: Item) -> list[tuple[str, Shown]]:
    """The figures beside the target of the row: label and figure, in the order of the Isian."""
    if item.indicator_id is None:
        return []
    strand = item.strand
    beside = figures_for(item.round, strand, item.region_id, [item.indicator_id]).get(item.indicator_id, {})
    return [(column.name, beside.get(column.key, MISSING)) for column in figure_columns(item.round, strand)]


VERDICT_TONES = {"pending": "netral", "agreed": "hijau", "agreed_noted": "hijau-kuning", "excluded": "merah"}


def supports_of(actor: Actor, item: Item) -> list[SupportShown]:
    """The sub kegiatan of the row with places and pagu, as far as the actor may read them, in three queries."""
    return [_support(row) for row in supports_seen(actor, item)]


def _support(row: Support) -> SupportShown:
    funds = list(row.funds.all())
    known = [fund.proposed for fund in funds if fund.proposed is not None]
    volume = f"{format_number(row.volume)} {row.volume_unit}".strip() if row.volume is not None else ""
    return SupportShown(
        row.pk, row.nomenclature.kode, row.nomenclature.name, row.nomenclature.needs_check, row.opd.short_name, volume,
        ", ".join(place.region.short_name for place in row.places.all()),
        [(fund.source.name, format_rupiah(fund.proposed), format_rupiah(fund.agreed)) for fund in funds],
        format_rupiah(sum(known)) if known else "pagu belum ditetapkan", row.get_verdict_display(),
        VERDICT_TONES[row.verdict], row.note, row.added_at_desk,
    )  # fmt: skip


def offers_of(item: Item) -> list[dict[str, Any]]:
    """The figures put on the table, newest first, each with the stances on it (void ones too, marked by their place)."""
    rows = (
        Position.objects.filter(item=item)
        .select_related("institution", "actor", "on_behalf")
        .prefetch_related("stances__institution", "stances__recorded_by")
        .order_by("-seq")
    )
    tz = item.round.tz
    return [
        {
            "seq": row.seq, "value": row.shown or "tanpa angka", "institution": row.institution.short_name,
            "who": row.actor.full_name, "behalf": row.on_behalf is not None, "reason": row.reason, "when": stamp(row.at, tz),
            "newest": place == 0,
            "stances": [
                {"institution": stance.institution.short_name, "label": stance.get_kind_display(),
                 "tone": STANCE_TONES[StanceKind(stance.kind)], "text": stance.text, "when": stamp(stance.at, tz),
                 "recorded": stance.recorded_by.full_name if stance.basis == "spoken" else ""}
                for stance in sorted(row.stances.all(), key=lambda each: each.pk)
            ],
        }
        for place, row in enumerate(rows)
    ]  # fmt: skip


def notes_of(actor: Actor, item: Item) -> QuerySet[Note]:
    """The note blocks the actor may read: those of the desk, the internal ones of its own institution, and for the owners theirs of before
    the row was handed in."""
    rows = Note.objects.filter(readable_notes(actor), item=item).exclude(text="")
    return rows.select_related("institution", "changed_by").order_by("institution__name", "pk")


def readable_notes(actor: Actor) -> Q:
    """The notes on rows that the actor reads, wherever it may see the row itself."""
    readable = Q(kind=NoteKind.DESK) | Q(kind=NoteKind.INTERNAL, institution=actor.institution)
    if actor.role in OWNER_ROLES:
        readable |= Q(kind=NoteKind.REGION, item__region_id=actor.region_id)
    return readable


def edit_refusal(actor: Actor, item: Item) -> str | None:
    """None when the actor may change the proposal now, else the reason in words ('' for those who never could)."""
    if not can(actor, "desks.edit_item", item):
        return ""
    try:
        require_editable(actor, item, StageMemory(actor))
    except DomainError as error:
        return error.message
    return None


def moves_for(actor: Actor, item: Item) -> list[tuple[Transition, str]]:
    """The moves offered on the page of the row, each with the reason why not now ('' where it is open). Verdicts belong to the room."""
    stages = StageMemory(actor)
    offered = []
    for move in available_actions(actor, item):
        if move.action in ROOM_MOVES or move.in_session:
            continue
        offered.append((move, _obstacle(item, move, stages)))
    return offered


def _obstacle(item: Item, move: Transition, stages: StageMemory) -> str:
    try:
        if move.stages:
            stages.require(item, move.stages)
    except DomainError as error:
        return error.message
    return incomplete_reason(item) if "complete" in move.needs else ""


def find_nomenclature(item: Item, words: str, node: str = "") -> list[Nomenclature]:
    """Sub kegiatan of the region's level that hold every word in code or name; without words those of the row's bidang. `node` keeps those on it."""
    rows = Nomenclature.objects.filter(level=NomenclatureLevel.SUB_KEGIATAN, gov_level=gov_level_of(item))
    bidang = bidang_of(item)
    if bidang:
        rows = rows.filter(bidang_id__in=bidang)
    if node:
        rows = rows.filter(pk__in=sub_kegiatan_under(node))
    for word in words.split():
        rows = rows.filter(Q(kode__startswith=word) | Q(name__icontains=word))
    return list(rows.order_by("kode")[:FOUND])


def bidang_of(item: Item) -> list[int]:
    """The bidang urusan whose sub kegiatan may support the row: those of its desk, else that of its indicator; empty for any."""
    bidang = [row.bidang_id for row in item.meja.desk.bidang_rows.all()]
    if not bidang and item.indicator and item.indicator.bidang_id:
        return [item.indicator.bidang_id]
    return bidang


__all__ = [
    "SupportShown", "bidang_of", "edit_refusal", "figure_rows", "find_nomenclature", "moves_for", "notes_of", "offers_of", "readable_notes",
    "supports_of",
]  # fmt: skip
