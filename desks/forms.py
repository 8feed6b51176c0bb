"""Forms of filling in. They read and keep what was typed; every rule of the field is the services'."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from accounts.choices import InstitutionKind
from accounts.models import Institution, Region
from core.dates import deadline
from core.errors import DomainError
from core.money import Unit
from desks.choices import Applicability
from desks.models import Item, Round, Stage, Support
from desks.services.item import RowWrite
from desks.services.support import SupportData
from planning.models import FundingSource, Nomenclature

LOCAL_TIME = "%Y-%m-%dT%H:%M"


class RefusableForm(forms.Form):
    """A form that can take a service's refusal and stay on the screen with what was typed."""

    def refuse(self, error: DomainError, names: dict[str, str] | None = None) -> None:
        """Put the service's sentence at the field it speaks of, else above the form."""
        field = str(error.details.get("field", ""))
        field = (names or {}).get(field, field)
        self.add_error(field if field in self.fields else None, error.message)


class LocalTimeField(forms.DateTimeField):
    """A moment typed on the clock of a round."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local", "class": "w-medium"}, format=LOCAL_TIME)
        super().__init__(widget=widget, input_formats=[LOCAL_TIME, "%Y-%m-%dT%H:%M:%S", "%d-%m-%Y %H.%M"], **kwargs)
        self.tz = "Asia/Jakarta"

    def prepare_value(self, value: Any) -> Any:
        """The moment on the round's clock."""
        return value.astimezone(ZoneInfo(self.tz)).replace(tzinfo=None) if isinstance(value, dt.datetime) else value

    def to_python(self, value: Any) -> dt.datetime | None:
        """The typed hour in the round's zone."""
        read = super().to_python(value)
        return read.replace(tzinfo=ZoneInfo(self.tz)) if read is not None else None


class InnerDeadlineForm(RefusableForm):
    """The earlier date that a Bappeda sets for its OPD."""

    closes_at = LocalTimeField(label="Tutup bagi perangkat daerah")

    def __init__(self, *args: Any, round_: Round, stage: Stage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.round = round_
        field = self.fields["closes_at"]
        assert isinstance(field, LocalTimeField)
        field.tz = round_.tz
        field.help_text = f"Paling lambat {deadline(stage.closes_at, round_.tz)}, saat Pengisian Daerah ditutup."

    def said(self) -> str:
        """The date as people read it."""
        return deadline(self.cleaned_data["closes_at"], self.round.tz)


class ItemForm(RefusableForm):
    """The proposal of one row."""

    value = forms.CharField(label="Usulan target", required=False, max_length=200)
    proposal_note = forms.CharField(label="Penjelasan usulan", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    applicability = forms.ChoiceField(label="Keberlakuan di daerah ini", choices=Applicability.choices)
    applicability_reason = forms.CharField(
        label="Alasan bila tidak relevan atau data belum tersedia",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = item.indicator_version.unit if item.indicator_version else item.indicator.unit if item.indicator else ""
        self.fields["value"].help_text = f"Dalam {unit}. Contoh: 14,5 atau 5,3–5,7." if unit else "Contoh: 14,5."
        self.fields["value"].widget.attrs.update({"class": "w-short", "inputmode": "decimal", "autocomplete": "off"})
        self.fields["applicability"].help_text = "“Tidak relevan” diperiksa Bappeda dan dapat dipertanyakan K/L."

    def changes(self) -> dict[str, str]:
        """The typed fields for the batch service."""
        return {name: self.cleaned_data[name] for name in self.fields}

    def write(self, code: str, version: int, dot: str) -> RowWrite:
        """The batch of one."""
        return RowWrite(code, version, self.changes(), dot)


class SupportForm(RefusableForm):
    """A sub kegiatan that supports a row: code, OPD, volume, places, pagu per sumber dana."""

    nomenclature = forms.ModelChoiceField(
        Nomenclature.objects.none(), label="Sub kegiatan", empty_label="— pilih sub kegiatan —"
    )
    opd = forms.ModelChoiceField(Institution.objects.none(), label="Perangkat daerah", empty_label="— pilih —")
    volume = forms.CharField(label="Volume", required=False, max_length=40)
    volume_unit = forms.CharField(label="Satuan volume", required=False, max_length=60)
    places = forms.ModelMultipleChoiceField(
        Region.objects.none(), label="Lokasi", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, item: Item, found: list[Nomenclature], support: Support | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sources = list(FundingSource.objects.all())
        chosen = {each.pk for each in found} | ({support.nomenclature_id} if support else set())
        if self.is_bound and str(self.data.get("nomenclature", "")).isdecimal():
            chosen.add(int(self.data["nomenclature"]))
        self._limit("nomenclature", Nomenclature.objects.filter(pk__in=chosen).order_by("kode"))
        kinds = [InstitutionKind.OPD, InstitutionKind.BAPPEDA]
        own = Institution.objects.filter(region_id=item.region_id, kind__in=kinds, active=True).order_by("name")
        self._limit("opd", own)
        self._limit("places", Region.objects.filter(parent_id=item.region_id).order_by("kode"))
        self.fields["volume"].help_text = "Isi bila sudah dihitung."
        self.fields["volume_unit"].help_text = "Kosongkan untuk memakai satuan nomenklatur."
        self.fields["volume"].widget.attrs.update({"class": "w-short", "inputmode": "decimal"})
        self.fields["volume_unit"].widget.attrs["class"] = "w-medium"
        if support is not None:
            for name in ("nomenclature", "opd"):
                self.fields[name].disabled = True

    def _limit(self, name: str, queryset: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = queryset

    def fund_rows(self) -> list[dict[str, Any]]:
        """One line per sumber dana: its field names, what was typed or stands, and the units to choose from."""
        rows = []
        for source in self.sources:
            amount, unit = f"dana-{source.pk}", f"satuan-{source.pk}"
            typed = self.data if self.is_bound else self.initial
            rows.append(
                {"source": source, "amount_name": amount, "unit_name": unit, "units": Unit.choices,
                 "amount": typed.get(amount, ""), "unit": typed.get(unit, Unit.RP.value)}
            )  # fmt: skip
        return rows

    def support_data(self) -> SupportData:
        """The typed sub kegiatan for the service."""
        data = self.cleaned_data
        funds = tuple(
            (source.pk, str(self.data.get(f"dana-{source.pk}", "")), str(self.data.get(f"satuan-{source.pk}", "rp")))
            for source in self.sources
        )
        units = {choice.value for choice in Unit}
        return SupportData(
            data["nomenclature"].pk, data["opd"].pk, data["volume"], data["volume_unit"],
            tuple(place.pk for place in data["places"]),
            tuple((pk, text, unit if unit in units else Unit.RP.value) for pk, text, unit in funds),
        )  # fmt: skip
