"""Codes of the nomenclature as files hold them: matched by code, lost zeros repaired only where one code alone fits."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from core.errors import InvalidInput
from core.excel import CellValue
from core.imports.raw import words
from planning.choices import GovLevel, NomenclatureLevel
from planning.models import Nomenclature

WIDTHS: Final = (1, 2, 2, 1, 2, 4)
FIRST_YEAR: Final = 2024
"""Excel gives a day without a year the year of typing, and nobody typed such a list before."""
LEVELS: Final = {
    1: NomenclatureLevel.URUSAN, 2: NomenclatureLevel.BIDANG, 3: NomenclatureLevel.PROGRAM, 5: NomenclatureLevel.KEGIATAN,
    6: NomenclatureLevel.SUB_KEGIATAN,
}  # fmt: skip
WHOLE: Final = re.compile(r"(?:\d|X)(?:\.(?:\d\d|XX)(?:\.\d\d(?:\.\d\.\d\d(?:\.\d{4})?)?)?)?")
CODELIKE: Final = re.compile(r"[\dX]{1,6}(?:\.[\dX]{1,6})*\.?")


@dataclass(frozen=True)
class Known:
    """A row of the nomenclature, the newest edition that has the code."""

    pk: int
    level: str
    name: str
    unit: str
    edition: int


@dataclass
class Match:
    """The code that a row means; `nomenclature` is None where the nomenclature does not know it."""

    code: str
    level: str = ""
    nomenclature: Known | None = None
    repaired: str = ""
    warnings: list[str] = field(default_factory=list)


class CodeBook:
    """The nomenclature of a level of government, read once for a file."""

    def __init__(self, gov_level: str) -> None:
        self.gov_level = gov_level
        self.known: dict[str, Known] = {}
        self.elsewhere: set[str] = set()
        self.followed: dict[str, str] = {}
        rows = Nomenclature.objects.order_by("version__valid_from", "version__code").values_list(
            "gov_level", "kode", "pk", "level", "name", "unit", "version_id", "predecessor"
        )
        for level, kode, pk, rank, name, unit, edition, before in rows.iterator(chunk_size=5000):
            if level != gov_level:
                self.elsewhere.add(kode)
                continue
            self.known[kode] = Known(pk, rank, name, unit, edition)
            self.edition = edition
            if before:
                self.followed[before] = kode

    def match(self, cells: Sequence[CellValue], name: str = "") -> Match:
        """The code that the cells of a row spell. InvalidInput where it is broken and no single known code fits."""
        written, options = _spelled(cells)
        if not options:
            raise InvalidInput(f"“{written}” bukan kode nomenklatur.")
        first = options[0]
        if WHOLE.fullmatch(written) and len(first.split(".")) in LEVELS:
            return self._found(written, name)
        fitting = [code for code in options if self._row(code) is not None]
        if len(fitting) == 1:
            return self._repaired(written, fitting[0], name)
        if len(fitting) > 1:
            raise InvalidInput(
                f"Kode “{written}” dapat berarti {' atau '.join(fitting)}. Format selnya sebagai Teks, lalu ketik ulang kodenya."
            )
        raise InvalidInput(
            f"Kode “{written}” tidak lengkap dan tidak cocok dengan satu pun kode nomenklatur. Ketik ulang sebagai teks."
        )

    def _row(self, code: str) -> Known | None:
        return self.known.get(code) or self.known.get(_general(code))

    def _repaired(self, written: str, code: str, name: str) -> Match:
        match = self._found(code, name)
        if match.nomenclature and name and not same_words(name, match.nomenclature.name):
            raise InvalidInput(
                f"Kode “{written}” mungkin {code}, tetapi kode itu bernama “{match.nomenclature.name}”. Periksa kode atau namanya."
            )
        match.repaired = f"Kode “{written}” dibaca {code}."
        return match

    def _found(self, code: str, name: str) -> Match:
        row = self._row(code)
        match = Match(code, LEVELS[len(code.split("."))].value, row)
        if row is None:
            match.warnings.append(self._why_unknown(code))
        elif row.edition != self.edition and code in self.followed:
            match.warnings.append(f"Kode {code} sudah diganti {self.followed[code]} pada nomenklatur terbaru.")
        elif row.edition != self.edition:
            match.warnings.append(f"Kode {code} tidak ada lagi pada nomenklatur terbaru.")
        if row and name and not same_words(name, row.name):
            match.warnings.append(f"Nama berbeda; di nomenklatur “{row.name}”.")
        return match

    def _why_unknown(self, code: str) -> str:
        if code in self.followed:
            return f"Kode {code} sudah diganti {self.followed[code]}; dimuat tanpa kaitan nomenklatur."
        if code in self.elsewhere:
            other = "kabupaten/kota" if self.gov_level == GovLevel.PROVINSI else "provinsi"
            return f"Kode {code} hanya untuk {other}; dimuat tanpa kaitan nomenklatur."
        return f"Kode {code} tidak ada dalam nomenklatur portal; dimuat tanpa kaitan, perlu verifikasi."


def _general(code: str) -> str:
    """The generic support programme of every perangkat daerah stands in the nomenclature as X.XX."""
    parts = code.split(".")
    return ".".join(["X", "XX", *parts[2:]]) if len(parts) > 2 and parts[2] == "01" else ""


def _spelled(cells: Sequence[CellValue]) -> tuple[str, list[str]]:
    """The code as written and every code it may have been before zeros were lost, the plainest first."""
    pieces: list[list[str]] = []
    shown: list[str] = []
    for cell in cells:
        if cell is None:
            continue
        if isinstance(cell, dt.datetime | dt.date):
            return _from_date(cell)
        text, number = _code_text(cell)
        if not CODELIKE.fullmatch(text):
            return text, []
        shown.append(text.rstrip("."))
        parts = shown[-1].split(".")
        # A number of a spreadsheet lost the zeros at its end as well: 1.1 was 1.01 or 1.10.
        pieces += [[part] for part in parts[:-1]] + [
            [parts[-1], *(["→" + parts[-1]] if number and len(parts) > 1 else [])]
        ]
    written = ".".join(shown)
    if not 0 < len(pieces) <= len(WIDTHS) or len(pieces) not in LEVELS:
        return written, [written] if written else []
    choices = [_padded(texts, WIDTHS[no]) for no, texts in enumerate(pieces)]
    if not all(choices):
        return written, [written]
    return written, list(dict.fromkeys(".".join(parts) for parts in itertools.product(*choices)))


def _padded(texts: Sequence[str], width: int) -> list[str]:
    found: list[str] = []
    for text in texts:
        from_end = text.startswith("→")
        plain = text.removeprefix("→")
        if plain in ("X", "XX"):
            found.append("X" * width)
        elif len(plain) <= width:
            found.append(plain.ljust(width, "0") if from_end else plain.zfill(width))
        elif len(plain.lstrip("0")) <= width:
            found.append(plain.lstrip("0").zfill(width))
    return found


def _code_text(cell: CellValue) -> tuple[str, bool]:
    """A cell of a code as text, and whether it was a number."""
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return (str(int(cell)) if cell == int(cell) else repr(float(cell))), True
    text = words(cell).upper().replace(",", ".").replace(" ", "").replace("_", ".")
    return text.strip("'`’.()[]"), False


def _from_date(cell: dt.date) -> tuple[str, list[str]]:
    """A code that Excel took for a day: 1.02.03 for 1 February 2003, 1.02 for 1 February of the year of typing."""
    shown = f"{cell.day:02}/{cell.month:02}/{cell.year}"
    if cell.day > 9:
        return shown, [shown]
    whole = f"{cell.day}.{cell.month:02}.{cell.year % 100:02}"
    return shown, [whole, f"{cell.day}.{cell.month:02}"] if cell.year >= FIRST_YEAR else [whole]


def same_words(one: str, other: str) -> bool:
    """Whether two names are the same but for capitals, spaces and marks."""
    return plain_words(one) == plain_words(other)


def plain_words(text: str) -> str:
    """The letters and digits of a text, small."""
    return re.sub(r"[\W_]+", "", text.casefold())


def split_code(text: str) -> tuple[str, str]:
    """Code and name that share a cell; no code where the text does not begin with one."""
    head, _, rest = text.strip().partition(" ")
    plain = head.upper().rstrip(".:")
    if re.fullmatch(r"[\dX]{1,2}(?:\.[\dX]{1,4}){1,5}", plain):
        return plain, rest.lstrip("-–: ").strip()
    return "", text.strip()
