"""The audit rows of this app: codes only, in the form the chain expects."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from accounts.actors import Actor
from core.audit import record_audit
from core.middleware import current_request_id


def audited(actor: Actor | None, action: str, subject: Model, code: str, **change: Any) -> None:
    """Record an act on `subject`, known as `code`; None acts for the system. `change` is `before` and `after`."""
    request_id = current_request_id()
    record_audit(
        action,
        model=subject._meta.label_lower,
        object_code=code,
        actor=actor.user.code if actor else "",
        inst_text=actor.institution.code if actor else "",
        request_id="" if request_id == "-" else request_id,
        **change,
    )
