"""What names in a workbook may stand for, and the key sheet that says how the cells stood when it was made."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from core.errors import InvalidInput
from core.excel import ReadSheet
from desks.isian_fields import ALL_DESKS, GUIDE, MARK, Mark, one_line

SEARCH_ROWS: Final = 30
_KEY_HEADS: Final = ("jenis", "butir", "versi", "dasar")
_FRESH: Final = "Unduh berkas baru di halaman Isi lewat Excel, lalu salin isian Anda ke sana."
_PLACE: Final = re.compile(r"\d{2}\.\d{2}(?=\s|$)")


def plain_head(value: object) -> str:
    """A head as it is compared."""
    return one_line(str(value)).casefold() if isinstance(value, str) else ""


@dataclass(frozen=True)
class Choices:
    """By what is written in a cell: codes of rows, perangkat daerah, sumber dana and locations."""

    items: Mapping[str, str] = field(default_factory=dict)
    """Kode butir and, where it means one row only, kode indikator, to kode butir."""
    offices: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)

    def places_of(self, text: str) -> list[str]:
        """The kodes of locations written in one cell. Raises InvalidInput for one that is none of the region's."""
        found = []
        for piece in re.split(r"[;\n]|,(?!\s*(?:S\.|M\.))", text):
            name = one_line(piece)
            if not name:
                continue
            code = _PLACE.match(name)
            kode = self.places.get(code[0] if code else name.casefold())
            if kode is None:
                raise InvalidInput(
                    f"Lokasi “{name}” bukan kabupaten/kota di daerah ini. Pilih dari lembar Daftar; pisahkan dengan titik koma."
                )
            found.append(kode)
        return found


@dataclass(frozen=True)
class Seen:
    """A row as it stood when the workbook was made."""

    version: int
    cells: Mapping[str, str]


Key = tuple[str, str, str]
"""Kode butir, kode sub kegiatan, code of the perangkat daerah; the last two '' for the row itself."""


def read_keys(sheets: Sequence[ReadSheet]) -> dict[Key, Seen]:
    """The key sheet. InvalidInput where there is none: without it nobody knows what was typed."""
    for sheet in sheets:
        for place, row in enumerate(sheet.rows[:SEARCH_ROWS]):
            heads = [plain_head(value) for value in row]
            if all(head in heads for head in _KEY_HEADS):
                return _keys(sheet.rows[place + 1 :], heads)
    raise InvalidInput(
        f"Lembar Kunci yang tersembunyi tidak ada lagi dalam berkas ini, sehingga sel yang Anda ubah tidak dapat dikenali. {_FRESH}",
        code="keys_missing",
    )


def _keys(rows: Sequence[Sequence[object]], heads: Sequence[str]) -> dict[Key, Seen]:
    names = ("butir", "sub kegiatan", "perangkat daerah", "versi", "dasar")
    columns = [heads.index(name) if name in heads else -1 for name in names]
    found: dict[Key, Seen] = {}
    for row in rows:
        item, kode, opd, version, base = (str(row[at] or "").strip() if 0 <= at < len(row) else "" for at in columns)
        cells = _base(base)
        if item and cells is not None and version.removesuffix(".0").isdecimal():
            found[item, kode, opd] = Seen(int(version.removesuffix(".0")), cells)
    return found


def _base(text: str) -> dict[str, str] | None:
    try:
        content = json.loads(text)
    except ValueError:
        return None
    return {str(name): str(value) for name, value in content.items()} if isinstance(content, dict) else None


def require_mark(sheets: Sequence[ReadSheet], wanted: Mark) -> None:
    """InvalidInput unless the workbook was made for this round, year, region and desk."""
    found = next(
        (
            text
            for sheet in sheets
            for row in sheet.rows[:SEARCH_ROWS]
            for text in row
            if isinstance(text, str) and MARK in text
        ),
        "",
    )
    if not found:
        raise InvalidInput(
            f"Ini bukan berkas Isian dari portal: identitas pada lembar {GUIDE} dan Kunci tidak ada. {_FRESH}",
            code="not_ours",
        )
    _, round_, year, region, desk = [*found[found.index(MARK) :].strip().split("|"), "", "", "", ""][:5]
    if year != str(wanted.year):
        raise InvalidInput(
            f"Berkas ini untuk tahun {year or '?'}, bukan {wanted.year}. Unduh berkas tahun {wanted.year}.",
            code="other_year",
        )
    if round_ != wanted.round:
        raise InvalidInput(f"Berkas ini dari penyelenggaraan lain. {_FRESH}", code="other_round")
    if region != wanted.region:
        raise InvalidInput(
            f"Berkas ini milik daerah lain (kode wilayah {region or '?'}). {_FRESH}", code="other_region"
        )
    if wanted.desk not in (ALL_DESKS, desk):
        said = (
            "memuat semua desk. Unggah di Isian, pilih Isi lewat Excel untuk semua desk"
            if desk == ALL_DESKS
            else f"untuk desk {desk}, bukan desk {wanted.desk}. Unggah di desk itu"
        )
        raise InvalidInput(f"Berkas ini {said}.", code="other_desk")
