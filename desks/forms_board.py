"""Forms of the board: filters of the page, asking for repair, offering a figure, the internal note."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from core.dates import zone_name
from desks.filters_board import ORDERS
from desks.filters_priority import THROUGH
from desks.services.repair import RepairOwner
from desks.services.talk import MAX_NOTE


class LightSelect(forms.Select):
    """A list drawn without a template per choice: five of them with 38 regions would cost more than the rows of the page."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """The select as HTML."""
        chosen = str(value or "")
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((key, mark_safe(" selected") if key == chosen else "", label) for key, label in self.choices),
        )
        return format_html('<select name="{}" id="{}">{}</select>', name, (attrs or {}).get("id", ""), options)


class FilterForm(forms.Form):
    """The filters as lists to choose from; what they do stands in BoardFilter."""

    indikator = forms.ChoiceField(label="Indikator", required=False)
    daerah = forms.ChoiceField(label="Daerah", required=False)
    kelompok = forms.ChoiceField(label="Kelompok daerah", required=False)
    prioritas = forms.ChoiceField(label="Prioritas", required=False)
    lewat = forms.ChoiceField(label="Prioritas melalui", required=False, choices=THROUGH)
    urut = forms.ChoiceField(label="Urutkan", required=False, choices=ORDERS)

    def __init__(self, data: Mapping[str, Any], choices: Mapping[str, list[tuple[str, str]]]) -> None:
        super().__init__(data, auto_id="saring_%s")
        for name, first in (
            ("indikator", "Semua indikator"),
            ("daerah", "Semua daerah"),
            ("kelompok", "Semua kelompok"),
            ("prioritas", "Semua prioritas"),
        ):
            self.fields[name].choices = [("", first), *choices[name]]  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget = LightSelect(choices=field.choices)  # type: ignore[attr-defined]
        if not choices["kelompok"]:
            del self.fields["kelompok"]
        if not choices["prioritas"]:
            del self.fields["prioritas"], self.fields["lewat"]


class RepairForm(forms.Form):
    """What is asked of the owners of the chosen rows. The hour is on the clock of the round."""

    note = forms.CharField(
        label="Apa yang perlu diperbaiki", widget=forms.Textarea(attrs={"rows": 4}), max_length=2000,
        help_text="Dibaca oleh penanggung jawab di Isian, pada setiap butir yang dipilih.",
    )  # fmt: skip
    owner = forms.ChoiceField(
        label="Penanggung jawab", choices=RepairOwner.choices, initial=RepairOwner.BAPPEDA, widget=forms.RadioSelect
    )
    date = forms.DateField(
        label="Batas tanggal", widget=forms.DateInput(attrs={"type": "date", "class": "w-medium"}, format="%Y-%m-%d")
    )
    time = forms.TimeField(
        label="Batas jam", initial=dt.time(16), widget=forms.TimeInput(attrs={"type": "time", "class": "w-short"}, format="%H:%M")
    )  # fmt: skip

    def __init__(self, *args: Any, tz: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(tz)
        self.fields["time"].help_text = f"Waktu {zone_name(dt.datetime.now(dt.UTC), tz)}."

    @property
    def due(self) -> dt.datetime:
        """The moment chosen."""
        return dt.datetime.combine(self.cleaned_data["date"], self.cleaned_data["time"], tzinfo=self.zone)


class OfferForm(forms.Form):
    """An own figure with its reason."""

    value = forms.CharField(
        label="Angka yang ditawarkan", max_length=200, widget=forms.TextInput(attrs={"class": "w-medium num", "autocomplete": "off"})
    )  # fmt: skip
    reason = forms.CharField(label="Alasan", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)
    versi = forms.IntegerField(widget=forms.HiddenInput)
    dot = forms.ChoiceField(
        label="Tanda titik pada angka itu berarti", required=False, widget=forms.RadioSelect,
        choices=[("thousands", "ribuan"), ("decimal", "desimal")],
    )  # fmt: skip

    def __init__(self, *args: Any, ask_dot: bool = False, unit: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].help_text = f"Dalam {unit}. Boleh rentang, misalnya 5,3–5,7." if unit else ""
        if not ask_dot and not self.data.get("dot"):
            del self.fields["dot"]


class InternalNoteForm(forms.Form):
    """The note that stays inside the institution."""

    text = forms.CharField(
        label="Catatan internal", required=False, widget=forms.Textarea(attrs={"rows": 6}), max_length=MAX_NOTE,
        help_text="Hanya dibaca oleh orang dari lembaga Anda.",
    )  # fmt: skip
    versi = forms.IntegerField(widget=forms.HiddenInput)
