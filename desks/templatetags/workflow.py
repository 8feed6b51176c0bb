"""The table of moves for templates of other apps."""

from __future__ import annotations

from django import template

from desks.selectors.workflow_words import StateWords, state_words

register = template.Library()


@register.simple_tag
def workflow_states() -> list[StateWords]:
    """Every state with the moves to and from it."""
    return state_words()
