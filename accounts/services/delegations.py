"""Standing in by letter."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.db import transaction
from django.utils import timezone

from accounts.actors import Actor
from accounts.audit import audited
from accounts.models import Delegation, Membership, Notice, User
from accounts.selectors import delegates_for, running_delegations
from accounts.services.common import require
from core.dates import plain_date
from core.errors import InvalidInput, TransitionNotAllowed

LONGEST: Final = dt.timedelta(days=366)


def delegate(actor: Actor, membership: Membership, *, taker: User, letter: str, until: dt.datetime) -> Delegation:
    """Let `taker` speak under the actor's own membership until `until`, by a letter with this number."""
    require(actor, "accounts.delegate_membership", membership, "Hanya keanggotaan sendiri yang dapat didelegasikan.")
    _check(membership, taker, letter, until)
    with transaction.atomic():
        delegation = Delegation.objects.create(giver=membership, taker=taker, letter=letter.strip(), until=until)
        day = plain_date(timezone.localtime(until).date())
        institution = membership.institution.short_name
        Notice.objects.create(
            user=taker,
            kind="delegation",
            object_code=str(delegation.pk),
            text=f"Anda menerima pendelegasian untuk mewakili {institution} sampai {day}.",
        )
        facts = {"membership": membership.pk, "taker": taker.code, "until": until}
        audited(actor, "accounts.delegate", delegation, str(delegation.pk), after=facts)
    return delegation


def end_delegation(actor: Actor, delegation: Delegation) -> None:
    """End a delegation before its day; by the giver, the taker or the institution's koordinator."""
    require(actor, "accounts.end_delegation", delegation)
    now = timezone.now()
    with transaction.atomic():
        if not running_delegations().filter(pk=delegation.pk).update(ended_at=now):
            raise TransitionNotAllowed("Pendelegasian ini sudah berakhir.")
        audited(actor, "accounts.end_delegation", delegation, str(delegation.pk))
    delegation.ended_at = now


def _check(membership: Membership, taker: User, letter: str, until: dt.datetime) -> None:
    now = timezone.now()
    if not Membership.objects.current().filter(pk=membership.pk).exists():
        raise TransitionNotAllowed("Keanggotaan ini sudah berakhir.")
    if not letter.strip():
        raise InvalidInput("Tulis nomor surat pendelegasian.", field="letter")
    if not delegates_for(membership).filter(pk=taker.pk).exists():
        raise InvalidInput("Pilih orang dari lembaga Anda, lembaga induk, atau lembaga di bawahnya.", field="taker")
    if until <= now or until > now + LONGEST:
        raise InvalidInput("Tanggal berakhir harus sesudah hari ini dan paling lama satu tahun.", field="until")
    if membership.until is not None and until > membership.until:
        raise InvalidInput("Pendelegasian tidak dapat melewati akhir keanggotaan Anda.", field="until")
    if running_delegations().filter(giver=membership, taker=taker).exists():
        raise InvalidInput("Orang ini sudah menerima pendelegasian yang masih berlaku.", field="taker")
