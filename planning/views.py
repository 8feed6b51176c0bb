"""Pages of planning: the list of documents."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.actors import can
from accounts.http import speaker_of, speaker_required
from core.listing import page_of, workbook_response
from planning.exports import documents_workbook
from planning.exports.outputs import outputs_workbook
from planning.filters import DocumentFilter, OutputFilter
from planning.selectors import documents
from planning.selectors.nomenclature import find_programs, provincial_programs
from planning.selectors.outputs import find_outputs, outputs


@require_safe
@speaker_required
def document_list(request: HttpRequest) -> HttpResponse:
    """Documents as filtered; `?format=xlsx` is the same list as a workbook."""
    actor = speaker_of(request)
    filters = DocumentFilter(request.GET, queryset=documents(actor), actor=actor)
    if request.GET.get("format") == "xlsx":
        return workbook_response(documents_workbook(filters.qs), "dokumen")
    context = {
        "section": "dokumen",
        "filter": filters.form,
        "page": page_of(request, filters.qs, "dokumen"),
        "may_add": can(actor, "planning.write_document"),
    }
    return render(request, "planning/document_list.html", context)


@require_safe
@speaker_required
def program_choices(request: HttpRequest, year: int) -> HttpResponse:
    """Programs and sub kegiatan of provinces as the choices of a form's search."""
    words, chosen = request.GET.get("program_cari", "").strip(), request.GET.get("program", "")
    kept = provincial_programs(year).filter(pk=int(chosen)).first() if chosen.isdecimal() else None
    return render(
        request, "planning/_programs.html", {"found": find_programs(year, words), "kept": kept, "words": words}
    )


@require_safe
@speaker_required
def output_list(request: HttpRequest) -> HttpResponse:
    """The catalogue of RO as filtered; `?format=xlsx` the same as a workbook, `?pilihan=2027` the choices of a form's search."""
    if (year := request.GET.get("pilihan", "")).isdecimal():
        words, chosen = request.GET.get("ro_cari", "").strip(), request.GET.get("ro", "")
        found = find_outputs(int(year), words)
        kept = outputs().filter(pk=int(chosen)).first() if chosen.isdecimal() else None
        return render(request, "planning/_outputs.html", {"found": found, "kept": kept, "words": words})
    filters = OutputFilter(request.GET, queryset=outputs())
    if request.GET.get("format") == "xlsx":
        return workbook_response(outputs_workbook(filters.qs), "rincian-output")
    context = {"section": "dokumen", "filter": filters.form, "page": page_of(request, filters.qs, "rincian output")}
    return render(request, "planning/output_list.html", context)
