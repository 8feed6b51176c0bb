"""Facts of who may speak: regions, groups of regions, institutions."""

from accounts.imports.institutions import load_bappeda, load_central, load_opd
from accounts.imports.regions import load_groups, load_kabkota, load_provinces

__all__ = ["load_bappeda", "load_central", "load_groups", "load_kabkota", "load_opd", "load_provinces"]
