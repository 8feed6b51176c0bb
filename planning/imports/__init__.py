"""Facts of planning: bidang urusan and their holders, nomenclature, sources of funds, priority trees."""

from planning.imports.bidang import load_bidang, load_holders
from planning.imports.lists import load_funding_sources, load_priorities
from planning.imports.nomenclature import load_nomenclature

__all__ = ["load_bidang", "load_funding_sources", "load_holders", "load_nomenclature", "load_priorities"]
