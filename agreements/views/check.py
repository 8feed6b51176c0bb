"""The public check: is this berita acara genuine, complete, superseded? No personal data, no login."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from agreements.forms import CheckForm
from agreements.selectors.check import check_facts
from core.codes import normalise_code


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """Type the code from the paper."""
    form = CheckForm(request.GET if "kode" in request.GET else None)
    if form.is_valid():
        return redirect("agreements:check", code=normalise_code(form.cleaned_data["kode"])[:30] or "-")
    return render(request, "agreements/check_form.html", {"form": form}, status=422 if form.is_bound else 200)


@never_cache
@require_safe
def check(request: HttpRequest, code: str) -> HttpResponse:
    """What the register says of a code; a draft is as unknown as a wrong code."""
    facts = check_facts(normalise_code(code))
    if facts is None:
        return render(
            request, "agreements/check_unknown.html", {"form": CheckForm(initial={"kode": code[:30]})}, status=404
        )
    return render(request, "agreements/check.html", {"facts": facts})
