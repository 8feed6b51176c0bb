"""What a column of a planning table means: the fields that a kind of document can have, and a proposal from the header's text alone.

`target@0` and `pagu@0` belong to the first year of the document, `@1` to the next, so that the same layout of another year is the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from planning.choices import UploadKind
from planning.imports.layouts.headers import YEAR

PARTS: Final = tuple(f"kode_{no}" for no in range(1, 7))
LABELS: Final[dict[str, str]] = {
    "kode": "Kode lengkap", "kode_1": "Kode: bagian 1", "kode_2": "Kode: bagian 2", "kode_3": "Kode: bagian 3", "kode_4": "Kode: bagian 4",
    "kode_5": "Kode: bagian 5", "kode_6": "Kode: bagian 6", "kode_uraian": "Kode dan nama satu sel", "uraian": "Uraian",
    "indikator": "Indikator", "kode_indikator": "Kode indikator portal", "satuan": "Satuan", "pelaksana": "Perangkat daerah atau unit",
    "lokasi": "Lokasi", "jenis_pemda": "Jenis pemda", "bidang": "Bidang (kode dan nama)", "program": "Program (kode dan nama)",
    "kegiatan": "Kegiatan (kode dan nama)", "sub_kegiatan": "Sub kegiatan (kode dan nama)", "tag": "Tag", "sebelumnya": "Kode sebelumnya",
    "kl": "Kode K/L", "sumber": "Sumber",
}  # fmt: skip
DOCUMENT: Final = (
    "kode", *PARTS, "kode_uraian", "uraian", "indikator", "kode_indikator", "satuan", "pelaksana", "lokasi",
)  # fmt: skip
NOMENCLATURE: Final = (
    "jenis_pemda", "bidang", "program", "kegiatan", "sub_kegiatan", "kode", *PARTS, "kode_uraian", "uraian", "indikator", "satuan", "tag",
    "sebelumnya",
)  # fmt: skip
OUTPUTS: Final = ("kl", "kode", *PARTS, "kode_uraian", "uraian", "satuan", "sumber")
ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}
UNITS: Final = (
    ("miliar", re.compile(r"mil[iy]ar|\bm\b|rp\.? ?m\)", re.IGNORECASE)),
    ("juta", re.compile(r"\bjuta\b|\bjt\b|000[.,]000", re.IGNORECASE)),
    ("ribu", re.compile(r"\bribu(?:an)?\b|\brb\b|[(.,x ]000\b", re.IGNORECASE)),
)


@dataclass(frozen=True)
class Column:
    """What a column means, and for money the unit its numbers are written in."""

    field: str = ""
    unit: str = "rp"


def choices_for(kind: str, year_from: int, year_to: int) -> list[tuple[str, str]]:
    """The fields of a kind of upload with their Indonesian names; the years by their number."""
    if kind == UploadKind.NOMENKLATUR:
        return [(name, LABELS[name]) for name in NOMENCLATURE]
    if kind == UploadKind.RO:
        plain = [(name, LABELS[name]) for name in OUTPUTS]
        return [*plain, ("target@0", f"Volume {year_from}"), ("pagu@0", f"Alokasi {year_from}")]
    yearly = [
        (f"{name}@{year - year_from}", f"{name.capitalize()} {year}")
        for year in range(year_from, year_to + 1)
        for name in ("target", "pagu")
    ]
    return [*((name, LABELS[name]) for name in DOCUMENT), *yearly]


def money_unit(header: str) -> str:
    """The unit of money that a header names: `Rp. 000` is ribu; full rupiah where none is named."""
    return next((unit for unit, pattern in UNITS if pattern.search(header)), "rp")


def folded(text: str) -> str:
    """A header in small letters without the marks that differ from file to file."""
    return " ".join(re.sub(r"[^\w/@&.(),\d]+", " ", text.casefold().replace("_", " ")).split())


Rule = tuple[str, int, re.Pattern[str]]


def _rules(*rows: tuple[str, int, str]) -> list[Rule]:
    return [(name, rank, re.compile(pattern)) for name, rank, pattern in rows]


NOTHING: Final = re.compile(
    r"realisasi|prakiraan (?:capaian|maju)|n ?[+-] ?\d|capaian awal|kondisi awal|kondisi akhir|baseline|akhir periode|catatan|keterangan|halaman|"
    r"^no\.?$|^nomor(?: urut)?$|harga|tol[oa]k ukur (?:capaian|hasil)|awal pelaksanaan|akhir pelaksanaan|tgl|tanggal|definisi|"
    r"sumber dana|prioritas|kelompok sasaran|cap(?:aian)? program|hasil|major project|data capaian|asta cita|misi$"
)
TARGETS: Final = _rules(
    ("pagu", 1, r"pagu|\bdana\b|anggaran|alokasi|pendanaan|\brp\b|biaya|kebutuhan dana"),
    ("target", 1, r"target.*keluaran|keluaran.*target"),
    (
        "target",
        2,
        r"target|volume|\bvol\b|kinerja \d{4}|^tahun (?:ke ?)?(?:\d|[iv]+)$|^(?:19|20)\d\d$|/ (?:19|20)\d\d$",
    ),
)
DOCUMENT_RULES: Final = _rules(
    ("kode_indikator", 1, r"kode (?:ref\w* )?indikator"),
    ("pelaksana", 1, r"penanggung jawab|perangkat daerah|\bs?opd\b|skpd|pelaksana|unit kerja|unit organisasi|instansi"),
    ("lokasi", 1, r"lokasi|lok output"),
    ("kode", 1, r"(?:kode|kd|no\.? rek\w*)(?: /)? sub ?kegiatan|kode ?subkegiatan|kode ?sbl"),
    (
        "kode",
        2,
        r"^(?:kode|kd|kode rekening|no\.? rek\w*|kode (?:kegiatan|program|baris|nomenklatur|ro|kro))(?: / (?:kode|no)\b)?$",
    ),
    ("satuan", 1, r"^satuan"),
    ("indikator", 1, r"tol[oa]k ukur keluaran|indikator.*keluaran|keluaran.*(?:tol[oa]k|indikator)"),
    ("indikator", 2, r"indikator(?! target)|tol[oa]k ukur|outcome|output$"),
    ("satuan", 1, r"satuan"),
    ("uraian", 1, r"^(?:nama )?(?:sub ?kegiatan|subkegiatan)$|uraian|nama (?:sub|ro)"),
    ("uraian", 2, r"(?:bidang|program|kegiatan|urusan).*(?:kegiatan|program)|^program / |^nama\b"),
    ("uraian", 3, r"^program|^kegiatan|^proyek|^pn|pp / kp"),
    ("uraian", 4, r"^sasaran"),
    ("uraian", 5, r"^tujuan"),
)
NOMENCLATURE_RULES: Final = _rules(
    ("jenis_pemda", 1, r"jenis pemda|tingkat(?: pemerintah\w*)?$"), ("sebelumnya", 1, r"sebelum"), ("tag", 1, r"^tag"), ("satuan", 1, r"satuan"),
    ("indikator", 1, r"indikator"), ("sub_kegiatan", 1, r"^sub ?kegiatan$|^subkegiatan$"), ("kegiatan", 1, r"^kegiatan$"),
    ("program", 1, r"^program$"), ("bidang", 1, r"^bidang(?: urusan)?$"), ("kode", 1, r"^kode(?: sub ?kegiatan)?$"),
    ("uraian", 1, r"nomenklatur|^nama|uraian"),
)  # fmt: skip
OUTPUT_RULES: Final = _rules(
    ("kl", 1, r"^kode k/?l$|^k/l$"), ("satuan", 1, r"satuan|^sat$"),
    ("uraian", 1, r"nama ro|nmsoutput|^nama$|rincian output|uraian"), ("uraian", 2, r"nama|^ro$|nmoutput"),
    ("kode", 1, r"^kode(?: ro| rincian output)?$"), ("sumber", 1, r"^sumber$"),
)  # fmt: skip
RULES: Final[dict[str, list[Rule]]] = {UploadKind.NOMENKLATUR: NOMENCLATURE_RULES, UploadKind.RO: OUTPUT_RULES}
KRISNA: Final = {"kddept": "kode_1", "kdunit": "kode_2", "kdprogram": "kode_3", "kdgiat": "kode_4", "kdoutput": "kode_5", "kdkro": "kode_5",
                 "kdsoutput": "kode_6", "kdro": "kode_6"}  # fmt: skip
LEVELS: Final = ("urusan", "bidang", "program", "kegiatan", "sub")


def propose(
    headers: Sequence[str], samples: Sequence[Sequence[str]], *, kind: str, year_from: int, year_to: int
) -> list[Column]:
    """What each column probably means, from its header and the first values below. A field is given to one column only."""
    texts = [folded(header) for header in headers]
    found = _code_parts(texts, samples, kind)
    best: dict[str, tuple[int, int]] = {}
    for place, text in enumerate(texts):
        if place in found or not text:
            continue
        for name, rank in _meanings(text, kind, year_from, year_to):
            if name not in found.values() and (name not in best or rank < best[name][0]):
                best[name] = (rank, place)
    taken = dict(found)
    for name, (_, place) in sorted(best.items(), key=lambda each: each[1]):
        taken.setdefault(place, name)
    _glued(taken, samples)
    return [_column(taken.get(place, ""), header) for place, header in enumerate(headers)]


def _column(name: str, header: str) -> Column:
    return Column(name, money_unit(header) if name.startswith("pagu@") else "rp")


def _meanings(text: str, kind: str, year_from: int, year_to: int) -> list[tuple[str, int]]:
    rules = RULES.get(kind, DOCUMENT_RULES)
    plain = [(name, rank) for name, rank, pattern in rules if pattern.search(text)][:1]
    if kind == UploadKind.NOMENKLATUR:
        return plain
    offset = _year_of(text, year_from, year_to)
    last = text.rpartition(" / ")[2]
    said = [rule for rule in TARGETS if rule[2].search(last)] or [rule for rule in TARGETS if rule[2].search(text)]
    yearly = [(f"{name}@{offset}", rank) for name, rank, _ in said][:1]
    if NOTHING.search(text) and not (kind == UploadKind.RO and text == "sumber"):
        return []
    if plain and plain[0][0] in ("satuan", "pelaksana", "kode_indikator", "lokasi") and not text.startswith("target"):
        return plain
    if yearly and offset is not None:
        return yearly
    return plain if not yearly else []


def _year_of(text: str, year_from: int, year_to: int) -> int | None:
    """Which year of the document a header speaks of: its number, `Tahun ke-2`, or the one year of a yearly document."""
    years = [int(year) for year in YEAR.findall(text)]
    if years:
        return years[-1] - year_from if year_from <= years[-1] <= year_to else None
    order = re.search(r"tahun (?:ke ?)?(\d|[iv]+)\b", text)
    if order:
        no = ROMAN.get(order[1]) or (int(order[1]) if order[1].isdigit() else 0)
        return no - 1 if 1 <= no <= year_to - year_from + 1 else None
    return 0 if year_from == year_to else None


def _code_parts(texts: Sequence[str], samples: Sequence[Sequence[str]], kind: str) -> dict[int, str]:
    """The columns over which a code is spread: the names of KRISNA, one header over several columns, or a header for each level."""
    krisna = {place: KRISNA[text] for place, text in enumerate(texts) if text in KRISNA}
    if len(krisna) > 1:
        return krisna
    run: list[int] = []
    for place, text in enumerate(texts):
        heads_code = re.match(r"(?:kode|kd)\b", text) and "indikator" not in text
        # Over one row of a CSV the header stands above the first piece alone.
        if (heads_code or (run and not text and _short(samples, [place]))) and (not run or place == run[-1] + 1):
            run.append(place)
    named = [place for place, text in enumerate(texts) if _level_of(text) is not None]
    chosen = run if len(run) > 2 else [] if kind == UploadKind.NOMENKLATUR and not _short(samples, named) else named
    whole = [place for place in chosen if any(_is_code(text) for text in _values(samples, place))]
    if len(chosen) < 3 or not _short(samples, chosen):
        return {whole[-1]: "kode"} if whole and run else {}
    return {place: PARTS[no] for no, place in enumerate(chosen[:6])}


def _level_of(text: str) -> int | None:
    match = re.fullmatch(
        r"(?:kode |kd |kode / )?(urusan|bidang(?: urusan)?|program|kegiatan|sub ?kegiatan|subkegiatan)", text
    )
    return None if match is None else next(no for no, word in enumerate(LEVELS) if match[1].startswith(word))


def _values(samples: Sequence[Sequence[str]], place: int) -> list[str]:
    return [row[place] for row in samples if place < len(row) and row[place]]


def _short(samples: Sequence[Sequence[str]], places: Sequence[int]) -> bool:
    """Whether the columns hold pieces of codes; titles of groups and sums may stand among them."""
    said = [text for place in places for text in _values(samples, place)]
    pieces = sum(1 for text in said if re.fullmatch(r"[\dxX]{1,4}(?:[.,]\d{1,2})?", text))
    return bool(said) and pieces * 3 >= len(said) * 2


def _is_code(text: str) -> bool:
    return re.match(r"[\dxX]{1,2}\.[\dxX]{1,2}\.\d", text) is not None


def _glued(taken: dict[int, str], samples: Sequence[Sequence[str]]) -> None:
    """Where no column is a code and the names begin with one, code and name share the cell."""
    if any(name.startswith("kode") and name != "kode_indikator" for name in taken.values()):
        return
    is_glued: Callable[[str], bool] = lambda text: re.match(r"[\dxX]{1,2}\.[\dxX]{1,2}\S*\s+\S", text) is not None  # noqa: E731
    for place, name in taken.items():
        said = _values(samples, place)
        if name == "uraian" and said and sum(map(is_glued, said)) * 2 >= len(said):
            taken[place] = "kode_uraian"
