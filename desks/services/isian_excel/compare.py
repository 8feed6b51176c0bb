"""Comparing what a workbook wants with what stands now, cell by cell, by the rules that saving will apply."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from accounts.actors import Actor
from core.dates import date_with_time
from core.errors import AmbiguousNumber, DomainError, InvalidInput
from core.merge import Merge, merge_removal, merge_row
from core.values import format_value
from desks.choices import Applicability
from desks.imports.isian_book import ReadCell, Reading, ReadRow
from desks.isian_fields import ADDED, PAGU, REMOVE, ROW, value_key
from desks.models import Event, Item, Support
from desks.selectors.isian_book import row_cells, support_cells
from desks.selectors.supports import supports_over
from desks.services.isian_excel.comparison import CONFLICT, REFUSED, Compared, ComparedRow, Comparison, readable
from desks.services.item import StageMemory, load_items, read_value, require_editable
from desks.services.item.save import LONGEST
from desks.services.support import read_support
from desks.services.support_words import Book
from desks.strands import Detail, require_detail

BATCH = 500
Key = tuple[str, str, str]
_REMOVED = "Baris ini ditandai hapus; isian lain pada baris yang sama tidak dipakai."
_GONE = "Sub kegiatan ini sudah dihapus orang lain."


@dataclass
class Standing:
    """What stands now in the rows that a workbook names, and why one cannot be changed."""

    actor: Actor
    items: dict[str, Item] = field(default_factory=dict)
    refusals: dict[str, str] = field(default_factory=dict)
    supports: dict[Key, Support] = field(default_factory=dict)
    words: Book | None = None

    def read(self, rows: Iterable[ReadRow], progress: Callable[[float], None] = lambda percent: None) -> None:
        """Read what the rows name, a bounded number at a time."""
        rows = list(rows)
        codes = list(dict.fromkeys(row.item for row in rows))
        stages = StageMemory(self.actor)
        linked = [row for row in rows if row.kind != ROW]
        with_supports = {row.item for row in linked}
        for start in range(0, len(codes), BATCH):
            found = load_items(self.actor, codes[start : start + BATCH], "region")
            self.items |= found
            self.refusals |= {code: _refusal(self.actor, item, stages) for code, item in found.items()}
            supported = [item for code, item in found.items() if code in with_supports]
            for item, links in zip(supported, _supports(self.actor, supported), strict=True):
                self.supports |= {(item.code, link.nomenclature.kode, link.opd.code): link for link in links}
            progress(100 * (start + BATCH) / max(len(codes), BATCH))
        if linked:
            keys = {(row.kode, row.opd) for row in linked}
            self.words = Book.of(keys, [item for code, item in self.items.items() if code in with_supports])

    def cells(self, kind: str, key: Key) -> dict[str, str] | None:
        """The editable cells of a row as they stand; None where it does not."""
        if kind == ROW:
            return row_cells(self.items[key[0]]) if key[0] in self.items else None
        return support_cells(self.supports[key]) if key in self.supports else None


def _supports(actor: Actor, items: Sequence[Item]) -> list[list[Support]]:
    found = supports_over(actor, items) if items else {}
    return [found[item.pk] for item in items]


def _refusal(actor: Actor, item: Item, stages: StageMemory) -> str:
    try:
        require_editable(actor, item, stages)
    except DomainError as error:
        return error.message
    return ""


def compare(
    actor: Actor, reading: Reading, dot: str, progress: Callable[[float], None] = lambda percent: None
) -> Comparison:
    """Each typed cell as new, changed, same, contested or refused. Nothing is written."""
    now = Standing(actor)
    now.read(reading.rows, progress)
    found = Comparison([], reading.untouched, reading.seen)
    for row in reading.rows:
        compared, untouched = _row(row, now, dot)
        found.untouched += untouched
        if compared.cells:
            compared.no = len(found.rows)
            found.rows.append(compared)
    _say_who(found, now)
    return found


def _row(row: ReadRow, now: Standing, dot: str) -> tuple[ComparedRow, int]:
    item = now.items.get(row.item)
    title = item.subject if item else row.item
    made = ComparedRow(0, row.kind, row.sheet, row.line, row.item, row.kode, row.opd, title)
    made.version = item.version if item else row.version
    made.cells = [_as_read(row, cell) for cell in row.cells]
    theirs = now.cells(row.kind, row.key)
    base = theirs if row.base is not None and item and item.version == row.version and theirs is not None else row.base
    for cell, one in zip(row.cells, made.cells, strict=True):
        _read_cell(cell, one, item, dot)
    _merge(made, base, theirs)
    before = len(made.cells)
    made.cells = [one for one in made.cells if one.status != Merge.UNTOUCHED]
    problem = row.problem or _row_problem(row, item, now)
    if problem:
        for one in made.cells:
            one.status, one.message = REFUSED, problem
    elif row.kind == ROW:
        _require_reason(made, theirs or {})
    elif item is not None:
        _require_support(made, item, now)
    return made, before - len(made.cells)


def _as_read(row: ReadRow, cell: ReadCell) -> Compared:
    base = (row.base or {}).get(cell.field, "")
    return Compared(cell.field, cell.at, cell.text, base, cell.mine or "", "", cell.number, REFUSED, cell.problem)


def _row_problem(row: ReadRow, item: Item | None, now: Standing) -> str:
    if item is None:
        return "Butir tidak ditemukan."
    if now.refusals[item.code]:
        return now.refusals[item.code]
    if row.kind == ROW:
        return ""
    try:
        require_detail(item, Detail.SUPPORTS)
    except InvalidInput as error:
        return error.message
    return ""


def _read_cell(cell: ReadCell, one: Compared, item: Item | None, dot: str) -> None:
    """The canonical text of a target, which only its indicator can tell, and the bounds of the columns."""
    if one.message:
        return
    try:
        if cell.mine is None and item is None:
            return
        if cell.mine is None:
            assert item is not None
            one.mine = value_key(read_value(item, cell.text, dot))
        elif len(cell.text) > LONGEST.get(cell.field, len(cell.text)):
            raise InvalidInput(f"Paling panjang {LONGEST[cell.field]} karakter; sekarang {len(cell.text)}.")
    except AmbiguousNumber as error:
        one.message, one.ask = error.message, True
    except DomainError as error:
        one.message = error.message
    else:
        one.message = cell.remark
        one.status = ""


def _merge(made: ComparedRow, base: dict[str, str] | None, theirs: dict[str, str] | None) -> None:
    standing = dict(theirs) | {ADDED: made.kode} if theirs is not None else None
    for one in made.cells:
        one.base, one.theirs = (base or {}).get(one.field, ""), (standing or {}).get(one.field, "")
    good = [one for one in made.cells if one.status != REFUSED]
    removal = next((one for one in good if one.field == REMOVE and one.mine), None)
    if removal is not None:
        removal.status = merge_removal(base, theirs).value
        if removal.status == CONFLICT:
            removal.message = "Sub kegiatan ini diubah orang lain setelah berkas diunduh; periksa dahulu."
        for one in good:
            if one is not removal:
                one.status, one.message = REFUSED, _REMOVED
        return
    found = merge_row(base, {one.field: one.mine for one in good}, standing)
    for one in good:
        one.status = found[one.field].value
        if one.status == CONFLICT:
            one.message = _GONE if theirs is None else ""


def _require_support(made: ComparedRow, item: Item, now: Standing) -> None:
    """A sub kegiatan as it would be saved, read by the rule that saving uses; what it refuses is refused here, cell by cell."""
    if made.removes or now.words is None:
        return
    support = now.supports.get((made.item, made.kode, made.opd))
    while wanted := {one.field: one.text for one in made.cells if one.open and one.field != REMOVE}:
        wanted.pop(ADDED, None)
        try:
            read_support(item, now.words.data(item, made.kode, made.opd, support, wanted), now.words.known)
        except InvalidInput as error:
            fund = error.details.get("fund")
            name = f"{PAGU}{fund}" if fund else str(error.details.get("field", ""))
            bad = [one for one in made.cells if one.open and (one.field == name or name not in wanted)]
            for one in bad:
                one.status, one.message = REFUSED, error.message
        else:
            return


def _require_reason(made: ComparedRow, theirs: dict[str, str]) -> None:
    """A row that does not apply needs its reason, whichever of the two cells was typed."""
    wanted = {**theirs, **{one.field: one.mine for one in made.cells if one.open}}
    if wanted.get("applicability") == Applicability.APPLIES or wanted.get("applicability_reason"):
        return
    label = Applicability(wanted["applicability"]).label
    for one in made.cells:
        if one.open and one.field in ("applicability", "applicability_reason"):
            one.status, one.message = REFUSED, f"Tuliskan alasan “{label}” pada kolom Alasan tidak relevan."


def _say_who(found: Comparison, now: Standing) -> None:
    """Tell beside each contested cell what stands there now and who was there last."""
    contested = {row.item: row for row in found.rows if any(one.status == CONFLICT for one in row.cells)}
    pks = [now.items[code].pk for code in contested]
    last: dict[str, Event] = {}
    for start in range(0, len(pks), BATCH):
        events = Event.objects.filter(item__in=pks[start : start + BATCH]).select_related(
            "actor", "institution", "item__round"
        )
        for event in events.order_by("seq"):
            assert event.item is not None
            last[event.item.code] = event
    for row in found.rows:
        for one in (each for each in row.cells if each.status == CONFLICT and not each.message):
            one.message = _contested(one, now.items[row.item], last.get(row.item))


def _contested(one: Compared, item: Item, event: Event | None) -> str:
    shown = format_value(item.value_proposed) if one.field == "value" else readable(one.field, one.theirs)
    who = (
        f", terakhir diubah {event.actor.full_name} ({event.institution.short_name}) {date_with_time(event.at, item.round.tz)}"
        if event
        else ""
    )
    return f"Kini {shown or 'kosong'}{who}. Nilai itu tidak ditimpa."
