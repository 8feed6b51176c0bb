"""Reading what is measured: names, the figures that a person may read, documents with their figures, what measures a priority."""

from indicators.selectors.figures import (
    figure_rows,
    figures_of_lines,
    figures_seen_by,
    find_region,
    latest_name,
    only_indicator,
    shown_value,
    stated_openly,
    with_names,
)

__all__ = [
    "figure_rows",
    "figures_of_lines",
    "figures_seen_by",
    "find_region",
    "latest_name",
    "only_indicator",
    "shown_value",
    "stated_openly",
    "with_names",
]
