"""The password again before a signature counts; a few tries, then a pause."""

from __future__ import annotations

from django.core.cache import cache

from accounts.actors import Actor
from core.errors import InvalidInput, TooManyAttempts

TRIES = 5
PAUSE = 15 * 60


def reauthenticate(actor: Actor, password: str) -> None:
    """Raise unless the actor's own password was typed: InvalidInput when wrong, TooManyAttempts after five wrong ones in 15 minutes."""
    key = f"reauth:{actor.user.pk}"
    if cache.get(key, 0) >= TRIES:
        raise TooManyAttempts("Kata sandi salah berkali-kali. Tunggu 15 menit lalu coba lagi.")
    if not actor.user.check_password(password):
        cache.add(key, 0, PAUSE)
        cache.incr(key)
        raise InvalidInput("Kata sandi salah. Tanda tangan belum tercatat.", field="password")
    cache.delete(key)
