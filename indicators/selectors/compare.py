"""Two versions of one document side by side: lines added, lines removed, and in the others every cell that changed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Final

from accounts.actors import Actor
from core.money import format_rupiah
from indicators.selectors.figures import figure_rows, figures_seen_by, shown_value
from planning.models import Document, LineYear
from planning.selectors import lines_of

PARENT: Final = "Induk"


@dataclass
class Line:
    """A line as compared: its cells by label, in the order of the table, and what it is tied to."""

    code: str
    text: str
    cells: dict[str, str]
    tied: tuple[Any, ...]


@dataclass(frozen=True)
class Changed:
    """A line that stands in both: the cells that differ as (label, semula, menjadi)."""

    code: str
    text: str
    cells: list[tuple[str, str, str]]


@dataclass
class Comparison:
    """What became of the older version in the newer one."""

    added: list[Line] = field(default_factory=list)
    removed: list[Line] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    same: int = 0


def compare(actor: Actor, old: Document, new: Document) -> Comparison:
    """Lines are the same by code; those left over by nomenclature, unit in charge and indicator where these are told apart by it."""
    before, after = _lines(actor, old), _lines(actor, new)
    pairs = {code: code for code in before if code in after}
    pairs |= _recoded(
        [row for code, row in before.items() if code not in after],
        [row for code, row in after.items() if code not in before],
    )
    found = Comparison(
        removed=[row for code, row in before.items() if code not in pairs],
        added=[row for code, row in after.items() if code not in set(pairs.values())],
    )
    origin = {now: code for code, now in pairs.items()}
    for code, row in after.items():
        if code not in origin:
            continue
        cells = _differences(before[origin[code]], row)
        if cells:
            found.changed.append(Changed(code, row.text, cells))
        else:
            found.same += 1
    return found


def _recoded(old: list[Line], new: list[Line]) -> dict[str, str]:
    def once(rows: list[Line]) -> dict[tuple[Any, ...], str]:
        by_tie: dict[tuple[Any, ...], list[str]] = defaultdict(list)
        for row in rows:
            if row.tied[0] is not None:
                by_tie[row.tied].append(row.code)
        return {tie: codes[0] for tie, codes in by_tie.items() if len(codes) == 1}

    before, after = once(old), once(new)
    return {code: after[tie] for tie, code in before.items() if tie in after}


def _differences(old: Line, new: Line) -> list[tuple[str, str, str]]:
    labels = dict.fromkeys([*old.cells, *new.cells])
    pairs = [(label, old.cells.get(label, ""), new.cells.get(label, "")) for label in labels]
    moved = [("Kode baris", old.code, new.code)] if old.code != new.code else []
    return moved + [each for each in pairs if each[1] != each[2]]


def _lines(actor: Actor, document: Document) -> dict[str, Line]:
    rows = lines_of(document).values_list(
        "pk", "line_code", "parent__line_code", "text", "indicator_text", "unit", "institution__short_name", "location",
        "region__short_name", "nomenclature__kode",
    )  # fmt: skip
    years = defaultdict(list)
    for year in LineYear.objects.filter(line__document=document).order_by("year"):
        years[year.line_id].append(year)
    figures = defaultdict(list)
    for row in figure_rows(figures_seen_by(actor).filter(line__document=document)).values(
        "line_id", "code", "year", "period", "region_name", *_VALUE
    ):
        figures[row["line_id"]].append(row)
    found = {}
    for pk, code, parent, text, indicator, unit, unit_in_charge, location, region, nomenclature in rows:
        cells = {"Uraian": text, PARENT: parent or "", "Indikator": indicator, "Satuan": unit, "Pelaksana": unit_in_charge or "",
                 "Lokasi": location or region or ""}  # fmt: skip
        for year in years[pk]:
            cells[f"Target {year.year}"] = year.target
            cells[f"Pagu {year.year}"] = format_rupiah(year.amount)
        targets = {year.year for year in years[pk] if year.target}
        for row in figures[pk]:
            if row["year"] not in targets:
                cells[f"{row['code']} {row['region_name']} {row['year']} {row['period']}".strip()] = shown_value(row)
        found[code] = Line(code, text, cells, (nomenclature, unit_in_charge, indicator))
    return found


_VALUE: Final = tuple(f"value_{part}" for part in ("kind", "min", "max", "text", "unit", "decimals"))
