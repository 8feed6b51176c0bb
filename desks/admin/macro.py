"""Strategies and actions of macro rows, as far as the speaker may read them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from desks.admin.item import OfSeenItems
from desks.choices import ActionSide
from desks.disclosure import BEING_TYPED
from desks.models import MacroAction


@admin.register(MacroAction)
class MacroActionAdmin(OfSeenItems):
    """Of a row that is with its region the region's side stays there."""

    round_path = "item__round"
    list_display = ("item", "side", "text", "owner_name", "added_at_desk")
    list_filter = ("side", "added_at_desk")
    search_fields = ("item__code", "text", "owner__name", "owner_text")
    list_select_related = ("item", "owner")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Without what is being typed."""
        return super().get_queryset(request).exclude(side=ActionSide.DAERAH, item__state__in=BEING_TYPED)

    @admin.display(description="penanggung jawab")
    def owner_name(self, row: MacroAction) -> str:
        """Who answers for it."""
        return row.owner_name
