"""What only a makro berita acara prints, in plain frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from core.values import Value


@dataclass(frozen=True)
class ActionRow:
    """A strategi or aksi for an agreed macro target, and who answers for it."""

    no: int
    item: str
    region_code: str
    region: str
    indicator_code: str
    indicator: str
    agreed: Value | None
    side: str
    text: str
    owner: str
    owner_code: str = ""
    added: bool = False
