"""Uji keselarasan: what rows of a region say against its documents, the nomenclature, its pagu and last year's agreement."""

from desks.selectors.alignment.found import Accepted, Finding
from desks.selectors.alignment.lists import ACCEPTED, OPEN, PARAMS, Counts, choices_of, counts_of, filtered
from desks.selectors.alignment.run import alignment_of, by_document, by_item

__all__ = [
    "ACCEPTED", "OPEN", "PARAMS", "Accepted", "Counts", "Finding", "alignment_of", "by_document", "by_item", "choices_of", "counts_of",
    "filtered",
]  # fmt: skip
