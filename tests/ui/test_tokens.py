"""The seven tones and the other pairs of colours stay readable, in light and in dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.static

CSS = (Path(__file__).resolve().parents[2] / "static/css/tokens.css").read_text(encoding="utf-8")
TONES = ("netral", "biru", "kuning", "hijau", "hijau-kuning", "merah", "abu")
PAIRS = [(f"{tone}-fg", f"{tone}-bg") for tone in TONES] + [
    ("fg", "bg"),
    ("fg-quiet", "bg"),
    ("fg-quiet", "surface"),
    ("fg-quiet", "surface-2"),
    ("accent", "bg"),
    ("accent", "accent-soft"),
    ("on-accent", "accent"),
    ("on-accent", "accent-hover"),
    ("on-band", "band"),
    ("on-band-quiet", "band"),
    ("danger", "bg"),
    ("on-danger", "danger"),
    ("fg", "glow"),
    ("merah-fg", "bg"),
    ("hijau-fg", "bg"),
    ("kuning-fg", "bg"),
]


def colours(scheme: str) -> dict[str, str]:
    """Every `--name: #rrggbb` of one scheme; dark overrides light."""
    light, dark = CSS.split("@media screen and (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", light))
    return found if scheme == "light" else found | dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", dark))


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb` (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two colours."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_black_on_white_is_the_known_maximum() -> None:
    assert contrast("#000000", "#ffffff") == 21


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_is_readable(scheme: str, text: str, ground: str) -> None:
    found = colours(scheme)
    assert contrast(found[text], found[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_edges_of_fields_and_focus_are_visible(scheme: str) -> None:
    found = colours(scheme)
    assert contrast(found["line-strong"], found["bg"]) >= 3
    assert contrast(found["focus"], found["bg"]) >= 3


@pytest.mark.parametrize("tone", TONES)
def test_every_tone_is_its_own_in_dark(tone: str) -> None:
    light, dark = colours("light"), colours("dark")
    assert all(light[f"{tone}-{part}"] != dark[f"{tone}-{part}"] for part in ("fg", "bg", "border"))
