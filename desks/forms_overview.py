"""The filters of the overview as lists to choose from; what they do stands in `selectors/overview/rows.py`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from desks.forms_board import LightSelect
from desks.levels import LevelWords

FIRST = {
    "desk": ("Desk", "Semua desk"), "daerah": ("{region}", "Semua {regions}"), "kelompok": ("Kelompok {regions}", "Semua kelompok"),
    "pendekatan": ("Pendekatan", "Semua pendekatan"), "putusan": ("Hasil", "Semua hasil"),
    "prioritas": ("Prioritas", "Semua prioritas"),
}  # fmt: skip


class NarrowForm(forms.Form):
    """One list a filter; a filter with nothing to choose from is left out."""

    def __init__(
        self, data: Mapping[str, Any], choices: Mapping[str, list[tuple[str, str]]], words: LevelWords
    ) -> None:
        super().__init__(data, auto_id="saring_%s")
        for name, offered in choices.items():
            if len(offered) > 1:
                label, first = (text.format(region=words.region, regions=words.regions) for text in FIRST[name])
                listed = [("", first), *offered]
                self.fields[name] = forms.ChoiceField(
                    label=label, required=False, choices=listed, widget=LightSelect(choices=listed)
                )
