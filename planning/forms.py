"""Form fields of planning: nodes of priority trees, and the forms of documents."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

from core.files import CSV, XLSX, sniff
from core.money import Unit
from planning.models import PriorityNode
from planning.selectors.priorities import TREE_LABELS, find_nodes, node_choices

WHOLE = 600
"""Longer than any name: beside a box to tick it stands in full."""


@dataclass(frozen=True)
class NodeGroup:
    """One tree as the form draws it: its nodes as (key, name, depth, ticked)."""

    tree: str
    label: str
    nodes: list[tuple[str, str, int, bool]]

    @property
    def ticked(self) -> int:
        """How many of its nodes are chosen; a tree with one is drawn open."""
        return sum(chosen for *_, chosen in self.nodes)


class PriorityField(forms.MultipleChoiceField):
    """Nodes of the trees of one year, ticked in folded lists (`planning/_priority_field.html`); cleans to PriorityNode rows for `set_tags`.

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
        self.choices = node_choices(year, most=WHOLE)
        self.year = year

    def groups(self, chosen: Collection[str]) -> list[NodeGroup]:
        """The nodes offered, tree by tree."""
        return node_groups(
            [(str(key), str(name)) for key, name in cast("Iterable[tuple[Any, Any]]", self.choices)], chosen
        )

    def clean(self, value: Any) -> list[PriorityNode]:
        """The nodes chosen."""
        found = [node for node in find_nodes(super().clean(value)) if node.year == getattr(self, "year", 0)]
        if len(found) != len(set(value or ())):
            raise ValidationError("Salah satu simpul prioritas sudah tidak ada. Pilih ulang.")
        return found


def node_groups(choices: list[tuple[str, str]], chosen: Collection[str]) -> list[NodeGroup]:
    """The choices of a year as trees; the indent of a name tells its depth."""
    found: dict[str, NodeGroup] = {}
    for key, name in choices:
        tree = key.partition(":")[0]
        group = found.setdefault(tree, NodeGroup(tree, TREE_LABELS.get(tree, tree), []))
        words = name.strip()
        group.nodes.append((key, words.removeprefix(f"{group.label} "), len(name) - len(words), key in chosen))
    return list(found.values())


MOST_BYTES = 20 * 1024 * 1024


class PaguFileForm(forms.Form):
    """A sheet of pagu and the unit its amounts are in."""

    satuan = forms.ChoiceField(label="Satuan angka dalam berkas", choices=Unit.choices)
    file = forms.FileField(label="Berkas .xlsx atau .csv", widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}))

    def clean_file(self) -> Any:
        """The uploaded file, refused in words where it is too large or of another type."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError("Berkas melebihi 20 MB.")
        if sniff(file) not in (XLSX, CSV):
            raise ValidationError(
                "Berkas ini bukan .xlsx atau .csv. Buka di Excel, simpan ulang sebagai .xlsx, lalu unggah lagi."
            )
        return file
