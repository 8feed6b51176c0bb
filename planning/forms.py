"""Form fields of planning: nodes of priority trees, and the forms of documents."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from planning.models import PriorityNode
from planning.selectors.priorities import node_choices


class PriorityField(forms.MultipleChoiceField):
    """Nodes of the trees of one year, ticked in folded lists; cleans to PriorityNode rows for `set_tags`.

    Give the year after construction: `form.fields["priorities"].offer(round.plan_year)`. `initial` is a list of keys.
    """

    widget = forms.SelectMultiple

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Prioritas yang didukung")
        kwargs.setdefault("required", False)
        super().__init__(*args, **kwargs)
        self.widget.attrs.setdefault("size", 8)

    def offer(self, year: int) -> None:
        """Offer the nodes of this year."""
        self.choices = node_choices(year)
        self.year = year

    def clean(self, value: Any) -> list[PriorityNode]:
        """The nodes chosen."""
        keys = [key.split(":", 2)[2] for key in super().clean(value)]
        trees = {key.split(":", 2)[0] for key in value or ()}
        nodes = PriorityNode.objects.filter(year=getattr(self, "year", 0), tree__in=trees, code__in=keys)
        found = [node for node in nodes if node.key in set(value or ())]
        if len(found) != len(set(value or ())):
            raise ValidationError("Salah satu simpul prioritas sudah tidak ada. Pilih ulang.")
        return found
