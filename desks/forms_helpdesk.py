"""Forms of reports of trouble and of announcements. They keep what was typed; the rules are the services'."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from desks.forms import LocalTimeField, RefusableForm
from desks.helpdesk_choices import AnnouncementLevel, ReportStatus
from desks.models import Announcement, Round
from desks.services.announcements import AnnouncementData
from desks.services.reports import MOST_TEXT, ReportData


class ReportForm(RefusableForm):
    """What happened, and on which row; the rest the page brings along."""

    error_heading = "Laporan belum terkirim:"
    text = forms.CharField(
        label="Yang terjadi",
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Tuliskan apa yang Anda lakukan dan apa yang tampil. Jangan menulis kata sandi atau data pribadi orang lain.",
    )
    item_code = forms.CharField(
        label="Kode baris",
        required=False,
        max_length=12,
        widget=forms.TextInput(attrs={"class": "w-short code", "autocomplete": "off"}),
    )
    page = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    request_id = forms.RegexField(r"^[A-Za-z0-9-]{0,64}$", required=False, widget=forms.HiddenInput)
    width = forms.IntegerField(
        required=False, min_value=0, max_value=20000, widget=forms.HiddenInput(attrs={"data-width": ""})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "lapor-%s")
        super().__init__(*args, **kwargs)

    def report(self, agent: str) -> ReportData:
        """What is sent."""
        return ReportData(agent=agent, **self.cleaned_data)


class AnswerForm(RefusableForm):
    """Where a report stands and what the sender reads."""

    status = forms.ChoiceField(label="Status", choices=ReportStatus.choices, widget=forms.RadioSelect)
    answer = forms.CharField(
        label="Jawaban bagi pengirim",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Wajib bila laporan ditutup. Pengirim mendapat pemberitahuan.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class QueueFilter(forms.Form):
    """The filter line above the queue."""

    status = forms.ChoiceField(
        label="Status", required=False, choices=[("", "Semua"), ("open", "Belum selesai"), *ReportStatus.choices]
    )
    penyelenggaraan = forms.ChoiceField(label="Penyelenggaraan", required=False)
    q = forms.CharField(label="Kata, kode, atau pengirim", required=False, max_length=100)

    def __init__(self, *args: Any, rounds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["penyelenggaraan"].choices = [("", "Semua"), *rounds]  # type: ignore[attr-defined]


class AnnouncementForm(RefusableForm):
    """Text, level, from and until, and for whom."""

    text = forms.CharField(label="Isi", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    level = forms.ChoiceField(label="Tingkat", choices=AnnouncementLevel.choices, widget=forms.RadioSelect)
    round = forms.ModelChoiceField(Round.objects.none(), label="Untuk", required=False, to_field_name="code")
    starts_at = LocalTimeField(label="Tampil sejak")
    ends_at = LocalTimeField(label="Tampil sampai")
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, rounds: Any, for_all: bool, tz: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["round"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset, field.required = rounds, not for_all
        field.empty_label = "Semua orang, juga di halaman masuk" if for_all else "Pilih penyelenggaraan"
        for name in ("starts_at", "ends_at"):
            moment = self.fields[name]
            assert isinstance(moment, LocalTimeField)
            moment.tz = tz

    @staticmethod
    def first(now: dt.datetime | None = None) -> dict[str, Any]:
        """An announcement of today."""
        now = now or timezone.now()
        return {"level": AnnouncementLevel.INFO, "starts_at": now, "ends_at": now + dt.timedelta(days=1)}

    @staticmethod
    def of(row: Announcement) -> dict[str, Any]:
        """The announcement as it stands."""
        facts = {name: getattr(row, name) for name in ("text", "level", "starts_at", "ends_at", "version")}
        return {**facts, "round": row.round.code if row.round else ""}

    def data_given(self) -> AnnouncementData:
        """What is announced."""
        return AnnouncementData(**{name: self.cleaned_data[name] for name in AnnouncementData.__dataclass_fields__})
