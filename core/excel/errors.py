"""Cells that hold an error of Excel (#REF!, #N/A): the reader gives them as empty, which nobody meant."""

from __future__ import annotations

import io
import posixpath
import zipfile
from pathlib import Path
from typing import Final
from xml.parsers import expat

from openpyxl.utils.cell import coordinate_to_tuple

_MARK: Final = (b't="e"', b"t='e'")


def error_cells(source: str | Path | bytes, sheet: str) -> dict[tuple[int, int], str]:
    """The errors of a sheet by row and column, both from 0. The workbook has been checked before; sheets without errors cost one search."""
    with zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as archive:
        part = _part_of(archive, sheet)
        content = archive.read(part) if part in archive.namelist() else b""
    if not any(mark in content for mark in _MARK):
        return {}
    found = _Errors()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = found.start
    parser.CharacterDataHandler = found.text
    parser.EndElementHandler = found.end
    parser.Parse(content, True)
    return found.cells


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


class _Errors:
    """Walks the cells of a sheet and keeps the errors."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], str] = {}
        self._row = self._column = -1
        self._error = self._value = False
        self._said = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A row, a cell, or the value inside one."""
        local = name.rpartition(" ")[2]
        if local == "row":
            self._row, self._column = int(attributes.get("r", self._row + 2)) - 1, -1
        elif local == "c":
            self._column += 1
            if place := attributes.get("r"):
                self._row, self._column = (each - 1 for each in coordinate_to_tuple(place))
            self._error, self._said = attributes.get("t") == "e", ""
        elif local == "v":
            self._value = self._error

    def text(self, content: str) -> None:
        """Part of a value."""
        if self._value:
            self._said += content

    def end(self, name: str) -> None:
        """A cell is over."""
        local = name.rpartition(" ")[2]
        if local == "v":
            self._value = False
        elif local == "c" and self._error:
            self.cells[self._row, self._column] = self._said.strip() or "#N/A"
            self._error = False
