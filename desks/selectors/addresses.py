"""Addresses of pages that other areas of the desks own, with a page that always exists where they are not there."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse


def optional_url(name: str, *args: Any) -> str:
    """The address of a named page, '' where it does not exist."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def board_url(desk: int) -> str:
    """The board of a desk over all its regions."""
    return optional_url("desks:desk_board", desk) or isian_or_board()


def targets_url(desk: int) -> str:
    """Where the K/L fills the targets of a desk."""
    return optional_url("desks:targets", desk) or board_url(desk)


def room_url(session: str, item: str) -> str:
    """The room of a sitting, else the page of the row asked about."""
    fallback = reverse("desks:item", args=[item]) if item else isian_or_board()
    return optional_url("desks:room", session) or fallback


def isian_or_board() -> str:
    """The list of desks, else the Isian, which leads there."""
    return optional_url("desks:desk_index") or reverse("desks:isian_index")
