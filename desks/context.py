"""What every page of the portal shows beside its content: announcements."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from desks.selectors.announcements import announcements_for


def announcements(request: HttpRequest) -> dict[str, Any]:
    """`announcements`: those this person has not put away, read only where the page draws them."""
    return {"announcements": SimpleLazyObject(lambda: announcements_for(request))}
