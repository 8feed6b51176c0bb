"""A map of the 38 provinces of our own drawing: equal tiles, roughly where the provinces lie. Only a drawing: numbers come from the page's tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from core.choices import Tone
from desks.overview_table import heat
from desks.selectors.overview.classes import Standing
from desks.selectors.overview.progress import Share
from desks.selectors.overview.rows import Narrow

STEP_X: Final = 66
STEP_Y: Final = 50
TILE_W: Final = 62
TILE_H: Final = 46
TILES: Final[dict[str, tuple[int, int, str]]] = {
    "11": (0, 0, "Aceh"), "12": (1, 1, "Sumut"), "13": (1, 2, "Sumbar"), "14": (2, 2, "Riau"), "21": (3, 1, "Kepri"),
    "17": (1, 3, "Bengkulu"), "15": (2, 3, "Jambi"), "19": (3, 3, "Babel"), "16": (2, 4, "Sumsel"), "18": (2, 5, "Lampung"),
    "36": (3, 6, "Banten"), "31": (4, 5, "Jakarta"), "32": (4, 6, "Jabar"), "33": (5, 6, "Jateng"), "34": (5, 7, "DIY"), "35": (6, 6, "Jatim"),
    "51": (7, 7, "Bali"), "52": (8, 7, "NTB"), "53": (9, 7, "NTT"),
    "61": (4, 2, "Kalbar"), "62": (5, 2, "Kalteng"), "63": (5, 3, "Kalsel"), "64": (6, 2, "Kaltim"), "65": (6, 1, "Kaltara"),
    "71": (9, 1, "Sulut"), "75": (8, 1, "Gorontalo"), "72": (8, 2, "Sulteng"), "76": (7, 3, "Sulbar"), "73": (7, 4, "Sulsel"), "74": (8, 4, "Sultra"),
    "82": (10, 1, "Malut"), "81": (10, 3, "Maluku"),
    "96": (11, 2, "Papua BD"), "92": (12, 2, "Papua Brt"), "91": (13, 2, "Papua"), "94": (12, 3, "Papua Tgh"), "95": (13, 3, "Papua Peg"),
    "93": (13, 4, "Papua Sel"),
}  # fmt: skip
"""By Kemendagri code: column, row, and the short word that fits a tile."""
WIDTH: Final = 14 * STEP_X
HEIGHT: Final = 8 * STEP_Y


@dataclass(frozen=True)
class Tile:
    """One province on the map, ready to draw."""

    x: int
    y: int
    label: str
    name: str
    held: int
    total: int
    tone: Tone
    url: str


def tiles_of(regions: Iterable[Share], narrow: Narrow, base: str) -> Sequence[Tile]:
    """The regions that have a place on the map, west to east as the keyboard meets them; each opens its rows that are not submitted."""
    found = []
    for share in regions:
        place = TILES.get(share.filters["daerah"])
        if place is not None:
            column, row, label = place
            url = f"{base}?{narrow.query(**share.filters, kelas=Standing.SISA.value)}"
            tone = heat(share.held, share.total, Standing.SISA)
            found.append(
                Tile(column * STEP_X + 2, row * STEP_Y + 2, label, share.label, share.held, share.total, tone, url)
            )
    return sorted(found, key=lambda tile: (tile.x, tile.y))
