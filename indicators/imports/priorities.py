"""What supports which node: indicators and sub kegiatan, from the project's facts or from a file that the secretariat uploads."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from core.errors import InvalidInput
from core.imports import Loaded, Reader, Table, read_file, sync_rows
from indicators.models import Indicator, IndicatorPriority
from planning.choices import GovLevel, NomenclatureLevel
from planning.imports.priorities import tree_named
from planning.models import Nomenclature, NomenclaturePriority, PriorityNode

COLUMNS: Final = ("pohon", "tahun", "kode_simpul", "jenis", "jenis_pemda", "kode", "sumber")
INDICATOR: Final = "indikator"
SUB_KEGIATAN: Final = "sub_kegiatan"


@transaction.atomic
def load_priority_tags(folder: Path) -> Loaded:
    """The tags of `tautan_prioritas.csv`."""
    reader = read_file(folder / "tautan_prioritas.csv", COLUMNS)
    return _write(reader, [(row.line, [row[name] for name in COLUMNS]) for row in reader.rows])


@transaction.atomic
def take_priority_tags(table: Table) -> Loaded:
    """The tags of an uploaded table, whole or not at all: every bad row is named in FileRefused."""
    rows = []
    for row in table.rows:
        try:
            cells = [row.text("pohon"), str(row.year("tahun")), row.code("kode_simpul"), row.text("jenis"),
                     row.text("jenis_pemda"), row.code("kode"), row.text("sumber")]  # fmt: skip
            rows.append((row.line, cells))
        except InvalidInput as error:
            table.reader.refuse(row.line, error.message)
    return _write(table.reader, rows)


class _Known:
    """What a row may name, read once."""

    def __init__(self, years: set[int]) -> None:
        nodes = PriorityNode.objects.filter(year__in=years).values_list("tree", "year", "code", "pk")
        self.nodes = {(tree, year, code): pk for tree, year, code, pk in nodes}
        self.indicators = dict(Indicator.objects.values_list("code", "pk"))
        rows = Nomenclature.objects.filter(level=NomenclatureLevel.SUB_KEGIATAN).order_by("version__code")
        # The newest edition wins; older ones keep the tags they got in their time.
        self.nomenclature = {(level, kode): pk for level, kode, pk in rows.values_list("gov_level", "kode", "pk")}

    def node(self, tree: str, year: str, code: str) -> int:
        found = self.nodes.get((tree_named(tree), int(year), code))
        if found is None:
            raise InvalidInput(f"Simpul {code} tidak ada pada pohon {tree} tahun {year}. Muat simpulnya dahulu.")
        return found

    def indicator(self, code: str) -> int:
        if code not in self.indicators:
            raise InvalidInput(f"Indikator “{code}” tidak dikenal.")
        return self.indicators[code]

    def sub_kegiatan(self, level: str, kode: str) -> int:
        if level not in GovLevel.values:
            raise InvalidInput(f"Jenis pemda “{level}” tidak dikenal. Tulis provinsi atau kabkota.")
        if (level, kode) not in self.nomenclature:
            raise InvalidInput(f"Sub kegiatan {kode} ({level}) tidak ada dalam nomenklatur.")
        return self.nomenclature[level, kode]


def _write(reader: Reader, rows: Iterable[tuple[int, list[str]]]) -> Loaded:
    rows = list(rows)
    known = _Known({int(cells[1]) for _, cells in rows if cells[1].isdigit()})
    indicators: dict[tuple[int, int], dict[str, Any]] = {}
    nomenclature: dict[tuple[int, int], dict[str, Any]] = {}
    for line, (tree, year, code, kind, level, subject, source) in rows:
        try:
            node = known.node(tree, year, code)
            if kind == INDICATOR:
                pk = known.indicator(subject)
                indicators[node, pk] = {"node_id": node, "indicator_id": pk, "source": source[:300]}
            elif kind == SUB_KEGIATAN:
                pk = known.sub_kegiatan(level, subject)
                nomenclature[node, pk] = {"node_id": node, "nomenclature_id": pk, "source": source[:300]}
            else:
                raise InvalidInput(f"Jenis “{kind}” tidak dikenal. Tulis {INDICATOR} atau {SUB_KEGIATAN}.")
        except InvalidInput as error:
            reader.refuse(line, error.message)
    reader.check()
    counts = sync_rows(IndicatorPriority, list(indicators.values()), ["node_id", "indicator_id"])
    counts += sync_rows(NomenclaturePriority, list(nomenclature.values()), ["node_id", "nomenclature_id"])
    return Loaded("Tautan prioritas", counts, reader.remarks)
