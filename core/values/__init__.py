"""A target or achievement as the field writes it: one type, one parser, one formatter."""

from core.values.parse import parse_value
from core.values.value import LOWER_BOUNDS, UPPER_BOUNDS, Kind, Value, format_value

__all__ = ["LOWER_BOUNDS", "UPPER_BOUNDS", "Kind", "Value", "format_value", "parse_value"]
