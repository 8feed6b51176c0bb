"""How the API writes what has no domain: a figure, a refusal."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.values import Kind, Value, format_value


class ValueSerializer(serializers.Serializer[Any]):
    """A figure: its form, its numbers as text with a decimal point, and as people read it."""

    kind = serializers.ChoiceField(choices=Kind.choices, help_text="Bentuk nilai.")
    min = serializers.CharField(help_text="Batas bawah, titik desimal; kosong bila tidak ada.")
    max = serializers.CharField(help_text="Batas atas, titik desimal; kosong bila tidak ada.")
    text = serializers.CharField(help_text="Seperti ditulis.")
    unit = serializers.CharField()
    decimals = serializers.CharField()
    shown = serializers.CharField(help_text="Seperti dicetak, misalnya 5,3–5,7.")


@extend_schema_field(ValueSerializer(allow_null=True))
class ValueField(serializers.Field):
    """A stored Value, read only."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)

    def get_attribute(self, instance: Any) -> Any:
        """The value, wrapped so that None is written too."""
        return (getattr(instance, str(self.source)),)

    def to_representation(self, value: tuple[Value | None]) -> dict[str, str] | None:
        """The value in parts and as printed."""
        return written_value(value[0])


def written_value(value: Value | None) -> dict[str, str] | None:
    """A value in parts and as printed."""
    return {**value.as_json(), "shown": format_value(value)} if value is not None else None


class ProblemSerializer(serializers.Serializer[Any]):
    """A refusal (RFC 9457): stable code for programs, a sentence for people."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField()
    detail = serializers.CharField()
