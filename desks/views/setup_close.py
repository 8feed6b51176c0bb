"""Closing a round: what is left, and the act; opening it again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from core.dates import date_with_time
from desks.exports.lists import left_workbook
from desks.exports.response import xlsx_response
from desks.forms_round import ReasonForm
from desks.services.close_round import close_round, left_of, reopen_round
from desks.views.common import speaker_of, speaker_required
from desks.views.setup_pages import page, round_for


@require_http_methods(["GET", "POST"])
@speaker_required
def close(request: HttpRequest, code: str) -> HttpResponseBase:
    """List what is left and close with a reason, or take a closing back."""
    actor = speaker_of(request)
    round_ = round_for(actor, code)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if "buka" in request.POST:
            reopen_round(actor, round_, reason=form.cleaned_data["reason"])
            messages.success(request, f"{round_.short_name} dibuka kembali.")
        else:
            close_round(actor, round_, reason=form.cleaned_data["reason"])
            messages.success(request, f"{round_.short_name} ditutup. Isinya tetap dapat dibaca dan diunduh.")
        return redirect("desks:setup_close", round_.code)
    left = left_of(round_)
    if request.GET.get("format") == "xlsx":
        title = f"Belum selesai, {round_.short_name}"
        return xlsx_response(left_workbook(title, date_with_time(timezone.now(), round_.tz), left), f"{title}.xlsx")
    context = page(request, round_, form=form, left=left, blocked=[each for each in left if each.blocks])
    return render(request, "desks/setup_close.html", context, status=422 if form.errors else 200)
