"""Progress, completeness, the list behind every number, reminding, and the gap to the nation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.actors import can
from core.dates import date_with_time
from core.errors import NotAllowed
from core.listing import page_of
from core.numbers import format_number
from core.templatetags.rakortek import url_with
from desks.choices import RoundLevel
from desks.exports.overview import gap_workbook, matrix_workbook, progress_workbook, rows_workbook
from desks.exports.response import xlsx_response
from desks.models import Item
from desks.overview_table import matrix_body, matrix_head, progress_body
from desks.selectors.overview.choices import class_counts, count_of
from desks.selectors.overview.gap import gap_rows
from desks.selectors.overview.lists import held_rows, listed, listed_rows, printed
from desks.selectors.overview.matrix import LAYOUTS, MEASURE, REGIONS, layouts_of, matrix_of
from desks.selectors.overview.progress import progress_of, total_of
from desks.services.remind import behind, remind
from desks.tile_map import HEIGHT, TILE_H, TILE_W, WIDTH, tiles_of
from desks.views.common import act_key, new_key, speaker_required
from desks.views.overview.common import Page, page_for


def _workbook(page: Page, content: bytes, what: str) -> HttpResponse:
    return xlsx_response(content, f"{what} {page.round.short_name}.xlsx")


def _made(page: Page) -> str:
    return f"Saringan: {page.said()}. Dibuat {date_with_time(timezone.now(), page.round.tz)}."


@speaker_required
@require_safe
def progress(request: HttpRequest, code: str) -> HttpResponse:
    """How far the round is by desk, region, strand and verdict, with a map of the provinces."""
    page = page_for(request, code)
    found = progress_of(page.book)
    if page.wants_workbook:
        return _workbook(page, progress_workbook(found, page.round, _made(page)), "Kemajuan")
    narrow, base = page.book.narrow.but(kelas=""), page.base

    def body(lines: list[Any]) -> str:
        return progress_body(lines, total_of(lines), found.classes, narrow, base)

    tables = [("desk", "Per desk", "Desk", body(found.desks))]
    if not page.book.owner:
        words = page.round.words
        tables.append(("daerah", f"Per {words.regions}", words.region, body(found.regions)))
    if len(found.strands) > 1:
        tables.append(("pendekatan", "Per pendekatan", "Pendekatan", body(found.strands)))
    tiles = [] if page.book.owner or page.round.level != RoundLevel.NATIONAL else tiles_of(found.regions, narrow, base)
    return render(request, "desks/overview/progress.html", page.context(
        "progress", found=found, tables=tables, tiles=tiles, map_size=(WIDTH, HEIGHT, TILE_W, TILE_H), verdicts=_verdicts(page, found.verdicts),
        chart_height=len(found.verdicts) * 28,
    ))  # fmt: skip


def _verdicts(page: Page, verdicts: list[tuple[str, str, int]]) -> list[dict[str, Any]]:
    """The verdicts as bars of one chart, the longest filling it."""
    narrow = page.book.narrow.but(kelas="")
    most = max((n for _, _, n in verdicts), default=1)
    every = sum(n for _, _, n in verdicts)
    return [
        {
            "state": state, "label": label, "n": n, "percent": n * 100 // every, "width": round(n * 300 / most, 1), "y": place * 28,
            "url": f"{page.base}?{narrow.query(putusan=state)}",
        }
        for place, (state, label, n) in enumerate(verdicts)
    ]  # fmt: skip


@speaker_required
@require_safe
def completeness(request: HttpRequest, code: str) -> HttpResponse:
    """The matrix of completeness; `?susun=` chooses its layout."""
    page = page_for(request, code)
    asked = request.GET.get("susun", "")
    layout = asked if asked in LAYOUTS else REGIONS
    made = matrix_of(page.book, layout, order=request.GET.get("urut", ""))
    if page.wants_workbook:
        return _workbook(page, matrix_workbook(made, page.book.narrow, page.round, _made(page)), "Keterisian")
    layouts = [
        {
            "label": label,
            "url": url_with(request, susun=name if name != REGIONS else None, kelas=None),
            "active": name == layout,
            "count": None,
        }
        for name, label in layouts_of(page.round).items()
    ]
    chips = _classes(page, request, class_counts(page.book), default=MEASURE) if layout == REGIONS else []
    context = page.context(
        "completeness", made=made, layout=layout, layouts=layouts, chips=chips[1:], head=matrix_head(made),
        body=matrix_body(made, page.book.narrow, page.base), sorted=request.GET.get("urut") == "jumlah", sort_url=url_with(request, urut="jumlah"),
        plain_url=url_with(request, urut=None),
    )  # fmt: skip
    return render(request, "desks/overview/completeness.html", context)


def _classes(
    page: Page, request: HttpRequest, counts: list[tuple[str, str, int]], default: str = ""
) -> list[dict[str, Any]]:
    return [
        {
            "label": label, "count": format_number(n), "active": (page.book.narrow.kelas or default) == name,
            "url": url_with(request, kelas=name or None, halaman=None),
        }
        for name, label, n in counts
    ]  # fmt: skip


@speaker_required
@require_safe
def rows(request: HttpRequest, code: str) -> HttpResponse:
    """The list behind a number: rows that may be read, and of those not submitted how many where."""
    page = page_for(request, code)
    held, visible = held_rows(page.book), listed_rows(page.book)
    if page.wants_workbook:
        content = rows_workbook(listed(page.book, visible), held, page.round, _made(page))
        return _workbook(page, content, "Daftar butir")
    kept_back = sum(row.n for row in held)
    counts = class_counts(page.book)
    count = count_of(page.book, counts)
    shown = page_of(request, visible, "butir", count=count - kept_back, full=printed(Item.objects.all()))
    may_remind = can(page.actor, "desks.remind_filling", page.round) and page.round.closed_at is None
    waiting = behind(page.book) if may_remind else []
    context = page.context(
        "rows", rows=listed(page.book, shown.rows), page=shown, held=held, kept_back=kept_back, count=count,
        chips=_classes(page, request, counts), behind=waiting, people=sum(each.people for each in waiting), kunci=new_key(),
        remind_url=f"{reverse('desks:overview_remind', args=[code])}?{page.book.narrow.query()}",
    )  # fmt: skip
    return render(request, "desks/overview/rows.html", context)


@speaker_required
@require_POST
def overview_remind(request: HttpRequest, code: str) -> HttpResponseBase:
    """Remind the people behind the rows that the address names."""
    page = page_for(request, code)
    narrow = page.book.narrow
    sent = remind(page.actor, page.round, narrow, key=act_key(request))
    if sent.sent:
        again = f" {format_number(sent.already)} orang sudah diingatkan hari ini." if sent.already else ""
        messages.success(request, f"{format_number(sent.sent)} orang diingatkan melalui Beranda.{again}")
    elif sent.already:
        messages.info(
            request,
            "Semua orang di balik butir ini sudah diingatkan hari ini. Pengingat berikutnya dapat dikirim besok.",
        )
    else:
        messages.warning(
            request, "Tidak ada akun yang dapat diingatkan. Koordinator lembaga perlu mengundang orangnya lebih dahulu."
        )
    return redirect(f"{page.base}?{narrow.query()}")


@speaker_required
@require_safe
def national_gap(request: HttpRequest, code: str) -> HttpResponse:
    """Agreed and still open targets of all provinces against the national target, or of all kabupaten/kota
    against the province's own, for those who may know unfinished totals."""
    page = page_for(request, code)
    if not can(page.actor, "desks.view_national_gap", page.round):
        words = page.round.words
        raise NotAllowed(f"Jumlah {words.area} yang belum selesai hanya dibaca oleh {words.readers}.")
    found = gap_rows(page.book)
    if page.wants_workbook:
        return _workbook(page, gap_workbook(found, page.round, _made(page)), page.round.words.gap)
    return render(request, "desks/overview/gap.html", page.context("gap", only=("desk", "pendekatan"), rows=found))
