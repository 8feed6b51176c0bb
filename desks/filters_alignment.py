"""The filters of the uji keselarasan as its pages draw them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from desks.alignment_choices import FindingKind
from desks.selectors.alignment import ACCEPTED, OPEN


class FindingFilter(forms.Form):
    """The filters as the page draws them; desk and region only where there are several."""

    status = forms.ChoiceField(
        label="Status", required=False, choices=[("", "Semua"), (OPEN, "Terbuka"), (ACCEPTED, "Diterima dengan alasan")]
    )
    jenis = forms.ChoiceField(label="Jenis", required=False, choices=[("", "Semua"), *FindingKind.choices])
    desk = forms.ChoiceField(label="Desk", required=False)
    daerah = forms.ChoiceField(label="Daerah", required=False)

    def __init__(
        self, data: Mapping[str, Any], choices: Mapping[str, Sequence[tuple[str, str]]], *without: str
    ) -> None:
        super().__init__(data)
        for name, offered in choices.items():
            if name in without:
                del self.fields[name]
            else:
                self.fields[name].choices = [("", "Semua"), *offered]  # type: ignore[attr-defined]
