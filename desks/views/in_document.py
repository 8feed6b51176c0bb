"""The sub kegiatan of a region's rows beside its RKPD or Renja."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.errors import NotFound
from core.listing import page_of
from desks.exports.in_document import in_document_workbook
from desks.exports.response import xlsx_response
from desks.selectors.in_document import STATUSES, Compared, in_document, rounds_beside, said_by
from desks.views.common import show_context, speaker_of, speaker_required
from planning.selectors import documents


@speaker_required
@require_safe
def beside_document(request: HttpRequest, pk: int) -> HttpResponse:
    """Which sub kegiatan stand in the document, differ, are missing or are named by no row; `?format=xlsx` the same as a workbook."""
    actor = speaker_of(request)
    document = documents(actor).filter(pk=pk).first()
    if document is None:
        raise NotFound("Dokumen tidak ditemukan.")
    rounds = rounds_beside(actor, document)
    asked = request.GET.get("penyelenggaraan", "")
    round_ = next((each for each in rounds if each.code == asked), None) if asked else next(iter(rounds), None)
    if asked and round_ is None:
        raise NotFound("Penyelenggaraan tidak ditemukan untuk dokumen ini.")
    rows = in_document(actor, round_, document) if round_ else []
    status = request.GET.get("status", "")
    shown = [row for row in rows if row.status == status] if status in STATUSES else rows
    if round_ and request.GET.get("format") == "xlsx":
        return xlsx_response(in_document_workbook(round_, document, shown), f"kesesuaian {document.title}.xlsx")
    show_context(request, round_)
    page = page_of(request, shown, "sub kegiatan", 100, count=len(shown))  # type: ignore[arg-type]
    context = {
        "section": "dokumen", "document": document, "round": round_,
        "own": actor.region_id == document.owner.region_id, "rounds": rounds, "page": page, "total": len(rows),
        "rows": [(row, said_by(row.entry)) for row in page.rows], "chips": _chips(rows, status, round_.code if round_ else ""),
    }  # fmt: skip
    return render(request, "desks/in_document.html", context)


def _chips(rows: list[Compared], chosen: str, round_code: str) -> list[dict[str, object]]:
    counts = Counter(row.status for row in rows)
    kept = {"penyelenggaraan": round_code}
    chips: list[dict[str, object]] = [
        {"label": "semua", "count": len(rows), "url": f"?{urlencode(kept)}", "active": not chosen}
    ]
    return chips + [
        {
            "label": label.lower(),
            "count": counts[status],
            "url": f"?{urlencode({**kept, 'status': status})}",
            "active": chosen == status,
        }
        for status, (label, _) in STATUSES.items()
    ]
