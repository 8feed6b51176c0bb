"""A table of the bahan desk: read once, written as a sheet and printed as a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from core.numbers import format_number
from core.values import Value, format_value
from desks.models import Item

Kind = Literal["text", "code", "number", "money"]


class State(NamedTuple):
    """A state as word and tone."""

    label: str
    tone: str


class Marked(NamedTuple):
    """A figure that nobody published, or that is still to be checked."""

    value: Value
    sign: str


SIMULATED: Final = "*"
UNCHECKED: Final = "†"
Content = str | Value | Decimal | int | State | Marked | None


@dataclass(frozen=True)
class Column:
    """A column: its head, its width in characters, what it holds, and whether the print page has room for it."""

    head: str
    width: float
    kind: Kind = "text"
    printed: bool = True


class Place(NamedTuple):
    """The desk and region a line belongs to."""

    desk: str
    desk_name: str
    region: str
    region_name: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table."""

    place: Place
    cells: tuple[Content, ...]


@dataclass(frozen=True)
class Table:
    """The sheet of this name; the print page shows its lines under the heading `title` in each desk and region."""

    sheet: str
    title: str
    columns: tuple[Column, ...]
    lines: list[Line] = field(default_factory=list)

    def at(self, place: Place) -> list[Line]:
        """The lines of one desk and region."""
        return [line for line in self.lines if line.place == place]


def place_of(item: Item) -> Place:
    """Where a row belongs."""
    desk, region = item.meja.desk, item.region
    return Place(desk.code, desk.name, region.kode, region.short_name)


def printed(content: Content) -> str:
    """A cell as people read it; '' for nothing."""
    if isinstance(content, State):
        return content.label
    if isinstance(content, Marked):
        return format_value(content.value) + content.sign
    if isinstance(content, Value):
        return format_value(content)
    if isinstance(content, Decimal | int):
        return format_number(content).replace("-", "−")
    return content or ""


def joined(texts: Iterable[str], by: str = "; ") -> str:
    """The texts that say something, as one."""
    return by.join(text for text in texts if text)
