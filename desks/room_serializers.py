"""How the API reads and writes sittings: agenda with consent, figures, stances, verdicts."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from desks.choices import ReasonCode, StanceKind
from desks.models import Session
from desks.serializers import DotField, ItemSerializer
from desks.services.settle import VERDICT_ACTIONS

INSTITUTION = "Kode lembaga, jenis:kode, misalnya kl:033."


class SessionSerializer(serializers.ModelSerializer[Session]):
    """A sitting."""

    round = serializers.CharField(source="desk.round.code")
    desk = serializers.CharField(source="desk.code")
    state = serializers.CharField(read_only=True, help_text="planned, open atau closed.")
    state_label = serializers.CharField(source="get_state_display", read_only=True)
    follows = serializers.CharField(source="follows.code", allow_null=True, default=None)

    class Meta:
        model = Session
        fields: tuple[str, ...] = (
            "code", "round", "desk", "no", "starts", "ends", "tz", "mode", "place", "state", "state_label", "opened_at", "closed_at",
            "follows",
        )  # fmt: skip
        read_only_fields = fields


class PartySerializer(serializers.Serializer[Any]):
    """A party's consent on the newest figure: stance and on what it rests."""

    party = serializers.CharField()
    stance = serializers.CharField(allow_blank=True)
    basis = serializers.CharField(allow_blank=True)


class AgendaRowSerializer(serializers.Serializer[Any]):
    """A row of the agenda; `position` is the number of the newest figure, which a stance names."""

    order = serializers.IntegerField()
    outcome = serializers.CharField()
    item = ItemSerializer()
    position = serializers.IntegerField()
    contested = serializers.BooleanField()
    consent = PartySerializer(many=True)


class RoomSerializer(SessionSerializer):
    """A sitting with the versions of its mejas and its agenda."""

    versions = serializers.DictField(child=serializers.IntegerField())
    agenda = AgendaRowSerializer(many=True)

    class Meta(SessionSerializer.Meta):
        fields = (*SessionSerializer.Meta.fields, "versions", "agenda")
        read_only_fields = fields


class FigureSerializer(serializers.Serializer[Any]):
    """A figure put on the table."""

    item = serializers.CharField(max_length=10)
    version = serializers.IntegerField(min_value=0, required=False)
    value = serializers.CharField(max_length=200, allow_blank=True)
    reason = serializers.CharField(max_length=20_000, allow_blank=True, default="")
    on_behalf = serializers.CharField(required=False, allow_blank=True, help_text=INSTITUTION)
    dot = DotField()


class StanceRowSerializer(serializers.Serializer[Any]):
    """The figure seen of one row."""

    item = serializers.CharField(max_length=10)
    position = serializers.IntegerField(min_value=1)


class StancesSerializer(serializers.Serializer[Any]):
    """One stance on many rows."""

    rows = StanceRowSerializer(many=True, allow_empty=False)
    kind = serializers.ChoiceField(choices=StanceKind.choices)
    text = serializers.CharField(max_length=500, allow_blank=True, default="")
    spoken_for = serializers.CharField(required=False, allow_blank=True, help_text=INSTITUTION)


class VerdictSerializer(serializers.Serializer[Any]):
    """The chair's verdict on one row."""

    item = serializers.CharField(max_length=10)
    version = serializers.IntegerField(min_value=0, required=False)
    action = serializers.ChoiceField(choices=[(each, each) for each in VERDICT_ACTIONS])
    value = serializers.CharField(
        max_length=200, allow_blank=True, default="", help_text="Kosong: angka terbaru di meja."
    )
    conclusion = serializers.CharField(max_length=20_000, allow_blank=True, default="")
    reason = serializers.ChoiceField(choices=ReasonCode.choices, allow_blank=True, default="")
    spoken = serializers.ListField(child=serializers.CharField(), default=list, help_text=INSTITUTION)
    dot = DotField()
