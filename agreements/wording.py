"""The wording of a berita acara: a Template row or the built-in text; placeholders in braces, checked before they are used."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any, Final

from agreements.choices import PaperScope
from agreements.models import Template
from core.errors import InvalidInput
from desks.choices import RoundLevel
from desks.levels import NATIONAL, PROVINCIAL
from indicators.choices import Strand

PLACEHOLDERS: Final = (
    "forum", "forum_kapital", "tahun", "tahun_rencana", "desk", "desk_kapital", "daerah", "daerah_kapital", "hari_tanggal", "waktu",
    "tempat", "cara", "sebutan_indikator", "para_pihak", "lingkup", "lingkup_kapital",
)  # fmt: skip
DEFAULT: Final[dict[str, Any]] = {
    "title": ["BERITA ACARA KESEPAKATAN", "{forum_kapital}", "DESK {desk_kapital}", "{daerah_kapital}"],
    "opening": (
        "Pada {hari_tanggal}, pukul {waktu}, {tempat}, telah diselenggarakan {forum} Desk {desk} untuk {daerah} {cara}, yang dihadiri "
        "para pihak sesuai daftar hadir pada Lampiran I berita acara ini."
    ),
    "legal_heading": "Dengan memperhatikan:",
    "legal": [
        "Undang-Undang Nomor 25 Tahun 2004 tentang Sistem Perencanaan Pembangunan Nasional;",
        "Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah, khususnya Pasal 258 dan Pasal 259;",
        "Peraturan Menteri Dalam Negeri Nomor 86 Tahun 2017 tentang tata cara perencanaan, pengendalian, dan evaluasi pembangunan daerah;",
        "Pedoman penyusunan RKPD Tahun {tahun_rencana}; dan",
        "pemaparan, tanggapan, dan saran para pihak selama pembahasan desk,",
    ],
    "parties": "maka {para_pihak}",
    "agree_heading": "MENYEPAKATI",
    "agreements": [
        "Target {sebutan_indikator} Tahun {tahun_rencana} sebagaimana tercantum dalam Lampiran II.",
        "Sub kegiatan pendukung beserta pagu indikatif Tahun {tahun_rencana} sebagaimana tercantum dalam Lampiran III.",
        "Butir yang tidak disepakati dan yang tidak terbahas beserta alasannya sebagaimana tercantum dalam Lampiran IV.",
        "Catatan desk sebagaimana tercantum dalam Lampiran V.",
        "Lampiran I sampai dengan Lampiran V merupakan satu kesatuan dan bagian yang tidak terpisahkan dari berita acara ini.",
        "Kesepakatan ini menjadi bahan penyusunan RKP, RKPD, Renja K/L, dan Renja PD Tahun {tahun_rencana}.",
    ],
    "closing": "Demikian berita acara ini dibuat dan disahkan untuk digunakan sebagaimana mestinya.",
    "chair_heading": "Pimpinan Sidang,",
    "signers_heading": "Menyetujui, wakil para pihak:",
}  # fmt: skip
DEFAULTS: Final[dict[str, dict[str, Any]]] = {
    Strand.MAKRO: {
        **DEFAULT,
        "agreements": [
            "Target {sebutan_indikator} Tahun {tahun_rencana} sebagaimana tercantum dalam Lampiran II.",
            "Strategi dan aksi pusat dan daerah untuk mencapai target tersebut sebagaimana tercantum dalam Lampiran III.",
            *DEFAULT["agreements"][2:],
        ],
    },
    Strand.KEWILAYAHAN: {
        **DEFAULT,
        "agreements": [
            "Usulan daerah yang direkomendasikan dan yang direkomendasikan dengan catatan untuk Tahun {tahun_rencana} sebagaimana tercantum "
            "dalam Lampiran II.",
            "Usulan dan lokasi yang tidak direkomendasikan atau tidak terbahas, beserta alasan dan forum berikutnya, sebagaimana tercantum "
            "dalam Lampiran III.",
            "Koreksi rincian output, satuan, dan lokasi usulan sebagaimana tercantum dalam Lampiran IV.",
            "Catatan desk sebagaimana tercantum dalam Lampiran V.",
            "Lampiran I sampai dengan Lampiran V merupakan satu kesatuan dan bagian yang tidak terpisahkan dari berita acara ini.",
            "Kesepakatan ini menjadi bahan penyusunan RKP, Renja K/L, dan RKPD Tahun {tahun_rencana}; usulan dengan catatan dibahas lebih lanjut "
            "dengan memperhatikan kesiapan, ketersediaan alokasi anggaran, dan tingkat prioritasnya.",
        ],
    },
}
"""The built-in text of the strands that agree on something else."""
WIDE: Final[dict[str, Any]] = {
    "title": ["BERITA ACARA KESEPAKATAN", "{forum_kapital}", "{lingkup_kapital}"],
    "opening": (
        "Pada {hari_tanggal}, {tempat}, telah diselenggarakan {forum} untuk {lingkup} {cara} melalui {desk} bagi {daerah}, yang dihadiri "
        "para pihak sesuai daftar hadir pada Lampiran I setiap desk."
    ),
}
"""What a berita acara over several sittings words otherwise."""
INDUK: Final[dict[str, Any]] = {
    **DEFAULT,
    "title": ["BERITA ACARA INDUK", "{forum_kapital}", "{lingkup_kapital}"],
    "opening": "Pada {hari_tanggal}, disusun berita acara induk {forum} untuk {lingkup}, yang menghimpun berita acara dari {desk} bagi {daerah}.",
    "agreements": [
        "Berita acara sebagaimana tercantum dalam Lampiran I, masing-masing dengan nomor dan SHA-256 naskahnya, merupakan satu kesatuan hasil {forum}.",
        "Perubahan pada salah satu berita acara itu dituangkan dalam berita acara perubahan dan berita acara induk yang baru.",
        "Kesepakatan ini menjadi bahan penyusunan RKP, RKPD, Renja K/L, dan Renja PD Tahun {tahun_rencana}.",
    ],
}
BELOW: Final = (
    ("RKP, RKPD, Renja K/L, dan Renja PD", "RKPD provinsi, RKPD kabupaten/kota, dan Renja PD"),
    (NATIONAL.aim.used_for, PROVINCIAL.aim.used_for), (NATIONAL.aim.corrected, PROVINCIAL.aim.corrected),
    ("Usulan daerah", "Usulan kabupaten/kota"), ("pusat dan daerah", "provinsi dan kabupaten/kota"),
)  # fmt: skip
"""What a provincial or sector round says in place of national words."""
TEMPLATED: Final = (PaperScope.SESSION,)
"""Scopes whose wording the secretariat keeps as a template."""
LABELS: Final = (
    "KESATU",
    "KEDUA",
    "KETIGA",
    "KEEMPAT",
    "KELIMA",
    "KEENAM",
    "KETUJUH",
    "KEDELAPAN",
    "KESEMBILAN",
    "KESEPULUH",
)


@dataclass(frozen=True)
class Wording:
    """The texts of one template; version 0 is the built-in one."""

    template: Template | None
    texts: dict[str, Any]

    @property
    def version(self) -> int:
        """The template's version, 0 for the built-in text."""
        return self.template.version if self.template else 0

    def line(self, name: str, facts: Mapping[str, str]) -> str:
        """One text with its placeholders filled in."""
        return _fill(self.texts[name], facts)

    def lines(self, name: str, facts: Mapping[str, str]) -> tuple[str, ...]:
        """A list of texts with their placeholders filled in; what becomes empty falls away."""
        return tuple(text for text in (_fill(each, facts) for each in self.texts[name]) if text)


def wording_for(strand: str, level: str, scope: str = PaperScope.SESSION) -> Wording:
    """The newest template of this kind of desk and level, else the built-in text; papers of several sittings have built-in texts of their own."""
    row = Template.objects.filter(kind=strand, level=level).order_by("-version").first() if scope in TEMPLATED else None
    return Wording(row, read_body(row.body)) if row else Wording(None, _built_in(strand, level, scope))


def _built_in(strand: str, level: str, scope: str) -> dict[str, Any]:
    texts = INDUK if scope == PaperScope.INDUK else DEFAULTS.get(strand, DEFAULT)
    if scope not in (PaperScope.SESSION, PaperScope.INDUK):
        texts = {**texts, **WIDE}
    if level != RoundLevel.NATIONAL:
        texts = {**texts, "agreements": [_below(text) for text in texts["agreements"]]}
    return texts


def _below(text: str) -> str:
    for national, local in BELOW:
        text = text.replace(national, local)
    return text


def default_body() -> str:
    """The built-in text as an administrator starts from it."""
    return json.dumps(DEFAULT, ensure_ascii=False, indent=2)


def read_body(body: str) -> dict[str, Any]:
    """The texts of a template body after checking it; InvalidInput says what is wrong."""
    try:
        texts = json.loads(body)
    except ValueError:
        raise InvalidInput("Isi templat bukan JSON yang benar.", field="body") from None
    if not isinstance(texts, dict) or set(texts) != set(DEFAULT):
        raise InvalidInput(f"Isi templat harus memuat tepat bagian: {', '.join(DEFAULT)}.", field="body")
    for name, usual in DEFAULT.items():
        if isinstance(usual, str):
            _check(name, texts[name])
        elif not isinstance(texts[name], list) or not texts[name]:
            raise InvalidInput(f"Bagian {name} harus berupa daftar kalimat.", field="body")
        else:
            for each in texts[name]:
                _check(name, each)
    if len(texts["agreements"]) > len(LABELS):
        raise InvalidInput(f"Paling banyak {len(LABELS)} diktum.", field="body")
    return texts


def _check(name: str, text: Any) -> None:
    if not isinstance(text, str):
        raise InvalidInput(f"Bagian {name} harus berupa kalimat.", field="body")
    try:
        fields = [
            field
            for _, field, spec, conversion in Formatter().parse(text)
            if field is not None and not spec and not conversion
        ]
        parts = sum(1 for _, field, _, _ in Formatter().parse(text) if field is not None)
    except ValueError:
        raise InvalidInput(f"Kurung kurawal pada bagian {name} tidak berpasangan.", field="body") from None
    unknown = sorted(set(fields) - set(PLACEHOLDERS))
    if unknown or parts != len(fields):
        raise InvalidInput(f"Isian {{{', '.join(unknown) or '…'}}} pada bagian {name} tidak dikenal.", field="body")


def _fill(text: str, facts: Mapping[str, str]) -> str:
    return " ".join(text.format_map(dict(facts)).split())
