"""What a finding is: both cells, where each stands, and whether the region stands by it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Final

from core.canonical import canonical, sha256_hex
from desks.alignment_choices import FindingKind
from desks.models import AcceptedFinding, Item, Meja

KEY: Final = 16
LONGEST: Final = 500


@dataclass(frozen=True)
class Accepted:
    """That somebody of the region stands by a finding, and why."""

    reason: str
    institution: str
    who: str
    at: dt.datetime
    cells: str


@dataclass(frozen=True)
class Finding:
    """One place where two cells do not agree, or where one of them is missing."""

    key: str
    kind: FindingKind
    meja: Meja
    item: Item | None
    code: str
    """Of what it is about: an indicator's code, or the kode of a sub kegiatan."""
    name: str
    opd: str
    here: str
    there: str
    document: str
    document_id: int | None
    cells: str
    accepted: Accepted | None = None
    lapsed: Accepted | None = None
    """Accepted once, before one of the cells changed."""

    @property
    def label(self) -> str:
        """The kind in words."""
        return self.kind.label

    @property
    def open(self) -> bool:
        """Whether nobody stands by it as it reads now."""
        return self.accepted is None

    @property
    def pick(self) -> str:
        """How a form names it as it was read."""
        return f"{self.meja.code}:{self.key}:{self.cells}"

    @property
    def subject(self) -> str:
        """What it is about, in one line."""
        return " ".join(part for part in (self.code, self.name, f"({self.opd})" if self.opd else "") if part)


@dataclass(frozen=True)
class Place:
    """What a finding is about and where it hangs."""

    meja: Meja
    item: Item | None
    code: str
    name: str
    opd: str = ""
    opd_code: str = ""


@dataclass(frozen=True)
class Source:
    """Against what a row is held, in the words of the page: kind, stage and version of a document, or what stands in its place."""

    label: str
    key: str
    """Stays the same over stages and versions: a later text that says the same does not reopen what was accepted."""
    document_id: int | None = None


def finding(kind: FindingKind, place: Place, source: Source, here: str, there: str) -> Finding:
    """The finding with its name and the fingerprint of both cells."""
    here, there = here[:LONGEST], there[:LONGEST]
    about = [kind.value, place.item.code if place.item else "", place.code, place.opd_code, source.key]
    return Finding(
        sha256_hex(canonical(about))[:KEY], kind, place.meja, place.item, place.code, place.name, place.opd, here, there, source.label,
        source.document_id, sha256_hex(canonical([here, there])),
    )  # fmt: skip


def with_acceptance(findings: list[Finding], *, lapsed: bool) -> list[Finding]:
    """The findings with what the region said to them; one query. `lapsed`: whether the reader may know what was accepted of other cells."""
    mejas = {each.meja.pk for each in findings}
    rows = AcceptedFinding.objects.filter(meja__in=mejas).select_related("institution", "by")
    known = {(row.meja_id, row.key): row for row in rows}
    found = []
    for each in findings:
        row = known.get((each.meja.pk, each.key))
        if row is not None:
            said = Accepted(row.reason, row.institution.short_name, row.by.full_name, row.at, row.cells)
            holds = row.cells == each.cells
            each = replace(each, accepted=said) if holds else replace(each, lapsed=said if lapsed else None)
        found.append(each)
    return found
