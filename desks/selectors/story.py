"""The life of a row in words: who put which figure, when, for which institution, why, and how it was recorded."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Min, Q

from accounts.actors import Actor
from core.dates import date_with_time, day_name
from core.money import format_rupiah
from core.values import Value, format_value
from desks.choices import (
    STATE_TONES,
    ActionSide,
    Applicability,
    ItemState,
    NoteKind,
    PlaceVerdict,
    ReasonCode,
    StanceBasis,
    StanceKind,
    SupportVerdict,
)
from desks.disclosure import INSIDE_REGION, sees_drafting
from desks.levels import LevelWords
from desks.models import Event, Item, Round
from indicators.choices import FigureKind

STATE_LABELS = dict(ItemState.choices)
MOVES = {
    "redraft": "membuka kembali isian yang dikembalikan",
    "propose": "mengusulkan kepada Bappeda",
    "return": "mengembalikan kepada perangkat daerah",
    "submit": "mengajukan",
    "answer": "mengajukan perbaikan",
    "repair": "meminta perbaikan",
    "discuss": "membuka pembahasan",
    "agree": "menyepakati",
    "agree_noted": "menyepakati dengan catatan",
    "decline": "mencatat tidak disepakati",
    "leave": "mencatat tidak terbahas",
    "reopen": "membuka kembali putusan",
    "withdraw": "menarik butir",
    "call": "memanggil butir untuk dibahas",
    "postpone": "menunda pembahasan",
    "add_support": "menambah sub kegiatan",
    "change_support": "mengubah sub kegiatan",
    "remove_support": "menghapus sub kegiatan",
    "settle_support": "memutuskan sub kegiatan",
    "add_usulan": "membuat usulan",
    "carry_usulan": "mengambil alih usulan dari penyelenggaraan sebelumnya",
    "change_usulan": "mengubah usulan",
    "bring": "menambahkan usulan di desk",
    "merge": "menggabungkan usulan ini ke usulan lain",
    "merge_usulan": "menggabungkan usulan lain ke usulan ini",
    "split_usulan": "memecah usulan ini",
    "correct_usulan": "mengoreksi usulan di desk",
    "tag_usulan": "mengubah prioritas usulan di desk",
    "settle_place": "memutuskan satu lokasi",
    "state_available": "menyatakan ketersediaan untuk satu lokasi",
    **{
        f"{verb}_{side}_action": f"{words} strategi dan aksi {{side}}"
        for verb, words in (("add", "menambah"), ("change", "mengubah"), ("remove", "menghapus"))
        for side in ActionSide.values
    },
    "accept_warning": "menerima peringatan dengan alasan",
    "confirm_target": "menyatakan isian tetap setelah target berubah",
    "accept_finding": "menerima temuan keselarasan dengan alasan",
    "reopen_finding": "membuka kembali temuan keselarasan",
    "repoint_indicator": "mengalihkan butir ke rumusan indikator yang baru",
    "move_request": "memindahkan permintaan perbaikan ke lembaga penerusnya",
    "note": "menulis catatan",
    "lock": "mengunci dalam berita acara",
    "unlock": "melepas dari berita acara",
}
SETTLING = ("agree", "agree_noted")
SHOWN = 120


@dataclass(frozen=True)
class StoryLine:
    """One event as the timeline shows it."""

    tone: str
    title: str
    who: str
    institution: str
    on_behalf: str
    when: dt.datetime
    tz: str
    text: str
    stamp: str


def stamp(moment: dt.datetime, tz: str) -> str:
    """`Sel 24 Feb 2026 09.12 WIB`."""
    return f"{day_name(moment.astimezone(ZoneInfo(tz)))[:3]} {date_with_time(moment, tz)}"


def life_story(actor: Actor, item: Item) -> list[StoryLine]:
    """The events of the row, newest first; others than the owners see them from the first submission on, without what is typed
    inside the region. Three queries at most."""
    events = Event.objects.filter(item=item).select_related("actor", "institution", "on_behalf").order_by("-seq")
    if not sees_drafting(actor, item):
        first = Event.objects.filter(item=item, action="submit").aggregate(first=Min("seq"))["first"]
        if first is None:
            return []
        events = events.filter(Q(payload__contains='"at_desk":true') | ~Q(action__in=INSIDE_REGION), seq__gte=first)
    unit = item.subject_unit
    return [_line(event, unit, item.round) for event in events]


def _line(event: Event, unit: str, round_: Round) -> StoryLine:
    facts = json.loads(event.payload)
    title, tone = _words(event.action, facts, unit, round_.words)
    tz = round_.tz
    return StoryLine(
        tone, f"{event.institution.short_name} {title}", event.actor.full_name, event.institution.name,
        event.on_behalf.short_name if event.on_behalf else "", event.at, tz, _text(facts), stamp(event.at, tz),
    )  # fmt: skip


def _text(facts: dict[str, Any]) -> str:
    texts = [facts.get("note", ""), facts.get("conclusion", "")]
    reason = facts.get("reason", "")
    if reason:
        texts.append(dict(ReasonCode.choices).get(reason, reason))
    kept = [str(text) for text in texts if text and text not in NoteKind.values]
    return "\n".join(kept)


def _words(action: str, facts: dict[str, Any], unit: str, names: LevelWords) -> tuple[str, str]:
    if action == "edit":
        return _edit_words(facts), "netral"
    if action == "position":
        return f"menaruh angka {_figure_words(facts, unit)} di meja".replace("  ", " "), "biru"
    if action == "change_target":
        old, new = _value(facts.get("from")), _value(facts.get("to")) or "kosong"
        return f"mengubah {FigureKind(facts['target']).label.lower()} dari {old} menjadi {new}", "kuning"
    if action == "stance":
        return _stance_words(facts)
    after = facts.get("after") or {}
    words = MOVES.get(action, action)
    if action in SETTLING and (agreed := _value(after.get("value_agreed"))):
        words = words.replace("menyepakati", f"menyepakati {agreed}", 1)
    if action == "settle_place":
        words = f"{words}: {PlaceVerdict(after['verdict']).label.lower()}"
    if action == "correct_usulan":
        before = next(iter(facts["before"].values()))
        words = f"{words}: semula {before}, menjadi {next(iter(after.values()))}"
        return words, "kuning"
    if action.endswith("_action"):
        words = f"{words.format(side=names.side(action.split('_')[1]))}: {_action_words(facts)}"
    if action.endswith("_support"):
        words = f"{words} {_support_words(action, facts)}"
    state = after.get("state")
    return words, STATE_TONES[ItemState(state)].value if state in ItemState.values else "netral"


def _value(content: Any) -> str:
    return format_value(Value.from_json(content)) if isinstance(content, dict) and "kind" in content else ""


def _figure_words(facts: dict[str, Any], unit: str) -> str:
    text = f"{_value(facts.get('value')) or 'tanpa angka'} {unit}"
    if facts.get("amount") is not None:
        text += f", {format_rupiah(int(facts['amount']))}"
    return f"{text} untuk satu lokasi" if "place" in facts else text


def _edit_words(facts: dict[str, Any]) -> str:
    before, after = facts.get("before") or {}, facts.get("after") or {}
    parts = []
    if "value_proposed" in after:
        old, new = _value(before.get("value_proposed")), _value(after["value_proposed"])
        if old and new:
            parts.append(f"mengubah usulan dari {old} menjadi {new}")
        else:
            parts.append(f"mengisi usulan {new}" if new else f"mengosongkan usulan (sebelumnya {old})")
    if "applicability" in after:
        parts.append(f"menyatakan {Applicability(after['applicability']).label.lower()}")
    if "applicability_reason" in after:
        parts.append(f"menulis alasan “{after['applicability_reason']}”")
    if "proposal_note" in after:
        parts.append("menulis penjelasan usulan" if after["proposal_note"] else "menghapus penjelasan usulan")
    return "; ".join(parts) or "mengubah isian"


def _stance_words(facts: dict[str, Any]) -> tuple[str, str]:
    kind = StanceKind(facts["kind"])
    words = f"menyatakan {kind.label.lower()} pada angka ke-{facts['position']}"
    if facts.get("basis") == StanceBasis.SPOKEN:
        words = f"mencatat pernyataan {kind.label.lower()} pada angka ke-{facts['position']}"
    return words, "hijau" if kind == StanceKind.SETUJU else "kuning"


def _action_words(facts: dict[str, Any]) -> str:
    content = facts.get("after") or facts.get("before") or {}
    text = str(content.get("text", ""))
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _support_words(action: str, facts: dict[str, Any]) -> str:
    if action == "settle_support":
        verdict = (facts.get("after") or {}).get("verdict", "")
        return f"{facts.get('support', '')}: {SupportVerdict(verdict).label.lower()}" if verdict else ""
    content = facts.get("after") or facts.get("before") or {}
    amounts = [amount for amount in (content.get("funds") or {}).values() if amount is not None]
    pagu = f" dengan pagu {format_rupiah(sum(int(amount) for amount in amounts))}" if amounts else ""
    return f"{content.get('kode', '')}{pagu}"
