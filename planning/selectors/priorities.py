"""Reading priority trees: a node with all below it, choices for a form, and the chips beside rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When
from django.db.models import Value as Constant

from planning.choices import PRIORITY_LETTERS, PriorityTree
from planning.models import PriorityNode, PriorityTag

TREE_LABELS: Final = dict(PriorityTree.choices)
TREE_ORDER: Final = {tree: place for place, tree in enumerate(PriorityTree.values)}


@dataclass(frozen=True, slots=True)
class Chip:
    """A node as it stands beside a row: the short word, the whole name, its key."""

    key: str
    short: str
    name: str


def chip_of(tree: str, year: int, code: str, name: str) -> Chip:
    """The chip of a node: `Pro-SN 03.01`; for trees of plain words the name itself."""
    word = PRIORITY_LETTERS.get(tree, tree)
    short = name if tree == PriorityTree.TAG_SIPD else f"{word} {code}"
    return Chip(f"{tree}:{year}:{code}", short, f"{TREE_LABELS.get(tree, tree)} {code}: {name}")


def find_node(key: str) -> PriorityNode | None:
    """The node of `tree:year:code`; None where there is none."""
    tree, _, rest = str(key).partition(":")
    year, _, code = rest.partition(":")
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        return None
    return PriorityNode.objects.filter(tree=tree, year=int(year), code=code).first()


def find_nodes(keys: Iterable[str]) -> list[PriorityNode]:
    """The nodes of these keys, in one query; unknown and malformed ones are simply absent."""
    wanted = set(keys)
    parts = [key.split(":", 2) for key in wanted if key.count(":") >= 2]
    rows = PriorityNode.objects.filter(tree__in={part[0] for part in parts}, code__in={part[2] for part in parts})
    return [node for node in rows.order_by("tree", "year", "code") if node.key in wanted]


def chips_of_nodes(nodes: Iterable[PriorityNode]) -> list[Chip]:
    """The chips of nodes at hand, in the order of the trees."""
    ordered = sorted(nodes, key=lambda node: (TREE_ORDER.get(node.tree, 99), node.code))
    return [chip_of(node.tree, node.year, node.code, node.name) for node in ordered]


def with_descendants(node: PriorityNode) -> list[int]:
    """The keys of a node and of all nodes below it, in one query over its tree."""
    below: dict[int | None, list[int]] = defaultdict(list)
    pairs = PriorityNode.objects.filter(tree=node.tree, year=node.year).order_by().values_list("pk", "parent_id")
    for pk, parent in pairs:
        below[parent].append(pk)
    found, waiting = [], [node.pk]
    while waiting:
        found.append(pk := waiting.pop())
        waiting += below[pk]
    return found


def nodes_below(key: str) -> tuple[int, list[int]]:
    """Year and keys for a filter by `tree:year:code`, descendants included; an unknown node gives none."""
    node = find_node(key)
    return (node.year, with_descendants(node)) if node else (0, [])


def node_choices(year: int, tags: Sequence[QuerySet[Any]] | None = None, most: int = 88) -> list[tuple[str, str]]:
    """(key, indented name) of the year's nodes, tree after tree, in one query; with `tags` only those on which one of them hangs and those above."""
    used = Q() if tags is None else Q(pk__in=[])
    for hung in tags or ():
        used |= Q(Exists(hung.filter(node=OuterRef("pk"))))
    marked = Case(When(used, then=Constant(True)), default=Constant(False)) if tags is not None else Constant(True)
    nodes = PriorityNode.objects.filter(year=year).annotate(used=marked)
    columns = nodes.order_by().values_list("pk", "parent_id", "tree", "code", "name", "used")
    rows_ = sorted(columns, key=lambda row: (TREE_ORDER.get(row[2], 99), row[2], row[3]))
    parents: dict[int, int | None] = {row[0]: row[1] for row in rows_}
    shown: set[int] = set()
    for row in rows_:
        pk: int | None = row[0] if row[5] else None
        while pk and pk not in shown:
            shown.add(pk)
            pk = parents.get(pk)
    return [
        (f"{tree}:{year}:{code}", _indented(_depth(parent, parents), chip_of(tree, year, code, name).name, most))
        for pk, parent, tree, code, name, _ in rows_
        if pk in shown
    ]


def _depth(parent: int | None, parents: Mapping[int, int | None]) -> int:
    depth = 0
    while parent:
        depth, parent = depth + 1, parents.get(parent)
    return depth


def _indented(depth: int, name: str, most: int) -> str:
    return "\u2003" * depth + (name if len(name) <= most else f"{name[: most - 1]}…")


def chips_of(tags: type[PriorityTag], subjects: Collection[int], year: int) -> dict[int, list[Chip]]:
    """The chips of things (by key) in a plan year, in the order of the trees; one query."""
    name = tags.subject_field()
    return chips_by(tags._default_manager.filter(**{f"{name}__in": subjects}), f"{name}_id", year)


def chips_by(rows: QuerySet[Any], name: str, year: int) -> dict[Any, list[Chip]]:
    """The chips of a plan year among tags, by what stands in the column `name`."""
    columns = rows.filter(node__year=year).order_by().values_list(name, "node__tree", "node__code", "node__name")
    found: dict[Any, list[Chip]] = defaultdict(list)
    for subject, tree, code, text in sorted(columns, key=lambda row: (TREE_ORDER.get(row[1], 99), row[2])):
        found[subject].append(chip_of(tree, year, code, text))
    return dict(found)


@dataclass
class Branch:
    """A node with what is below it and how many things hang on it and below."""

    pk: int
    key: str
    code: str
    name: str
    source: str
    counts: tuple[int, ...]
    children: list[Branch]


def tree_of(tree: str, year: int, counted: Iterable[QuerySet[Any]]) -> list[Branch]:
    """The branches of a tree; `counted` are queries of (node key, number of things), one for each kind. Counts include what is below."""
    counts = [dict(query) for query in counted]
    rows = list(PriorityNode.objects.filter(tree=tree, year=year).order_by("code"))
    below: dict[int | None, list[PriorityNode]] = defaultdict(list)
    for row in rows:
        below[row.parent_id].append(row)

    def branch(row: PriorityNode) -> Branch:
        children = [branch(child) for child in below[row.pk]]
        own = [each.get(row.pk, 0) for each in counts]
        summed = tuple(n + sum(child.counts[place] for child in children) for place, n in enumerate(own))
        return Branch(row.pk, row.key, row.code, row.name, row.source, summed, children)

    return [branch(row) for row in below[None]]


def trees_of_year(year: int) -> list[tuple[str, str]]:
    """The trees that have nodes in the year: code and name."""
    there = set(PriorityNode.objects.filter(year=year).order_by().values_list("tree", flat=True).distinct())
    return [(tree, TREE_LABELS.get(tree, tree)) for tree in sorted(there, key=lambda tree: TREE_ORDER.get(tree, 99))]


def tree_years() -> list[int]:
    """The years that have trees, newest first."""
    return sorted(set(PriorityNode.objects.order_by().values_list("year", flat=True).distinct()), reverse=True)
