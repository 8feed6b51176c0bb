"""How the API writes a berita acara."""

from __future__ import annotations

import json
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from agreements.models import BeritaAcara


class MejaSerializer(serializers.Serializer):
    """A meja that it covers."""

    code = serializers.CharField(source="meja.code")
    desk = serializers.CharField(source="meja.desk.code")
    region = serializers.CharField(source="meja.region.kode")


class BaSerializer(serializers.ModelSerializer[BeritaAcara]):
    """A berita acara in a list."""

    round = serializers.CharField(source="round.code")
    mejas = MejaSerializer(source="meja_rows", many=True)
    state = serializers.CharField(help_text="draft, awaiting, complete, void, atau superseded.")
    sha256 = serializers.SerializerMethodField()

    class Meta:
        model = BeritaAcara
        fields = (
            "code", "number", "title", "round", "strand", "scope", "revision", "state", "signed_on", "finalised_at", "check_code", "sha256", "mejas",
        )  # fmt: skip

    def get_sha256(self, ba: BeritaAcara) -> str:
        """SHA-256 naskah final; kosong untuk draf."""
        snapshot = getattr(ba, "snapshot", None)
        return snapshot.sha256 if snapshot else ""


class BaDetailSerializer(BaSerializer):
    """One berita acara with its frozen text."""

    naskah = serializers.SerializerMethodField()

    class Meta(BaSerializer.Meta):
        fields = (*BaSerializer.Meta.fields, "naskah")  # type: ignore[assignment]

    @extend_schema_field({"type": "object", "nullable": True})
    def get_naskah(self, ba: BeritaAcara) -> dict[str, Any] | None:
        """Naskah final seperti direkam; null untuk draf."""
        snapshot = getattr(ba, "snapshot", None)
        return json.loads(snapshot.canonical) if snapshot else None
