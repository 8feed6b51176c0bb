"""What people type about people."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm
from django.contrib.auth.password_validation import validate_password
from django.db.models import QuerySet

from accounts import services
from accounts.choices import ROLES_OF_KIND, EndReason, Role
from accounts.models import Institution, User
from core.errors import InvalidInput

STATUS_CHOICES = [("", "Berlaku"), ("belum", "Belum masuk"), ("berakhir", "Berakhir"), ("semua", "Semua")]


def put_error(form: forms.BaseForm, error: InvalidInput) -> None:
    """Show a rule's refusal at the field it names, or above the form."""
    field = error.details.get("field")
    form.add_error(field if field in form.fields else None, error.message)


def end_of_day(day: dt.date, tz: str) -> dt.datetime:
    """The last minute of a day on the clock of the zone."""
    return dt.datetime.combine(day, dt.time(23, 59), ZoneInfo(tz))


class DateInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", attrs={"class": "w-short", **kwargs.pop("attrs", {})}, **kwargs)


class LoginForm(AuthenticationForm):
    """User name or e-mail address, and password."""

    error_heading = "Belum bisa masuk:"

    error_messages = {
        "invalid_login": "Nama pengguna atau surel tidak cocok dengan kata sandi. Periksa huruf besar dan kecilnya.",
        "inactive": "Akun ini dinonaktifkan. Hubungi koordinator lembaga Anda.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Nama pengguna atau surel"
        self.fields["password"].label = "Kata sandi"

    def clean_username(self) -> str:
        """The user name of whoever has this e-mail address, so that both ways count as one in the lock."""
        typed = self.cleaned_data["username"].strip()
        if "@" not in typed or User.objects.filter(username=typed).exists():
            return typed
        names = list(User.objects.filter(email__iexact=typed, is_active=True).values_list("username", flat=True)[:2])
        return names[0] if len(names) == 1 else typed.lower()


MISMATCH = "Kedua kata sandi tidak sama."
PASSWORD_REFUSALS = {
    "password_too_short": "Kata sandi terlalu pendek, paling sedikit 10 huruf atau angka.",
    "password_too_common": "Kata sandi ini terlalu umum dan mudah ditebak.",
    "password_entirely_numeric": "Kata sandi tidak boleh angka saja.",
    "password_too_similar": "Kata sandi terlalu mirip dengan nama atau surel Anda.",
}


class NewPassword:
    """The words around a new password, shared by the forms below."""

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]
    add_error: Any
    error_heading = "Kata sandi belum dapat dipakai:"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first, second = self.fields["new_password1"], self.fields["new_password2"]
        first.label, second.label = "Kata sandi baru", "Ulangi kata sandi baru"
        first.help_text = "Paling sedikit 10 huruf atau angka, tidak angka saja, tidak mirip nama atau surel Anda."
        second.help_text = ""

    def validate_password_for_user(self, user: User, password_field_name: str = "new_password2") -> None:  # noqa: S107
        """Say at the first field, in the portal's words, why a password will not do."""
        password = self.cleaned_data.get(password_field_name)
        if not password:
            return
        try:
            validate_password(password, user)
        except forms.ValidationError as refused:
            for each in refused.error_list:
                self.add_error("new_password1", PASSWORD_REFUSALS.get(each.code or "", each))


class FirstPasswordForm(NewPassword, SetPasswordForm):
    """The password of the first login or after a forgotten one; the link dies by it."""

    error_messages = {"password_mismatch": MISMATCH}

    def save(self, commit: bool = True) -> User:
        """Set it by the service, which lets a link be used once."""
        services.set_first_password(self.user, self.cleaned_data["new_password1"])
        return self.user


class OwnPasswordForm(NewPassword, PasswordChangeForm):
    """The old password and twice the new one."""

    error_messages = {"password_mismatch": MISMATCH, "password_incorrect": "Kata sandi lama salah."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = "Kata sandi sekarang"

    def save(self, commit: bool = True) -> User:
        """Set it by the service."""
        services.set_password(self.user, self.cleaned_data["new_password1"])
        return self.user


class ResetForm(forms.Form):
    """Whose password is to be replaced."""

    email = forms.EmailField(label="Surel", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}))


class InviteForm(forms.Form):
    """A person, an institution, a role."""

    institution = forms.ModelChoiceField(Institution.objects.none(), label="Lembaga", empty_label=None)
    name = forms.CharField(label="Nama lengkap", max_length=150)
    email = forms.EmailField(
        label="Surel", max_length=254, help_text="Bila sudah punya akun, orangnya mendapat peran tambahan."
    )
    role = forms.ChoiceField(label="Peran")
    office = forms.CharField(label="Jabatan", max_length=200, required=False)

    def __init__(self, *args: Any, institutions: QuerySet[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institution"].queryset = institutions  # type: ignore[attr-defined]
        kinds = set(institutions.values_list("kind", flat=True))
        allowed = {role for kind in kinds for role in ROLES_OF_KIND[kind]}
        choices = [("", "Pilih peran"), *((role.value, role.label) for role in Role if role in allowed)]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """Why a membership ends."""

    reason = forms.ChoiceField(label="Alasan", choices=EndReason.choices, widget=forms.RadioSelect)


class PeopleFilter(forms.Form):
    """The filter line above the list of people."""

    q = forms.CharField(label="Nama atau surel", required=False, max_length=100)
    institution = forms.ModelChoiceField(
        Institution.objects.none(), label="Lembaga", required=False, empty_label="Semua"
    )
    role = forms.ChoiceField(label="Peran", required=False, choices=[("", "Semua"), *Role.choices])
    status = forms.ChoiceField(label="Keadaan", required=False, choices=STATUS_CHOICES)

    def __init__(self, *args: Any, institutions: QuerySet[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institution"].queryset = institutions  # type: ignore[attr-defined]


class ContactForm(forms.Form):
    """One's own NIP and telephone number."""

    nip = forms.RegexField(
        r"^[0-9]{18}$", label="NIP", required=False, error_messages={"invalid": "NIP terdiri dari 18 angka."}
    )
    phone = forms.RegexField(
        r"^[0-9+() .-]{6,30}$", label="Telepon", required=False, error_messages={"invalid": "Tulis nomor telepon saja."}
    )


class DelegationForm(forms.Form):
    """Who stands in, by which letter, until when."""

    taker = forms.ModelChoiceField(User.objects.none(), label="Penerima", empty_label="Pilih orang")
    letter = forms.CharField(label="Nomor surat", max_length=120)
    until = forms.DateField(
        label="Berlaku sampai", widget=DateInput, help_text="Berakhir sendiri pukul 23.59 hari itu."
    )

    def __init__(self, *args: Any, takers: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["taker"].queryset = takers  # type: ignore[attr-defined]


class TokenForm(forms.Form):
    """A key for a program."""

    name = forms.CharField(label="Nama", max_length=80, help_text="Misalnya nama aplikasi yang memakainya.")
    scope = forms.ChoiceField(
        label="Cakupan",
        choices=[("read", "Baca"), ("write", "Baca dan tulis")],
        widget=forms.RadioSelect,
        initial="read",
    )
    expires_at = forms.DateField(label="Berlaku sampai", widget=DateInput, help_text="Paling lama satu tahun.")
