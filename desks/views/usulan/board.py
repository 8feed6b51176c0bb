"""The board of a kewilayahan desk, as a page and as the same rows in Excel."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.actors import Actor, can
from core.dates import date_with_time, plain_date
from core.templatetags.rakortek import url_with
from desks.exports.response import xlsx_response
from desks.exports.usulan import usulan_workbook
from desks.models import Desk, Round
from desks.selectors.usulan.board import UsulanBoard, usulan_board, usulan_choices, usulan_rows
from desks.views.desk_pages import page


def fields_of(round_: Round) -> tuple[tuple[str, str], ...]:
    """The filters of choices and what the level of the round calls them."""
    words = round_.words
    return (
        ("kl", words.aim.owner), ("ro", words.aim.name), ("daerah", words.region), ("kesiapan", "Kesiapan"), ("prioritas", "Prioritas"),
    )  # fmt: skip


class BoardForm(forms.Form):
    """The filters in one line."""

    q = forms.CharField(label="Kata dalam judul atau lokasi", required=False)

    def __init__(self, data: object, round_: Round, choices: dict[str, list[tuple[str, str]]]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        for name, label in fields_of(round_):
            self.fields[name] = forms.ChoiceField(label=label, choices=[("", "Semua"), *choices[name]], required=False)


def board(request: HttpRequest, actor: Actor, desk: Desk) -> HttpResponse:
    """The usulan of the desk across its regions, as the address filters them."""
    found = usulan_board(actor, desk, request.GET)
    context = page(
        request, actor, desk, words=desk.round.words, board=found,
        empty_text=f"Usulan muncul di sini setelah {desk.round.words.submitter} mengajukannya.",
        chips=_chips(request, found), form=BoardForm(request.GET, desk.round, found.choices),
        may_ask=can(actor, "desks.request_repair", desk),
    )  # fmt: skip
    return render(request, "desks/usulan/board.html", context)


def _chips(request: HttpRequest, found: UsulanBoard) -> list[dict[str, object]]:
    state = request.GET.get("keadaan", "")
    all_ = {
        "label": "Semua yang diajukan",
        "count": found.total,
        "active": not state,
        "url": url_with(request, keadaan=None),
    }
    return [all_] + [
        {"label": label, "count": count, "active": state == value, "url": url_with(request, keadaan=value)}
        for value, label, count in found.states
    ]


def board_download(request: HttpRequest, actor: Actor, desk: Desk) -> HttpResponse:
    """The rows exactly as filtered on the page, one for each location."""
    choices = usulan_choices(actor, desk)
    chosen = [
        f"{label}: {dict(choices[name]).get(request.GET[name], request.GET[name])}"
        for name, label in (*fields_of(desk.round), ("keadaan", "Status")) if request.GET.get(name)
    ]  # fmt: skip
    if words := request.GET.get("q", "").strip():
        chosen.append(f"kata: {words}")
    title = f"Usulan desk {desk.name}, {desk.round.short_name}"
    made = date_with_time(timezone.now(), desk.round.tz)
    content = usulan_workbook(
        title, "; ".join(chosen) or "tanpa saringan", made, usulan_rows(actor, desk, request.GET), desk.round.words
    )
    return xlsx_response(content, f"Usulan {desk.name} {plain_date(timezone.localdate())}.xlsx")
