"""Where the header of a table lies, and one text for each of its columns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from core.errors import InvalidInput
from core.imports.raw import RawSheet, words

WITHIN: Final = 60
TALLEST: Final = 4
LONGEST: Final = 120
WORD: Final = re.compile(
    r"\b(kode|kd|urusan|bidang|program|kegiatan|sub ?kegiatan|subkegiatan|uraian|nama|nm\w+|indikator|tol[oa]k ukur|satuan|target|volume|vol|"
    r"pagu|dana|anggaran|alokasi|jumlah (?:pagu|dana)|lokasi|perangkat daerah|skpd|opd|unit kerja|unit organisasi|instansi|pelaksana|tahun|sumber|"
    r"keterangan|catatan|jenis pemda|kinerja|tag|definisi|spm|jenis|tujuan|sasaran|prioritas|kro|ro|kddept|kdunit|kdprogram|kdgiat|kdoutput|"
    r"kdsoutput|no|nomor|baseline|capaian|kondisi|rp|prakiraan|output|kelompok|keluaran|hasil|rencana|nasional|daerah|sebelumnya|"
    r"penanggung jawab|realisasi|pn|pp|kp|prop)\b",
    re.IGNORECASE,
)
YEAR: Final = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Header:
    """The rows of the header (from 0, both inclusive) and a text per column, several rows joined by " / "."""

    first: int
    last: int
    texts: tuple[str, ...]


def find_header(sheet: RawSheet) -> Header:
    """The header of the sheet's table. InvalidInput where none is found."""
    scores = [_score(sheet, row) for row in range(min(len(sheet.rows), WITHIN))]
    best = max(range(len(scores)), key=lambda row: (scores[row], -row), default=0)
    if not scores or scores[best] < 2:
        raise InvalidInput(
            "Baris judul kolom tidak ditemukan pada 60 baris pertama. Judul memuat misalnya Kode, Uraian, Indikator, Target, atau Pagu."
        )
    first = last = best
    while first > 0 and last - first < TALLEST - 1 and _continues(sheet, first - 1):
        first -= 1
    while (
        last + 1 < len(scores)
        and last - first < TALLEST - 1
        and (_continues(sheet, last + 1) or _merged_down(sheet, last))
    ):
        last += 1
    return header_at(sheet, first, last)


def header_at(sheet: RawSheet, first: int, last: int) -> Header:
    """The header that lies in these rows."""
    if not 0 <= first <= last < len(sheet.rows) or last - first >= 2 * TALLEST:
        raise InvalidInput("Baris judul di luar lembar ini, atau lebih dari delapan baris.")
    columns = [[_text(sheet, row, column) for row in range(first, last + 1)] for column in range(sheet.width)]
    _spread(columns)
    return Header(first, last, tuple(_joined(texts) for texts in columns))


def _text(sheet: RawSheet, row: int, column: int) -> str:
    value = sheet.cell(row, column, merged=True)
    if isinstance(value, float | int) and not isinstance(value, bool) and value == int(value):
        return str(int(value))
    return words(value)[:LONGEST]


def _score(sheet: RawSheet, row: int) -> int:
    """How many different words of headers begin the short texts of a row; numbers other than years speak against it."""
    texts = {words(cell) for cell in sheet.rows[row] if isinstance(cell, str)}
    heads = sum(1 for text in texts if _is_head(text))
    numbers = sum(
        1
        for cell in sheet.rows[row]
        if isinstance(cell, float | int) and not YEAR.fullmatch(words(cell).replace(".", ""))
    )
    return heads - 2 * numbers


def _is_head(text: str) -> bool:
    return len(text) <= LONGEST and ":" not in text and WORD.match(text.lstrip("([ ")) is not None


def _continues(sheet: RawSheet, row: int) -> bool:
    """Whether a row beside the header belongs to it: nothing but texts of headers and years, in at least two columns."""
    columns = [column for column, cell in enumerate(sheet.rows[row]) if cell is not None]
    said = [_text(sheet, row, column) for column in columns]
    return len(said) > 1 and all(len(text) <= 80 and (_is_head(text) or YEAR.fullmatch(text)) for text in said)


def _spread(columns: list[list[str]]) -> None:
    """A group's text stands over its first column only where nothing was merged (CSV): the columns beside it belong to it too."""
    height = len(columns[0]) if columns else 0
    for row in range(height - 1):
        group = ""
        for texts in columns:
            if texts[row]:
                group = texts[row]
            elif group and any(texts[row + 1 :]) and not any(texts[:row]):
                texts[row] = group
            else:
                group = ""


def _merged_down(sheet: RawSheet, row: int) -> bool:
    """Whether a merged cell of the header's last row reaches into the row below."""
    return any(
        sheet.filled.get((row + 1, column)) is not None
        and sheet.filled[row + 1, column] == sheet.cell(row, column, merged=True)
        for column in range(sheet.width)
    )


def _joined(texts: list[str]) -> str:
    kept: list[str] = []
    for text in texts:
        if text and text not in kept:
            kept.append(text)
    return " / ".join(kept)
