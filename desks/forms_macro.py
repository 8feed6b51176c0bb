"""The form of a strategi or aksi of a macro row."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import Institution
from desks.choices import ActionSide
from desks.forms import RefusableForm
from desks.services.macro import LONGEST_OWNER, LONGEST_TEXT, ActionData

OWNER_LIST = "daftar-penanggung-jawab"


class ActionForm(RefusableForm):
    """Text and owner; the owner is typed, and taken for an institution where it is one of the list."""

    text = forms.CharField(
        label="Strategi dan aksi", max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Apa yang dilakukan, di mana, sampai kapan.",
    )  # fmt: skip
    owner = forms.CharField(
        label="Penanggung jawab", max_length=LONGEST_OWNER, help_text="Pilih dari daftar, atau tulis namanya bila tidak ada.",
        widget=forms.TextInput(attrs={"list": OWNER_LIST, "autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *args: Any, owners: list[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owners = owners

    def action_data(self, side: str) -> ActionData:
        """What was typed, for the service."""
        return typed_action(self.owners, side, self.cleaned_data["text"], self.cleaned_data["owner"])


def typed_action(owners: list[Institution], side: str, text: str, owner: str) -> ActionData:
    """An action as typed: an owner that names an institution of the list is that institution."""
    wanted = " ".join(owner.split()).casefold()
    found = next((row for row in owners if wanted in (row.short_name.casefold(), row.name.casefold())), None)
    return ActionData(side, text, found.pk if found else None, "" if found else owner)


def side_of(text: str) -> str:
    """The side that an address or a form names; the region's where it names none."""
    return text if text in ActionSide.values else ActionSide.DAERAH
