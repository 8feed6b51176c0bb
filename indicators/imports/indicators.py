"""Indicators, their wording in a plan year, and the codes that other sources use for them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from django.db import transaction

from core.errors import InvalidInput
from core.imports import Counts, Loaded, Reader, Row, read_file, sync_rows
from indicators.choices import Direction, Strand
from indicators.models import Indicator, IndicatorCode, IndicatorVersion
from planning.choices import GovLevel
from planning.models import BidangUrusan

YEARS: Final = (2026, 2027)
"""Plan years whose rounds use these wordings."""

DIRECTIONS: Final = {
    "naik": Direction.UP.value,
    "turun": Direction.DOWN.value,
    "perlu ditetapkan": None,
    "kisaran": None,
    "": None,
}
WHOLE_UNITS: Final = (
    "Orang",
    "Keluarga",
    "Kepala Keluarga",
    "Bidang Tanah",
    "Kasus",
    "Perda/Perkada",
    "Daerah",
    "Rp",
    "Ton",
    "Rp. Juta Per Tahun",
)
OUTCOME_SOURCE: Final = "Lampiran Permendagri 14/2026, Tabel C-6"


def indicator_ids() -> dict[str, int]:
    """Every indicator's key by its code."""
    return dict(Indicator.objects.values_list("code", "pk"))


@transaction.atomic
def load_outcome(folder: Path) -> Loaded:
    """The outcome indicators, worded for plan years 2026 and 2027. Two have no direction: nobody set one yet."""
    reader = read_file(
        folder / "indikator_outcome.csv",
        ("id", "kode_bidang", "outcome_prioritas", "indikator", "satuan", "arah"),
        key=["id"],
        codes={"id": r"C6-\d\.\d{2}-\d{2}", "kode_bidang": r"\d\.\d{2}"},
    )
    bidang = dict(BidangUrusan.objects.values_list("kode", "pk"))

    def read(row: Row) -> tuple[dict[str, Any], dict[str, Any]]:
        if row["kode_bidang"] not in bidang:
            raise InvalidInput(f"Bidang urusan “{row['kode_bidang']}” tidak dikenal.")
        decimals = 0 if row["satuan"] in WHOLE_UNITS else 2
        columns = _indicator(row["id"], Strand.URUSAN, row["satuan"], decimals, row["arah"], bidang[row["kode_bidang"]])
        return columns, {"name": row["indikator"], "outcome": row["outcome_prioritas"], "source": OUTCOME_SOURCE}

    return _write("Indikator outcome", reader, reader.collect(read))


@transaction.atomic
def load_macro(folder: Path) -> Loaded:
    """The macro indicators of `indikator_makro.csv` and those of published series in `indikator_lain.csv`."""
    loaded = Loaded("Indikator makro dan seri terbitan", Counts())
    for name, source in (("indikator_makro.csv", ""), ("indikator_lain.csv", "RPJMN 2025–2029; BPS")):
        reader = read_file(folder / name, ("kode", "nama", "satuan", "arah", "desimal"), key=["kode"])

        def read(row: Row, source: str = source) -> tuple[dict[str, Any], dict[str, Any]]:
            if row["arah"] not in DIRECTIONS:
                raise InvalidInput(f"Arah “{row['arah']}” tidak dikenal.")
            unit = {"persen": "%", "juta rupiah": "Rp juta"}.get(row["satuan"], row["satuan"])
            columns = _indicator(row["kode"], Strand.MAKRO, unit, int(row["desimal"]), row["arah"], None)
            text = {"name": row["nama"], "outcome": "", "source": row.get("sumber_data", source)}
            return columns, {**text, "definition": row.get("definisi", "")}

        part = _write(loaded.label, reader, reader.collect(read))
        loaded.counts += part.counts
        loaded.remarks += part.remarks
    return loaded


def _indicator(
    code: str, strand: Strand, unit: str, decimals: int, direction: str, bidang: int | None
) -> dict[str, Any]:
    return {
        "code": code,
        "strand": strand.value,
        "unit": unit,
        "decimals": decimals,
        "direction": DIRECTIONS[direction],
        "bidang_id": bidang,
        "gov_levels": GovLevel.PROVINSI.value,
    }


def _write(label: str, reader: Reader, pairs: list[tuple[dict[str, Any], dict[str, Any]]]) -> Loaded:
    counts = sync_rows(Indicator, [columns for columns, _ in pairs], ["code"])
    ids = indicator_ids()
    versions = [
        {"indicator_id": ids[columns["code"]], "year": year, "no": 1, "unit": columns["unit"], **wording}
        for columns, wording in pairs
        for year in YEARS
    ]
    sync_rows(IndicatorVersion, versions, ["indicator_id", "year", "no"])
    return Loaded(label, counts, reader.remarks)


@transaction.atomic
def load_crosswalk(folder: Path) -> Loaded:
    """`padanan_indikator.csv`: which indicator another source means by its code."""
    reader = read_file(folder / "padanan_indikator.csv", ("skema", "kode", "indikator"), key=["skema", "kode"])
    ids = indicator_ids()

    def read(row: Row) -> dict[str, Any]:
        if row["indikator"] not in ids:
            raise InvalidInput(f"Indikator “{row['indikator']}” tidak dikenal.")
        return {"scheme": row["skema"], "code": row["kode"], "indicator_id": ids[row["indikator"]]}

    return Loaded(
        "Padanan kode indikator", sync_rows(IndicatorCode, reader.collect(read), ["scheme", "code"]), reader.remarks
    )


def same_figures(folder: Path, scheme: str) -> dict[str, list[Indicator]]:
    """What a code of `scheme` feeds: the indicator it means and, by `sama_dengan`, another that measures the same."""
    reader = read_file(folder / "padanan_indikator.csv", ("skema", "kode", "indikator", "sama_dengan"))
    known = {indicator.code: indicator for indicator in Indicator.objects.all()}
    fed = {}
    for row in reader.rows:
        if row["skema"] == scheme:
            fed[row["kode"]] = [known[code] for code in (row["indikator"], row["sama_dengan"]) if code in known]
    return fed
