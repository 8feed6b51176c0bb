"""A person's own access: passwords, contact, the membership last spoken under."""

from __future__ import annotations

from django.db import transaction

from accounts.actors import Actor
from accounts.audit import audited
from accounts.models import Membership, Preference, User
from accounts.selectors import PREFERENCE_KEY
from core.errors import TransitionNotAllowed


def set_first_password(user: User, password: str) -> None:
    """Set the password by a one-time link; of two uses at once only one holds."""
    before = user.password
    user.set_password(password)
    with transaction.atomic():
        if not User.objects.filter(pk=user.pk, password=before).update(password=user.password):
            raise TransitionNotAllowed("Tautan ini sudah dipakai. Masuk dengan kata sandi yang sudah dibuat.")
        audited(None, "accounts.set_password_by_link", user, user.code)


def set_password(user: User, password: str) -> None:
    """Replace one's own password; all other sessions of the person end."""
    user.set_password(password)
    with transaction.atomic():
        user.save(update_fields=["password"])
        audited(None, "accounts.change_password", user, user.code)


def change_contact(actor: Actor | None, user: User, *, nip: str, phone: str) -> None:
    """Keep one's own NIP and telephone number; the trail says that, never what."""
    changed = sorted(key for key, value in (("nip", nip), ("phone", phone)) if getattr(user, key) != value)
    if not changed:
        return
    user.nip, user.phone = nip, phone
    with transaction.atomic():
        user.save(update_fields=changed)
        audited(actor, "accounts.change_contact", user, user.code, after={"changed": changed})


def remember_speaker(user: User, membership: Membership) -> None:
    """Keep the choice for the next login."""
    Preference.objects.update_or_create(user=user, key=PREFERENCE_KEY, defaults={"value": str(membership.pk)})
