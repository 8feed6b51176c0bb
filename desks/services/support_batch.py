"""Sub kegiatan of many rows at once: one batch for the grid, the API and Excel, under the rules of `desks.services.support`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from accounts.actors import Actor
from core.errors import InvalidInput, StaleState
from desks.chain import Writer
from desks.models import Item, Support, SupportFund, SupportPlace
from desks.services.item import MAX_ROWS, RowResult, StageMemory, answer_once, attempt, require_editable
from desks.services.support import (
    CHANGED,
    ReadSupport,
    SupportData,
    facts_from,
    put_volume,
    read_support,
    require_undiscussed,
    touch,
    write_details,
)
from desks.services.support_words import Book, Facts, Key, discussed_among, facts_seen, fields_of, standing_of
from desks.strands import Detail, require_detail
from desks.versions import reread, stale


@dataclass(frozen=True)
class SupportWrite:
    """What a client wants of one sub kegiatan of a row: the row's version it saw, and the fields it typed (as text).

    Fields of `changes`: volume, volume_unit, places (kode or names with commas), pagu.<kode sumber dana> and the unit of these amounts.
    """

    item: str
    version: int
    nomenclature: str
    opd: str
    changes: dict[str, str]
    delete: bool = False

    @property
    def code(self) -> str:
        """The key of a sub kegiatan: row, kode and OPD."""
        return f"{self.item}|{self.nomenclature}|{self.opd}"


@dataclass
class Plan:
    """An accepted row of the batch: what stands and what shall stand; nothing for 'not there'."""

    row: SupportWrite
    item: Item
    support: Support | None
    before: Facts | None
    read: ReadSupport | None


def save_supports(actor: Actor, *, rows: Sequence[SupportWrite], key: str = "") -> list[RowResult]:
    """Add, change and remove sub kegiatan; each is accepted or refused by itself, all in one transaction under one idempotency key.

    Rows of one item were all seen at one version: it is checked and raised once for them.
    """
    if len(rows) > MAX_ROWS:
        raise InvalidInput(f"Paling banyak {MAX_ROWS} baris sekali simpan. Bagi menjadi beberapa bagian.")
    if len({row.code for row in rows}) != len(rows):
        raise InvalidInput("Satu sub kegiatan tercantum lebih dari sekali dalam kiriman ini.")
    codes = list(dict.fromkeys(row.item for row in rows))
    body = ["supports", [vars(row) for row in rows]]
    items: dict[str, Item] = {}

    def work(found: dict[str, Item]) -> Callable[[Writer], list[RowResult]]:
        items.update(found)
        return Batch(actor, rows, found).run

    return _with_warnings(answer_once(actor, key, body, work, codes), items)


def _with_warnings(results: list[RowResult], items: dict[str, Item]) -> list[RowResult]:
    """Say after the writing which amounts look like thousands of rupiah, each at the sub kegiatan that carries it."""
    # As in `save_rows`: the figures know what the services set.
    from desks.selectors.slips_supports import support_warnings_of

    parts = {row.code: row.code.partition("|") for row in results if row.ok}
    found = support_warnings_of(
        {items[item].pk: items[item] for item, _, _ in parts.values() if item in items}.values()
    )
    for row in results:
        if row.code in parts and (item := items.get(parts[row.code][0])) is not None:
            row.warnings = [warned for warned in found.get(item.pk, []) if warned["subject"] == parts[row.code][2]]
    return results


class Batch:
    """One call: every row is judged before the first is written, so that a refusal never leaves half a row."""

    def __init__(self, actor: Actor, rows: Sequence[SupportWrite], items: dict[str, Item]) -> None:
        self.actor, self.rows, self.items = actor, rows, items
        self.stages = StageMemory(actor)
        self.book = Book.of({(row.nomenclature, row.opd) for row in rows}, items.values())
        self.plans: list[Plan] = []
        self.conflicts: dict[str, StaleState] = {}

    def run(self, writer: Writer) -> list[RowResult]:
        """Judge all rows as they stand inside the block, then write."""
        reread(self.items.values())
        self.standing = standing_of(self.items.values())
        self.discussed = (
            discussed_among(self.standing.values()) if any(row.delete for row in self.rows) else frozenset()
        )
        results = {row.code: self._judge(row) for row in self.rows}
        self._touch(writer)
        for plan in self.plans:
            self._record(writer, plan)
            results[plan.row.code] = self._done(plan, "saved")
        self._write()
        return list(results.values())

    def _judge(self, row: SupportWrite) -> RowResult:
        result = attempt(row.item, self.items, partial(self._plan, row=row), dict(row.changes))
        if not result.ok and row.item in self.items:
            result.shown = fields_of(self._facts(row), row.changes.get("unit", ""))
        return replace(result, code=row.code)

    def _facts(self, row: SupportWrite) -> Facts | None:
        support = self.standing.get(self._key(row))
        return _facts_of(support) if support else None

    def _key(self, row: SupportWrite) -> Key:
        return self.items[row.item].pk, row.nomenclature.strip(), row.opd.strip()

    def _plan(self, item: Item, row: SupportWrite) -> RowResult:
        require_detail(item, Detail.SUPPORTS)
        require_editable(self.actor, item, self.stages)
        support, before = self.standing.get(self._key(row)), self._facts(row)
        read = None
        if row.delete:
            require_undiscussed(support is not None and support.pk in self.discussed)
        else:
            read = self._read(item, row, support)
        plan = Plan(row, item, support, before, read)
        if (read.facts if read else None) == before:
            return self._done(plan, "same")
        if item.version != row.version:
            raise self._stale(item, row, before)
        self.plans.append(plan)
        return self._done(plan, "saved")

    def _read(self, item: Item, row: SupportWrite, support: Support | None) -> ReadSupport:
        data = partial(self.book.data, item, row.nomenclature, row.opd, support)
        try:
            return _read_one(self.book, item, data(row.changes))
        except InvalidInput as error:
            error.details["field"] = _field_of(error)
            error.details["fields"] = {error.details["field"]: error.message}
            for name in row.changes.keys() - {"unit"}:
                alone = {name: row.changes[name], "unit": row.changes.get("unit", "")}
                try:
                    _read_one(self.book, item, data(alone))
                except InvalidInput as other:
                    error.details["fields"][_field_of(other)] = other.message
            raise

    def _stale(self, item: Item, row: SupportWrite, now: Facts | None) -> StaleState:
        if item.code not in self.conflicts:
            self.conflicts[item.code] = stale(self.actor, item, row.version, {})
        theirs, unit = self.conflicts[item.code].details["theirs"], row.changes.get("unit", "")
        base = facts_seen(item, row.version, self._key(row), now)
        return StaleState(
            yours=dict(row.changes),
            theirs={**fields_of(now, unit), "version": theirs["version"], "by": theirs["by"]},
            base={**fields_of(base, unit), "version": row.version},
            code_of=row.code,
        )

    def _done(self, plan: Plan, status: str) -> RowResult:
        facts = plan.read.facts if plan.read else None
        shown = fields_of(facts, plan.row.changes.get("unit", ""))
        return RowResult(plan.row.code, status, plan.item.version, plan.item.state, shown)

    def _touch(self, writer: Writer) -> None:
        for item in {plan.item.pk: plan.item for plan in self.plans}.values():
            touch(writer, item, item.version, at_desk=False)

    def _record(self, writer: Writer, plan: Plan) -> None:
        facts: dict[str, Any] = {"item_version": plan.item.version}
        if plan.read is None:
            writer.record(plan.item, "remove_support", {"before": plan.before, **facts})
        elif plan.support is None:
            writer.record(plan.item, "add_support", {"after": plan.read.facts, **facts, "at_desk": False})
        else:
            after = {"before": plan.before, "after": plan.read.facts}
            writer.record(plan.item, "change_support", {**after, **facts, "at_desk": False})

    def _write(self) -> None:
        kept = [(plan, plan.read) for plan in self.plans if plan.read is not None]
        changed = [(plan.support, read) for plan, read in kept if plan.support is not None]
        new = [(_new(plan.item, read), read) for plan, read in kept if plan.support is None]
        for support, read in changed:
            put_volume(support, read)
        touched = [support for support, _ in changed]
        Support.objects.bulk_update(touched, CHANGED, batch_size=100)
        SupportFund.objects.filter(support__in=touched).delete()
        SupportPlace.objects.filter(support__in=touched).delete()
        Support.objects.filter(
            pk__in=[plan.support.pk for plan in self.plans if plan.support and not plan.read]
        ).delete()
        Support.objects.bulk_create([support for support, _ in new])
        write_details(*changed, *new)


def _new(item: Item, read: ReadSupport) -> Support:
    return Support(
        item=item, nomenclature=read.nomenclature, opd=read.opd, volume=read.volume, volume_unit=read.volume_unit
    )


def _read_one(book: Book, item: Item, data: SupportData) -> ReadSupport:
    return read_support(item, data, book.known)


def _field_of(error: InvalidInput) -> str:
    fund = error.details.get("fund")
    return f"pagu.{fund}" if fund else str(error.details.get("field", ""))


def _facts_of(support: Support) -> Facts:
    return facts_from(
        support.nomenclature, support.opd, support.volume, support.volume_unit,
        sorted((place.region for place in support.places.all()), key=lambda region: region.kode),
        [(fund.source.kode, fund.proposed) for fund in support.funds.all()],
    )  # fmt: skip
