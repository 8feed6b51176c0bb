"""What every act on rows shares: loading them, one answer per key, the outcome of each row, stages, typed numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from accounts.actors import Actor
from core.errors import (
    AmbiguousNumber,
    DomainError,
    InvalidInput,
    NotFound,
    StaleState,
)
from core.prepared import Prepared
from core.values import Value, format_value
from desks.chain import Writer, writing
from desks.choices import StageKind
from desks.disclosure import show_handed_in
from desks.models import Item, Meja
from desks.querysets import ItemQuerySet
from desks.reading import read_target
from desks.scopes import Sight, sight_of
from desks.selectors.stages import require_stage
from desks.services.idempotency import KeyTaken, earlier_answer, fingerprint, remember
from indicators.choices import Strand

MAX_ROWS = 2000
LONGEST_VALUE = 200
# Columns of the joined tables, some of them long, that no service reads: each would cost time in the most frequent request.
UNREAD = (
    "round__forum_name", "round__indicator_label", "round__ba_scope", "round__opd_step",
    "round__simulated", "round__version", "round__head_hash", "indicator__gov_levels", "indicator__aggregation", "indicator__simulated",
    "indicator__weigher",
    "indicator_version__outcome", "indicator_version__definition", "indicator_version__formula", "indicator_version__source",
)  # fmt: skip


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
    warnings: list[dict[str, str]] = field(default_factory=list)
    """What the slip catcher says of the row as it stands now; never a reason not to save."""

    @property
    def ok(self) -> bool:
        """Whether the row stands as wanted."""
        return self.status in ("saved", "same")


def load_items(actor: Actor, codes: Iterable[str], *also: str) -> dict[str, Item]:
    """The visible rows of these codes, with what services need of them; unknown and invisible ones are simply absent.

    `also` names further relations that the caller reads.
    """
    wanted, sight = set(codes), sight_of(actor)
    found: dict[str, Item] = {}
    if len(wanted) == 1:
        found |= {item.code: item for item in ONE_ROW(sight, also, code=wanted.pop())}
    elif wanted:
        rows = _with_relations(Item.objects.in_sight(sight).filter(code__in=wanted), also)
        found |= {item.code: item for item in rows}
    show_handed_in(found.values(), actor)
    return found


def _with_relations(rows: ItemQuerySet, also: tuple[str, ...]) -> ItemQuerySet:
    # Without order_by() the model's ordering would join round, desk and region once more, only to sort a dict.
    related = ("meja__desk", "round", "indicator", "indicator_version", *also)
    return rows.order_by().select_related(*related).defer(*UNREAD)


def _one_row(sight: Sight, also: tuple[str, ...], *, code: str) -> ItemQuerySet:
    return _with_relations(Item.objects.in_sight(sight).filter(code=code), also)


ONE_ROW: Final = Prepared(_one_row, code=str)
"""The most frequent read of all: a cell typed is a batch of one."""


def load_item(actor: Actor, code: str) -> Item:
    """One visible row with its region and bidang urusan, else NotFound."""
    try:
        return load_items(actor, [code], "region", "indicator__bidang")[code]
    except KeyError:
        raise NotFound("Butir tidak ditemukan.") from None


def mejas_of(items: Iterable[Item]) -> list[Meja]:
    """The mejas of rows, each once."""
    return list({item.meja_id: item.meja for item in items}.values())


def answer_once(
    actor: Actor, key: str, body: Any, work: Callable[[dict[str, Item]], Callable[[Writer], list[RowResult]]], codes: Sequence[str],
    also: Callable[[list[Item]], list[Meja]] | None = None,
) -> list[RowResult]:  # fmt: skip
    """Run `work` on the visible rows once per key inside one writing block, and store its answer with it.

    `also` names further mejas that stand still with those of the rows. A used key shows when the answer is stored: then all of the block
    is rolled back and the first answer given again.
    """
    request_hash = fingerprint(body)
    items = load_items(actor, codes)
    run = work(items)
    mejas = {item.meja_id: item.meja for item in items.values()}
    mejas |= {meja.pk: meja for meja in (also(list(items.values())) if also else ())}
    try:
        with writing(actor, mejas=mejas.values()) as writer:
            results = run(writer)
            remember(actor.user, key, request_hash, [vars(row) for row in results])
        return results
    except KeyTaken:
        return [RowResult(**row) for row in earlier_answer(actor.user, key, request_hash)]


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


def require_row_figure(item: Item) -> None:
    """InvalidInput where the figure of a row comes from its locations and is not typed on the row itself."""
    if item.strand == Strand.KEWILAYAHAN:
        raise InvalidInput("Volume dan alokasi usulan diisi per lokasi pada halaman usulan.", field="value")


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


def read_value(item: Item, text: str, dot: str = "ask") -> Value | None:
    """The typed target of a row, read in the unit and decimals of its indicator."""
    if len(text.strip()) > LONGEST_VALUE:
        raise InvalidInput(f"Target paling panjang {LONGEST_VALUE} karakter.", field="value")
    indicator, version = item.indicator, item.indicator_version
    unit = version.unit if version else indicator.unit if indicator else ""
    decimals = indicator.decimals if indicator else 2
    in_words = version.in_words if version else indicator is None
    return read_target(text, unit=unit, decimals=decimals, dot=dot, in_words=in_words)
