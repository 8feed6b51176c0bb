"""Pages of trouble: reporting it from any page, one's own reports, the secretariat's queue and answer."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actors import can
from accounts.http import PortalRequest, login_required, speaker_of, speaker_required
from accounts.lists import list_tools, opened
from core.errors import DomainError, InvalidInput, NotAllowed, StaleState, TooManyAttempts
from core.http import is_htmx
from core.listing import page_of, workbook_response
from desks.exports.reports import reports_workbook
from desks.forms_helpdesk import AnswerForm, QueueFilter, ReportForm
from desks.helpdesk_choices import REPORT_TONES
from desks.lists import REPORTS
from desks.models import Report, Round
from desks.scopes import kept_rounds
from desks.selectors.reports import page_of_report, report_queue, reports_of
from desks.services.reports import Sender, answer_report, send_report
from desks.views.common import act_key


@require_http_methods(["GET", "POST"])
@login_required
def report_trouble(request: HttpRequest) -> HttpResponse:
    """The form, as a page or (htmx) in the dialog of every page; a refusal keeps what was typed."""
    sender = Sender(cast(PortalRequest, request).user, cast(PortalRequest, request).actor)
    form = ReportForm(request.POST) if request.method == "POST" else ReportForm(initial=_from_link(request))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                sent = send_report(sender, form.report(request.headers.get("User-Agent", "")), key=act_key(request))
            except (InvalidInput, TooManyAttempts) as error:
                form.refuse(error)
                status = error.status if isinstance(error, TooManyAttempts) and not is_htmx(request) else 422
            else:
                return _sent(request, sent)
    template = "desks/_report_form.html" if is_htmx(request) else "desks/report_trouble.html"
    response = render(request, template, {"form": form, "page": form["page"].value() or ""}, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _from_link(request: HttpRequest) -> dict[str, str]:
    """Page, row and number of a failed request as the link of the page names them."""
    try:
        page, code = page_of_report(request.GET.get("dari", ""))
    except InvalidInput:
        page, code = "", ""
    return {"page": page, "item_code": code, "request_id": request.GET.get("permintaan", "")[:64]}


def _sent(request: HttpRequest, sent: Report) -> HttpResponse:
    if is_htmx(request):
        return render(request, "desks/_report_sent.html", {"report": sent})
    messages.success(request, f"Laporan {sent.code} terkirim ke sekretariat.")
    return redirect("desks:report", code=sent.code)


@require_safe
@login_required
def my_reports(request: HttpRequest) -> HttpResponse:
    """What the person has reported, with status and answer."""
    rows = reports_of(cast(PortalRequest, request).user)
    if request.GET.get("format") == "xlsx":
        return workbook_response(reports_workbook(rows), "laporan saya")
    page = page_of(request, rows, "laporan")
    return render(request, "desks/my_reports.html", {"page": page, "tones": REPORT_TONES})


@require_http_methods(["GET", "POST"])
@login_required
def report(request: HttpRequest, code: str) -> HttpResponse:
    """One report: its sender reads status and answer, the secretariat answers."""
    actor = cast(PortalRequest, request).actor
    found = get_object_or_404(Report.objects.select_related("round", "user", "institution", "answered_by"), code=code)
    own = found.user_id == cast(PortalRequest, request).user.pk
    if not own and not can(actor, "desks.view_report", found):
        raise Http404
    answers = can(actor, "desks.answer_report", found)
    form = AnswerForm(
        request.POST or None, initial={"status": found.status, "answer": found.answer, "version": found.version}
    )
    status = 200
    if request.method == "POST":
        if not answers:
            raise NotAllowed()
        status = _answered(request, found, form)
        if status == 302:
            return redirect("desks:report_queue")
    context = {"report": found, "form": form if answers else None, "own": own, "tone": REPORT_TONES[found.status]}
    return render(request, "desks/report.html", context, status=status)


def _answered(request: HttpRequest, found: Report, form: AnswerForm) -> int:
    if not form.is_valid():
        return 422
    given = form.cleaned_data
    try:
        answer_report(
            speaker_of(request), found, status=given["status"], answer=given["answer"], seen_version=given["version"]
        )
    except StaleState:
        raise
    except DomainError as error:
        form.refuse(error)
        return 422
    messages.success(request, f"Laporan {found.code} disimpan; pengirim diberi tahu.")
    return 302


@require_safe
@speaker_required
def queue(request: HttpRequest) -> HttpResponse:
    """The secretariat's queue as filtered; `?format=xlsx` is the same list as a workbook."""
    actor = speaker_of(request)
    if not can(actor, "desks.answer_report"):
        raise NotAllowed()
    rounds = list(Round.objects.filter(pk__in=kept_rounds(actor)).values_list("code", "short_name"))
    filters = QueueFilter(request.GET, rounds=rounds)
    if (saved := opened(request, REPORTS, lambda: filters)) is not None:
        return saved
    wanted = filters.cleaned_data if filters.is_valid() else {}
    rows = report_queue(
        actor, status=wanted.get("status", ""), round_code=wanted.get("penyelenggaraan", ""), words=wanted.get("q", "")
    )
    if request.GET.get("format") == "xlsx":
        return workbook_response(reports_workbook(rows), "laporan kendala")
    page = page_of(request, rows, "laporan")
    return render(
        request,
        "desks/report_queue.html",
        {"page": page, "filter": filters, "tones": REPORT_TONES, "tools": list_tools(request, REPORTS)},
    )
