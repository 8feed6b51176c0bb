"""What people type about sittings: planning one and its follow-up."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from accounts.forms import DateInput
from core.dates import ZONES
from core.errors import DomainError
from desks.choices import SessionMode, reasons_of
from desks.models import Desk, Meja


class TimeInput(forms.TimeInput):
    """The browser's own time picker."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M", attrs={"class": "w-short"})


class FollowUpForm(forms.Form):
    """Day, hours, manner and place of a sitting, on the clock of its zone."""

    day = forms.DateField(label="Tanggal", widget=DateInput())
    begins = forms.TimeField(label="Mulai", widget=TimeInput())
    ends = forms.TimeField(label="Selesai", widget=TimeInput())
    mode = forms.ChoiceField(label="Cara", choices=SessionMode.choices)
    place = forms.CharField(label="Tempat atau tautan rapat", max_length=200, required=False)

    def __init__(self, *args: Any, tz: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tz = tz
        self.fields["begins"].help_text = f"Jam {ZONES.get(tz, tz)}."

    def clean(self) -> dict[str, Any]:
        """The end comes after the beginning."""
        data = super().clean() or {}
        if data.get("begins") and data.get("ends") and data["ends"] <= data["begins"]:
            self.add_error("ends", "Jam selesai harus setelah jam mulai.")
        return data

    def plan(self) -> dict[str, Any]:
        """What `follow_up` and `plan_session` take."""
        data, zone = self.cleaned_data, ZoneInfo(self.tz)
        return {
            "starts": dt.datetime.combine(data["day"], data["begins"], zone),
            "ends": dt.datetime.combine(data["day"], data["ends"], zone),
            "mode": data["mode"],
            "place": data["place"],
        }


class CloseForm(FollowUpForm):
    """Closing a sitting: one reason for the `left` rows and, where ticked, the follow-up; all that is wrong is said at once."""

    kode_alasan = forms.ChoiceField(
        label="Satu alasan untuk semuanya",
        error_messages={"required": "Pilih satu alasan."},
    )
    lanjutan = forms.BooleanField(
        label="Jadwalkan sesi lanjutan sekaligus; butir di atas masuk agendanya", required=False
    )
    FOLLOW = ("day", "begins", "ends", "mode", "place")

    def __init__(self, *args: Any, left: int, strand: str = "", national: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = self.fields["kode_alasan"]
        assert isinstance(reasons, forms.ChoiceField)
        reasons.choices = [("", "Pilih alasan"), *reasons_of(strand, national=national)]
        self.fields["kode_alasan"].required = bool(left)
        self.follows = self.is_bound and bool(self.data.get("lanjutan"))
        for name in self.FOLLOW:
            self.fields[name].required = self.fields[name].required and self.follows

    def clean(self) -> dict[str, Any]:
        """Hours of a follow-up that is not wanted are kept as typed and not judged."""
        data = super().clean()
        if not self.follows:
            for name in self.FOLLOW:
                self.errors.pop(name, None)
        return data

    def follow_fields(self) -> list[forms.BoundField]:
        """The fields of the follow-up."""
        return [self[name] for name in self.FOLLOW]

    def refuse(self, error: DomainError) -> None:
        """Put the service's sentence at the field it speaks of, else above the form."""
        field = {"reason": "kode_alasan"}.get(str(error.details.get("field", "")), str(error.details.get("field", "")))
        self.add_error(field if field in self.fields else None, error.message)


class RegionsField(forms.ModelMultipleChoiceField):
    """Mejas, shown by the name of their region."""

    def label_from_instance(self, obj: Any) -> str:
        """The region's name."""
        return str(obj.region.name)


class PlanForm(FollowUpForm):
    """A new sitting of a desk: which regions, when, where."""

    regions = RegionsField(
        label="Daerah", queryset=Meja.objects.none(), widget=forms.CheckboxSelectMultiple, to_field_name="code"
    )
    zone = forms.ChoiceField(label="Zona waktu", choices=list(ZONES.items()))
    field_order = ("regions", "day", "begins", "ends", "zone", "mode", "place")

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"zone": desk.round.tz})
        super().__init__(*args, tz=desk.round.tz, **kwargs)
        self.fields["begins"].help_text = ""
        mejas = Meja.objects.filter(desk=desk).select_related("region").order_by("region__kode")
        field = self.fields["regions"]
        assert isinstance(field, RegionsField)
        field.queryset = mejas

    def plan(self) -> dict[str, Any]:
        """With the zone chosen."""
        self.tz = self.cleaned_data["zone"]
        return {**super().plan(), "tz": self.tz}
