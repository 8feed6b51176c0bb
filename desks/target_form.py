"""The form of targets: many fields, of which only the changed ones are sent on; what was typed is never lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.choices import Tone
from desks.selectors.targets import TargetCell
from desks.services.targets import TargetResult, TargetWrite

WORDS: dict[str, tuple[str, Tone]] = {
    "saved": ("tersimpan", Tone.HIJAU),
    "same": ("sama", Tone.NETRAL),
    "conflict": ("bentrok", Tone.KUNING),
    "refused": ("ditolak", Tone.MERAH),
    "ask": ("ambigu", Tone.KUNING),
    "spread": ("belum disimpan", Tone.BIRU),
}
DOTS = ("thousands", "decimal")


@dataclass
class FormRow:
    """One field: what is typed now, the text and version it started from, and what became of it."""

    cell: TargetCell
    typed: str
    base: str
    version: int
    status: str = ""
    message: str = ""

    @property
    def label(self) -> str:
        """The outcome in a word."""
        return WORDS[self.status][0] if self.status else ""

    @property
    def tone(self) -> str:
        """The tone of the outcome."""
        return WORDS[self.status][1].value if self.status else ""

    @property
    def changed(self) -> bool:
        """Whether the field says something else than it started from."""
        return self.typed.strip() != self.base.strip()


class TargetForm:
    """The fields of some cells, from the database or from what was posted."""

    def __init__(self, cells: Sequence[TargetCell], data: Mapping[str, str] | None = None) -> None:
        self.rows = [_row(cell, data) for cell in cells]
        self.touched = data is not None

    def writes(self, dot: str) -> list[TargetWrite]:
        """What the changed fields ask for; `dot` is the one answer about ambiguous points for the whole form."""
        answer = dot if dot in DOTS else "ask"
        return [
            TargetWrite(row.cell.indicator, row.cell.region, row.typed, row.version, answer)
            for row in self.rows
            if row.changed
        ]

    def spread(self, text: str) -> str:
        """Put one text into every empty field, as a proposal that is not saved yet; answers what was done."""
        text = text.strip()
        if not text:
            return "Isi dahulu angka yang akan disebar."
        empty = [row for row in self.rows if not row.typed.strip() and row.cell.editable]
        for row in empty:
            row.typed, row.status = text, "spread"
        return f"{len(empty)} daerah kosong diisi {text}. Belum disimpan: periksa, lalu tekan Simpan."

    def take(self, results: Sequence[TargetResult]) -> None:
        """Show the results: a saved field starts anew, a refused or contested one keeps what was typed."""
        by_key = {(row.indicator, row.region): row for row in results}
        for row in self.rows:
            result = by_key.get((row.cell.indicator, row.cell.region))
            if result is None:
                continue
            row.status, row.message = result.status, result.message
            if result.ok:
                row.typed = row.base = result.shown
                row.version = result.version
            elif result.status == "conflict":
                row.base, row.version = result.shown, result.version
                row.message = (
                    f"Tersimpan oleh orang lain: {result.shown or 'kosong'}. Simpan lagi untuk memakai angka Anda."
                )

    @property
    def failed(self) -> list[FormRow]:
        """Fields that are not saved."""
        return [row for row in self.rows if row.status in ("conflict", "refused", "ask")]

    @property
    def conflicts(self) -> bool:
        """Whether somebody else wrote first somewhere."""
        return any(row.status == "conflict" for row in self.rows)

    @property
    def asks(self) -> bool:
        """Whether a point has to be explained."""
        return any(row.status == "ask" for row in self.rows)

    def summary(self) -> str:
        """Counts in words: `12 target tersimpan, 1 bentrok`."""
        counts = [(word, sum(row.status == status for row in self.rows)) for status, (word, _) in WORDS.items()]
        parts = [f"{count} {word}" for word, count in counts if count]
        return f"Target: {', '.join(parts)}."


def _row(cell: TargetCell, data: Mapping[str, str] | None) -> FormRow:
    if data is None or f"t:{cell.key}" not in data:
        return FormRow(cell, cell.text, cell.text, cell.version)
    version = data.get(f"v:{cell.key}", "0")
    return FormRow(
        cell,
        data[f"t:{cell.key}"],
        data.get(f"o:{cell.key}", cell.text),
        int(version) if version.isdecimal() else 0,
    )
