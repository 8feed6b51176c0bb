"""Reading what was written: documents, their lines as tree and table, priority trees."""

from planning.selectors.documents import (
    TreeLine,
    document_years,
    documents,
    editions,
    lines_of,
    tree_of_lines,
    writable_owners,
    years_of,
)

__all__ = [
    "TreeLine",
    "document_years",
    "documents",
    "editions",
    "lines_of",
    "tree_of_lines",
    "writable_owners",
    "years_of",
]
