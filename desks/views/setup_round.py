"""A round as a whole: opening one, its rules, taking last year's over, what changed, rows under an old wording."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actors import can
from core.dates import date_with_time
from core.errors import InvalidInput, NotAllowed, NotFound
from desks.exports.lists import versions_workbook
from desks.exports.response import xlsx_response
from desks.forms_round import GeneralForm, NewRoundForm, ReasonForm
from desks.models import Desk, Round
from desks.scopes import kept_rounds
from desks.selectors.setup_changes import setup_changes
from desks.services.copy_round import copy_round
from desks.services.definitions import repoint, waiting_versions
from desks.services.parts import require_keeper
from desks.services.setup import change_round, create_round
from desks.views.common import show_context, speaker_of, speaker_required
from desks.views.setup_pages import page, round_for


@require_http_methods(["GET", "POST"])
@speaker_required
def create(request: HttpRequest) -> HttpResponseBase:
    """Open a round of one's own, empty or after an earlier one."""
    actor = speaker_of(request)
    if not can(actor, "desks.host_round"):
        raise NotAllowed("Penyelenggaraan baru dibuka oleh sekretariat.")
    year = timezone.localdate().year
    form = NewRoundForm(
        request.POST if request.method == "POST" else None,
        actor=actor,
        initial={"held_year": year, "plan_year": year + 1},
    )
    if request.method == "POST" and form.is_valid():
        round_ = create_round(actor, form.save(commit=False))
        source = form.cleaned_data["source"]
        if source is not None:
            done = copy_round(actor, source, round_)
            messages.success(
                request,
                f"{round_.short_name} dibuka; {done.new + done.changed} baris disalin dari {source.short_name}.",
            )
            return redirect("desks:setup_changes", round_.code)
        messages.success(request, f"{round_.short_name} dibuka. Lanjutkan penyiapannya di bawah ini.")
        return redirect("desks:setup", round_.code)
    show_context(request, None)
    return render(
        request, "desks/setup_new.html", {"section": "penyiapan", "form": form}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
@speaker_required
def general(request: HttpRequest, code: str) -> HttpResponseBase:
    """Names, rules and clock of the round."""
    actor = speaker_of(request)
    round_ = round_for(actor, code)
    form = GeneralForm(request.POST if request.method == "POST" else None, instance=round_, actor=actor)
    if request.method == "POST" and form.is_valid():
        require_keeper(actor, round_)
        change_round(actor, round_, {name: form.cleaned_data[name] for name in form.changed_data})
        messages.success(request, "Tersimpan.")
        return redirect("desks:setup", round_.code)
    return render(
        request, "desks/setup_general.html", page(request, round_, form=form), status=422 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
@speaker_required
def copy(request: HttpRequest, code: str) -> HttpResponseBase:
    """Take over what an earlier round has and this one lacks."""
    actor = speaker_of(request)
    round_ = round_for(actor, code)
    sources = (
        Round.objects.filter(pk__in=kept_rounds(actor), level=round_.level)
        .exclude(pk=round_.pk)
        .order_by("-plan_year", "no")
    )
    if request.method == "POST":
        source = sources.filter(code=request.POST.get("dari", "")).first()
        if source is None:
            raise NotFound("Penyelenggaraan yang disalin tidak ditemukan.")
        done = copy_round(actor, source, round_)
        messages.success(request, f"{done.new + done.changed} baris disalin dari {source.short_name}.")
        return redirect(f"{request.path.replace('/salin/', '/perubahan/')}?dari={source.code}")
    return render(request, "desks/setup_copy.html", page(request, round_, sources=sources))


@require_safe
@speaker_required
def changes(request: HttpRequest, code: str) -> HttpResponse:
    """What differs from an earlier round of the same keeper, by default the last one."""
    actor = speaker_of(request)
    round_ = round_for(actor, code)
    earlier = (
        Round.objects.filter(pk__in=kept_rounds(actor), level=round_.level)
        .exclude(pk=round_.pk)
        .order_by("-plan_year", "-no")
    )
    wanted = request.GET.get("dari", "")
    source = earlier.filter(code=wanted).first() if wanted else earlier.filter(plan_year__lte=round_.plan_year).first()
    parts = setup_changes(actor, source, round_) if source else []
    return render(
        request, "desks/setup_changes.html", page(request, round_, source=source, earlier=earlier, parts=parts)
    )


@require_http_methods(["GET", "POST"])
@speaker_required
def versions(request: HttpRequest, code: str) -> HttpResponseBase:
    """Rows filled against an old wording, per desk; bringing a desk's rows under the new one."""
    actor = speaker_of(request)
    round_ = round_for(actor, code)
    form = ReasonForm(
        request.POST if request.method == "POST" else None,
        hint="Dibaca semua pihak di desk pada angka yang ditanyakan lagi.",
    )
    if request.method == "POST" and form.is_valid():
        require_keeper(actor, round_)
        desk = Desk.objects.select_related("round").filter(round=round_, code=request.POST.get("desk", "")).first()
        if desk is None:
            raise NotFound("Desk tidak ditemukan.")
        try:
            count = repoint(actor, desk, reason=form.cleaned_data["reason"])
        except InvalidInput as error:
            form.add_error("reason", error.message)
        else:
            messages.success(
                request, f"{count} butir desk {desk.name} kini memakai rumusan baru; sikap para pihak ditanyakan lagi."
            )
            return redirect("desks:setup_versions", round_.code)
    found = waiting_versions(round_)
    if request.GET.get("format") == "xlsx":
        title = f"Isian dengan rumusan lama, {round_.short_name}"
        made = date_with_time(timezone.now(), round_.tz)
        return xlsx_response(versions_workbook(title, made, found), f"{title}.xlsx")
    desks = list({row["desk"].pk: row["desk"] for row in found}.values())  # type: ignore[attr-defined]
    context = page(request, round_, found=found, desks=desks, form=form)
    return render(request, "desks/setup_versions.html", context, status=422 if form.errors else 200)
