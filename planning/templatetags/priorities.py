"""`{% load priorities %}{% priority_chips chips %}`: the chips of priorities beside a row or under a title."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django import template
from django.utils.safestring import SafeString

from planning.chips import chips_html
from planning.selectors.priorities import Chip

register = template.Library()


@register.filter
def at(chips: Mapping[str, Sequence[Chip]], key: str) -> Sequence[Chip]:
    """The chips of one thing among those of many."""
    return chips.get(key, ())


@register.simple_tag
def priority_chips(chips: Sequence[Chip] | None) -> SafeString:
    """One quiet chip, more on opening; nothing where there is none."""
    return chips_html(chips or [])
