"""What the reader of workbooks does not tell of a cell: errors (#REF!), formulas without a stored result, percent formats, merged areas."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from xml.parsers import expat

from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries

Place = tuple[int, int]
"""Row and column, both from 0."""
_PERCENT_IDS: Final = frozenset({9, 10})
_MARKED: Final = re.compile(rb"""\bt=["']e["']|<(?:\w+:)?(?:f[\s>/]|mergeCell)""")
_IN_QUOTES: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


@dataclass
class SheetMarks:
    """The marked cells of one sheet."""

    errors: dict[Place, str] = field(default_factory=dict)
    unanswered: set[Place] = field(default_factory=set)
    """Formulas that nobody has calculated."""
    percent: set[Place] = field(default_factory=set)
    covered: dict[Place, str] = field(default_factory=dict)
    """Cells that a merged area covers, by its name; its first cell is not among them."""


def sheet_marks(source: str | Path | bytes, sheet: str) -> SheetMarks:
    """The marks of a sheet of a workbook that has been checked before."""
    with zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as archive:
        part = _part_of(archive, sheet)
        if part not in archive.namelist():
            return SheetMarks()
        content, percent = archive.read(part), _percent_styles(archive)
    if not percent and not _MARKED.search(content):
        return SheetMarks()
    found = _Walk(percent)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = found.start
    parser.CharacterDataHandler = found.text
    parser.EndElementHandler = found.end
    parser.Parse(content, True)
    return found.marks


def error_cells(source: str | Path | bytes, sheet: str) -> dict[Place, str]:
    """The errors of a sheet, which the reader gives as empty and nobody meant."""
    return sheet_marks(source, sheet).errors


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """Where the sheet stands inside the file, by the relationships of the workbook."""
    ids = {attributes.get("name", ""): _id(attributes) for attributes in _elements(archive, "xl/workbook.xml", "sheet")}
    targets = {
        attributes.get("Id", ""): attributes.get("Target", "")
        for attributes in _elements(archive, "xl/_rels/workbook.xml.rels", "Relationship")
    }
    target = targets.get(ids.get(sheet, ""), "")
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")


def _id(attributes: dict[str, str]) -> str:
    return next((value for name, value in attributes.items() if name.rpartition(" ")[2] == "id"), "")


def _elements(archive: zipfile.ZipFile, part: str, wanted: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(" ")[2] == wanted:
            found.append(attributes)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.Parse(archive.read(part), True)
    return found


def _percent_styles(archive: zipfile.ZipFile) -> set[int]:
    """The places in the list of cell formats that show a number as percent."""
    if "xl/styles.xml" not in archive.namelist():
        return set()
    own: set[int] = set()
    styles: list[int] = []
    inside = [False]

    def start(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if local == "numFmt" and "%" in _IN_QUOTES.sub("", attributes.get("formatCode", "")):
            own.add(int(attributes.get("numFmtId", "-1")))
        elif local == "cellXfs":
            inside[0] = True
        elif local == "xf" and inside[0]:
            styles.append(int(attributes.get("numFmtId", "0")))

    def end(name: str) -> None:
        if name.rpartition(" ")[2] == "cellXfs":
            inside[0] = False

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(archive.read("xl/styles.xml"), True)
    return {place for place, number_format in enumerate(styles) if number_format in _PERCENT_IDS | own}


class _Walk:
    """Goes through the cells of a sheet and keeps what is marked."""

    def __init__(self, percent: set[int]) -> None:
        self.marks = SheetMarks()
        self._percent = {str(place) for place in percent}
        self._row = self._column = -1
        self._error = self._value = self._formula = self._filled = False
        self._said = ""

    def start(self, name: str, attributes: dict[str, Any]) -> None:
        """A row, a cell, what is inside one, or a merged area."""
        local = name.rpartition(" ")[2]
        if local == "c":
            self._column += 1
            if place := attributes.get("r"):
                self._row, self._column = (each - 1 for each in coordinate_to_tuple(place))
            self._error, self._said = attributes.get("t") == "e", ""
            self._formula = self._filled = False
            if attributes.get("s", "0") in self._percent:
                self.marks.percent.add((self._row, self._column))
        elif local == "v":
            self._value = self._error or self._formula
        elif local == "f":
            self._formula = True
        elif local == "row":
            self._row, self._column = int(attributes.get("r", self._row + 2)) - 1, -1
        elif local == "mergeCell":
            self._cover(attributes.get("ref", ""))

    def text(self, content: str) -> None:
        """Part of a value."""
        if self._value:
            self._said += content
            self._filled = True

    def end(self, name: str) -> None:
        """A cell is over."""
        local = name.rpartition(" ")[2]
        if local == "v":
            self._value = False
        elif local == "c":
            if self._error:
                self.marks.errors[self._row, self._column] = self._said.strip() or "#N/A"
            elif self._formula and not self._filled:
                self.marks.unanswered.add((self._row, self._column))

    def _cover(self, area: str) -> None:
        try:
            left, top, right, bottom = range_boundaries(area)
        except ValueError:
            return
        if None in (left, top, right, bottom) or (right - left + 1) * (bottom - top + 1) > 100_000:
            return
        for row in range(top - 1, bottom):
            for column in range(left - 1, right):
                if (row, column) != (top - 1, left - 1):
                    self.marks.covered[row, column] = area
