"""What the pages of the overview share: the round, the filters, the tabs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from accounts.actors import Actor, can
from core.errors import NotFound
from desks.forms_overview import NarrowForm
from desks.models import Round
from desks.selectors.context import bar_stage
from desks.selectors.overview.choices import Choices, choices_of, extra_words, in_words
from desks.selectors.overview.rows import Book, Narrow, book_for
from desks.selectors.round_overview import may_open
from desks.views.common import speaker_of


@dataclass
class Page:
    """A page of the overview as somebody asked for it."""

    request: HttpRequest
    actor: Actor
    round: Round
    book: Book
    choices: Choices = field(default_factory=dict)

    @property
    def base(self) -> str:
        """The list that every number opens."""
        return reverse("desks:overview_rows", args=[self.round.code])

    def context(self, tab: str, *, only: Collection[str] = (), **more: Any) -> dict[str, Any]:
        """The context of a page; reads what the filters offer (`only` these) and draws the bar above."""
        self._draw_bar()
        choices = self.choices = self.choices or choices_of(self.book)
        choices = {name: offered for name, offered in choices.items() if not only or name in only}
        narrow = self.book.narrow
        removable = [
            {"label": f"{label}: {said}", "url": f"?{narrow.but(**{name: ''}).query()}"}
            for name, label, said in extra_words(self.book)
        ]
        return {
            "section": "ikhtisar", "tab": tab, "round": self.round, "words": self.round.words, "tabs": tabs_of(self.actor, self.round),
            "form": NarrowForm(self.request.GET, choices, self.round.words),
            "removable": removable, "narrow": narrow, "narrowed": bool(narrow.given()), "owner": self.book.owner, "base": self.base,
            "download": f"?{narrow.query(**self.shape())}&format=xlsx", "bar_region": self.actor.institution.region.name if self.book.owner else "",
            "keep": {name: value for name, value in {**narrow.given(), **self.shape()}.items() if name not in self.choices}, **more,
        }  # fmt: skip

    def _draw_bar(self) -> None:
        self.request.portal_context = {"round": self.round, "stage": bar_stage(self.round, self.actor)}  # type: ignore[attr-defined]

    def shape(self) -> dict[str, str]:
        """Words of the address that order or lay out and filter nothing."""
        return {name: value for name in ("susun", "urut") if (value := self.request.GET.get(name, ""))}

    def said(self) -> str:
        """The filters in words."""
        self.choices = self.choices or choices_of(self.book)
        return in_words(self.book, self.choices)

    @property
    def wants_workbook(self) -> bool:
        """Whether Excel is asked for."""
        return self.request.GET.get("format") == "xlsx"


def page_for(request: HttpRequest, code: str) -> Page:
    """The page for whoever sits at the round; NotFound for all others."""
    actor = speaker_of(request)
    round_ = Round.objects.select_related("host__region").filter(code=code).first()
    if round_ is None or not may_open(actor, round_):
        raise NotFound("Penyelenggaraan tidak ditemukan.")
    return Page(request, actor, round_, book_for(actor, round_, Narrow.from_query(request.GET)))


def tabs_of(actor: Actor, round_: Round) -> list[tuple[str, str, str]]:
    """The pages about a round that the actor may open: (name, label, address)."""
    found = [
        ("progress", "Kemajuan", "desks:overview"),
        ("completeness", "Keterisian", "desks:completeness"),
        ("rows", "Daftar butir", "desks:overview_rows"),
    ]
    if can(actor, "desks.view_national_gap", round_):
        found.append(("gap", round_.words.gap, "desks:national_gap"))
    found.append(("round", "Tahapan", "desks:round"))
    return [(name, label, reverse(route, args=[round_.code])) for name, label, route in found]
