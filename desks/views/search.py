"""The page of the search: every group with its first results, or one group page by page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.http import speaker_of, speaker_required
from core.errors import InvalidInput
from core.listing import page_of
from core.search import group_of, read_terms, search

PAGE = 25


@require_safe
@speaker_required
def search_page(request: HttpRequest) -> HttpResponse:
    """`?q=` what is sought, `?kelompok=` one group only."""
    actor, typed = speaker_of(request), request.GET.get("q", "")
    context: dict[str, Any] = {"q": typed}
    try:
        terms = read_terms(typed)
    except InvalidInput as error:
        return render(request, "desks/search.html", {**context, "advice": error.message})
    if group := group_of(request.GET.get("kelompok", "")):
        full = group.full(terms) if group.full else None
        page = page_of(request, group.find(actor, terms), group.noun, PAGE, full=full)
        context |= {"group": group, "page": page, "hits": [group.show(row) for row in page.rows]}
    else:
        context["found"] = search(actor, terms)
    return render(request, "desks/search.html", context)
