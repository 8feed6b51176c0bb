"""The lists of agreements that people keep filters of."""

from __future__ import annotations

from typing import Final

from accounts.lists import ListKind, register_list

PAPERS: Final = register_list(ListKind("berita-acara", "Berita acara", ("q", "round", "desk", "region", "state")))
