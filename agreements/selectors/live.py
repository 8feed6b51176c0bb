"""The sheet of a draft, read from the session's rows as they stand now."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from accounts.choices import RegionLevel
from accounts.models import Institution, Region
from agreements.choices import SignMode
from agreements.models import BeritaAcara, Signatory
from agreements.selectors.rows import attendance_rows, left_rows, note_rows, support_rows, target_rows, totals_of
from agreements.selectors.sheet import BaSheet, SignBlock
from agreements.wording import LABELS, Wording, wording_for
from core.dates import date_in_words, plain_date, span_in_words, time_with_zone
from core.values import Value
from desks.choices import UNSUBMITTED, AgendaOutcome, ItemState, SessionMode
from desks.disclosure import show_handed_in
from desks.models import AgendaEntry, Event, Item, Note, Session, Support
from desks.selectors.consent import ItemConsent, consent_of
from indicators.choices import FigureKind
from indicators.models import Figure

MODE_WORDS = {
    SessionMode.HYBRID: "secara hibrida",
    SessionMode.ONLINE: "secara daring",
    SessionMode.ONSITE: "secara tatap muka",
}


@dataclass
class Material:
    """What the rows of a sheet are made of, read once."""

    ba: BeritaAcara
    session: Session
    items: list[Item] = field(default_factory=list)
    states: dict[int, str] = field(default_factory=dict)
    consents: dict[int, ItemConsent] = field(default_factory=dict)
    basis: dict[int, dict[str, str]] = field(default_factory=dict)
    national: dict[int, Value | None] = field(default_factory=dict)
    supports: list[Support] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    undecided: list[Item] = field(default_factory=list)
    unsubmitted: int = 0

    def state(self, item: Item) -> str:
        """What became of the row in this session."""
        return self.states[item.pk]


def gather(ba: BeritaAcara) -> Material:
    """Read everything a draft prints, in a fixed number of queries."""
    session = ba.session
    assert session is not None, "only the scope 'per sesi' is drafted"
    found = Material(ba, session)
    entries = AgendaEntry.objects.filter(session=session).select_related(
        "item__meja__desk", "item__round", "item__region", "item__indicator__bidang", "item__indicator_version"
    )
    for entry in entries.order_by("item__region__kode", "item__order", "item__pk"):
        missed = entry.outcome == AgendaOutcome.NOT_REACHED
        state = ItemState.NOT_DISCUSSED if missed else entry.item.state
        if state == ItemState.WITHDRAWN:
            continue
        found.items.append(entry.item)
        found.states[entry.item.pk] = state
        if state in (ItemState.SUBMITTED, ItemState.DISCUSSED):
            found.undecided.append(entry.item)
    show_handed_in(found.items)
    found.consents = consent_of(found.items, session)
    found.basis = _basis(found.items)
    found.national = _national(found)
    pks = [item.pk for item in found.items]
    found.supports = list(
        Support.objects.filter(item_id__in=pks)
        .select_related("nomenclature", "opd", "item")
        .prefetch_related("funds__source", "places__region")
        .order_by("item__region__kode", "nomenclature__kode", "opd__kode", "pk")
    )
    found.notes = _notes(found, pks)
    found.unsubmitted = Item.objects.filter(meja__in=session.mejas.all(), state__in=UNSUBMITTED).count()
    return found


def _notes(found: Material, pks: list[int]) -> list[Note]:
    rows = Note.objects.filter(meja__in=found.session.mejas.all(), kind="desk").exclude(text="")
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


def _national(found: Material) -> dict[int, Value | None]:
    """Per indicator the national target that the K/L stated for this round."""
    figures = Figure.objects.filter(
        indicator_id__in={item.indicator_id for item in found.items}, kind=FigureKind.NATIONAL, region__kode="00",
        year=found.ba.round.plan_year, line_key__in=["", found.ba.round.code],
    ).order_by("line_key", "pk")  # fmt: skip
    return {figure.indicator_id: figure.value for figure in figures}


def live_sheet(ba: BeritaAcara, found: Material | None = None) -> BaSheet:
    """The sheet of a draft."""
    found = found or gather(ba)
    wording = wording_for(ba.strand, ba.round.level)
    regions = list(
        dict.fromkeys(
            _called(meja.region) for meja in found.session.mejas.select_related("region").order_by("region__kode")
        )
    )
    signers = sign_blocks(ba)
    facts = _facts(found, regions, signers)
    supports = support_rows(found)
    return BaSheet(
        code=ba.code, check_code=ba.check_code, revision=ba.revision, heading=ba.title, kop=_kop(ba.round.host),
        regions=tuple(regions), signers=signers, **_texts(wording, facts),
        signed_place=ba.place, signed_on=plain_date(ba.signed_on) if ba.signed_on else "",
        plan_year=ba.round.plan_year, indicator_label=ba.round.indicator_label,
        attendance=attendance_rows(found), targets=target_rows(found), supports=supports, totals=totals_of(supports),
        left=left_rows(found), unsubmitted=found.unsubmitted, notes=note_rows(found),
        template_version=wording.version, simulated=ba.round.simulated, mark="DRAF" if ba.is_draft else "",
    )  # fmt: skip


def _texts(wording: Wording, facts: dict[str, str]) -> dict[str, Any]:
    names = ("opening", "legal_heading", "parties", "agree_heading", "closing", "chair_heading", "signers_heading")
    texts: dict[str, Any] = {name: wording.line(name, facts) for name in names}
    texts["title"] = wording.lines("title", facts)
    texts["legal"] = wording.lines("legal", facts)
    texts["agreements"] = tuple(zip(LABELS, wording.lines("agreements", facts), strict=False))
    return texts


def _called(region: Region) -> str:
    """`Provinsi Jawa Barat`; a kabupaten or kota carries its kind in its name already."""
    return (
        f"Provinsi {region.name}"
        if region.level == RegionLevel.PROVINCE and not region.name.startswith("Provinsi")
        else region.name
    )


def _kop(host: Institution) -> tuple[str, ...]:
    return tuple(line for line in (host.name.upper(), host.address) if line)


def _facts(found: Material, regions: list[str], signers: tuple[SignBlock, ...]) -> dict[str, str]:
    round_, session = found.ba.round, found.session
    zone = ZoneInfo(session.tz)
    first, last = session.starts.astimezone(zone).date(), session.ends.astimezone(zone).date()
    day = date_in_words(first).removeprefix("Pada ") if first == last else span_in_words(first, last)
    until = time_with_zone(session.ends, session.tz)
    place = f"bertempat di {session.place}" if session.place else "tanpa tempat pertemuan fisik"
    where = _listed(regions) if len(regions) <= 3 else f"{len(regions)} daerah"
    return {
        "forum": round_.forum_name, "forum_kapital": round_.forum_name.upper(), "tahun": str(round_.held_year),
        "tahun_rencana": str(round_.plan_year), "desk": session.desk.name, "desk_kapital": session.desk.name.upper(),
        "daerah": where, "daerah_kapital": where.upper(), "hari_tanggal": day,
        "waktu": f"{time_with_zone(session.starts, session.tz).rpartition(' ')[0]} sampai dengan {until}",
        "tempat": place, "cara": MODE_WORDS[SessionMode(session.mode)], "sebutan_indikator": round_.indicator_label.lower(),
        "para_pihak": _listed(list(dict.fromkeys(block.institution for block in signers if not block.chair))) or "para pihak",
    }  # fmt: skip


def _listed(names: list[str]) -> str:
    """`A`, `A dan B`, `A, B, dan C`."""
    if len(names) < 3:
        return " dan ".join(names)
    return f"{', '.join(names[:-1])}, dan {names[-1]}"


def sign_blocks(ba: BeritaAcara) -> tuple[SignBlock, ...]:
    """The signatory plan as it will be printed."""
    return tuple(
        sign_block(row)
        for row in Signatory.objects.filter(ba=ba).select_related("institution", "user").order_by("order")
    )


def sign_block(row: Signatory) -> SignBlock:
    """One signatory as printed."""
    return SignBlock(
        order=row.order, institution=row.institution.name, institution_code=row.institution.code, office=row.office, name=row.name,
        prefix=row.prefix, principal_office=row.principal_office, rank=row.rank, nip=row.nip, chair=row.chair,
        mode=SignMode(row.mode).value, person=row.user.code if row.user else "",
    )  # fmt: skip
