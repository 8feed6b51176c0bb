"""Addresses of pages that other areas own; '' where a page is not there."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse

from accounts.actors import Actor
from desks.models import Desk, Round
from desks.scopes import scope_of


def optional_url(name: str, *args: Any) -> str:
    """The address of a named page, '' where it does not exist."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def desk_links(actor: Actor, round_: Round) -> list[tuple[str, str]]:
    """The desks of the round at which the actor sits: name and address."""
    seats = [seat for seat in scope_of(actor).seats if seat.round_id == round_.pk]
    desks = Desk.objects.filter(round=round_).order_by("order", "code")
    if not any(seat.desk_id is None for seat in seats):
        desks = desks.filter(pk__in=[seat.desk_id for seat in seats])
    return [(desk.name, optional_url("desks:desk_board", desk.pk)) for desk in desks]
