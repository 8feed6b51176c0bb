"""The API on the person who asks."""

from __future__ import annotations

from typing import cast

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.actors import Actor
from accounts.models import User
from accounts.selectors import speakable
from accounts.serializers import MeSerializer


class Me(APIView):
    """Siapa saya menurut portal, dan untuk lembaga mana saya berbicara."""

    @extend_schema(responses=MeSerializer, operation_id="saya", tags=["akun"])
    def get(self, request: Request) -> Response:
        """A token speaks under its own membership alone."""
        actor: Actor | None = request.actor  # type: ignore[attr-defined]
        via_token = actor is not None and actor.api
        user = cast(User, request.user)
        me = {
            "code": user.code,
            "via_token": via_token,
            "speaking_as": actor.membership if actor else None,
            "memberships": [actor.membership] if actor and via_token else list(speakable(user)),
        }
        return Response(MeSerializer(me).data)
