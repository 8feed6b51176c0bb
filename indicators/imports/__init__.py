"""Facts of measuring: indicators with their wording by year, the crosswalk of codes, published figures."""

from indicators.imports.actuals import load_bps
from indicators.imports.indicators import load_crosswalk, load_macro, load_outcome
from indicators.imports.national import load_national
from indicators.imports.population import load_population
from indicators.imports.priorities import load_priority_tags
from indicators.imports.rpjmd import load_rpjmd
from indicators.imports.rpjmn import load_rpjmn
from indicators.imports.rpjmn_groups import load_rpjmn_groups

__all__ = [
    "load_bps",
    "load_crosswalk",
    "load_macro",
    "load_national",
    "load_outcome",
    "load_population",
    "load_priority_tags",
    "load_rpjmd",
    "load_rpjmn",
    "load_rpjmn_groups",
]
