"""How the API tells warnings of the slip catcher, and how one is accepted."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from indicators.slips import Kind

KINDS = "Jenis peringatan: " + ", ".join(f"{kind.value} ({kind.label})" for kind in Kind) + "."


class WarningSerializer(serializers.Serializer[Any]):
    """What looks mistyped about a row as it stands. It never keeps anything from being saved."""

    kind = serializers.CharField(help_text=KINDS)
    text = serializers.CharField(help_text="Peringatan dalam satu atau dua kalimat, dengan angka pembandingnya.")
    suggestion = serializers.CharField(help_text="Isian yang mungkin dimaksud, siap diketik; kosong bila tidak jelas.")
    shown = serializers.CharField(help_text="Nilai yang diperingatkan, seperti ditampilkan.")
    subject = serializers.CharField(
        help_text="Kosong untuk target; untuk pagu sub kegiatan: kode|perangkat daerah (jenis:kode)."
    )


class AcceptWarningSerializer(serializers.Serializer[Any]):
    """The warning that is accepted: its kind, the value it was shown for, and why the value holds."""

    kind = serializers.CharField(max_length=12, help_text=KINDS)
    value = serializers.CharField(max_length=200, help_text="`shown` dari peringatannya.")
    reason = serializers.CharField(max_length=500, allow_blank=True)
    subject = serializers.CharField(required=False, allow_blank=True, default="", max_length=80)


class AcceptedSerializer(serializers.Serializer[Any]):
    """What became of it, and the warnings of the row that are still open."""

    code = serializers.CharField()
    written = serializers.BooleanField(help_text="False bila peringatan untuk nilai ini sudah diterima sebelumnya.")
    warnings = WarningSerializer(many=True)
