"""The rows that a berita acara of the strand kewilayahan prints, in plain frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

IF_ANY: Final = {"if_any": True}
"""Metadata of a field that only some strands fill: where it is empty it is not frozen, and the text of the others stays as it was."""


@dataclass(frozen=True)
class PlaceRow:
    """A location of an usulan; volumes as printed in the usulan's unit, allocations in whole rupiah."""

    region_code: str
    region: str
    detail: str
    volume_proposed: str
    volume_agreed: str
    amount_proposed: int | None
    amount_agreed: int | None
    status: str
    reason: str = ""
    note: str = ""


@dataclass(frozen=True)
class UsulanRow:
    """An usulan that was recommended, plainly or with notes; of its locations those that were."""

    no: int
    item: str
    region_code: str
    region: str
    title: str
    kl: str
    ro_code: str
    ro: str
    unit: str
    amount_unit: str
    state: str
    status: str
    basis: str
    places: tuple[PlaceRow, ...]
    readiness: str = ""
    note: str = ""
    forum: str = ""
    history: tuple[str, ...] = ()
    priorities: str = field(default="", metadata=IF_ANY)


@dataclass(frozen=True)
class UsulanLeftRow:
    """An usulan, or one location of a recommended one, that was not recommended or not discussed; why, and where it goes next."""

    no: int
    item: str
    region_code: str
    region: str
    kind: str
    title: str
    kl: str
    ro_code: str
    ro: str
    place_codes: str
    places: str
    unit: str
    volume: str
    amount: int | None
    amount_unit: str
    state: str
    status: str
    reason: str
    forum: str
    note: str = ""
    objection: str = ""


@dataclass(frozen=True)
class CorrectionRow:
    """RO, unit or location set right at the desk."""

    no: int
    item: str
    region: str
    title: str
    field: str
    before: str
    after: str
    reason: str = ""
