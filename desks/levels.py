"""What differs between rounds by who hosts them: the words on screens and papers, and which parties can consent. Everything else is one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from desks.choices import Party, RoundLevel, StageKind


@dataclass(frozen=True)
class LevelWords:
    """The words of one level of rounds, as they stand inside a sentence or at the head of a column."""

    area: str
    """What the host's own target is of: `target nasional`, `target provinsi`."""
    holder: str
    """Who sets targets for the regions, short: `Target K/L`."""
    holder_long: str
    readers: str
    askers: str
    region: str
    regions: str
    submitter: str
    opd: str
    stages: tuple[tuple[str, str], ...] = ()

    @property
    def host_target(self) -> str:
        """`Target nasional`."""
        return f"Target {self.area}"

    @property
    def indicative(self) -> str:
        """`Target indikatif K/L`."""
        return f"Target indikatif {self.holder}"

    @property
    def proposal(self) -> str:
        """Whose proposal stands in a row: `Usulan daerah`."""
        return f"Usulan {self.region.lower()}"

    @property
    def filling(self) -> str:
        """The stage in which the regions fill in."""
        return self.stage(StageKind.FILLING_REGION)

    def stage(self, kind: str) -> str:
        """A stage as this level calls it."""
        return dict(self.stages).get(kind) or StageKind(kind).label


NATIONAL: Final = LevelWords(
    area="nasional", holder="K/L", holder_long="K/L pengampu", readers="K/L, Bappenas, Kemendagri dan sekretariat",
    askers="K/L atau sekretariat", region="Daerah", regions="daerah", submitter="Bappeda", opd="perangkat daerah",
)  # fmt: skip
PROVINCIAL: Final = LevelWords(
    area="provinsi", holder="provinsi", holder_long="perangkat daerah provinsi pengampu",
    readers="Bappeda provinsi, perangkat daerah provinsi dan sekretariat", askers="perangkat daerah provinsi atau sekretariat",
    region="Kab/kota", regions="kabupaten/kota", submitter="Bappeda kabupaten/kota", opd="perangkat daerah kabupaten/kota",
    stages=(
        (StageKind.FILLING_KL, "Pengisian provinsi"), (StageKind.FILLING_REGION, "Pengisian kabupaten/kota"),
        (StageKind.PRE, "Persiapan"),
    ),
)  # fmt: skip
SECTOR: Final = LevelWords(
    area="provinsi", holder="provinsi", holder_long="dinas penyelenggara", readers="dinas penyelenggara dan sekretariat",
    askers="dinas penyelenggara atau sekretariat", region="Kab/kota", regions="kabupaten/kota", submitter="dinas kabupaten/kota",
    opd="dinas kabupaten/kota",
    stages=(
        (StageKind.FILLING_KL, "Pengisian dinas penyelenggara"), (StageKind.FILLING_REGION, "Pengisian kabupaten/kota"),
        (StageKind.PRE, "Persiapan"),
    ),
)  # fmt: skip
WORDS: Final[dict[str, LevelWords]] = {
    RoundLevel.NATIONAL: NATIONAL,
    RoundLevel.PROVINCIAL: PROVINCIAL,
    RoundLevel.SECTOR: SECTOR,
}
PARTIES: Final[dict[str, tuple[Party, ...]]] = {
    RoundLevel.NATIONAL: (Party.KEMENDAGRI, Party.BAPPENAS, Party.KL, Party.REGION),
    RoundLevel.PROVINCIAL: (Party.PROVINCE, Party.REGION),
    RoundLevel.SECTOR: (Party.PROVINCE, Party.REGION),
}
"""The parties that a round of a level can name in its rules of consent (design 4)."""
AGREED_SOURCE: Final[dict[str, str]] = {
    RoundLevel.NATIONAL: "rakortek",
    RoundLevel.PROVINCIAL: "rakor_provinsi",
    RoundLevel.SECTOR: "rakor_sektor",
}
"""The source under which the figures agreed in a round of a level are kept."""


def words_for(level: str) -> LevelWords:
    """The words of a level."""
    return WORDS.get(level, NATIONAL)
