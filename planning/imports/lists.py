"""Small lists: sources of funds, and the priority trees PN, Pro-SN, tematik and SPM."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from django.db import transaction

from core.imports import Counts, Loaded, read_file, sync_rows
from planning.models import FundingSource, PriorityNode

YEAR: Final = 2027
KEY: Final = ("tree", "year", "code")


@transaction.atomic
def load_funding_sources(folder: Path) -> Loaded:
    """The sources of funds of `sumber_dana.csv`."""
    reader = read_file(folder / "sumber_dana.csv", ("kode", "nama"), key=["kode"])
    rows = reader.collect(lambda row: {"kode": row["kode"], "name": row["nama"]})
    return Loaded("Sumber dana", sync_rows(FundingSource, rows, ["kode"]), reader.remarks)


@transaction.atomic
def load_priorities(folder: Path) -> Loaded:
    """The trees PN (priorities of the RPJMN), PRO-SN, TEMATIK and SPM for plan year 2027."""
    counts = sync_rows(PriorityNode, _flat(folder, "prioritas_nasional.csv", "PN", "pn", "nama"), KEY)
    counts += _two_levels(folder, "pro_sn.csv", "PRO-SN", "pro_sn", "proyek_kegiatan")
    counts += _two_levels(folder, "tematik.csv", "TEMATIK", "tematik", "indikator")
    counts += _two_levels(folder, "spm_jenis_pelayanan.csv", "SPM", "kode_bidang", "jenis_pelayanan")
    return Loaded("Pohon prioritas", counts)


def _flat(folder: Path, name: str, tree: str, code: str, text: str) -> list[dict[str, Any]]:
    reader = read_file(folder / name, (code, text), key=[code])
    return reader.collect(lambda row: {"tree": tree, "year": YEAR, "code": row[code], "name": row[text]})


def _two_levels(folder: Path, name: str, tree: str, parent: str, child: str) -> Counts:
    reader = read_file(folder / name, (parent, child))
    pairs = reader.collect(lambda row: (row[parent], row[child]))
    heads = {text: f"{number:02d}" for number, text in enumerate(dict.fromkeys(head for head, _ in pairs), 1)}
    tops = [{"tree": tree, "year": YEAR, "code": code, "name": text} for text, code in heads.items()]
    counts = sync_rows(PriorityNode, tops, KEY)
    ids = dict(PriorityNode.objects.filter(tree=tree, year=YEAR).values_list("code", "pk"))
    rows, seen = [], dict.fromkeys(heads, 0)
    for head, text in dict.fromkeys(pairs):
        seen[head] += 1
        code = f"{heads[head]}.{seen[head]:02d}"
        rows.append({"tree": tree, "year": YEAR, "code": code, "name": text, "parent_id": ids[heads[head]]})
    return counts + sync_rows(PriorityNode, rows, KEY)
