"""The bahan desk: choosing it, its print page, its workbook."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.actors import Actor
from core.canonical import canonical, sha256_hex
from core.dates import plain_date
from core.errors import InvalidInput
from core.jobs import enqueue
from core.waiting import job_answer
from desks.bahan_table import printed_sections
from desks.exports.bahan import bahan_workbook
from desks.exports.response import xlsx_response
from desks.selectors.bahan import BahanScope, Part, bahan_of, bahan_scope, parts_of
from desks.selectors.overview.choices import choices_of
from desks.views.common import show_context, speaker_of, speaker_required

AT_ONCE = 150
"""More rows are written by a job."""


def _scope(actor: Actor, round_code: str, given: QueryDict) -> BahanScope:
    return bahan_scope(actor, round_code, given.get("desk", ""), given.get("daerah", ""))


@speaker_required
@require_safe
def bahan(request: HttpRequest, round_code: str) -> HttpResponse:
    """The print page of the papers asked for; without desk and region the choice of them."""
    scope = _scope(speaker_of(request), round_code, request.GET)
    show_context(request, scope.round)
    choices = choices_of(scope.book)
    context: dict[str, Any] = {
        "section": "isian" if scope.book.owner else "desk", "scope": scope, "round": scope.round,
        "desks": choices["desk"], "regions": choices.get("daerah", []),
        "desk_code": scope.query.get("desk", ""), "region_code": scope.query.get("daerah", ""),
    }  # fmt: skip
    if scope.chosen:
        parts = parts_of(scope)
        part = _part(parts, request.GET.get("bagian", ""))
        papers = bahan_of(scope, timezone.now(), mejas=part.mejas)
        context |= {
            "bahan": papers, "sections": printed_sections(papers), "part": part, "total": sum(each.rows for each in parts),
            "parts": [(each, f"?{urlencode({**scope.query, 'bagian': each.no})}") for each in parts],
        }  # fmt: skip
    return render(request, "desks/bahan.html", context)


def _part(parts: list[Part], asked: str) -> Part:
    """The part that `?bagian=` asks for; nonsense is the first."""
    no = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1
    return parts[no - 1] if 0 < no <= len(parts) else parts[0]


@speaker_required
@require_POST
def bahan_download(request: HttpRequest, round_code: str) -> HttpResponse:
    """The workbook: a small one at once, a big one as a job."""
    actor = speaker_of(request)
    scope = _scope(actor, round_code, request.POST)
    if not scope.chosen:
        raise InvalidInput("Pilih desk atau daerah yang bahannya akan diambil.", field="desk")
    if scope.rows().count() <= AT_ONCE:
        name = f"Bahan desk {scope.title} {plain_date(timezone.localdate())}.xlsx"
        return xlsx_response(bahan_workbook(bahan_of(scope, timezone.now())), name)
    params = {
        "round": scope.round.code, "desk": scope.query.get("desk", ""), "region": scope.query.get("daerah", ""),
        "membership": actor.membership.pk,
    }  # fmt: skip
    job = enqueue("desks.bahan", sha256_hex(canonical([actor.user.code, params])), params, actor.user)
    return job_answer(request, job)
