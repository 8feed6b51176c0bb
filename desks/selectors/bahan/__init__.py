"""Bahan desk: the papers one takes to a desk, for one region over its desks or for one desk over its regions."""

from desks.selectors.bahan.gather import Bahan, Section, bahan_of
from desks.selectors.bahan.scope import BahanScope, Part, bahan_scope, parts_of
from desks.selectors.bahan.table import Column, Line, Marked, State, Table

__all__ = [
    "Bahan",
    "BahanScope",
    "Column",
    "Line",
    "Marked",
    "Part",
    "Section",
    "State",
    "Table",
    "bahan_of",
    "bahan_scope",
    "parts_of",
]
