"""What every route of the API shares: who acts, and how its refusals are described."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.actors import Actor
from core.canonical import canonical, sha256_hex
from core.errors import NotAllowed
from core.serializers import ProblemSerializer

IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match", OpenApiTypes.STR, OpenApiParameter.HEADER, required=False,
    description="ETag yang sudah Anda punya; bila isinya tetap, jawabannya 304 tanpa isi.",
)  # fmt: skip

CONFLICT = (
    "Yang dikirim tidak berlaku pada keadaan sekarang; `code` menyebut sebabnya: `stale` (diubah orang lain lebih dahulu), "
    "`transition_not_allowed`, `consent_missing`, `stage_closed`, `other_person` (X-Person menyebut orang lain; tidak ada yang disimpan), "
    "atau `other_speaker` (X-Speaker menyebut lembaga lain; tidak ada yang disimpan)."
)


def problems(*statuses: int) -> dict[int, OpenApiResponse]:
    """The refusals of a route, for its description."""
    words = {409: CONFLICT}
    return {status: OpenApiResponse(ProblemSerializer, description=words.get(status, "")) for status in statuses}


def actor_of(request: Request) -> Actor:
    """Who acts: the speaker of the session or of the token."""
    actor: Actor | None = request.actor  # type: ignore[attr-defined]
    if actor is None:
        raise NotAllowed("Anda belum mewakili lembaga mana pun.")
    return actor


def tagged(request: Request, body: Any) -> Response:
    """The answer with its ETag, or 304 where the client has it already."""
    tag = f'"{sha256_hex(canonical(body))[:32]}"'
    if tag in request.headers.get("If-None-Match", ""):
        return Response(status=304, headers={"ETag": tag})
    return Response(body, headers={"ETag": tag})
