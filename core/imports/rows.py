"""Rows of a CSV file with their line numbers, checked for what files of facts usually suffer from."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

from core.errors import DomainError, InvalidInput

Result = TypeVar("Result")

MOJIBAKE: Final = re.compile("â€|Ã[\x80-\xbf©¨]|Â[\xa0±°]|\ufffd")
"""UTF-8 once read as Windows-1252, or bytes already lost."""


@dataclass(frozen=True)
class Problem:
    """One row that cannot be taken, or was taken with a remark."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}, baris {self.line}: {self.reason}"


class FileRefused(InvalidInput):
    """A file with at least one bad row: nothing of it was written. `problems` names every bad row."""

    code = "file_refused"

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(
            f"Berkas {problems[0].file} tidak dimuat: {len(problems)} baris bermasalah.",
            problems=[str(problem) for problem in problems],
        )


@dataclass(frozen=True)
class Row(Mapping[str, str]):
    """The cells of one row by column name, without surrounding spaces."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def __iter__(self) -> Iterator[str]:
        return iter(self.cells)

    def __len__(self) -> int:
        return len(self.cells)


@dataclass
class Reader:
    """The rows of one file and what was found wrong with them."""

    file: str
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)

    def refuse(self, line: int, reason: str) -> None:
        """Note that the row on `line` cannot be taken."""
        self.problems.append(Problem(self.file, line, reason))

    def remark(self, line: int, reason: str) -> None:
        """Note something worth reading about a row that is taken."""
        self.remarks.append(Problem(self.file, line, reason))

    def collect(self, read: Callable[[Row], Result | None]) -> list[Result]:
        """`read` applied to every row; a DomainError becomes that row's problem, FileRefused comes after the last."""
        results = []
        for row in self.rows:
            try:
                result = read(row)
            except DomainError as error:
                self.refuse(row.line, error.message)
                continue
            if result is not None:
                results.append(result)
        self.check()
        return results

    def check(self) -> None:
        """Raise FileRefused if any row was refused."""
        if self.problems:
            raise FileRefused(self.problems)


def read_file(
    path: Path, columns: Sequence[str], *, key: Sequence[str] = (), codes: Mapping[str, str] | None = None
) -> Reader:
    """The rows of a UTF-8 CSV file with a header.

    `columns` must be there, `key` must not repeat, `codes` gives the form (regular expression) of code columns, so
    that a zero lost in a spreadsheet is found. Raises FileRefused at once when the file itself cannot be read; bad rows
    wait in `problems`.
    """
    reader = Reader(path.name)
    try:
        with path.open(encoding="utf-8-sig", newline="") as source:
            _fill(reader, csv.DictReader(source), columns)
    except UnicodeDecodeError:
        reader.refuse(1, "Berkas bukan teks UTF-8. Simpan ulang sebagai CSV UTF-8.")
    except FileNotFoundError:
        reader.refuse(1, "Berkas tidak ditemukan.")
    reader.check()
    _check_codes(reader, codes or {})
    if key:
        _check_key(reader, key)
    bad = {problem.line for problem in reader.problems}
    reader.rows = [row for row in reader.rows if row.line not in bad]
    return reader


def _fill(reader: Reader, source: csv.DictReader[str], columns: Sequence[str]) -> None:
    lacking = [name for name in columns if name not in (source.fieldnames or ())]
    if lacking:
        reader.refuse(1, f"Kolom {', '.join(lacking)} tidak ada.")
        return
    for cells in source:
        line = source.line_num
        if None in cells or None in cells.values():
            reader.rows.append(Row(line, {}))
            continue
        reader.rows.append(Row(line, {name: text.strip() for name, text in cells.items()}))


def _check_codes(reader: Reader, codes: Mapping[str, str]) -> None:
    for row in reader.rows:
        if not row.cells:
            reader.refuse(row.line, "Jumlah sel tidak sama dengan jumlah kolom.")
            continue
        for text in row.values():
            if MOJIBAKE.search(text):
                reader.refuse(row.line, f"Huruf rusak (salah pengodean): “{text[:60]}”.")
                break
        for column, form in codes.items():
            if not re.fullmatch(form, row[column]):
                reader.refuse(
                    row.line, f"Kode “{row[column]}” pada kolom {column} tidak lengkap; mungkin angka nol hilang."
                )


def _check_key(reader: Reader, key: Sequence[str]) -> None:
    first: dict[tuple[str, ...], int] = {}
    for row in reader.rows:
        if not row.cells:
            continue
        value = tuple(row[name] for name in key)
        if value in first:
            reader.refuse(row.line, f"“{' / '.join(value)}” sudah ada pada baris {first[value]}.")
        else:
            first[value] = row.line
