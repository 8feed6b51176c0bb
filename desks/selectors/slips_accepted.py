"""Warnings that were accepted with a reason: which values stay silent, and what others than the region may read of them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models import Value as Constant
from django.db.models.functions import Concat

from accounts.actors import Actor
from core.prepared import Prepared
from core.values import format_value
from desks.disclosure import BEING_TYPED, sees_drafting
from desks.models import Item, SlipAcceptance


def _of_one(*, item: int) -> QuerySet[SlipAcceptance, tuple[int, str, str]]:
    return SlipAcceptance.objects.filter(item=item).order_by().values_list("item_id", "subject", "value")


OF_ONE: Final = Prepared(_of_one, item=int)
"""A cell typed is a batch of one."""


def accepted_values(items: Collection[int]) -> dict[int, set[tuple[str, str]]]:
    """By row (key) the subjects and values for which a warning was accepted; one query."""
    keys = list(items)
    several = SlipAcceptance.objects.filter(item__in=keys).order_by().values_list("item_id", "subject", "value")
    found: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for item, subject, value in OF_ONE(item=keys[0]) if len(keys) == 1 else several:
        found[item].add((subject, value))
    return found


@dataclass(frozen=True, slots=True)
class Accepted:
    """An accepted warning as people read it: of the target (`subject` empty) or of one sub kegiatan, by whom and when."""

    subject: str
    value: str
    text: str
    reason: str
    institution: str
    who: str
    at: dt.datetime


def accepted_of(actor: Actor, items: Iterable[Item]) -> dict[int, list[Accepted]]:
    """Per row (key) what was accepted for the target as the actor may read it, and for its sub kegiatan; one query.

    While a row is being typed in the region, only its owners see what they accept.
    """
    seen = {item.pk: item for item in items if item.state not in BEING_TYPED or sees_drafting(actor, item)}
    found: dict[int, list[Accepted]] = {}
    if not seen:
        return found
    rows = SlipAcceptance.objects.filter(item__in=seen).select_related("institution", "actor").order_by("pk")
    for row in rows:
        if row.subject or row.value == format_value(seen[row.item_id].value_proposed):
            found.setdefault(row.item_id, []).append(
                Accepted(
                    row.subject,
                    row.value,
                    row.text,
                    row.reason,
                    row.institution.short_name,
                    row.actor.full_name,
                    row.at,
                )
            )
    return found


def last_accepted() -> Subquery:
    """For a query of rows: the value of the target whose warning was accepted last, a line break, and the reason; None where there is none."""
    rows = SlipAcceptance.objects.filter(item=OuterRef("pk"), subject="").order_by("-pk")
    return Subquery(rows.values_list(Concat("value", Constant("\n"), "reason"))[:1])


def reason_for(told: str | None, value: str) -> str:
    """The reason in what `last_accepted` gave, if it is about this value."""
    accepted, _, reason = (told or "").partition("\n")
    return reason if accepted == value else ""
