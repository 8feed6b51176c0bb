"""What every part of the set-up is made of: columns, rows as they stand, rows as they are wanted.

A part is the same on the screen and in Excel: a form is one row of its sheet. Cells are text in the form in which people read
them; a part turns them into rows of the database only when it applies.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from accounts.actors import Actor
from core.errors import InvalidInput

if TYPE_CHECKING:
    from desks.services.parts.book import Book

Cells = dict[str, str]
Reader = Callable[["Book", str], str]


def refuse(message: str, column: str = "") -> InvalidInput:
    """The refusal of a row, at one of its columns."""
    return InvalidInput(message, field=column)


@dataclass(frozen=True)
class Column:
    """One column of a sheet and one field of a form. `read` brings what was typed into its one written form, or refuses it."""

    name: str
    head: str
    read: Reader
    hint: str = ""
    required: bool = False
    width: int = 16
    choices: Callable[[Book], Sequence[str]] | None = None
    """What may be chosen; a drop-down in Excel and on the screen."""
    kind: str = "text"
    """text, long, moment or codes: how the field looks."""
    empty: str = ""
    """What stands where nothing is typed."""
    fixed: bool = False
    """Names the row: cannot be changed once it stands."""


@dataclass(frozen=True)
class Record:
    """A row as it stands now. `note` is what a reader should know of it, `locked` why it can no longer change."""

    key: tuple[str, ...]
    cells: Cells
    pk: int = 0
    note: str = ""
    locked: str = ""


@dataclass
class Planned:
    """What one row asks for: new, changed, same or refused, with the sentence that says why."""

    line: int
    cells: Cells
    status: str = "new"
    message: str = ""
    column: str = ""
    before: Record | None = None
    warn: str = ""
    typed: Cells = field(default_factory=dict)
    """What stood in the sheet, for rows that could not be read."""

    @property
    def counts(self) -> bool:
        """Whether applying writes it."""
        return self.status in ("new", "changed")

    def changed(self, columns: Sequence[Column]) -> list[tuple[str, str, str]]:
        """Head, text before and after of every cell that moves; for a new row nothing."""
        if self.before is None:
            return []
        old = self.before.cells
        return [
            (each.head, old.get(each.name, ""), self.cells.get(each.name, ""))
            for each in columns
            if old.get(each.name, "") != self.cells.get(each.name, "")
        ]


@dataclass
class Applied:
    """What applying brought: how many rows, and links of the first login that may be shown once."""

    new: int = 0
    changed: int = 0
    links: list[tuple[str, str, str]] = field(default_factory=list)


class Part:
    """One part of the set-up. Subclasses say their columns, how rows stand, which rows are refused and how wanted ones are written."""

    slug: ClassVar[str]
    title: ClassVar[str]
    sheet: ClassVar[str]
    about: ClassVar[str]
    columns: ClassVar[tuple[Column, ...]]
    key: ClassVar[tuple[str, ...]]
    removable: ClassVar[bool] = False
    personal: ClassVar[bool] = False
    """Cells hold personal data: the record keeps how many, not what."""

    def records(self, book: Book) -> list[Record]:
        """The rows as they stand, in the order people read them; a constant number of queries."""
        raise NotImplementedError

    def settle(self, book: Book, row: Cells) -> None:
        """Complete the cells that name the row, before it is looked for."""

    def known(self, book: Book, row: Cells) -> Cells:
        """Cells that a new row takes where nothing is typed, because the portal knows them already."""
        return {}

    def find(self, standing: Mapping[tuple[str, ...], Record], row: Cells) -> Record | None:
        """The row that stands under this name."""
        return standing.get(self.key_of(row))

    def check(self, book: Book, row: Cells, before: Record | None) -> str:
        """Refuse what may not be (InvalidInput with the column as `field`); answers a warning or ''."""
        return ""

    def coming(self, book: Book, row: Cells) -> None:
        """Tell the book of a row that later parts of the same workbook may name."""

    def apply(self, actor: Actor, book: Book, rows: Sequence[Planned], done: Applied) -> None:
        """Write new and changed rows; inside the transaction of the whole act."""
        raise NotImplementedError

    def remove(self, actor: Actor, book: Book, record: Record) -> None:
        """Take a row away, or refuse with the reason."""
        raise InvalidInput("Baris ini tidak dapat dihapus.")

    def twice(self, row: Cells, line: int) -> str:
        """What is said of a second row of the same name; `line` is that of the first."""
        heads = " dan ".join(self.column(name).head for name in self.key)
        return f"{heads} sama dengan baris {line}. Sisakan satu, atau bedakan."

    def kept_when_blank(self, name: str) -> bool:
        """Whether an empty cell of this column leaves what stands, instead of emptying it."""
        return False

    def key_of(self, row: Mapping[str, str]) -> tuple[str, ...]:
        """What names a row; letters of either case are the same."""
        return tuple(row.get(name, "").casefold() for name in self.key)

    def column(self, name: str) -> Column:
        """A column by its name."""
        return next(each for each in self.columns if each.name == name)

    def facts(self, row: Planned) -> dict[str, Any]:
        """What the record of the round keeps of a row."""
        if row.before is None:
            return {"key": list(self.key_of(row.cells)), "after": row.cells}
        after = {
            each.name: row.cells[each.name]
            for each in self.columns
            if row.cells.get(each.name, "") != row.before.cells.get(each.name, "")
        }
        return {
            "key": list(row.before.key),
            "before": {name: row.before.cells.get(name, "") for name in after},
            "after": after,
        }
