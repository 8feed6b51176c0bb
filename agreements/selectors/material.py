"""What the rows of a draft are made of, read once for all its sittings in a fixed number of queries."""

from __future__ import annotations

import dataclasses
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from agreements.choices import FINAL_STATES, PaperScope
from agreements.models import BeritaAcara
from agreements.selectors.scopes import scope_key, still_open, taken_in
from core.values import Value
from desks.choices import UNSUBMITTED, AgendaOutcome, ItemState
from desks.disclosure import show_handed_in
from desks.models import AgendaEntry, Attendance, Desk, Event, Item, Meja, Note, Session, Support
from desks.selectors.consent import ItemConsent, consent_of
from desks.selectors.host_targets import agreed_above
from indicators.choices import FigureKind
from indicators.models import Figure

NEVER_SAT = (ItemState.SUBMITTED, ItemState.REPAIR)
"""States of a row that no sitting has had on its agenda."""


@dataclass
class Material:
    """What the rows of a sheet are made of, read once. `parts`: one for each desk of a berita acara over several desks."""

    ba: BeritaAcara
    sessions: tuple[Session, ...] = ()
    mejas: tuple[Meja, ...] = ()
    items: list[Item] = field(default_factory=list)
    states: dict[int, str] = field(default_factory=dict)
    consents: dict[int, ItemConsent] = field(default_factory=dict)
    basis: dict[int, dict[str, str]] = field(default_factory=dict)
    national: dict[int, Value | None] = field(default_factory=dict)
    supports: list[Support] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    attendance: list[Attendance] = field(default_factory=list)
    undecided: list[Item] = field(default_factory=list)
    never_sat: frozenset[int] = frozenset()
    unsubmitted: int = 0
    unsubmitted_at: dict[int, int] = field(default_factory=dict)
    open_sessions: tuple[Session, ...] = ()
    papers: tuple[BeritaAcara, ...] = ()
    parts: tuple[Material, ...] = ()

    @property
    def session(self) -> Session | None:
        """The one sitting of a berita acara per session."""
        return self.ba.session

    @property
    def strand(self) -> str:
        """The strand whose lampiran are printed: that of the desk."""
        return self.mejas[0].desk.strand if self.mejas else self.ba.strand

    def state(self, item: Item) -> str:
        """What became of the row in these sittings."""
        return self.states[item.pk]


def gather(ba: BeritaAcara) -> Material:
    """Read everything a draft prints, in a fixed number of queries."""
    mejas = tuple(
        ba.mejas.select_related("desk__round", "region").order_by("desk__order", "desk__code", "region__kode")
    )
    found = Material(ba, tuple(taken_in(ba)), mejas, open_sessions=tuple(still_open(ba)))
    if ba.scope == PaperScope.INDUK:
        found.papers = tuple(listed_papers(ba))
        return found
    _take_agenda(found)
    if ba.session is None:
        _take_never_sat(found)
    show_handed_in(found.items)
    found.consents = consent_of(found.items, ba.session)
    found.basis = _basis(found.items)
    found.national = _host_targets(found)
    _take_talk(found)
    if ba.session is None:
        found.parts = tuple(_part(found, desk) for desk in {meja.desk_id: meja.desk for meja in mejas}.values())
    return found


def _take_agenda(found: Material) -> None:
    """The rows of the agendas; of a row that stood on several the last sitting counts."""
    entries = AgendaEntry.objects.filter(session__in=found.sessions).select_related(
        "session",
        "item__meja__desk",
        "item__round__host",
        "item__region",
        "item__indicator__bidang",
        "item__indicator_version",
        "item__usulan",
    )
    covered = {meja.pk for meja in found.mejas}
    last: dict[int, AgendaEntry] = {}
    order = ("item__meja__desk__order", "item__meja__desk__code", "item__region__kode", "item__order", "item__pk")
    for entry in entries.order_by(*order, "session__starts", "session__pk"):
        if entry.item.meja_id in covered:
            last[entry.item_id] = entry
    for entry in last.values():
        missed = entry.outcome == AgendaOutcome.NOT_REACHED
        state = ItemState.NOT_DISCUSSED if missed else entry.item.state
        if state == ItemState.WITHDRAWN:
            continue
        found.items.append(entry.item)
        found.states[entry.item.pk] = state
        if state in (ItemState.SUBMITTED, ItemState.DISCUSSED):
            found.undecided.append(entry.item)


def _take_never_sat(found: Material) -> None:
    """Rows that were submitted and stood on no agenda: they print as not discussed."""
    rows = Item.objects.filter(meja__in=found.mejas, state__in=NEVER_SAT, agenda__isnull=True).select_related(
        "meja__desk", "round__host", "region", "indicator__bidang", "indicator_version", "usulan"
    )
    waiting = list(rows.order_by("meja__desk__order", "meja__desk__code", "region__kode", "order", "pk"))
    found.never_sat = frozenset(item.pk for item in waiting)
    for item in waiting:
        found.items.append(item)
        found.states[item.pk] = item.state


def _take_talk(found: Material) -> None:
    pks = [item.pk for item in found.items]
    found.supports = list(
        Support.objects.filter(item_id__in=pks)
        .select_related("nomenclature", "opd", "item__meja")
        .prefetch_related("funds__source", "places__region")
        .order_by("item__region__kode", "nomenclature__kode", "opd__kode", "pk")
    )
    found.notes = _notes(found, pks)
    found.attendance = list(
        Attendance.objects.filter(session__in=found.sessions)
        .select_related("institution", "session")
        .order_by("institution__kind", "institution__kode", "at")
    )
    rows = Item.objects.filter(meja__in=found.mejas, state__in=UNSUBMITTED).values_list("meja__desk_id", flat=True)
    counts: dict[int, int] = defaultdict(int)
    for desk in rows.order_by():
        counts[desk] += 1
    found.unsubmitted_at, found.unsubmitted = dict(counts), sum(counts.values())


def _notes(found: Material, pks: list[int]) -> list[Note]:
    rows = Note.objects.filter(meja__in=found.mejas, kind="desk").exclude(text="")
    wanted = [
        note
        for note in rows.select_related("institution", "meja__region")
        if note.item_id is None or note.item_id in set(pks)
    ]
    place = {pk: no for no, pk in enumerate(pks)}
    return sorted(
        wanted,
        key=lambda note: (place.get(note.item_id or 0, -1), note.meja.region.kode, note.institution.kode, note.pk),
    )


def _basis(items: list[Item]) -> dict[int, dict[str, str]]:
    """On what each party's consent rested when the verdict was given, from its event; later arrivals change nothing."""
    found: dict[int, dict[str, str]] = {}
    for item_id, payload in (
        Event.objects.filter(item__in=items, action__in=["agree", "agree_noted"])
        .order_by("seq")
        .values_list("item_id", "payload")
    ):
        found[item_id] = {row["party"]: row["basis"] for row in json.loads(payload).get("consent", [])}
    return found


def _host_targets(found: Material) -> dict[int, Value | None]:
    """Per indicator the target of the host's own area for this round: set by the K/L, or in a provincial round agreed above or set by its OPD."""
    round_ = found.ba.round
    indicators = {item.indicator_id for item in found.items if item.indicator_id}
    kind = FigureKind.NATIONAL if round_.national else FigureKind.PROVINCIAL
    region = "00" if round_.national else round_.host.region.kode
    figures = Figure.objects.filter(
        indicator_id__in=indicators,
        kind=kind,
        region__kode=region,
        year=round_.plan_year,
        line_key__in=["", round_.code],
    ).order_by("line_key", "pk")
    targets: dict[int, Value | None] = {figure.indicator_id: figure.value for figure in figures}
    return targets | {pk: above.value for pk, above in agreed_above(round_, indicators).items()}


def _part(found: Material, desk: Desk) -> Material:
    """The material of one desk, out of the whole."""
    here = [item for item in found.items if item.meja.desk_id == desk.pk]
    mejas = tuple(meja for meja in found.mejas if meja.desk_id == desk.pk)
    sessions = tuple(session for session in found.sessions if session.desk_id == desk.pk)
    pks, places = {item.pk for item in here}, {meja.pk for meja in mejas}
    return dataclasses.replace(
        found, sessions=sessions, mejas=mejas, items=here, supports=[row for row in found.supports if row.item_id in pks],
        notes=[note for note in found.notes if note.meja_id in places],
        attendance=_once([row for row in found.attendance if row.session.desk_id == desk.pk]),
        unsubmitted=found.unsubmitted_at.get(desk.pk, 0),
    )  # fmt: skip


def _once(rows: Sequence[Attendance]) -> list[Attendance]:
    """Who came to several sittings of the desk is listed once."""
    seen: dict[tuple[int, int | None, str, str], Attendance] = {}
    for row in rows:
        seen.setdefault((row.institution_id, row.user_id, row.name, row.mode if row.mode == "absent" else ""), row)
    return list(seen.values())


def listed_papers(ba: BeritaAcara) -> list[BeritaAcara]:
    """The final berita acara that an induk lists: of its round, or of its desk or region."""
    rows = BeritaAcara.objects.filter(round=ba.round, state__in=FINAL_STATES).exclude(scope=PaperScope.INDUK)
    if not ba.is_draft:
        rows = rows.filter(induk_rows__ba=ba)
    else:
        rows = rows.filter(mejas__desk=ba.desk) if ba.desk is not None else rows
        rows = rows.filter(mejas__region=ba.region) if ba.region is not None else rows
    return list(rows.select_related("snapshot").distinct().order_by("finalised_at", "pk"))


__all__ = ["Material", "gather", "listed_papers", "scope_key"]
