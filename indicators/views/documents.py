"""Pages of documents: one as tree and as table, two versions side by side, loading one, moving it on, taking it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actors import Actor, can
from accounts.http import speaker_of, speaker_required
from accounts.lists import list_tools, opened
from core.errors import InvalidInput, NotAllowed, NotFound
from core.listing import page_of, workbook_response
from indicators.document_tree import tree_html
from indicators.exports.comparison import comparison_workbook
from indicators.exports.documents import document_workbook, template_workbook
from indicators.filters import DocumentLineFilter
from indicators.forms import DocumentForm
from indicators.lists import LINES
from indicators.selectors import figures_of_lines, shown_value
from indicators.selectors.compare import compare
from indicators.selectors.priorities import nodes_of_document, sub_kegiatan_chips, tag_year
from indicators.services import remove_document, take_document
from planning.choices import DocumentStage
from planning.imports.layouts.document import CODED
from planning.models import Document
from planning.selectors import document_years, documents, editions, lines_of, tree_of_lines, years_of
from planning.services.documents import STAGES, move_stage


def document_of(actor: Actor, pk: int) -> Document:
    """A document that the actor may read; for others it is not there."""
    found = documents(actor).filter(pk=pk).first()
    if found is None:
        raise NotFound("Dokumen tidak ditemukan.")
    return found


@require_safe
@speaker_required
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """A document as tree with totals or as filtered table; `?format=xlsx` is the table as a workbook of our template."""
    actor = speaker_of(request)
    found = document_of(actor, pk)
    filters = DocumentLineFilter(request.GET, queryset=lines_of(found))
    if (saved := opened(request, LINES, lambda: filters.form)) is not None:
        return saved
    if request.GET.get("format") == "xlsx":
        return workbook_response(
            document_workbook(actor, found, filters.qs), f"{found.kind} {found.owner.short_name} {found.years}"
        )
    has_tree = found.lines.filter(parent__isnull=False).exists()
    asked = any(request.GET.get(name) for name in ("q", "jenjang", "pelaksana", "induk", "prioritas", "halaman"))
    as_table = asked or request.GET.get("tampilan") == "tabel" or not has_tree
    around = _around(actor, found)
    shown = _table(request, actor, found, filters) if as_table else _tree(request, found)
    return render(request, "indicators/document.html", {**around, **shown, "as_table": as_table, "has_tree": has_tree})


def _around(actor: Actor, found: Document) -> dict[str, Any]:
    others = editions(actor, found)
    writes = can(actor, "planning.write_document", found)
    place = STAGES.index(found.stage)
    return {
        "section": "dokumen", "document": found, "editions": others, "newest": others[0], "writes": writes,
        "earlier": next((each for each in others if each.version < found.version), None),
        "next_stages": [choice for choice in DocumentStage.choices if STAGES.index(choice[0]) > place] if writes else [],
        "beside": found.kind in CODED, "removable": writes and not found.published and others[0].pk == found.pk,
    }  # fmt: skip


def _tree(request: HttpRequest, found: Document) -> dict[str, Any]:
    years = document_years(found)
    asked = request.GET.get("tahun", "")
    year = (
        int(asked)
        if asked.isdecimal() and int(asked) in years
        else min(max(timezone.localdate().year + 1, years[0]), years[-1])
    )
    tops = tree_of_lines(found, year)
    known = [top.total for top in tops if top.total is not None]
    return {
        "tree": tree_html(tops, getattr(found, "line_count", 0)), "years": years, "year": year, "total": sum(known) if known else None,
        "mismatch": any(_differs(top) for top in tops),
    }  # fmt: skip


def _differs(line: Any) -> bool:
    return line.stated is not None or any(_differs(child) for child in line.children)


def _table(request: HttpRequest, actor: Actor, found: Document, filters: DocumentLineFilter) -> dict[str, Any]:
    page = page_of(request, filters.qs, "baris")
    keys = [line.pk for line in page.rows]
    figures, years, year = figures_of_lines(actor, keys), years_of(keys), tag_year(found)
    chips = sub_kegiatan_chips([line.nomenclature_id for line in page.rows if line.nomenclature_id], year)
    lines = [
        {
            "line": line, "years": years.get(line.pk, []), "chips": chips.get(line.nomenclature_id or 0, []),
            "figures": [{**row, "shown": shown_value(row)} for row in figures.get(line.pk, [])],
        }
        for line in page.rows
    ]  # fmt: skip
    return {
        "page": page,
        "lines": lines,
        "filter": filters.form,
        "tools": list_tools(request, LINES),
        "node_choices": nodes_of_document(found, year),
    }


@require_safe
@speaker_required
def document_compare(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed from an earlier version (`?dengan=`, else the one before) to this one."""
    actor = speaker_of(request)
    new = document_of(actor, pk)
    others = [each for each in editions(actor, new) if each.pk != new.pk]
    asked = request.GET.get("dengan", "")
    old = next((each for each in others if str(each.pk) == asked), None)
    if asked and old is None:
        raise NotFound("Versi pembanding tidak ditemukan.")
    old = old or next((each for each in others if each.version < new.version), None) or next(iter(others), None)
    if old is not None and old.version > new.version:
        old, new = new, old
    found = compare(actor, old, new) if old else None
    if old and found and request.GET.get("format") == "xlsx":
        return workbook_response(
            comparison_workbook(old, new, found), f"banding {new.kind} {new.owner.short_name} {new.years}"
        )
    context = {"section": "dokumen", "document": new, "old": old, "others": others, "found": found}
    return render(request, "indicators/document_compare.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@speaker_required
def document_add(request: HttpRequest) -> HttpResponse:
    """Load a document from our template; every refusal names its row and nothing is half written."""
    actor = speaker_of(request)
    if not can(actor, "planning.write_document"):
        raise NotAllowed("Dokumen dimuat oleh K/L, Bappeda, perangkat daerah pemiliknya, atau sekretariat.")
    posted = request.method == "POST"
    form = DocumentForm(request.POST if posted else None, request.FILES if posted else None, actor=actor)
    if posted and form.is_valid():
        uploaded = form.cleaned_data["file"]
        try:
            made = take_document(actor, form.head(), uploaded.read(), uploaded.name or "berkas")
        except InvalidInput as error:
            form.refuse(error)
        else:
            messages.success(request, f"{made.title} dimuat sebagai versi {made.version}.")
            return redirect("indicators:document", made.pk)
    return render(
        request,
        "indicators/document_add.html",
        {"section": "dokumen", "form": form},
        status=422 if form.errors else 200,
    )


@require_safe
@speaker_required
def document_template(request: HttpRequest) -> HttpResponse:
    """The empty template with the codes that the actor's documents may use."""
    actor = speaker_of(request)
    if not can(actor, "planning.write_document"):
        raise NotAllowed("Templat ini untuk lembaga yang memuat dokumen.")
    return workbook_response(template_workbook(actor, timezone.localdate().year + 1), "templat dokumen")


@require_POST
@speaker_required
def document_stage(request: HttpRequest, pk: int) -> HttpResponse:
    """The document moves on to a later stage with the same content."""
    actor = speaker_of(request)
    found = document_of(actor, pk)
    move_stage(actor, found, request.POST.get("stage", ""))
    messages.success(request, f"Tahapan dokumen kini {found.get_stage_display().lower()}.")
    return redirect("indicators:document", found.pk)


@require_POST
@speaker_required
def document_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft that was loaded by mistake is taken back."""
    actor = speaker_of(request)
    found = document_of(actor, pk)
    name = f"{found.title}, versi {found.version}"
    remove_document(actor, found)
    messages.success(request, f"{name}, dihapus.")
    return redirect("planning:document_list")
