"""What the secretariat types about a round."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone

from accounts.choices import InstitutionKind
from accounts.models import Institution
from core.dates import zone_name
from desks.choices import RoundLevel
from desks.models import Stage


class ExtendForm(forms.Form):
    """An extension of a stage for one institution; times are those of the round's zone."""

    institution = forms.ModelChoiceField(
        label="Lembaga", queryset=Institution.objects.none(), empty_label="Pilih lembaga",
        help_text="Perpanjangan bagi Bappeda juga berlaku bagi perangkat daerahnya.",
    )  # fmt: skip
    until = forms.DateTimeField(
        label="Sampai",
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local", "class": "w-medium"}),
    )
    reason = forms.CharField(
        label="Alasan", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Tercatat dalam riwayat penyelenggaraan dan dibaca lembaga yang bersangkutan.",
    )  # fmt: skip

    def __init__(self, *args: Any, stage: Stage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stage = stage
        round_ = stage.round
        seated = Institution.objects.filter(seats__round=round_, active=True)
        if stage.role:
            seated = seated.filter(seats__role=stage.role)
        elif round_.level == RoundLevel.NATIONAL:
            seated = seated.exclude(kind=InstitutionKind.OPD)
        choices: Any = self.fields["institution"]
        choices.queryset = seated.distinct().order_by("kind", "kode")
        choices.label_from_instance = lambda each: each.name
        self.fields["until"].help_text = f"Waktu {zone_name(stage.closes_at, round_.tz)}"

    def clean_until(self) -> Any:
        """The typed clock is that of the round."""
        typed = self.cleaned_data["until"]
        return timezone.make_naive(typed).replace(tzinfo=ZoneInfo(self.stage.round.tz))
