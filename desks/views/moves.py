"""The form of one move of a row: what it needs, and what will happen to whom."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q

from accounts.choices import InstitutionKind
from accounts.models import Institution
from desks.forms import LocalTimeField, RefusableForm
from desks.models import Item
from desks.services.item import RowResult
from desks.workflow import Transition

CONSEQUENCES = {
    "propose": "Bappeda memeriksa usulan ini. Anda tidak dapat mengubahnya sampai dikembalikan.",
    "return": "Perangkat daerah menerima kembali butir ini bersama catatan Anda dan dapat memperbaikinya.",
    "submit": "Usulan terlihat oleh {readers}, dan menjadi angka daerah di meja.",
    "answer": "Perbaikan diajukan kembali dan menjadi angka daerah yang terbaru di meja; sikap atas angka lama gugur.",
    "repair": "Daerah diminta memperbaiki sampai batas waktu; butir kembali diajukan setelah dijawab.",
    "withdraw": "Butir ditarik oleh daerah dan tidak dibahas. Riwayatnya tetap tercatat; penarikan tidak dapat dibatalkan.",
}


def owners_for(item: Item) -> list[Institution]:
    """Who can be asked for a repair: the region's Bappeda and the OPD that hold the row's bidang or indicator."""
    year = item.round.plan_year
    bidang = item.indicator.bidang_id if item.indicator else None
    holds = Q(bidang_held__year=year, bidang_held__bidang_id=bidang) | Q(
        indicators_held__year=year, indicators_held__indicator_id=item.indicator_id
    )
    own = Q(kind=InstitutionKind.BAPPEDA) | (Q(kind=InstitutionKind.OPD) & (holds | Q(usulan_set__item=item)))
    rows = Institution.objects.filter(own, region_id=item.region_id, active=True).distinct()
    return sorted(rows, key=lambda each: (each.kind != InstitutionKind.BAPPEDA, each.name))


class MoveForm(RefusableForm):
    """What one move needs: note, due time, who is asked."""

    note = forms.CharField(label="Catatan", widget=forms.Textarea(attrs={"rows": 3}), max_length=5000)
    due = LocalTimeField(label="Batas waktu")
    owner = forms.ModelChoiceField(Institution.objects.none(), label="Penanggung jawab", empty_label="— pilih —")

    def __init__(self, *args: Any, move: Transition, item: Item, owners: list[Institution], **kwargs: Any) -> None:
        kwargs["auto_id"] = f"{move.action}-%s"
        super().__init__(*args, **kwargs)
        self.move, self.action, self.label = move, move.action, move.label
        self.consequence = CONSEQUENCES.get(move.action, "").format(readers=item.round.words.readers)
        self.danger = move.action == "withdraw"
        self.stale = False
        for name in ("note", "due", "owner"):
            if name not in move.needs:
                del self.fields[name]
        if "owner" in self.fields:
            field = self.fields["owner"]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = Institution.objects.filter(pk__in=[each.pk for each in owners])
        due = self.fields.get("due")
        if isinstance(due, LocalTimeField):
            due.tz = item.round.tz

    def given(self) -> dict[str, Any]:
        """What the move was given, for the service."""
        return {name: content for name, content in self.cleaned_data.items() if content}

    def refuse_result(self, result: RowResult) -> None:
        """Put the service's refusal into the form."""
        self.stale = result.status == "conflict" or result.problem in ("transition_not_allowed", "stage_closed")
        field = str(result.details.get("field", ""))
        self.add_error(field if field in self.fields else None, result.message)
