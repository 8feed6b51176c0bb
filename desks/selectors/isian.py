"""The Isian: the desks of a region with what is left to do, and the table of one desk, preformatted."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BooleanField, Case, Count, ExpressionWrapper, F, Q, Sum, Value, When
from django.urls import reverse

from accounts.actors import Actor
from accounts.choices import Role
from core.dates import deadline, remaining
from core.fields import value_from, value_names
from core.values import Value as CoreValue
from core.values import format_value
from desks.choices import STATE_TONES, Applicability, ItemState, StageKind
from desks.filters import COMPLETE, WORK, WORK_LABELS, work_for
from desks.filters_priority import PriorityFilter
from desks.models import Item, Meja, Round
from desks.scopes import OWNER_ROLES, hands_in, scope_of
from desks.selectors.about import ABOUT_COLUMNS, About, about_of
from desks.selectors.columns import FigureColumn, detail_cells, detail_heads, figure_columns, figures_for
from desks.selectors.details import Cells
from desks.selectors.figures import MISSING, Beside, Shown
from desks.selectors.isian_warnings import WARNED, warnings_in
from desks.selectors.slips import Warned
from desks.selectors.stages import StageWindow, windows_for
from desks.selectors.target_marks import Moved, moved_since
from desks.services.item import BAPPEDA_EDITS, EDIT_STAGES, OPD_EDITS, REPAIR_STAGES
from indicators.choices import Direction, Strand
from planning.selectors.priorities import Chip

STATE_LABELS = dict(ItemState.choices)
APPLICABILITY_LABELS = dict(Applicability.choices)
DIRECTION_MARKS = {Direction.UP.value: "↑", Direction.DOWN.value: "↓", None: ""}
DIRECTION_LABELS = dict(Direction.choices)


def rounds_of(actor: Actor) -> list[Round]:
    """The rounds in which the actor sits: those still running first, then by plan year, newest first."""
    rounds = Round.objects.filter(pk__in=scope_of(actor).rounds()).select_related("host")
    return sorted(rounds, key=lambda row: (row.closed_at is not None, -row.plan_year, row.level, row.no))


def fills(actor: Actor) -> bool:
    """Whether the actor's role works on the Isian of a region (fills, checks or reads it)."""
    return actor.role in OWNER_ROLES


@dataclass(frozen=True)
class Deadline:
    """A stage as it binds the actor, in words: until when, why then, and what happens to what is not submitted."""

    text: str
    left: str
    open: bool
    why: str = ""
    consequence: str = ""
    closes_at: dt.datetime | None = None


def filling_deadline(round_: Round, windows: Iterable[StageWindow], now: dt.datetime) -> Deadline | None:
    """The deadline of Pengisian Daerah among the actor's windows; None where the stage is not scheduled."""
    window = next((each for each in windows if each.stage.kind == StageKind.FILLING_REGION), None)
    if window is None:
        return None
    why = "perpanjangan yang dicatat sekretariat" if window.extended else ""
    why = "batas bagi perangkat daerah dari Bappeda" if window.inner else why
    verb = "ditutup" if window.closes_at > now else "sudah ditutup"
    text = f"{verb} {deadline(window.closes_at, round_.tz)}"
    if window.opens_at > now:
        text = f"baru dibuka {deadline(window.opens_at, round_.tz)}, {text}"
    left = remaining(window.closes_at, now) if window.is_open(now) else ""
    return Deadline(text, left, window.is_open(now), why, window.stage.on_close, window.closes_at)


@dataclass
class DeskRow:
    """A desk of the region on the index: how many rows, how many complete, and how many in each condition."""

    code: str
    name: str
    total: int = 0
    done: int = 0
    grows: bool = False
    """Whether rows are added by the region, so that an empty desk is shown too."""
    counts: list[tuple[str, int, str]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The table of the desk."""
        return reverse("desks:isian", args=[self.code])


def desk_rows(actor: Actor, round_: Round) -> list[DeskRow]:
    """The desks of the actor's region in the round, counted over the rows it may see, in two queries."""
    names = {
        meja.pk: DeskRow(meja.code, f"{meja.desk.code} {meja.desk.name}", grows=meja.desk.strand == Strand.KEWILAYAHAN)
        for meja in Meja.objects.filter(round=round_, region_id=actor.region_id)
        .select_related("desk")
        .order_by("desk__order", "desk__code")
    }
    empty = Case(When(WORK["kosong"], then=Value(1)), default=Value(0))
    complete = Case(When(COMPLETE, then=Value(1)), default=Value(0))
    rows = (
        Item.objects.visible_to(actor)
        .filter(round=round_, region_id=actor.region_id)
        .values_list("meja_id", "state")
        .annotate(n=Count("pk"), empty=Sum(empty), complete=Sum(complete))
        .order_by()
    )
    found: dict[int, Counter[str]] = {}
    for meja, state, n, no_value, done in rows:
        counter = found.setdefault(meja, Counter())
        counter["kosong"] += no_value
        counter[state] += n - no_value if state == ItemState.DRAFT else n
        names[meja].total += n
        names[meja].done += done
    for meja, counter in found.items():
        names[meja].counts = _counted(counter)
    return [row for row in names.values() if row.total or row.grows]


def _counted(counter: Counter[str]) -> list[tuple[str, int, str]]:
    shown = [("kosong", counter["kosong"], "netral")] if counter["kosong"] else []
    return shown + [
        (STATE_LABELS[state].lower(), counter[state], STATE_TONES[state].value) for state in ItemState if counter[state]
    ]


@dataclass(slots=True)
class IsianRow:
    """One row of the table, every number printed already. `value` is what stands; `typed` what the person typed, if refused."""

    code: str
    version: int
    name: str
    unit: str
    direction: str
    figures: list[Shown]
    value: str
    typed: str
    editable: bool
    state: str
    state_label: str
    tone: str
    applicability: str
    reason: str
    request: str
    details: tuple[str, ...]
    work: frozenset[str]
    indicator: str = ""
    proposed: CoreValue | None = None
    chips: Sequence[Chip] = ()
    moved: Moved | None = None
    result: Any = None
    about: About | None = None
    warnings: list[Warned] = field(default_factory=list)
    """What the slip catcher says, open ones only: of the target (`subject` empty) first, then of sub kegiatan."""


@dataclass
class IsianTable:
    """The table of one desk for one region."""

    meja: Meja
    columns: list[FigureColumn]
    rows: list[IsianRow]
    counts: dict[str, int]
    deadline: Deadline | None
    can_edit: bool
    can_submit: bool
    windows: list[StageWindow]

    @property
    def detail_heads(self) -> tuple[str, ...]:
        """Heads of the columns about detail rows."""
        return detail_heads(self.meja.desk.strand, self.meja.round.words)

    def chips(self, chosen: str, role: str, kept: str = "") -> list[dict[str, Any]]:
        """The filter line: all, then what the role works with, counted over the whole table; `kept` is the rest of the address."""
        url = reverse("desks:isian", args=[self.meja.code])
        all_ = {
            "label": "semua",
            "count": self.counts["semua"],
            "url": f"{url}?{kept}" if kept else url,
            "active": not chosen,
        }
        return [all_] + [
            {
                "label": WORK_LABELS.get(key, key),
                "count": self.counts[key],
                "url": f"{url}?saring={key}{kept and f'&{kept}'}",
                "active": chosen == key,
            }
            for key in (*work_for(role, submits=self.can_submit), WARNED)
            if key not in SELDOM or self.counts[key] or chosen == key
        ]


SELDOM = frozenset({"definisi", "target", WARNED})
"""Work that few tables have: its filter stands there only where it finds something."""
ROW_COLUMNS = (
    "code", "version", "state", "applicability", "applicability_reason", "request_text", "locked_at", "pk", "indicator_id",
    "indicator_version__name", "indicator_version__unit", "indicator__unit", "indicator__direction", "indicator__code",
    "target_seq",
)  # fmt: skip


def isian_table(
    actor: Actor, meja: Meja, now: dt.datetime, *, work: str = "", data: Mapping[str, Any] | None = None
) -> IsianTable:
    """The rows of the desk that the actor may see with everything beside them; counts are those of all rows that `data` (prioritas) leaves."""
    round_ = meja.round
    windows = windows_for(round_, actor)
    edits = _editable_states(actor, windows, now) if round_.closed_at is None else frozenset()
    marks = {key: ExpressionWrapper(condition, output_field=BooleanField()) for key, condition in WORK.items()}
    found = (
        PriorityFilter(data or {}, Item.objects.visible_to(actor).filter(meja=meja))
        .qs.order_by("order", "pk")
        .annotate(**{f"work_{key}": mark for key, mark in marks.items()})
        .values_list(*ROW_COLUMNS, *value_names("value_proposed"), *(f"work_{key}" for key in WORK), *ABOUT_COLUMNS)
    )
    items = list(found)
    strand = meja.desk.strand
    book = figures_for(round_, strand, meja.region_id, [row[8] for row in items if row[8]])
    details = detail_cells(strand, Q(item__meja=meja))
    columns = figure_columns(round_, strand)
    rows = [_row(row, book, details, columns, edits) for row in items]
    since = {row[7]: row[14] for row in items if row[14] is not None and row[6] is None}
    moved = moved_since(since) if since else {}
    warned = warnings_in(meja, {raw[7]: (raw[8], row) for row, raw in zip(rows, items, strict=True)}, book)
    for row, raw in zip(rows, items, strict=True):
        row.warnings = warned.get(raw[7], [])
        row.work |= {WARNED} if row.warnings else set()
        row.moved = moved.get(raw[7])
    counts = {"semua": len(rows), **{key: sum(key in row.work for row in rows) for key in (*WORK, WARNED)}}
    shown = [row for row in rows if not work or work in row.work]
    deadline_ = filling_deadline(round_, windows, now)
    submits = hands_in(actor, meja.round_id) and meja.region_id == actor.region_id
    return IsianTable(meja, columns, shown, counts, deadline_, bool(edits), submits, windows)


def _editable_states(actor: Actor, windows: Iterable[StageWindow], now: dt.datetime) -> frozenset[str]:
    """The states whose rows the actor may change now: its role, and the stage open for it."""
    if actor.role not in (Role.BAPPEDA, Role.OPD):
        return frozenset()
    open_kinds = {each.stage.kind for each in windows if each.is_open(now)}
    allowed = OPD_EDITS if actor.role == Role.OPD else BAPPEDA_EDITS
    return frozenset(
        state for state in allowed if open_kinds & set(REPAIR_STAGES if state == ItemState.REPAIR else EDIT_STAGES)
    )


def _row(
    row: tuple[Any, ...],
    book: dict[int, Beside],
    details: Cells,
    columns: list[FigureColumn],
    edits: frozenset[str],
) -> IsianRow:
    code, version, state, applicability, reason, request, locked, pk, indicator = row[:9]
    name, unit, plain_unit, direction, indicator_code = row[9:14]
    beside = book.get(indicator, {})
    proposed = value_from(*row[15:21])
    value = format_value(proposed)
    return IsianRow(
        code, version, name or indicator_code or "", unit or plain_unit or "", DIRECTION_MARKS[direction],
        [beside.get(column.key, MISSING) for column in columns], value, value, state in edits and locked is None, state,
        STATE_LABELS[state], STATE_TONES[state].value, applicability, reason, request, details.get(pk, ()),
        frozenset(key for key, there in zip(WORK, row[21 : 21 + len(WORK)], strict=True) if there), indicator_code or "", proposed,
        about=about_of(row[21 + len(WORK) :], unit or plain_unit or "", direction, beside),
    )  # fmt: skip


def readiness(actor: Actor, mejas: Q) -> tuple[list[Item], list[Item]]:
    """The rows that the Bappeda could submit or answer now, complete ones and incomplete ones, in the order of the desks."""
    rows = (
        Item.objects.visible_to(actor)
        .filter(mejas, region_id=actor.region_id, locked_at__isnull=True)
        .filter(state__in=[ItemState.DRAFT, ItemState.RETURNED, ItemState.PROPOSED, ItemState.REPAIR])
        .select_related("meja__desk", "round", "indicator_version", "indicator", "usulan")
        .annotate(complete=ExpressionWrapper(COMPLETE, output_field=BooleanField()), desk_order=F("meja__desk__order"))
        .order_by("desk_order", "meja_id", "order", "pk")
    )
    ready: list[Item] = []
    lacking: list[Item] = []
    for item in rows:
        able = item.complete and item.state != ItemState.RETURNED
        (ready if able else lacking).append(item)
    return ready, lacking
