"""What differs between rounds by who hosts them: the words on screens and papers, and which parties can consent. Everything else is one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from desks.choices import ActionSide, CorrectedField, Party, RoundLevel, StageKind


@dataclass(frozen=True)
class AimWords:
    """What usulan of a level are filed against, and how that is called."""

    field: CorrectedField
    """What of an usulan the desk corrects when it corrects this; names the reader of what was typed."""
    name: str
    owner: str
    code: str
    missing: str
    """What somebody who files must still choose."""
    corrected: str
    """All that the desk may correct, as a berita acara lists it."""
    used_for: str
    """Which documents the recommended usulan go into."""
    justify: str

    @property
    def in_sentence(self) -> str:
        """Its name within a sentence."""
        return self.name[0].lower() + self.name[1:]


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
    host_side: str
    """Who acts for the target of a macro indicator on the host's side, and `host_actors` who that is."""
    region_side: str
    host_actors: str
    region_actors: str
    aim: AimWords
    forums: tuple[str, ...]
    """Where an usulan may be taken up next."""
    stages: tuple[tuple[str, str], ...] = ()

    @property
    def host_target(self) -> str:
        """`Target nasional`."""
        return f"Target {self.area}"

    @property
    def gap(self) -> str:
        """The page that holds what the regions agreed against it: `Selisih nasional`."""
        return f"Selisih {self.area}"

    @property
    def indicative(self) -> str:
        """`Target indikatif K/L`."""
        return f"Target indikatif {self.holder}"

    @property
    def proposal(self) -> str:
        """Whose proposal stands in a row: `Usulan daerah`."""
        return f"Usulan {self.region.lower()}"

    def side(self, side: str) -> str:
        """A side of strategies and actions inside a sentence: `pusat`, `kabupaten/kota`."""
        return self.host_side if side == ActionSide.PUSAT else self.region_side

    @property
    def filling(self) -> str:
        """The stage in which the regions fill in."""
        return self.stage(StageKind.FILLING_REGION)

    def stage(self, kind: str) -> str:
        """A stage as this level calls it."""
        return dict(self.stages).get(kind) or StageKind(kind).label


RINCIAN_OUTPUT: Final = AimWords(
    CorrectedField.RO, "Rincian output", "K/L", "Kode RO", "pilih rincian output", "rincian output, satuan, dan lokasi",
    "RKP, Renja K/L, dan RKPD", "Masalah, manfaat, dan kaitannya dengan prioritas nasional.",
)  # fmt: skip
PROGRAM: Final = AimWords(
    CorrectedField.PROGRAM, "Program/sub kegiatan provinsi", "Perangkat daerah provinsi", "Kode program/sub kegiatan",
    "pilih program, sub kegiatan, atau Bantuan Keuangan beserta perangkat daerah provinsinya",
    "program, perangkat daerah provinsi, satuan, dan lokasi", "RKPD provinsi, Renja perangkat daerah provinsi, dan RKPD kabupaten/kota",
    "Masalah, manfaat, dan kaitannya dengan prioritas provinsi.",
)  # fmt: skip
LOCAL_FORUMS: Final = (
    "Musrenbang RKPD provinsi", "Forum perangkat daerah provinsi", "Rakortek provinsi tahun berikutnya", "Rakortekrenbang nasional",
    "Sesi lanjutan desk",
)  # fmt: skip
NATIONAL: Final = LevelWords(
    area="nasional", holder="K/L", holder_long="K/L pengampu", readers="K/L, Bappenas, Kemendagri dan sekretariat",
    askers="K/L atau sekretariat", region="Daerah", regions="daerah", submitter="Bappeda", opd="perangkat daerah", aim=RINCIAN_OUTPUT,
    host_side="pusat", region_side="daerah", host_actors="K/L, Bappenas, atau Kemendagri", region_actors="pemerintah daerah",
    forums=(
        "Pra-Musrenbangnas", "Musrenbangnas", "Rakortekrenbang tahun berikutnya", "Konsultasi regional K/L", "Sesi lanjutan desk",
    ),
)  # fmt: skip
PROVINCIAL: Final = LevelWords(
    area="provinsi", holder="provinsi", holder_long="perangkat daerah provinsi pengampu",
    readers="Bappeda provinsi, perangkat daerah provinsi dan sekretariat", askers="perangkat daerah provinsi atau sekretariat",
    region="Kab/kota", regions="kabupaten/kota", submitter="Bappeda kabupaten/kota", opd="perangkat daerah kabupaten/kota", aim=PROGRAM, forums=LOCAL_FORUMS,
    host_side="provinsi", region_side="kabupaten/kota", host_actors="Bappeda atau perangkat daerah provinsi",
    region_actors="pemerintah kabupaten/kota",
    stages=(
        (StageKind.FILLING_KL, "Pengisian provinsi"), (StageKind.FILLING_REGION, "Pengisian kabupaten/kota"),
        (StageKind.PRE, "Persiapan"),
    ),
)  # fmt: skip
SECTOR: Final = LevelWords(
    area="provinsi", holder="provinsi", holder_long="dinas penyelenggara", readers="dinas penyelenggara dan sekretariat",
    askers="dinas penyelenggara atau sekretariat", region="Kab/kota", regions="kabupaten/kota", submitter="dinas kabupaten/kota",
    opd="dinas kabupaten/kota", aim=PROGRAM, forums=LOCAL_FORUMS,
    host_side="provinsi", region_side="kabupaten/kota", host_actors="Bappeda atau perangkat daerah provinsi",
    region_actors="pemerintah kabupaten/kota",
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
WORDS_OF_AREA: Final = {words.area: words for words in (NATIONAL, PROVINCIAL)}
"""By whose targets a berita acara prints, which is what it keeps of the level of its round."""
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
