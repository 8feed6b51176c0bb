"""The board of a desk: every row that was handed in, across the regions, against what is known; strings ready to print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models import Value as Constant

from accounts.actors import Actor
from core.dates import date_with_time
from core.fields import value_from, value_names
from core.prepared import Prepared
from core.values import Value, format_value
from desks.choices import AGREED_STATES, STATE_TONES, UNSUBMITTED, Applicability, ItemState
from desks.disclosure import BEING_TYPED
from desks.filters_board import BoardFilter
from desks.filters_priority import desk_nodes
from desks.models import Desk, Item, Meja, Position
from desks.scopes import Sight, scope_of, sight_of
from desks.selectors.board_choices import indicator_choices
from desks.selectors.columns import board_details
from desks.selectors.deadlines import submission_deadlines
from desks.selectors.figures import Book, Shown, beside, figures_of_desk
from desks.selectors.gaps import Gap, gap_to
from desks.selectors.macro import RowRef
from desks.selectors.slips_accepted import last_accepted, reason_for
from indicators.choices import Direction

GAPS = ("actual", "rpjmn", "agreement")
NARROWING: Final = tuple(name for name in BoardFilter.base_filters if name != "urut")
WIDE = ("indikator", "daerah", "kelompok", "prioritas", "lewat")
_ITEM = (
    "pk", "code", "version", "state", "applicability", "region_id", "region__kode", "region__short_name", "indicator_id",
    "indicator__code", "indicator__unit", "indicator__decimals", "indicator__direction", "indicator_version__name", "request_due",
    "request_owner__short_name", "changed_at", "order",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One line of the board, printed texts and the values behind them."""

    code: str
    version: int
    state: str
    state_label: str
    tone: str
    region: str
    region_code: str
    indicator: str
    indicator_code: str
    unit: str
    direction: str
    order: int
    newest: Value | None
    newest_text: str
    by: str
    agreed: bool
    figures: Mapping[str, Shown]
    gaps: tuple[Gap, Gap, Gap]
    request: str
    changed: bool
    details: tuple[tuple[str, ...], ...] = ()
    """Per column about detail rows their texts; no column in strands that have none on the board."""
    accepted: str = ""
    """Why the newest figure holds although the slip catcher warned of it."""

    @property
    def direction_text(self) -> str:
        """Which way is better, in words; nothing where nobody has said."""
        return Direction(self.direction).label if self.direction else ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many rows a region has not handed in, and until when it may."""

    region: str
    count: int
    deadline: str


@dataclass
class Board:
    """What the page shows around its rows."""

    rows: list[BoardRow]
    states: list[tuple[str, str, int]] = field(default_factory=list)
    total: int = 0
    changed: int = 0
    waiting: list[Waiting] = field(default_factory=list)
    choices: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    @property
    def not_submitted(self) -> int:
        """Rows that the regions still hold back; of these nothing but the number is known here."""
        return sum(row.count for row in self.waiting)


def rows_of_desk(actor: Actor, desk: Desk) -> QuerySet[Item]:
    """The rows of the desk that the actor may see (submitted or later)."""
    return Item.objects.visible_to(actor).submitted_or_later().filter(meja__desk=desk)


def board_of(actor: Actor, desk: Desk, data: Mapping[str, Any], since: dt.datetime | None) -> Board:
    """The filtered rows with counts; counts disregard the filters of state and change, so that chips lead everywhere."""
    wide = {name: data[name] for name in WIDE if name in data}
    rows = board_rows(actor, desk, data, since)
    if data.get("keadaan") or data.get("berubah"):
        by_state = _counts(actor, desk, wide, since)
    else:
        by_state = {}
        for row in rows:
            n, changed = by_state.get(row.state, (0, 0))
            by_state[row.state] = (n + 1, changed + row.changed)
    around = _around(actor, desk, wide)
    return Board(
        rows=rows,
        states=[(state.value, state.label, by_state[state][0]) for state in ItemState if state in by_state],
        total=sum(n for n, _ in by_state.values()),
        changed=sum(changed for _, changed in by_state.values()),
        waiting=around.waiting,
        choices=_choices(desk, around),
    )


def _counts(actor: Actor, desk: Desk, wide: Mapping[str, Any], since: dt.datetime | None) -> dict[str, tuple[int, int]]:
    counted = BoardFilter(wide, rows_of_desk(actor, desk)).qs.order_by().values_list("state")
    newer = Count("pk", filter=Q(changed_at__gt=since)) if since else Constant(0)
    return {state: (n, changed) for state, n, changed in counted.annotate(rows=Count("pk"), newer=newer)}


def board_rows(actor: Actor, desk: Desk, data: Mapping[str, Any], since: dt.datetime | None) -> list[BoardRow]:
    """The rows of the board as filtered and ordered by `data`, the same on page and in the workbook."""
    narrowed = any(data.get(name) for name in NARROWING)
    if narrowed:
        items = list(_cells(BoardFilter(data, rows_of_desk(actor, desk), since=since).qs))
        newest = _newest(_offers(item_id__in=[row[0] for row in items]))
    else:
        items = WHOLE(sight_of(actor), desk=desk.pk)
        newest = _newest(OFFERS(desk=desk.pk))
    if not items:
        return []
    indicators = {row[8] for row in items}
    regions = {row[5] for row in items}
    book = figures_of_desk(desk.round, indicators, regions, whole=not narrowed)
    details = board_details(desk.strand, [RowRef(row[0], row[3], row[5]) for row in items], actor)
    rows = [_row(item, newest.get(item[0]), book, desk.round.tz, since, details.get(item[0])) for item in items]
    return _ordered(rows, str(data.get("urut", "")))


def _cells(rows: QuerySet[Item]) -> QuerySet[Any, Any]:
    return rows.order_by("order", "indicator__code", "region__kode").values_list(*_ITEM, last_accepted())


def _whole(sight: Sight, *, desk: int) -> QuerySet[Any, Any]:
    return _cells(Item.objects.in_sight(sight).submitted_or_later().filter(meja__desk=desk))


def _offers(**of: Any) -> QuerySet[Any, Any]:
    names = ("item_id", "institution__short_name", "institution__region_id", *value_names("value"))
    return Position.objects.filter(**of).order_by("item_id", "seq").values_list(*names)


def _of_desk(*, desk: int) -> QuerySet[Any, Any]:
    return _offers(item__meja__desk=desk)


WHOLE: Final = Prepared(_whole, desk=int)
"""The board without a filter, as it is opened all day."""
OFFERS: Final = Prepared(_of_desk, desk=int)


def _newest(offers: Iterable[tuple[Any, ...]]) -> dict[int, tuple[Any, ...]]:
    return {row[0]: row[1:] for row in offers}


def _row(
    item: tuple[Any, ...], position: tuple[Any, ...] | None, book: Book, tz: str, since: dt.datetime | None,
    details: tuple[tuple[str, ...], ...] | None = None,
) -> BoardRow:  # fmt: skip
    (
        _, code, version, state, applicability, region_id, region_code, region, indicator_id, indicator_code, unit, decimals,
        direction, name, due, owner, changed_at, order, told,
    ) = item  # fmt: skip
    value = value_from(*position[2:]) if position else None
    figures = beside(book, indicator_id, region_id)
    words = _words(state, applicability, position)
    return BoardRow(
        code=code, version=version, state=state, state_label=ItemState(state).label, tone=STATE_TONES[state].value,
        region=region, region_code=region_code, indicator=name or indicator_code, indicator_code=indicator_code, unit=unit,
        direction=direction or "", order=order, newest=value, newest_text=format_value(value) or words,
        by=position[0] if position and position[1] != region_id else "", agreed=state in AGREED_STATES, figures=figures,
        gaps=tuple(gap_to(value, figures.get(name), decimals, direction) for name in GAPS),  # type: ignore[arg-type]
        request=f"{owner or 'ditunggu'} s.d. {date_with_time(due, tz)}" if due and state == ItemState.REPAIR else "",
        changed=bool(since and changed_at > since), details=details or (),
        accepted="" if state in BEING_TYPED else reason_for(told, format_value(value)),
    )  # fmt: skip


def _words(state: str, applicability: str, position: tuple[Any, ...] | None) -> str:
    """What stands in the place of a figure. A row under repair is being typed: only what was handed in may show."""
    if state == ItemState.REPAIR:
        return "Tanpa angka" if position else ""
    return "" if applicability == Applicability.APPLIES else Applicability(applicability).label


def _ordered(rows: list[BoardRow], wanted: str) -> list[BoardRow]:
    name = wanted.removeprefix("-")
    places = {"capaian": 0, "rpjmn": 1, "kesepakatan": 2}
    if name == "daerah":
        return sorted(rows, key=lambda row: row.region_code)
    if name not in places:
        return rows
    place, sign = places[name], -1 if wanted.startswith("-") else 1

    def key(row: BoardRow) -> tuple[bool, Decimal]:
        better = row.gaps[place].better
        return better is None, Decimal(0) if better is None else sign * better

    return sorted(rows, key=key)


def regions_seen(actor: Actor, desk: Desk) -> set[int] | None:
    """The regions that the actor's seats at the desk cover, None for all."""
    seats = [
        seat
        for seat in scope_of(actor).seats
        if seat.round_id == desk.round_id and seat.desk_id in (None, desk.pk) and seat.strand in ("", desk.strand)
    ]
    found = {seat.region_id for seat in seats}
    return None if None in found else {pk for pk in found if pk is not None}


@dataclass
class _Around:
    """The regions of the desk: who still holds rows back, and what the filters offer."""

    waiting: list[Waiting]
    regions: list[tuple[str, str]]
    groups: list[tuple[str, str]]


def _mejas(wide: Mapping[str, Any] = MappingProxyType({}), *, desk: int) -> QuerySet[Any, Any]:
    drafts = BoardFilter(wide, Item.objects.filter(meja=OuterRef("pk"), state__in=UNSUBMITTED)).qs.order_by()
    number = drafts.values("meja").annotate(n=Count("pk")).values("n")
    names = ("region__groups__scheme", "region__groups__code", "region__groups__name")
    rows = Meja.objects.filter(desk=desk).order_by("region__kode").annotate(drafts=Subquery(number))
    return rows.values_list("region_id", "region__kode", "region__short_name", "drafts", *names)


MEJAS: Final = Prepared(_mejas, desk=int)


def _around(actor: Actor, desk: Desk, wide: Mapping[str, Any]) -> _Around:
    """Of rows that are with the regions still only the number is read, never anything of what stands in them."""
    # What hangs on drafts through their sub kegiatan is theirs: then the number is that of all drafts.
    if wide.get("lewat"):
        wide = {name: value for name, value in wide.items() if name not in ("prioritas", "lewat")}
    seen = regions_seen(actor, desk)
    regions: dict[tuple[int, str, str], int] = {}
    groups: dict[str, str] = {}
    mejas = _mejas(wide, desk=desk.pk) if any(wide.values()) else MEJAS(desk=desk.pk)
    for pk, kode, name, count, scheme, code, group in mejas:
        if seen is not None and pk not in seen:
            continue
        regions[(pk, kode, name)] = count or 0
        if code is not None:
            groups[f"{scheme}:{code}"] = f"{group} ({scheme})"
    usual, extended = submission_deadlines(desk.round) if any(regions.values()) else ("", {})
    waiting = [Waiting(name, n, extended.get(pk, usual)) for (pk, _, name), n in regions.items() if n]
    return _Around(waiting, [(kode, name) for _, kode, name in regions], sorted(groups.items()))


def desk_choices(actor: Actor, desk: Desk) -> dict[str, list[tuple[str, str]]]:
    """What the filters of the page offer: indicators and regions of the desk, and the groups these regions form."""
    return _choices(desk, _around(actor, desk, {}))


def _choices(desk: Desk, around: _Around) -> dict[str, list[tuple[str, str]]]:
    named = {"indikator": indicator_choices(desk), "daerah": around.regions, "kelompok": around.groups}
    return {**named, "prioritas": desk_nodes(desk)}


def items_for(actor: Actor, desk: Desk, codes: Iterable[str]) -> dict[str, Item]:
    """Chosen rows of the board by code; those that are not on the actor's board are absent."""
    rows = rows_of_desk(actor, desk).filter(code__in=set(codes))
    return {
        item.code: item
        for item in rows.select_related(
            "meja__desk", "round", "region", "indicator__bidang", "indicator_version", "usulan"
        )
    }
