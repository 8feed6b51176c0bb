"""Saving one row, bare: one UPDATE and two INSERTs in one transaction, behind the same middleware and login."""

from __future__ import annotations

import json
from decimal import Decimal

from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.http import PortalRequest, login_required
from desks.models import ClientWrite, Event, Item


@login_required
@require_POST
def bare_save(request: PortalRequest) -> HttpResponse:
    """Body: item, version, value, and the keys that the two inserted rows need."""
    body = json.loads(request.body)
    value = Decimal(body["value"].replace(",", "."))
    with transaction.atomic():
        changed = Item.objects.filter(pk=body["item"], version=body["version"]).update(
            value_proposed_kind="point",
            value_proposed_min=value,
            value_proposed_max=value,
            value_proposed_unit="%",
            version=body["version"] + 1,
        )
        Event.objects.create(
            chain="bare", seq=body["seq"], round_id=body["round"], item_id=body["item"], action="edit", actor=request.user,
            institution_id=body["institution"], at=timezone.now(), payload=json.dumps({"value": body["value"]}), hash="",
        )  # fmt: skip
        ClientWrite.objects.create(
            user=request.user, key=body["key"], request_hash="", answer=json.dumps({"version": body["version"] + 1})
        )
    return JsonResponse({"saved": changed})
