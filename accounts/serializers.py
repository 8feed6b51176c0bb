"""How the API writes people and memberships."""

from __future__ import annotations

from rest_framework import serializers

from accounts.models import Institution, Membership


class InstitutionSerializer(serializers.ModelSerializer[Institution]):
    """An institution by its codes and names."""

    region = serializers.CharField(source="region.kode", help_text="Kode wilayah; nasional 00.")

    class Meta:
        model = Institution
        fields = ("kind", "kode", "name", "short_name", "region")


class MembershipSerializer(serializers.ModelSerializer[Membership]):
    """For whom a person may speak."""

    institution = InstitutionSerializer()

    class Meta:
        model = Membership
        fields = ("id", "institution", "role", "office", "valid_from", "until")


class MeSerializer(serializers.Serializer):
    """Who asks."""

    code = serializers.CharField(help_text="Kode orang, seperti di semua catatan.")
    via_token = serializers.BooleanField(help_text="Benar bila permintaan memakai token API.")
    speaking_as = MembershipSerializer(allow_null=True)
    memberships = MembershipSerializer(many=True)
