"""What every template knows: who speaks, and which portal this is."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from core.example import example_note


def speaker(request: HttpRequest) -> dict[str, Any]:
    """`speaker` (membership, institution, role_label, memberships; falsy for the anonymous) and `portal`.

    `portal` carries the name, round and stage; a view or middleware that knows them sets `request.portal_context`. `example_note` says
    that example data is being loaded, '' otherwise.
    """
    portal = {"name": "Portal Rakortek", "round": None, "stage": None, **getattr(request, "portal_context", {})}
    return {
        "speaker": SimpleLazyObject(lambda: getattr(request, "speaker", None)),
        "portal": portal,
        "example_note": SimpleLazyObject(example_note),
    }
