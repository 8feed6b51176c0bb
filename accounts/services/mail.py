"""Letters to people, sent after the transaction has held; a mail server that is down never undoes an act."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from accounts.models import User
from accounts.tokens import invitation_tokens


def absolute(path: str) -> str:
    """The address of a page as it stands in a letter."""
    return f"{settings.PORTAL_URL.rstrip('/')}{path}"


def invitation_link(user: User) -> str:
    """The one-time address at which a person without a password sets it."""
    return absolute(reverse("accounts:first_login", args=[_uid(user), invitation_tokens.make_token(user)]))


def reset_link(user: User) -> str:
    """The one-time address at which a person replaces a forgotten password."""
    return absolute(reverse("accounts:reset_confirm", args=[_uid(user), default_token_generator.make_token(user)]))


def post(template: str, subject: str, user: User, **facts: Any) -> None:
    """Send the text `accounts/mail/<template>.txt` to the person once the present transaction has been committed."""
    if not user.email:
        return
    text = render_to_string(f"accounts/mail/{template}.txt", {"user": user, "portal_url": absolute("/"), **facts})
    send = partial(send_mail, subject, text, settings.DEFAULT_FROM_EMAIL, [user.email])
    transaction.on_commit(send, robust=True)


def _uid(user: User) -> str:
    return urlsafe_base64_encode(force_bytes(user.pk))
