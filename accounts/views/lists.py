"""Acts on one's own lists: saved filters and columns. Each leads back to the list; a refusal keeps what was typed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.http import home_url, safe_next, speaker_of, speaker_required
from accounts.lists import ALL, LISTS, PICK, ListKind
from accounts.services import lists
from core.errors import InvalidInput, NotFound


def _kind(key: str) -> ListKind:
    if key not in LISTS:
        raise NotFound("Daftar ini tidak ada.")
    return LISTS[key]


def _back(request: HttpRequest) -> str:
    return safe_next(request, home_url())


@require_POST
@speaker_required
def filter_save(request: HttpRequest, key: str) -> HttpResponse:
    """Keep the present filter under a name."""
    kind, name = _kind(key), request.POST.get("name", "")
    try:
        saved = lists.save_filter(
            speaker_of(request).user, kind, name, QueryDict(request.POST.get("query", "")), main="main" in request.POST
        )
    except InvalidInput as error:
        return _refused(request, kind, error, "Simpan saringan")
    opens = " Daftar ini dibuka dengan saringan itu." if saved.main else ""
    messages.success(request, f"Saringan “{saved.name}” tersimpan.{opens}")
    return redirect(_back(request))


@require_POST
@speaker_required
def filter_change(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """Rename, forget, or let the list open with a saved filter (`act`)."""
    kind, user, act = _kind(key), speaker_of(request).user, request.POST.get("act", "")
    try:
        if act == "rename":
            done = (
                f"Saringan kini bernama “{lists.rename_filter(user, kind, code, request.POST.get('name', '')).name}”."
            )
        elif act == "remove":
            done = f"Saringan “{lists.remove_filter(user, kind, code).name}” dihapus."
        elif act in ("main", "plain"):
            saved = lists.open_with(user, kind, code, main=act == "main")
            done = (
                f"Daftar ini {'selalu dibuka' if saved.main else 'tidak lagi dibuka'} dengan saringan “{saved.name}”."
            )
        else:
            raise NotFound("Tindakan ini tidak ada.")
    except InvalidInput as error:
        return _refused(request, kind, error, "Ganti nama saringan")
    messages.success(request, done)
    return redirect(_back(request))


def _refused(request: HttpRequest, kind: ListKind, error: InvalidInput, heading: str) -> HttpResponse:
    context: dict[str, Any] = {
        "kind": kind, "error": error.message, "heading": heading, "typed": request.POST, "back": _back(request),
        "action": request.path,
    }  # fmt: skip
    return render(request, "accounts/list_refused.html", context, status=422)


@require_POST
@speaker_required
def columns_choose(request: HttpRequest, key: str) -> HttpResponse:
    """Show the ticked columns of a list, or all again."""
    kind = _kind(key)
    every = [column.name for column in kind.columns]
    try:
        lists.choose_columns(
            speaker_of(request).user, kind, every if "semua" in request.POST else request.POST.getlist("kolom")
        )
    except InvalidInput as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "Kolom disimpan; unduhan Excel mengikuti kolom yang tampil.")
    # A list that opens with a filter of its own is shown as it was left: without any.
    back = _back(request)
    return redirect(back if "?" in back else f"{back}?{PICK}={ALL}")
