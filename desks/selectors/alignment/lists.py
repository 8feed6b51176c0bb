"""Findings as a list: filtered by kind, desk, region and whether they are open, counted for chips."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from desks.alignment_choices import FindingKind
from desks.selectors.alignment.found import Finding

PARAMS: Final = ("status", "jenis", "desk", "daerah", "butir")
OPEN: Final = "terbuka"
ACCEPTED: Final = "diterima"


@dataclass(frozen=True)
class Counts:
    """How many findings there are, how many of them open, and open ones by kind."""

    total: int = 0
    open: int = 0
    by_kind: list[tuple[FindingKind, int]] = field(default_factory=list)

    @property
    def accepted(self) -> int:
        """How many the region stands by."""
        return self.total - self.open


def counts_of(findings: Iterable[Finding]) -> Counts:
    """The numbers of a list."""
    rows = list(findings)
    opened = Counter(each.kind for each in rows if each.open)
    return Counts(len(rows), sum(opened.values()), [(kind, opened[kind]) for kind in FindingKind if opened[kind]])


def filtered(findings: Iterable[Finding], data: Mapping[str, Any]) -> list[Finding]:
    """The findings that the address asks for; what it does not know filters nothing."""
    status, kind = data.get("status", ""), data.get("jenis", "")
    desk, region, row = data.get("desk", ""), data.get("daerah", ""), data.get("butir", "")
    return [
        each
        for each in findings
        if (status not in (OPEN, ACCEPTED) or each.open == (status == OPEN))
        and (kind not in FindingKind.values or each.kind == kind)
        and (not desk or each.meja.desk.code == desk)
        and (not region or each.meja.region.kode == region)
        and (not row or (each.item is not None and each.item.code == row))
    ]


def choices_of(findings: Sequence[Finding]) -> dict[str, list[tuple[str, str]]]:
    """The desks and regions that occur."""
    desks = {each.meja.desk.code: f"{each.meja.desk.code} {each.meja.desk.name}" for each in findings}
    regions = {each.meja.region.kode: each.meja.region.name for each in findings}
    return {"desk": sorted(desks.items()), "daerah": sorted(regions.items())}
