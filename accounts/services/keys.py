"""Keys of programs: made, shown once, revoked."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.actors import Actor
from accounts.audit import audited
from accounts.models import ApiToken, Membership
from accounts.services.common import require
from accounts.tokens import new_key
from core.errors import InvalidInput, TransitionNotAllowed

LONGEST: Final = dt.timedelta(days=366)
SCOPES: Final = ("read", "write")
_NOTED_EVERY: Final = dt.timedelta(minutes=1)


def issue_token(
    actor: Actor, membership: Membership, *, name: str, scope: str, expires_at: dt.datetime
) -> tuple[ApiToken, str]:
    """Make a key for programs that speak under the actor's own membership; its text is returned once and never kept."""
    require(actor, "accounts.issue_token", membership, "Token hanya dapat dibuat untuk keanggotaan Anda sendiri.")
    now = timezone.now()
    if not Membership.objects.current().filter(pk=membership.pk).exists():
        raise TransitionNotAllowed("Keanggotaan ini sudah berakhir.")
    if not name.strip():
        raise InvalidInput("Beri nama token, misalnya nama aplikasinya.", field="name")
    if scope not in SCOPES:
        raise InvalidInput("Pilih cakupan token.", field="scope")
    if expires_at <= now or expires_at > now + LONGEST:
        raise InvalidInput("Masa berlaku harus sesudah hari ini dan paling lama satu tahun.", field="expires_at")
    key = new_key()
    with transaction.atomic():
        token = ApiToken.objects.create(
            user=actor.user,
            membership=membership,
            name=name.strip(),
            prefix=key.prefix,
            sha256=key.sha256,
            scope=scope,
            expires_at=expires_at,
        )
        facts = {"membership": membership.pk, "scope": scope, "expires": expires_at}
        audited(actor, "accounts.issue_token", token, token.prefix, after=facts)
    return token, key.text


def revoke_token(actor: Actor, token: ApiToken) -> None:
    """Make a key useless at once."""
    require(actor, "accounts.revoke_token", token)
    now = timezone.now()
    with transaction.atomic():
        if not ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=now):
            raise TransitionNotAllowed("Token ini sudah dicabut.")
        audited(actor, "accounts.revoke_token", token, token.prefix)
    token.revoked_at = now


def touch_token(token: ApiToken) -> None:
    """Note that the key was used, at most once a minute."""
    now = timezone.now()
    stale = now - _NOTED_EVERY
    if token.last_used_at is None or token.last_used_at < stale:
        unnoted = Q(last_used_at__isnull=True) | Q(last_used_at__lt=stale)
        ApiToken.objects.filter(unnoted, pk=token.pk).update(last_used_at=now)
