"""Filling in: one batch save for grid, form, API and Excel; moves of rows; one cell is a batch of one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any

from accounts.actors import Actor, can
from accounts.choices import Role
from core.errors import (
    AmbiguousNumber,
    DomainError,
    InvalidInput,
    NotAllowed,
    NotFound,
    StaleState,
    TransitionNotAllowed,
)
from core.fields import value_columns
from core.values import Value, format_value
from desks.chain import Writer, writing
from desks.choices import Applicability, ItemState, StageKind
from desks.disclosure import show_handed_in
from desks.models import Item, Meja, Session
from desks.reading import read_target
from desks.selectors.deadlines import require_due
from desks.selectors.stages import require_stage
from desks.services.idempotency import KeyTaken, earlier_answer, fingerprint, remember
from desks.versions import change_item, require_unlocked, stale
from desks.workflow import TRANSITIONS, advance

OPD_EDITS = (ItemState.DRAFT, ItemState.RETURNED, ItemState.REPAIR)
BAPPEDA_EDITS = (*OPD_EDITS, ItemState.PROPOSED)
EDIT_STAGES = (StageKind.FILLING_REGION,)
REPAIR_STAGES = (StageKind.FILLING_REGION, StageKind.VERIFICATION, StageKind.DESK)
FIELDS = ("value", "applicability", "applicability_reason", "proposal_note")
MAX_ROWS = 2000
# Columns of the joined tables, some of them long, that no service reads: each would cost time in the most frequent request.
UNREAD = (
    "round__forum_name", "round__held_year", "round__level", "round__indicator_label", "round__ba_scope", "round__opd_step",
    "round__simulated", "round__version", "round__head_hash", "indicator__gov_levels", "indicator__aggregation", "indicator__simulated",
    "indicator_version__outcome", "indicator_version__definition", "indicator_version__formula", "indicator_version__source",
)  # fmt: skip
LONGEST = {"value": 200, "applicability": 12, "applicability_reason": 500, "proposal_note": 20_000}
"""Characters a field can hold; PostgreSQL would refuse longer ones with an error nobody understands, SQLite keep them."""


@dataclass(frozen=True)
class RowWrite:
    """What a client wants of one row: the version it saw and the fields it typed (as text)."""

    code: str
    version: int
    changes: dict[str, str]
    dot: str = "ask"


@dataclass
class RowResult:
    """What became of one row of a batch: saved, same, conflict, refused or ask (an ambiguous number)."""

    code: str
    status: str
    version: int = 0
    state: str = ""
    shown: dict[str, str] = field(default_factory=dict)
    message: str = ""
    problem: str = ""
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether the row stands as wanted."""
        return self.status in ("saved", "same")


def load_items(actor: Actor, codes: Iterable[str], *also: str) -> dict[str, Item]:
    """The visible rows of these codes, with what services need of them; unknown and invisible ones are simply absent.

    `also` names further relations that the caller reads.
    """
    rows = Item.objects.visible_to(actor).filter(code__in=set(codes))
    # Without order_by() the model's ordering would join round, desk and region once more, only to sort a dict.
    ready = (
        rows.order_by().select_related("meja__desk", "round", "indicator", "indicator_version", *also).defer(*UNREAD)
    )
    found = {item.code: item for item in ready}
    show_handed_in(found.values(), actor)
    return found


def load_item(actor: Actor, code: str) -> Item:
    """One visible row with its region and bidang urusan, else NotFound."""
    try:
        return load_items(actor, [code], "region", "indicator__bidang")[code]
    except KeyError:
        raise NotFound("Butir tidak ditemukan.") from None


def save_rows(actor: Actor, *, rows: Sequence[RowWrite], key: str = "") -> list[RowResult]:
    """Save typed values of many rows; each is accepted or refused by itself, all in one transaction under one idempotency key.

    A repeated call with the same key gives the first answer again and writes nothing.
    """
    body = [asdict(row) for row in rows]
    if len(rows) > MAX_ROWS:
        raise InvalidInput(f"Paling banyak {MAX_ROWS} baris sekali simpan. Bagi menjadi beberapa bagian.")
    if len({row.code for row in rows}) != len(rows):
        raise InvalidInput("Satu butir tercantum lebih dari sekali dalam kiriman ini.")
    return answer_once(
        actor, key, ["save", body], lambda found: _save_all(actor, rows, found), [row.code for row in rows]
    )


def answer_once(
    actor: Actor, key: str, body: Any, work: Callable[[dict[str, Item]], Callable[[Writer], list[RowResult]]], codes: Sequence[str]
) -> list[RowResult]:  # fmt: skip
    """Run `work` on the visible rows once per key inside one writing block, and store its answer with it.

    A used key shows when the answer is stored: then all of the block is rolled back and the first answer given again.
    """
    request_hash = fingerprint(body)
    items = load_items(actor, codes)
    run = work(items)
    try:
        with writing(actor, mejas={item.meja_id: item.meja for item in items.values()}.values()) as writer:
            results = run(writer)
            remember(actor.user, key, request_hash, [asdict(row) for row in results])
        return results
    except KeyTaken:
        return [RowResult(**row) for row in earlier_answer(actor.user, key, request_hash)]


def _save_all(actor: Actor, rows: Sequence[RowWrite], items: dict[str, Item]) -> Callable[[Writer], list[RowResult]]:
    stages = StageMemory(actor)

    def run(writer: Writer) -> list[RowResult]:
        return [
            attempt(row.code, items, partial(_save_one, writer, row=row, stages=stages), row.changes) for row in rows
        ]

    return run


def attempt(
    code: str, items: dict[str, Item], work: Callable[[Item], RowResult], yours: dict[str, Any] | None = None
) -> RowResult:
    """Do one row's work and turn a refusal into its result; other rows of the batch go on."""
    item = items.get(code)
    if item is None:
        return RowResult(code, "refused", message="Butir tidak ditemukan.", problem="not_found")
    try:
        return work(item)
    except AmbiguousNumber as error:
        return _refusal(item, "ask", error)
    except StaleState as error:
        error.details["yours"] = yours or error.details.get("yours", {})
        return _refusal(item, "conflict", error)
    except DomainError as error:
        return _refusal(item, "refused", error)


def _refusal(item: Item, status: str, error: DomainError) -> RowResult:
    return RowResult(item.code, status, item.version, item.state, shown(item), error.message, error.code, error.details)


def shown(item: Item) -> dict[str, str]:
    """The fields of a row as screens show them."""
    return {
        "value": format_value(item.value_proposed),
        "applicability": item.applicability,
        "applicability_reason": item.applicability_reason,
        "proposal_note": item.proposal_note,
        "state_label": item.get_state_display(),
    }


class StageMemory:
    """Asks each round once whether a stage is open for the actor."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.known: dict[tuple[int, tuple[StageKind, ...]], DomainError | None] = {}

    def require(self, item: Item, kinds: tuple[StageKind, ...]) -> None:
        """StageClosed unless one of the kinds is open."""
        key = (item.round_id, kinds)
        if key not in self.known:
            try:
                require_stage(item.round, self.actor, kinds)
                self.known[key] = None
            except DomainError as error:
                self.known[key] = error
        refusal = self.known[key]
        if refusal is not None:
            raise refusal


def require_editable(actor: Actor, item: Item, stages: StageMemory) -> None:
    """The actor may change the proposal of the row now: right, lock, state and stage in that order."""
    if not can(actor, "desks.edit_item", item):
        raise NotAllowed()
    require_unlocked(item)
    allowed = OPD_EDITS if actor.role == Role.OPD else BAPPEDA_EDITS
    if item.state not in allowed:
        raise TransitionNotAllowed(
            f"Butir berstatus {item.get_state_display()} dan tidak dapat diubah lagi di isian.", state=item.state
        )
    stages.require(item, REPAIR_STAGES if item.state == ItemState.REPAIR else EDIT_STAGES)


def _save_one(writer: Writer, item: Item, row: RowWrite, stages: StageMemory) -> RowResult:
    require_editable(writer.actor, item, stages)
    columns, before, after = _wanted(item, row)
    if not after:
        # Two people who typed the same do not disagree, and a client whose acknowledgement was lost has what it wanted.
        return RowResult(item.code, "same", item.version, item.state, shown(item))
    if item.version != row.version:
        raise stale(writer.actor, item, row.version, row.changes)
    if item.state == ItemState.RETURNED:
        advance(writer, item, "redraft", seen_version=item.version)
    change_item(writer.actor, item, item.version, **columns)
    writer.record(item, "edit", {"before": before, "after": after, "item_version": item.version})
    return RowResult(item.code, "saved", item.version, item.state, shown(item))


def _wanted(item: Item, row: RowWrite) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """The columns to set, and before/after for the event, of what really changes."""
    unknown = set(row.changes) - set(FIELDS)
    if unknown:
        raise InvalidInput(f"Kolom tidak dikenal: {', '.join(sorted(unknown))}.")
    columns: dict[str, Any] = {}
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    if "value" in row.changes:
        _want_value(item, read_value(item, row.changes["value"], row.dot), columns, before, after)
    for name in FIELDS[1:]:
        wanted = row.changes.get(name)
        if wanted is not None and len(wanted.strip()) > LONGEST[name]:
            raise InvalidInput(f"Paling panjang {LONGEST[name]} karakter; sekarang {len(wanted.strip())}.", field=name)
        if wanted is not None and wanted.strip() != getattr(item, name):
            before[name], after[name], columns[name] = getattr(item, name), wanted.strip(), wanted.strip()
    _check_applicability(item, columns)
    return columns, before, after


def _want_value(
    item: Item, wanted: Value | None, columns: dict[str, Any], before: dict[str, Any], after: dict[str, Any]
) -> None:
    current: Value | None = item.value_proposed
    if (current is None and wanted is None) or (current is not None and current.same_as(wanted)):
        return
    columns |= value_columns("value_proposed", wanted)
    before["value_proposed"] = current.as_json() if current else None
    after["value_proposed"] = wanted.as_json() if wanted else None


def read_value(item: Item, text: str, dot: str = "ask") -> Value | None:
    """The typed target of a row, read in the unit and decimals of its indicator."""
    if len(text.strip()) > LONGEST["value"]:
        raise InvalidInput(f"Target paling panjang {LONGEST['value']} karakter.", field="value")
    indicator, version = item.indicator, item.indicator_version
    unit = version.unit if version else indicator.unit if indicator else ""
    decimals = indicator.decimals if indicator else 2
    return read_target(text, unit=unit, decimals=decimals, dot=dot)


def _check_applicability(item: Item, columns: dict[str, Any]) -> None:
    kind = columns.get("applicability", item.applicability)
    reason = columns.get("applicability_reason", item.applicability_reason)
    if kind not in Applicability.values:
        raise InvalidInput("Pilih relevan, tidak relevan, atau data belum tersedia.", field="applicability")
    if kind != Applicability.APPLIES and not reason:
        raise InvalidInput(f"Tuliskan alasan “{Applicability(kind).label}”.", field="applicability_reason")


def move_rows(
    actor: Actor, action: str, rows: Sequence[tuple[str, int]], *, given: dict[str, Any] | None = None, session: Session | None = None, key: str = ""
) -> list[RowResult]:  # fmt: skip
    """Make one move of the table on many rows; each succeeds or is refused by itself. Verdicts have a service of their own (settle)."""
    move = TRANSITIONS.get(action)
    if move is None or move.consent or action in ("decline", "leave", "reopen", "redraft"):
        raise InvalidInput(f"Tindakan “{action}” tidak tersedia di sini.")
    facts = dict(given or {})
    body = [
        "move",
        action,
        [list(row) for row in rows],
        {name: _plain(content) for name, content in facts.items()},
        session.code if session else "",
    ]

    def work(items: dict[str, Item]) -> Callable[[Writer], list[RowResult]]:
        stages = StageMemory(actor)
        return lambda writer: [
            attempt(
                code,
                items,
                partial(_move_one, writer, action=action, version=version, given=facts, stages=stages, session=session),
            )
            for code, version in rows
        ]

    return answer_once(actor, key, body, work, [code for code, _ in rows])


def _plain(content: Any) -> Any:
    return content.code if hasattr(content, "code") else content


def _move_one(
    writer: Writer, item: Item, action: str, version: int, given: dict[str, Any], stages: StageMemory, session: Session | None
) -> RowResult:  # fmt: skip
    from desks.services.talk import write_first_position

    move = TRANSITIONS[action]
    if can(writer.actor, move.permission, item) and item.state in move.sources:
        stages.require(item, move.stages)
        if "due" in move.needs:
            require_due(item.round, given.get("due"), writer.now)
    columns, payload = _request_columns(action, given)
    advance(writer, item, action, seen_version=version, session=session, given=given, columns=columns, payload=payload)
    if action in ("submit", "answer"):
        write_first_position(writer, item)
    return RowResult(item.code, "saved", item.version, item.state, shown(item))


def _request_columns(action: str, given: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """A request (return, repair) stands on the row until it is answered."""
    if action in ("return", "repair"):
        owner, due = given.get("owner"), given.get("due")
        columns = {"request_text": given.get("note", ""), "request_due": due, "request_owner": owner}
        return columns, {"due": due, "owner": owner.code if owner else ""}
    if action in ("answer", "submit", "propose"):
        return {"request_text": "", "request_due": None, "request_owner": None}, {}
    return {}, {}


def mejas_of(items: Iterable[Item]) -> list[Meja]:
    """The mejas of rows, each once."""
    return list({item.meja_id: item.meja for item in items}.values())
