"""What waits for the people of a region: rows to fill, mend, check and submit."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Min, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.actors import Actor
from accounts.choices import Role
from desks.choices import ItemState, StageKind
from desks.filters import WORK
from desks.models import InnerDeadline, Item, Round
from desks.scopes import OWNER_ROLES, hands_in
from desks.selectors.home import WaitingGroup, isian_url, open_rounds, register_waiting, windows_of
from planning.choices import HolderPart
from planning.models import BidangHolder

EXAMPLES = 3
NAMED = 60
COUNTED = ("kosong", "perbaikan", "dikembalikan", "lengkap", "diusulkan", "siap", "definisi", "target")
ACTS = {
    "kosong": ("Isi", "target belum diisi"),
    "perbaikan": ("Perbaiki", "target diminta perbaikan"),
    "dikembalikan": ("Perbaiki", "target dikembalikan Bappeda"),
    "lengkap": ("Usulkan", "target terisi dan siap diusulkan kepada Bappeda"),
    "diusulkan": ("Periksa", "target perangkat daerah menunggu pemeriksaan Anda"),
    "siap": ("Ajukan", "target siap diajukan"),
    "definisi": ("Periksa", "isian memakai definisi indikator yang sudah berubah"),
    "target": ("Periksa", "isian yang targetnya berubah setelah diisi"),
}
OPD_ACTS = ("kosong", "perbaikan", "dikembalikan", "lengkap", "definisi", "target")
SECTOR_ACTS = ("kosong", "perbaikan", "siap", "definisi", "target")
BAPPEDA_ACTS = ("perbaikan", "diusulkan", "siap", "definisi", "target")


@dataclass
class Tally:
    """The rows of one round and one kind of work: how many, at which desks, until when."""

    count: int = 0
    desks: list[tuple[str, str, int]] = field(default_factory=list)
    due: dt.datetime | None = None


@register_waiting
def region_waiting(actor: Actor, now: dt.datetime) -> list[WaitingGroup]:
    """Rows to fill, mend, check or submit, per round and act; the examples name rows where there is a note, else desks."""
    if actor.role not in OWNER_ROLES:
        return []
    rounds = open_rounds(actor)
    tallies = _tallies(actor, rounds)
    names = _examples(actor, rounds)
    groups: list[WaitingGroup] = []
    for round_ in rounds:
        closes = _filling_closes(round_, actor, now)
        for work in _acts(actor, round_):
            tally = tallies[(round_.pk, work)]
            if tally.count:
                groups.append(_group(round_, work, tally, names[(round_.pk, work)], closes))
    return groups + (_unfilled_by_opd(actor, rounds, now) if actor.role != Role.OPD else [])


def _acts(actor: Actor, round_: Round) -> tuple[str, ...]:
    """What this person does in the round; an OPD that submits itself has nobody to propose to."""
    if actor.role != Role.OPD:
        return BAPPEDA_ACTS
    return SECTOR_ACTS if hands_in(actor, round_.pk) else OPD_ACTS


def _group(round_: Round, work: str, tally: Tally, names: Sequence[str], closes: dt.datetime | None) -> WaitingGroup:
    act, label = ACTS[work]
    single = len(tally.desks) == 1
    url = isian_url(tally.desks[0][0], work) if single else f"{reverse('desks:isian_index')}?ronde={round_.code}"
    if work == "siap":
        url = (
            reverse("desks:submit", args=[tally.desks[0][0]])
            if single
            else f"{reverse('desks:submit_region')}?ronde={round_.code}"
        )
    where = f" · desk {tally.desks[0][1]}" if single else f" · {len(tally.desks)} desk"
    desks = [f"{name} {count}" for _, name, count in tally.desks]
    due = tally.due if work == "perbaikan" else closes
    return WaitingGroup(act, label + where, url, tally.count, due, tuple((list(names) or desks)[:EXAMPLES]), round_.tz)


def _tallies(actor: Actor, rounds: Sequence[Round]) -> dict[tuple[int, str], Tally]:
    """Counted over the rows the actor may see, per round, desk and work, in one query."""
    counts: dict[str, Any] = {work: Count("pk", filter=WORK[work]) for work in COUNTED}
    rows = (
        Item.objects.visible_to(actor)
        .filter(round__in=list(rounds), region_id=actor.region_id)
        .order_by("meja__desk__order", "meja__desk__code")
        .values_list("round_id", "meja__code", "meja__desk__name", "meja__desk__order", "meja__desk__code")
        .annotate(**counts, due=Min("request_due", filter=WORK["perbaikan"]))
    )
    found: dict[tuple[int, str], Tally] = defaultdict(Tally)
    for row in rows:
        for work, count in zip(COUNTED, row[5:-1], strict=True):
            if count:
                tally = found[(row[0], work)]
                tally.count += count
                tally.desks.append((row[1], row[2], count))
                if work == "perbaikan" and row[-1] and (tally.due is None or row[-1] < tally.due):
                    tally.due = row[-1]
    return found


def _examples(actor: Actor, rounds: Sequence[Round]) -> dict[tuple[int, str], list[str]]:
    """Names of the rows that came back with a note, soonest due first, with the note's beginning; one query."""
    rows = (
        Item.objects.visible_to(actor)
        .filter(WORK["perbaikan"] | WORK["dikembalikan"], round__in=list(rounds), region_id=actor.region_id)
        .order_by("request_due", "pk")
        .values_list("round_id", "state", Coalesce("indicator_version__name", "usulan__title"), "request_text")[:NAMED]
    )
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    for round_id, state, name, text in rows:
        work = "perbaikan" if state == ItemState.REPAIR else "dikembalikan"
        short = text if len(text) <= 80 else text[:79] + "…"
        found[(round_id, work)].append(f"{name}: “{short}”" if short else str(name))
    return found


def _filling_closes(round_: Round, actor: Actor, now: dt.datetime) -> dt.datetime | None:
    windows = [each for each in windows_of(actor, round_) if each.stage.kind == StageKind.FILLING_REGION]
    return windows[0].closes_at if windows else None


def _unfilled_by_opd(actor: Actor, rounds: Sequence[Round], now: dt.datetime) -> list[WaitingGroup]:
    """The rows still empty, told by the OPD that holds their bidang, with the date the Bappeda gave it; three queries."""
    rows = (
        Item.objects.visible_to(actor)
        .filter(WORK["kosong"], round__in=list(rounds), region_id=actor.region_id)
        .order_by()
        .values_list("round_id", "indicator__bidang_id")
        .annotate(n=Count("pk"))
    )
    empty = list(rows)
    holders = {
        (year, bidang): name
        for year, bidang, name in BidangHolder.objects.filter(
            institution__region_id=actor.region_id, part=HolderPart.PENANGGUNG_JAWAB
        ).values_list("year", "bidang_id", "institution__short_name")
    }
    inner = dict(
        InnerDeadline.objects.filter(
            Q(stage__kind=StageKind.FILLING_REGION), stage__round__in=list(rounds), region_id=actor.region_id
        ).values_list("stage__round_id", "closes_at")
    )
    groups = []
    for round_ in rounds:
        by_opd: Counter[str] = Counter()
        for round_id, bidang, n in empty:
            if round_id == round_.pk:
                by_opd[holders.get((round_.plan_year, bidang), "tanpa pengampu")] += n
        if by_opd:
            groups.append(_unfilled(round_, actor, by_opd, inner.get(round_.pk), now))
    return groups


def _unfilled(
    round_: Round, actor: Actor, by_opd: Counter[str], inner: dt.datetime | None, now: dt.datetime
) -> WaitingGroup:
    label = "target belum diisi perangkat daerah" if round_.opd_step else "target belum diisi"
    return WaitingGroup(
        "Isi", f"{label} · {len(by_opd)} perangkat daerah", f"{reverse('desks:isian_index')}?ronde={round_.code}",
        sum(by_opd.values()), inner or _filling_closes(round_, actor, now),
        tuple(f"{name} {count}" for name, count in by_opd.most_common(EXAMPLES)), round_.tz,
    )  # fmt: skip
