"""Facts of planning: bidang urusan and their holders, nomenclature, sources of funds, priority trees."""

from planning.imports.bidang import load_bidang, load_holders
from planning.imports.lists import load_funding_sources
from planning.imports.nomenclature import load_nomenclature
from planning.imports.outputs import load_catalogue, load_criteria
from planning.imports.priorities import load_nodes

__all__ = [
    "load_bidang", "load_catalogue", "load_criteria", "load_funding_sources", "load_holders", "load_nomenclature", "load_nodes",
]  # fmt: skip
