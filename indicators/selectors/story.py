"""Every figure that anybody stated for one indicator in one region: sources down, years across."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Q

from accounts.actors import Actor
from accounts.models import Region
from indicators.choices import FigureKind
from indicators.models import Indicator
from indicators.selectors.figures import NATION, figure_rows, figures_seen_by, shown_value
from planning.choices import DocumentStage

STAGES: Final = dict(DocumentStage.choices)
GROUPS: Final = (
    (FigureKind.ACTUAL, "Capaian"),
    (FigureKind.DOCUMENT, "Dokumen"),
    (FigureKind.NATIONAL, "Target nasional"),
    (FigureKind.PROVINCIAL, "Target provinsi"),
    (FigureKind.INDICATIVE, "Target indikatif"),
    (FigureKind.AGREEMENT, "Kesepakatan"),
)
SOURCES: Final = {
    "bps": "BPS", "kemendagri": "Kemendagri", "kl_nasional": "K/L pengampu", "kl_indikatif": "K/L pengampu",
    "pd_provinsi": "Perangkat daerah provinsi", "pd_indikatif": "Perangkat daerah provinsi", "rakortek": "Kesepakatan nasional",
    "rakor_provinsi": "Kesepakatan provinsi", "rakor_sektor": "Kesepakatan sektor", "simulasi": "Simulasi",
}  # fmt: skip


@dataclass(frozen=True)
class StoryCell:
    """A figure with the words that qualify it."""

    text: str
    mark: str


@dataclass
class StoryRow:
    """What one source states: its name, stage and version where it is a document, and its figures by year."""

    source: str
    stage: str = ""
    published: bool = True
    edition: int = 0
    document: int | None = None
    nation: bool = False
    years: dict[int, list[StoryCell]] = field(default_factory=dict)
    origins: dict[str, list[int]] = field(default_factory=dict)
    across: list[tuple[int, list[StoryCell]]] = field(default_factory=list)

    @property
    def cited(self) -> list[str]:
        """Where the figures come from: one citation, or each with its years where they differ."""
        told = {
            text: years for text, years in self.origins.items() if text.casefold() not in ("", self.source.casefold())
        }
        if len(self.origins) == 1:
            return list(told)
        return [f"{_years(years)}: {text}" for text, years in told.items()]


def _years(years: list[int]) -> str:
    first, last = min(years), max(years)
    whole = len(set(years)) == last - first + 1
    return str(first) if first == last else f"{first}–{last}" if whole else ", ".join(map(str, sorted(set(years))))


@dataclass
class Story:
    """The page: groups of rows in the order of the day, and the years across."""

    years: list[int]
    groups: list[tuple[str, list[StoryRow]]]
    count: int


def figures_of(actor: Actor, indicator: Indicator, region: Region) -> Any:
    """The figures about a region and the nation that the actor may read."""
    here = Q(region=region) | Q(region__kode=NATION)
    return figures_seen_by(actor).filter(here, indicator=indicator)


def story_of(actor: Actor, indicator: Indicator, region: Region) -> Story:
    """The whole story in one query."""
    rows = list(figure_rows(figures_of(actor, indicator, region)))
    found: dict[tuple[Any, ...], StoryRow] = {}
    for row in rows:
        nation = row["region_code"] == NATION and region.kode != NATION
        named = row["document"] or SOURCES.get(row["source"], row["source"].upper())
        key = (row["kind"], nation, row["document_id"] or 0, row["edition"] or 0, named)
        line = found.get(key)
        if line is None:
            line = found[key] = StoryRow(
                named, STAGES.get(row["stage"] or "", ""), row["stage"] in (None, DocumentStage.PENETAPAN), row["edition"] or 0,
                row["document_id"], nation,
            )  # fmt: skip
        line.origins.setdefault(row["origin"], []).append(row["year"])
        line.years.setdefault(row["year"], []).append(StoryCell(shown_value(row), _mark(row)))
    groups = []
    for kind, label in GROUPS:
        lines = [line for key, line in found.items() if key[0] == kind]
        if lines:
            groups.append((label, sorted(lines, key=lambda line: (line.nation, line.source, -line.edition))))
    years = sorted({row["year"] for row in rows})
    for line in found.values():
        line.across = [(year, line.years.get(year, [])) for year in years]
    return Story(years, groups, len(rows))


def _mark(row: dict[str, Any]) -> str:
    words = (
        (row["period"], bool(row["period"])),
        ("simulasi", row["simulated"]),
        ("perlu verifikasi", row["needs_check"]),
    )
    return ", ".join(word for word, said in words if said)
