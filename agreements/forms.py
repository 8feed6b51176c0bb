"""Forms of the berita acara: they read what was typed; the rules stand in the services."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.files.uploadedfile import UploadedFile

from accounts.forms import DateInput, end_of_day
from accounts.models import Institution, Membership, Region, User
from agreements.choices import SignMode, SignPrefix
from agreements.models import BeritaAcara, Signatory
from agreements.services.signatories import SignatoryData
from desks.models import Desk, Round


class HeaderForm(forms.Form):
    """Place, date and due date of a draft."""

    place = forms.CharField(
        label="Tempat", max_length=200, help_text="Kota yang tercetak sebelum tanggal, misalnya Jakarta."
    )
    signed_on = forms.DateField(label="Tanggal", widget=DateInput())
    sign_due = forms.DateField(
        label="Batas tanda tangan", required=False, widget=DateInput(),
        help_text="Sampai pukul 23.59 zona penyelenggaraan.",
    )  # fmt: skip

    @classmethod
    def of(cls, ba: BeritaAcara) -> HeaderForm:
        """The form as the draft stands."""
        due = ba.sign_due.astimezone(ZoneInfo(ba.round.tz)).date() if ba.sign_due else None
        return cls(initial={"place": ba.place, "signed_on": ba.signed_on, "sign_due": due})

    def due(self, ba: BeritaAcara) -> datetime | None:
        """The end of the last day, in the round's zone."""
        day = self.cleaned_data["sign_due"]
        return end_of_day(day, ba.round.tz) if day else None


class SignatoryForm(forms.Form):
    """A signatory as it will be printed."""

    institution = forms.ModelChoiceField(Institution.objects.none(), label="Lembaga")
    mode = forms.ChoiceField(choices=SignMode.choices, label="Cara tanda tangan")
    user = forms.ModelChoiceField(
        User.objects.none(), required=False, label="Akun",
        help_text="Yang akan mengonfirmasi di portal. Kosongkan bila menandatangani di kertas.",
    )  # fmt: skip
    name = forms.CharField(label="Nama dengan gelar", max_length=150)
    prefix: Any = forms.ChoiceField(
        choices=[("", "Pejabat definitif"), *SignPrefix.choices[1:]], required=False, label="Kedudukan"
    )
    principal_office = forms.CharField(
        label="Jabatan yang diwakili",
        max_length=200,
        required=False,
        help_text="Untuk a.n.: jabatan yang diatasnamakan.",
    )
    office = forms.CharField(label="Jabatan", max_length=200)
    rank = forms.CharField(label="Pangkat/golongan", max_length=80, required=False)
    nip = forms.CharField(label="NIP", max_length=30, required=False, help_text="18 angka, boleh berspasi.")
    chair = forms.BooleanField(label="Pimpinan sidang", required=False)

    def __init__(
        self, ba: BeritaAcara, *args: Any, row: Signatory | None = None, fixed: bool = False, **kwargs: Any
    ) -> None:
        if row is not None:
            kwargs["initial"] = {name: getattr(row, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        institutions = (
            Institution.objects.filter(active=True, seats__round=ba.round).distinct().order_by("kind", "kode")
        )
        if row is not None:
            institutions = Institution.objects.filter(pk=row.institution_id) if fixed else institutions
        self.fields["institution"].queryset = institutions  # type: ignore[attr-defined]
        held = Membership.objects.current().filter(institution__in=institutions.values("pk"))
        self.fields["user"].queryset = User.objects.filter(pk__in=held.values("user"), is_active=True)  # type: ignore[attr-defined]
        if fixed:
            del self.fields["chair"]
            self.fields["reason"] = forms.CharField(label="Alasan pergantian", max_length=300)

    def data_of(self) -> SignatoryData:
        """What was typed, for the service."""
        typed = self.cleaned_data
        return SignatoryData(
            typed["institution"].pk, typed["office"], typed["name"], typed["prefix"], typed["principal_office"], typed["rank"], typed["nip"],
            typed.get("chair", False), typed["mode"], typed["user"].pk if typed["user"] else None,
        )  # fmt: skip


class IndukForm(forms.Form):
    """Which final berita acara an induk lists: all of the round, or those of one desk or region."""

    desk = forms.ModelChoiceField(Desk.objects.none(), label="Desk", required=False, empty_label="Semua desk")
    region = forms.ModelChoiceField(Region.objects.none(), label="Daerah", required=False, empty_label="Semua daerah")

    def __init__(self, round_: Round, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        desks, regions = Desk.objects.filter(round=round_), Region.objects.filter(mejas__round=round_).distinct()
        self.fields["desk"].queryset = desks.order_by("order", "code")  # type: ignore[attr-defined]
        self.fields["region"].queryset = regions.order_by("kode")  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="Alasan", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class PasswordForm(forms.Form):
    """The password again."""

    password = forms.CharField(
        label="Kata sandi Anda", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text="Diminta sekali lagi agar tidak ada orang lain yang menandatangani atas nama Anda.",
    )  # fmt: skip


class ScanForm(forms.Form):
    """The scan of the signed paper."""

    file: Any = forms.FileField(label="Pindaian", help_text="PDF, JPEG, atau PNG, paling besar 20 MB.")

    def uploaded(self) -> UploadedFile:
        """The file that came."""
        return self.cleaned_data["file"]


class NumberForm(forms.Form):
    """A number that tata usaha gave, or none."""

    number = forms.CharField(
        label="Nomor dari tata usaha", max_length=120, required=False, help_text="Kosongkan agar portal memberi nomor berikutnya.",
    )  # fmt: skip


class CheckForm(forms.Form):
    """The check code from the foot of a printed page."""

    kode = forms.CharField(
        label="Kode periksa", max_length=30, help_text="Tercetak di kaki setiap halaman, misalnya 8DVH-2ZST-C8WX0."
    )
