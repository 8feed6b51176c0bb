"""How programs and the portal's own pages prove to the API who they are."""

from __future__ import annotations

from typing import Any, Final, cast

from django.utils import timezone
from django.utils.crypto import constant_time_compare
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from accounts.actors import Actor
from accounts.models import ApiToken, Membership, User
from accounts.services.keys import touch_token
from accounts.tokens import key_hash, prefix_of

CHALLENGE: Final = 'Token realm="api"'
_REFUSED: Final = "Token tidak dikenal, sudah dicabut, atau sudah tidak berlaku."


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Token rk_…`; the actor speaks under the token's membership and is marked as a program."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """The token's person, None where no token was sent; a token that no longer holds is 401, a wrong scope 403."""
        kind, _, text = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if kind.lower() != "token":
            return None
        token = _token(text.strip())
        if token.scope != "write" and request.method not in SAFE_METHODS:
            raise PermissionDenied("Token ini hanya untuk membaca.", code="read_only_token")
        touch_token(token)
        cast(Any, request._request).actor = Actor(token.user, token.membership, api=True)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """Makes the answer to the anonymous a 401 instead of a 403."""
        return CHALLENGE


class PortalSessionAuthentication(SessionAuthentication):
    """The portal's own pages: session and CSRF token; the actor is the speaker of the session."""

    def authenticate_header(self, request: Request) -> str:
        """Makes the answer to the anonymous a 401 instead of a 403."""
        return CHALLENGE


def _token(text: str) -> ApiToken:
    sought = ApiToken.objects.select_related("user", "membership__institution__region")
    token = sought.filter(prefix=prefix_of(text)).first() if prefix_of(text) else None
    if token is None or not constant_time_compare(token.sha256, key_hash(text)):
        raise AuthenticationFailed(_REFUSED)
    holds = token.revoked_at is None and token.expires_at > timezone.now() and token.user.is_active
    if not holds or token.membership.user_id != token.user_id or not _current(token.membership):
        raise AuthenticationFailed(_REFUSED)
    return token


def _current(membership: Membership) -> bool:
    now = timezone.now()
    return membership.valid_from <= now and (membership.until is None or membership.until > now)


class TokenScheme(OpenApiAuthenticationExtension):
    """Describes the token in the API description."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """An API key in the Authorization header."""
        return {"type": "apiKey", "in": "header", "name": "Authorization", "description": "Token rk_…"}


class SessionScheme(OpenApiAuthenticationExtension):
    """Describes the session cookie in the API description."""

    target_class = PortalSessionAuthentication
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """The cookie of a logged-in browser."""
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}
