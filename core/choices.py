"""Choices shared by every app: the seven tones of a state."""

from __future__ import annotations

from django.db.models import TextChoices


class Tone(TextChoices):
    """The tone of a state; one map for badge, cell, chart and workbook, never shown without word and icon."""

    NETRAL = "netral", "netral"
    BIRU = "biru", "biru"
    KUNING = "kuning", "kuning"
    HIJAU = "hijau", "hijau"
    HIJAU_KUNING = "hijau-kuning", "hijau kekuningan"
    MERAH = "merah", "merah"
    ABU = "abu", "abu-abu"


TONE_ICONS: dict[Tone, str] = {
    Tone.NETRAL: "circle-dashed",
    Tone.BIRU: "send",
    Tone.KUNING: "triangle-alert",
    Tone.HIJAU: "circle-check",
    Tone.HIJAU_KUNING: "message-circle",
    Tone.MERAH: "circle-x",
    Tone.ABU: "circle-minus",
}
"""Icon of the lucide set shown with a tone unless the state names its own."""

TONE_FILLS: dict[Tone, str] = {
    Tone.NETRAL: "F1F3F5",
    Tone.BIRU: "DCEBFA",
    Tone.KUNING: "FFF2CC",
    Tone.HIJAU: "D9F2E0",
    Tone.HIJAU_KUNING: "EAF5C8",
    Tone.MERAH: "FBDADA",
    Tone.ABU: "DDE1E5",
}
"""Background (RRGGBB) of a workbook cell; black text on each keeps a contrast above 4.5."""
