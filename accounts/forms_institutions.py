"""What a secretariat types when an institution changes."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import Institution, Membership


class RenameForm(forms.Form):
    """The new name."""

    name = forms.CharField(label="Nama baru", max_length=200)
    short_name = forms.CharField(label="Nama singkat baru", max_length=80)
    reason = forms.CharField(
        label="Dasar", max_length=300, help_text="Misalnya nomor Perda. Tercatat dalam jejak audit."
    )

    def __init__(self, data: Any, *, institution: Institution) -> None:
        super().__init__(data, initial={"name": institution.name, "short_name": institution.short_name})


class MergeForm(forms.Form):
    """Into which institution."""

    into = forms.ModelChoiceField(
        label="Digabung ke", queryset=Institution.objects.none(), empty_label="— pilih lembaga —"
    )
    reason = forms.CharField(
        label="Dasar", max_length=300, help_text="Misalnya nomor Perda. Tercatat dalam jejak audit."
    )

    def __init__(self, *args: Any, institution: Institution, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["into"]
        alike = Institution.objects.filter(kind=institution.kind, region=institution.region_id, active=True)
        field.queryset = alike.exclude(pk=institution.pk).order_by("kode")
        field.label_from_instance = lambda each: f"{each.kode} {each.name}"


class SplitForm(forms.Form):
    """The new institution and who goes there."""

    kode = forms.CharField(label="Kode lembaga baru", max_length=40)
    name = forms.CharField(label="Nama lembaga baru", max_length=200)
    short_name = forms.CharField(label="Nama singkat", max_length=80)
    kode_skpd = forms.CharField(label="Kode SKPD (SIPD)", max_length=40, required=False)
    people = forms.ModelMultipleChoiceField(
        label="Orang yang pindah",
        queryset=Membership.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(
        label="Dasar", max_length=300, help_text="Misalnya nomor Perda. Tercatat dalam jejak audit."
    )

    def __init__(self, *args: Any, institution: Institution, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["people"]
        field.queryset = (
            Membership.objects.current()
            .filter(institution=institution)
            .select_related("user")
            .order_by("user__full_name")
        )
        field.label_from_instance = lambda each: f"{each.user.full_name}, {each.get_role_display()}"
