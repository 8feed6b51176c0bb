"""Pages of planning: the list of documents."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.http import speaker_required
from core.listing import page_of, workbook_response
from planning.exports import documents_workbook
from planning.filters import DocumentFilter
from planning.selectors import documents


@require_safe
@speaker_required
def document_list(request: HttpRequest) -> HttpResponse:
    """Documents as filtered; `?format=xlsx` is the same list as a workbook."""
    filters = DocumentFilter(request.GET, queryset=documents())
    if request.GET.get("format") == "xlsx":
        return workbook_response(documents_workbook(filters.qs), "dokumen")
    context = {"section": "dokumen", "filter": filters.form, "page": page_of(request, filters.qs, "dokumen")}
    return render(request, "planning/document_list.html", context)
