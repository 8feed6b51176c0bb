"""What every service of this app begins with."""

from __future__ import annotations

from accounts.actors import Actor, can
from core.errors import NotAllowed


def require(actor: Actor, action: str, obj: object = None, message: str = "") -> None:
    """Go on only if the actor may do `action` to `obj`; otherwise NotAllowed."""
    if not can(actor, action, obj):
        raise NotAllowed(message)
