"""The rows of the five lampiran, from the material of a draft."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db.models import Count

from agreements.selectors.scope_sheet import PaperRow, SittingRow
from agreements.selectors.sheet import AttendanceRow, FundRow, LeftRow, NoteRow, SupportRow, TargetRow, TotalRow
from core.dates import plain_date
from core.numbers import format_number
from desks.choices import (
    AGREED_STATES,
    SETTLED,
    Applicability,
    AttendanceMode,
    ItemState,
    Party,
    ReasonCode,
    StanceKind,
    SupportVerdict,
)
from desks.models import AgendaLine, Item, SessionMeja, Support
from desks.selectors.agenda_lines import has_lines
from desks.selectors.consent import BASIS_WORDS

if TYPE_CHECKING:
    from agreements.selectors.material import Material

AGREED_VERDICTS = (SupportVerdict.AGREED, SupportVerdict.AGREED_NOTED)
FOLLOWED = "Dilanjutkan pada sesi berikutnya"
NEVER_SAT = "Belum dibahas dalam sesi mana pun"


def attendance_rows(found: Material) -> tuple[AttendanceRow, ...]:
    """Lampiran I: who was present, and which party was recorded absent and why."""
    rows: list[AttendanceRow] = []
    for row in found.attendance:
        if row.mode == AttendanceMode.ABSENT and row.lifted_at is not None:
            continue
        rows.append(
            AttendanceRow(len(rows) + 1, row.name, row.office, row.institution.name, row.get_mode_display(), row.reason)
        )
    return tuple(rows)


def target_rows(found: Material) -> tuple[TargetRow, ...]:
    """Lampiran II: the agreed targets in the desk's order."""
    rows: list[TargetRow] = []
    for item in found.items:
        state = found.state(item)
        if state not in AGREED_STATES:
            continue
        code, name, unit = subject_of(item)
        rows.append(
            TargetRow(
                len(rows) + 1, item.code, item.region.kode, item.region.name, code, name, unit,
                found.national.get(item.indicator_id or 0), item.value_proposed, item.value_agreed, str(state),
                ItemState(state).label, basis_text(found, item), item.conclusion,
                item.applicability == Applicability.APPLIES, no_data=item.applicability == Applicability.NO_DATA,
            )
        )  # fmt: skip
    return tuple(rows)


def subject_of(item: Item) -> tuple[str, str, str]:
    """Code, name and unit of what the row is about, as worded in the version it was filled against."""
    indicator, version = item.indicator, item.indicator_version
    if indicator is None:
        return item.code, item.subject, item.subject_unit
    return indicator.code, version.name if version else indicator.code, version.unit if version else indicator.unit


def basis_text(found: Material, item: Item) -> str:
    """`Kemendagri, Bappeda: menyatakan sendiri; Kemenkes: lisan, dicatat`."""
    names = {entry.party.value: entry.name for entry in found.consents[item.pk].parties}
    groups: dict[str, list[str]] = defaultdict(list)
    for party, basis in found.basis.get(item.pk, {}).items():
        groups[basis].append(names.get(party) or Party(party).label)
    return "; ".join(f"{', '.join(each)}: {BASIS_WORDS[basis]}" for basis, each in groups.items())


def support_rows(found: Material) -> tuple[SupportRow, ...]:
    """Lampiran III: agreed sub kegiatan of the rows that got a verdict here."""
    rows: list[SupportRow] = []
    items = {item.pk: item for item in found.items if found.state(item) in SETTLED}
    for support in found.supports:
        if support.verdict in AGREED_VERDICTS and support.item_id in items:
            rows.append(_support(len(rows) + 1, support, items[support.item_id]))
    return tuple(rows)


def _support(no: int, support: Support, item: Item) -> SupportRow:
    places = sorted((row.region for row in support.places.all()), key=lambda region: region.kode)
    funds = sorted(support.funds.all(), key=lambda fund: fund.source.kode)
    return SupportRow(
        no, item.code, item.region.kode, item.region.name, subject_of(item)[1], support.nomenclature.kode, support.nomenclature.name,
        support.opd.code, support.opd.name, format_number(support.volume), support.volume_unit,
        ", ".join(region.name for region in places), ", ".join(region.kode for region in places),
        SupportVerdict(support.verdict).label, support.note, support.added_at_desk,
        tuple(FundRow(fund.source.kode, fund.source.name, fund.proposed, fund.agreed) for fund in funds),
    )  # fmt: skip


def totals_of(supports: tuple[SupportRow, ...]) -> tuple[TotalRow, ...]:
    """Agreed pagu per sumber dana and in all; none where there is no sub kegiatan."""
    sums: dict[str, int] = defaultdict(int)
    for support in supports:
        for fund in support.funds:
            sums[fund.source] += fund.agreed or 0
    rows = [TotalRow(f"Jumlah {source}", amount) for source, amount in sorted(sums.items())] if len(sums) > 1 else []
    return (*rows, TotalRow("Jumlah", sum(sums.values()))) if supports else ()


def left_rows(found: Material) -> tuple[LeftRow, ...]:
    """Lampiran IV: declined and undiscussed rows, rows still under repair, and sub kegiatan that were taken out or not decided."""
    rows: list[LeftRow] = []
    for item in found.items:
        state = found.state(item)
        if state not in AGREED_STATES:
            rows.append(_left_item(len(rows) + 1, found, item, state))
    known = {item.pk: item for item in found.items if found.state(item) in SETTLED}
    for support in found.supports:
        if support.verdict not in AGREED_VERDICTS and support.item_id in known:
            rows.append(_left_support(len(rows) + 1, support, known[support.item_id]))
    return tuple(rows)


def _left_item(no: int, found: Material, item: Item, state: str) -> LeftRow:
    code, name, unit = subject_of(item)
    never = NEVER_SAT if item.pk in found.never_sat else ""
    reason = (
        ReasonCode(item.reason).label
        if item.reason
        else item.request_text
        if state == ItemState.REPAIR
        else never or FOLLOWED
    )
    declined = state == ItemState.DECLINED
    return LeftRow(
        no, item.code, item.region.kode, item.region.name, "Target", code, name, unit, item.value_proposed, str(state),
        ItemState(state).label, reason, item.conclusion if declined else "", objection_of(found, item) if declined else "",
    )  # fmt: skip


def objection_of(found: Material, item: Item) -> str:
    """What the region said against: its words on the newest figure, else its note on the row."""
    region = next((entry for entry in found.consents[item.pk].parties if entry.party == Party.REGION), None)
    if region is None:
        return ""
    stance = region.stance
    if stance is not None and stance.kind != StanceKind.SETUJU:
        return stance.text or f"{stance.institution.short_name} menyatakan {stance.get_kind_display().lower()}."
    own = {institution.pk for institution in region.institutions}
    return next((note.text for note in found.notes if note.item_id == item.pk and note.institution_id in own), "")


def _left_support(no: int, support: Support, item: Item) -> LeftRow:
    excluded = support.verdict == SupportVerdict.EXCLUDED
    return LeftRow(
        no, item.code, item.region.kode, item.region.name, "Sub kegiatan", support.nomenclature.kode,
        f"{support.nomenclature.name} ({support.opd.short_name})", support.volume_unit, None, str(support.verdict),
        SupportVerdict(support.verdict).label, support.note if excluded else "Belum diputuskan pada sesi ini",
    )  # fmt: skip


def sitting_rows(found: Material) -> tuple[SittingRow, ...]:
    """The sittings that were taken in."""
    sizes = dict(
        SessionMeja.objects.filter(session__in=found.sessions).order_by().values_list("session").annotate(n=Count("pk"))
    )
    return tuple(
        SittingRow(
            row.code,
            row.desk.name,
            row.no,
            plain_date(row.starts.astimezone(ZoneInfo(row.tz)).date()),
            sizes.get(row.pk, 0),
        )
        for row in found.sessions
    )


def paper_rows(found: Material) -> tuple[PaperRow, ...]:
    """The berita acara that an induk lists, with the hash of each."""
    return tuple(
        PaperRow(
            no, row.code, row.check_code, row.number, row.title, plain_date(row.signed_on) if row.signed_on else "", row.get_state_display(),
            row.snapshot.sha256,
        )
        for no, row in enumerate(found.papers, start=1)
    )  # fmt: skip


def _line_rows(found: Material, after: int) -> list[NoteRow]:
    """What the sittings concluded on lines of the host's Renja, in rounds of one sector."""
    if not has_lines(found.ba.round.level):
        return []
    host = found.ba.round.host.name
    lines = AgendaLine.objects.filter(session__in=found.sessions).order_by("desk__order", "line_code", "pk")
    return [
        NoteRow(
            after + no, "", "", f"Renja: {row.line_code} {row.text}", host,
            f"{row.get_outcome_display()}. {row.conclusion}".strip().removesuffix(".") + ".",
        )
        for no, row in enumerate(lines, start=1)
    ]  # fmt: skip


def note_rows(found: Material) -> tuple[NoteRow, ...]:
    """Lampiran V: the public notes, per row and speaker; the desk's own first."""
    items = {item.pk: item for item in found.items}
    rows: list[NoteRow] = []
    for note in found.notes:
        item = items.get(note.item_id or 0)
        subject = subject_of(item)[1] if item else "Catatan umum desk"
        rows.append(
            NoteRow(
                len(rows) + 1,
                item.code if item else "",
                note.meja.region.name,
                subject,
                note.institution.name,
                note.text,
            )
        )
    return (*rows, *_line_rows(found, len(rows)))
