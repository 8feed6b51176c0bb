"""One row of the board: its figures, the offers on the table with their stances, the own internal note."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from accounts.actors import Actor
from core.dates import deadline
from core.values import format_value
from desks.choices import OPEN_FOR_DESK, STATE_TONES, Applicability, ItemState, NoteKind
from desks.levels import LevelWords
from desks.models import Item, Note, Position
from desks.selectors.figures import Shown, beside, figures_of_desk
from desks.selectors.slips_accepted import Accepted, accepted_of
from indicators.choices import Direction


def labels_for(words: LevelWords) -> dict[str, str]:
    """The names of the figures beside a row, in the words of the round's level."""
    return {
        "national": words.host_target, "indicative": words.indicative, "rpjmn": "RPJMN", "agreement": "Kesepakatan lalu",
    }  # fmt: skip


@dataclass(frozen=True)
class ItemFacts:
    """What the page of a row shows, in printed texts."""

    name: str
    unit: str
    direction: str
    tone: str
    open: bool
    applicability: str
    request: str
    figures: list[tuple[str, str, str]]
    offers: list[dict[str, Any]]
    accepted: list[Accepted]


def item_facts(actor: Actor, item: Item) -> ItemFacts:
    """The facts of a row that the actor may see; a row with the region for repair shows what was handed in, not what is being typed."""
    assert item.indicator is not None
    book = figures_of_desk(item.round, [item.indicator.pk], [item.region_id], years=True)
    figures = beside(book, item.indicator.pk, item.region_id)
    applies = item.applicability == Applicability.APPLIES or item.state == ItemState.REPAIR
    return ItemFacts(
        name=item.indicator_version.name if item.indicator_version else item.indicator.code, unit=item.indicator.unit,
        direction=Direction(item.indicator.direction).label if item.indicator.direction else "", tone=STATE_TONES[item.state].value,
        open=item.state in OPEN_FOR_DESK and item.locked_at is None,
        applicability="" if applies else f"{item.get_applicability_display()}: {item.applicability_reason}",
        request=_request(item), figures=_labelled(figures, item.round.words), offers=_offers(item),
        accepted=accepted_of(actor, [item]).get(item.pk, []),
    )  # fmt: skip


def _request(item: Item) -> str:
    if item.state != ItemState.REPAIR or item.request_due is None:
        return ""
    owner = f"{item.request_owner.short_name}: " if item.request_owner else ""
    return f"{owner}{item.request_text} Ditunggu sampai {deadline(item.request_due, item.round.tz)}."


def _labelled(figures: dict[str, Shown], words: LevelWords) -> list[tuple[str, str, str]]:
    years = sorted(name for name in figures if name.isdecimal())[-3:]
    shown = [(f"Capaian {year}", figures[year].text, _achieved(figures[year])) for year in years]
    return shown + [
        (label, figures[name].text, figures[name].mark) for name, label in labels_for(words).items() if name in figures
    ]


def _achieved(shown: Shown) -> str:
    return ", ".join(word for word in ("BPS" if shown.source == "bps" else "", shown.mark) if word)


def _offers(item: Item) -> list[dict[str, Any]]:
    rows = Position.objects.filter(item=item).select_related("institution", "actor", "on_behalf").order_by("-seq")
    return [
        {
            "tone": "biru", "title": format_value(row.value) or "Tanpa angka", "who": row.actor.full_name, "institution": row.institution.short_name,
            "on_behalf": row.on_behalf.short_name if row.on_behalf else "", "when": row.at, "tz": item.round.tz, "text": row.reason,
        }
        for row in rows
    ]  # fmt: skip


def internal_note(actor: Actor, item: Item) -> Note | None:
    """The note that only the actor's own institution reads."""
    return Note.objects.filter(item=item, institution=actor.institution, kind=NoteKind.INTERNAL).first()
