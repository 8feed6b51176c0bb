"""Who sits where in a round, and whose consent a verdict needs."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from core.errors import DomainError
from desks.admin.base import SetupAdmin, speaking
from desks.models import ConsentParty, Seat
from desks.services.setup import withdraw_setup


class Withdrawing(SetupAdmin):
    """Rows that can be taken away again by an act that the chain of the round records."""

    actions: Any = ("withdraw",)

    @admin.action(description="Cabut yang dipilih", permissions=["change"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Take the chosen rows away."""
        try:
            count = withdraw_setup(speaking(request), list(queryset.select_related("round")))
        except DomainError as error:
            self.message_user(request, error.message, messages.ERROR)
        else:
            self.message_user(request, f"{count} baris dicabut dan dicatat.", messages.SUCCESS)


@admin.register(Seat)
class SeatAdmin(Withdrawing):
    """Where institutions sit, and as what."""

    list_display = ("institution", "role", "round", "desk", "strand", "region")
    list_filter = ("role", "strand", "institution__kind", ("round", admin.RelatedOnlyFieldListFilter))
    search_fields = ("institution__name", "institution__kode", "desk__name", "region__name")
    list_select_related = ("institution", "round", "desk", "region")
    autocomplete_fields = ("institution", "region", "desk")


@admin.register(ConsentParty)
class ConsentPartyAdmin(Withdrawing):
    """Whose consent a verdict needs, by strand, narrowed by desk where needed."""

    list_display = ("party", "strand", "round", "desk")
    list_filter = ("strand", "party", ("round", admin.RelatedOnlyFieldListFilter))
    search_fields = ("round__short_name", "desk__name")
    list_select_related = ("round", "desk")
    autocomplete_fields = ("desk",)
