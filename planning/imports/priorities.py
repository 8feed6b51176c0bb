"""Nodes of priority trees, from the project's facts or from a file that the secretariat uploads; the same columns and rules."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from core.errors import InvalidInput
from core.imports import Counts, Loaded, Reader, Row, Table, read_file, sync_rows
from planning.choices import PriorityTree
from planning.models import PriorityNode

COLUMNS: Final = ("pohon", "tahun", "kode", "nama", "kode_induk", "sumber")
KEY: Final = ("tree", "year", "code")
TREES: Final = {tree.value: tree for tree in PriorityTree} | {tree.label.upper(): tree for tree in PriorityTree}


def tree_named(text: str) -> str:
    """The tree of a code or name as people write it. Raises InvalidInput."""
    tree = TREES.get(text.strip().upper())
    if tree is None:
        raise InvalidInput(f"Pohon “{text}” tidak dikenal. Pakai {', '.join(PriorityTree.values)}.")
    return tree.value


@transaction.atomic
def load_nodes(folder: Path) -> Loaded:
    """The trees of `pohon_prioritas.csv`."""
    reader = read_file(folder / "pohon_prioritas.csv", COLUMNS, key=["pohon", "tahun", "kode"])

    def read(row: Row) -> tuple[str, dict[str, Any]]:
        return row["kode_induk"], _node(row["pohon"], int(row["tahun"]), row["kode"], row["nama"], row["sumber"])

    return _write(reader, [(row.line, *pair) for row, pair in zip(reader.rows, reader.collect(read), strict=True)])


@transaction.atomic
def take_nodes(table: Table) -> Loaded:
    """The nodes of an uploaded table, whole or not at all: every bad row is named in FileRefused."""
    reader, pairs, seen = table.reader, [], dict[tuple[Any, ...], int]()
    for row in table.rows:
        try:
            node = _node(row.text("pohon"), row.year("tahun"), row.code("kode"), row.text("nama"), row.text("sumber"))
            key = tuple(node[name] for name in KEY)
            if key in seen:
                raise InvalidInput(f"Kode {node['code']} sudah ada pada baris {seen[key]}.")
            seen[key] = row.line
            pairs.append((row.line, row.code("kode_induk"), node))
        except InvalidInput as error:
            reader.refuse(row.line, error.message)
    reader.check()
    return _write(reader, pairs)


def _node(tree: str, year: int, code: str, name: str, source: str) -> dict[str, Any]:
    if not code or len(code) > 40:
        raise InvalidInput("Kode kosong atau lebih dari 40 huruf.")
    if not name or len(name) > 500:
        raise InvalidInput(f"Nama simpul {code} kosong atau lebih dari 500 huruf.")
    return {"tree": tree_named(tree), "year": year, "code": code, "name": name, "source": source[:300]}


def _write(reader: Reader, rows: Sequence[tuple[int, str, dict[str, Any]]]) -> Loaded:
    """Nodes first without parents, then the parents: a file may name them in any order."""
    trees = {(node["tree"], node["year"]) for _, _, node in rows}
    known = PriorityNode.objects.filter(tree__in=[tree for tree, _ in trees], year__in=[year for _, year in trees])
    parents = {(row.tree, row.year, row.code): row.parent_id for row in known}
    counts = sync_rows(PriorityNode, [{**node, "parent_id": parents.get(_key(node))} for _, _, node in rows], KEY)
    ids = {(row.tree, row.year, row.code): row.pk for row in known.all()}
    made, line_of = [], {}
    for line, parent, node in rows:
        key = (node["tree"], node["year"], parent)
        if parent and key not in ids:
            reader.refuse(line, f"Induk “{parent}” tidak ada pada pohon {node['tree']} tahun {node['year']}.")
        made.append({**node, "parent_id": ids.get(key) if parent else None})
        line_of[_key(node)] = line
    reader.check()
    _refuse_circles(reader, made, ids, line_of)
    moved = sync_rows(PriorityNode, made, KEY)
    new = Counts(counts.created, max(counts.updated, moved.updated - counts.created), 0)
    new.unchanged = len(rows) - new.created - new.updated
    return Loaded("Pohon prioritas", new, reader.remarks)


def _key(node: dict[str, Any]) -> tuple[str, int, str]:
    return node["tree"], node["year"], node["code"]


def _refuse_circles(
    reader: Reader, made: Sequence[dict[str, Any]], ids: dict[tuple[str, int, str], int], line_of: dict[Any, int]
) -> None:
    above = {ids[_key(node)]: node["parent_id"] for node in made}
    for node in made:
        seen, pk = set[int](), ids[_key(node)]
        while pk and pk not in seen:
            seen.add(pk)
            pk = above.get(pk) or 0
        if pk:
            reader.refuse(line_of[_key(node)], f"Simpul {node['code']} berada di bawah dirinya sendiri.")
    reader.check()
