"""How the API reads and writes agenda rows."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.serializers import ValueField
from desks.choices import Applicability
from desks.models import Item
from desks.serializers_slips import WarningSerializer


class ItemSerializer(serializers.ModelSerializer[Item]):
    """An agenda row."""

    round = serializers.CharField(source="round.code", help_text="Kode penyelenggaraan.")
    plan_year = serializers.IntegerField(source="round.plan_year")
    meja = serializers.CharField(source="meja.code", help_text="Kode meja (desk × daerah).")
    desk = serializers.CharField(source="meja.desk.code")
    region = serializers.CharField(source="region.kode", help_text="Kode wilayah Kemendagri.")
    indicator = serializers.CharField(source="indicator.code", allow_null=True, default=None)
    name = serializers.CharField(source="subject", read_only=True, help_text="Nama indikator, atau judul usulan.")
    unit = serializers.CharField(source="subject_unit", read_only=True)
    state_label = serializers.CharField(source="get_state_display", read_only=True)
    reason = serializers.CharField(read_only=True, help_text="Kode alasan; kosong bila tidak ada.")
    value_proposed = ValueField()
    value_agreed = ValueField()

    class Meta:
        model = Item
        fields = (
            "code", "version", "round", "plan_year", "meja", "desk", "region", "strand", "indicator", "name", "unit", "state",
            "state_label", "applicability", "applicability_reason", "value_proposed", "proposal_note", "value_agreed", "conclusion",
            "reason", "request_text", "request_due", "locked_at", "changed_at",
        )  # fmt: skip
        read_only_fields = fields


class ChangesSerializer(serializers.Serializer[Any]):
    """What is typed into a row; absent fields stay as they are."""

    value = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=200,
        help_text="Target seperti diketik: 14,5 · 5,3–5,7 · <5; kata (WTP) hanya pada indikator yang dinyatakan dengan kata.",
    )
    applicability = serializers.ChoiceField(choices=Applicability.choices, required=False)
    applicability_reason = serializers.CharField(required=False, allow_blank=True, max_length=500)
    proposal_note = serializers.CharField(required=False, allow_blank=True, max_length=20_000)


class DotField(serializers.ChoiceField):
    """How a lone dot is meant."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=[("ask", "tanya"), ("thousands", "ribuan"), ("decimal", "desimal")], default="ask",
            help_text="Arti titik pada angka seperti 1.234 dalam satuan berdesimal.", **kwargs,
        )  # fmt: skip


class PatchSerializer(ChangesSerializer):
    """Changes of one row under If-Match."""

    dot = DotField()


class RowWriteSerializer(serializers.Serializer[Any]):
    """One row of a batch: its code, the version it was seen at, and what is typed."""

    code = serializers.CharField(max_length=10)
    version = serializers.IntegerField(min_value=0)
    changes = ChangesSerializer()
    dot = DotField()


class SaveSerializer(serializers.Serializer[Any]):
    """A batch of at most 2,000 rows."""

    rows = RowWriteSerializer(many=True, allow_empty=False)


class ResultSerializer(serializers.Serializer[Any]):
    """What became of one row."""

    code = serializers.CharField()
    status = serializers.ChoiceField(
        choices=[
            ("saved", "tersimpan"),
            ("same", "sama"),
            ("conflict", "bentrok"),
            ("refused", "ditolak"),
            ("ask", "ditanyakan"),
        ]
    )
    version = serializers.IntegerField(help_text="Versi butir sekarang.")
    state = serializers.CharField(help_text="Keadaan butir sekarang.")
    shown = serializers.DictField(
        child=serializers.CharField(), help_text="Isian yang kini berlaku, seperti ditampilkan."
    )
    message = serializers.CharField(help_text="Alasan dalam kalimat bila tidak tersimpan.")
    problem = serializers.CharField(help_text="Kode masalah.")
    details = serializers.DictField(
        help_text="yours, theirs, base pada bentrok; kedua bacaan pada angka yang ditanyakan."
    )
    warnings = WarningSerializer(
        many=True, help_text="Yang tampak salah ketik pada baris yang tersimpan; tidak pernah menghalangi."
    )


class ResultsSerializer(serializers.Serializer[Any]):
    """What became of each row of a batch, in its order."""

    rows = ResultSerializer(many=True)


class MoveRowSerializer(serializers.Serializer[Any]):
    """A row to move and the version it was seen at."""

    code = serializers.CharField(max_length=10)
    version = serializers.IntegerField(min_value=0)


class GivenSerializer(serializers.Serializer[Any]):
    """What a move needs."""

    note = serializers.CharField(required=False, allow_blank=True, max_length=5000)
    due = serializers.DateTimeField(required=False, help_text="Batas waktu permintaan perbaikan.")
    owner = serializers.CharField(required=False, help_text="Penanggung jawab: jenis:kode lembaga, misalnya opd:32-PU.")


class MoveSerializer(serializers.Serializer[Any]):
    """One move on many rows."""

    action = serializers.ChoiceField(
        choices=[("propose", "usulkan"), ("return", "kembalikan"), ("submit", "ajukan"), ("answer", "ajukan perbaikan"),
                 ("repair", "minta perbaikan"), ("withdraw", "tarik")]
    )  # fmt: skip
    rows = MoveRowSerializer(many=True, allow_empty=False)
    given = GivenSerializer(required=False)
