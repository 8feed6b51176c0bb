"""Secrets that are given out once: the link of the first login and the keys of programs."""

from __future__ import annotations

import hashlib
import secrets
from typing import Final, NamedTuple

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.utils.crypto import constant_time_compare
from django.utils.http import base36_to_int

from accounts.models import User
from core.codes import ALPHABET

INVITATION_DAYS: Final = 7
TOKEN_MARK: Final = "rk"  # noqa: S105 (the public beginning of every key)
_SECONDS_A_DAY: Final = 86_400
_PREFIX_LENGTH: Final = 8


class InvitationTokenGenerator(PasswordResetTokenGenerator):
    """The one-time link of the first login: good for seven days, dead with a password set or a newer link."""

    key_salt = "accounts.tokens.InvitationTokenGenerator"

    def check_token(self, user: User | None, token: str | None) -> bool:
        """Whether the link belongs to this person, who has no password yet, and is not older than seven days."""
        if user is None or not token or user.has_usable_password():
            return False
        stamp, _, _ = token.partition("-")
        try:
            made = base36_to_int(stamp)
        except ValueError:
            return False
        if not constant_time_compare(self._make_token_with_timestamp(user, made, self.secret), token):
            return False
        age = self._num_seconds(self._now()) - made
        return age <= INVITATION_DAYS * _SECONDS_A_DAY


invitation_tokens = InvitationTokenGenerator()


class NewKey(NamedTuple):
    """A key as shown once, and what is kept of it."""

    text: str
    prefix: str
    sha256: str


def new_key() -> NewKey:
    """A fresh key `rk_<prefix>_<secret>`; the secret carries 256 bits."""
    prefix = "".join(secrets.choice(ALPHABET) for _ in range(_PREFIX_LENGTH))
    text = f"{TOKEN_MARK}_{prefix}_{secrets.token_hex(32)}"
    return NewKey(text, prefix, key_hash(text))


def key_hash(text: str) -> str:
    """What is kept of a key: its SHA-256. The secret is random and long, so a slow hash would add nothing."""
    return hashlib.sha256(text.encode()).hexdigest()


def prefix_of(text: str) -> str:
    """The public part of a key as sent, '' when it has not the form of one."""
    parts = text.split("_")
    return parts[1] if len(parts) == 3 and parts[0] == TOKEN_MARK and len(parts[1]) == _PREFIX_LENGTH else ""
