"""What only a berita acara over several sittings or papers prints, in plain frozen values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SittingRow:
    """A sitting that a berita acara of more than one takes in."""

    code: str
    desk: str
    no: int
    day: str
    regions: int


@dataclass(frozen=True)
class PaperRow:
    """A berita acara that a BA induk lists, with the hash of its text."""

    no: int
    code: str
    check_code: str
    number: str
    title: str
    signed_on: str
    status: str
    sha256: str
