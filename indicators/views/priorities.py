"""Pages of priority trees: browsing a tree with what supports each node, and loading nodes and tags."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actors import Actor, can
from accounts.http import speaker_of, speaker_required
from core.audit import record_audit
from core.errors import InvalidInput, NotFound
from core.excel import sheet_names
from core.imports import Loaded, read_table
from core.listing import workbook_response
from indicators.exports.priorities import priorities_workbook
from indicators.forms import PriorityFileForm
from indicators.imports.priorities import COLUMNS as TAG_COLUMNS
from indicators.imports.priorities import take_priority_tags
from indicators.selectors.priorities import tree_with_counts, under_node
from planning.imports.priorities import COLUMNS as NODE_COLUMNS
from planning.imports.priorities import take_nodes
from planning.selectors.priorities import TREE_LABELS, find_node, tree_years, trees_of_year
from planning.services.priorities import require_keeper

MOST = 300


@require_safe
@speaker_required
def priorities(request: HttpRequest) -> HttpResponse:
    """A tree of a year; with `?simpul=` also the indicators and sub kegiatan that hang on that node and below. `?format=xlsx` takes it home."""
    actor = speaker_of(request)
    node = find_node(request.GET.get("simpul", ""))
    if request.GET.get("simpul") and node is None:
        raise NotFound("Simpul prioritas ini tidak ada.")
    years = tree_years()
    year = node.year if node else _year(request, years)
    trees = trees_of_year(year)
    tree = node.tree if node else request.GET.get("pohon", "")
    tree = tree if tree in dict(trees) else next(iter(dict(trees)), "")
    if request.GET.get("format") == "xlsx":
        return workbook_response(priorities_workbook(year, tree), f"prioritas {tree} {year}")
    indicators, rows = under_node(node) if node else ([], [])
    context = {
        "section": "dokumen", "years": years, "year": year, "tree": tree, "label": TREE_LABELS.get(tree, tree), "node": node,
        "branches": tree_with_counts(tree, year) if tree else [], "indicators": indicators[:MOST], "sub_kegiatan": rows[:MOST],
        "chips": [{"label": label, "count": None, "url": f"?tahun={year}&pohon={code}", "active": code == tree} for code, label in trees],
        "keeps": can(actor, "planning.edit_reference"),
    }  # fmt: skip
    return render(request, "indicators/priorities.html", context)


def _year(request: HttpRequest, years: list[int]) -> int:
    asked = request.GET.get("tahun", "")
    return int(asked) if asked.isdecimal() and int(asked) in years else next(iter(years), 0)


@require_http_methods(["GET", "HEAD", "POST"])
@speaker_required
def priorities_load(request: HttpRequest) -> HttpResponse:
    """The secretariat loads nodes and tags from a workbook or CSV, whole or not at all."""
    actor = speaker_of(request)
    require_keeper(actor)
    posted = request.method == "POST"
    form = PriorityFileForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        uploaded = form.cleaned_data["file"]
        try:
            done = take_priorities(actor, uploaded.read(), uploaded.name or "berkas")
        except InvalidInput as error:
            form.refuse(error)
        else:
            messages.success(request, f"Berkas dimuat. {'. '.join(str(each) for each in done)}.")
            return redirect("indicators:priorities")
    context = {"section": "dokumen", "form": form, "years": tree_years()}
    return render(request, "indicators/priorities_load.html", context, status=422 if form.errors else 200)


def take_priorities(actor: Actor, content: bytes, name: str) -> list[Loaded]:
    """Nodes, then tags, as far as the file has them, in one transaction with its trace in the audit trail."""
    tables = []
    names = {each.casefold() for each in sheet_names(content)} if content.startswith(b"PK") else set()
    if "simpul" in names or not names and _has(content, "kode_induk"):
        tables.append((take_nodes, read_table(content, name, NODE_COLUMNS[:4], sheet="Simpul")))
    if "tautan" in names or not names and _has(content, "kode_simpul"):
        tables.append(
            (take_priority_tags, read_table(content, name, TAG_COLUMNS[:6], sheet="Tautan", empty=bool(names)))
        )
    if not tables:
        raise InvalidInput("Berkas tidak memuat lembar Simpul atau Tautan, atau kolomnya berbeda dari templat.")
    with transaction.atomic():
        done = [take(table) for take, table in tables]
        record_audit(
            "planning.load_priorities", model="planning.prioritynode", object_code=name[:80], after={"hasil": [str(each) for each in done]},
            actor=actor.user.code, inst_text=actor.institution.code,
        )  # fmt: skip
    return done


def _has(content: bytes, column: str) -> bool:
    return column.encode() in content[:400]


@require_safe
@speaker_required
def priorities_template(request: HttpRequest) -> HttpResponse:
    """The template: the trees of the newest year, to be changed and loaded again."""
    require_keeper(speaker_of(request))
    return workbook_response(priorities_workbook(next(iter(tree_years()), 0)), "templat prioritas")
