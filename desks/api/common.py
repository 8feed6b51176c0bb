"""What the routes of the desks share: who acts, the key of a write, the body, an institution by its code."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from accounts.api_common import actor_of, problems
from accounts.models import Institution
from core.errors import InvalidInput, PreconditionRequired

__all__ = ["KEY", "PERSON", "SPEAKER", "actor_of", "institution_by_code", "key_of", "problems", "read_body"]

KEY = OpenApiParameter(
    "Idempotency-Key", OpenApiTypes.STR, OpenApiParameter.HEADER, required=True,
    description="Kunci acak paling panjang 64 karakter; kiriman ulang dengan kunci dan isi yang sama dijawab sama.",
)  # fmt: skip
PERSON = OpenApiParameter(
    "X-Person", OpenApiTypes.STR, OpenApiParameter.HEADER, required=False,
    description="Kode orang yang menulis, bagi halaman yang lama terbuka; bila bukan yang kini masuk, jawabannya 409 `other_person`.",
)  # fmt: skip
SPEAKER = OpenApiParameter(
    "X-Speaker", OpenApiTypes.STR, OpenApiParameter.HEADER, required=False,
    description="Lembaga dan peran yang diwakili saat mengetik, seperti `data-speaker` pada halaman; bila kini lain, jawabannya 409 `other_speaker`.",
)  # fmt: skip


def key_of(request: Request) -> str:
    """The idempotency key that every write carries; 428 without."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if not key:
        raise PreconditionRequired("Sertakan header Idempotency-Key agar kiriman ulang tidak tercatat dua kali.")
    return key


def read_body(serializer: type[Any], request: Request) -> dict[str, Any]:
    """The body of a request, checked; what is wrong is told by field (400)."""
    data = serializer(data=request.data)
    data.is_valid(raise_exception=True)
    return dict(data.validated_data)


def institution_by_code(code: str) -> Institution | None:
    """The institution of `kind:code`, None for an empty text; InvalidInput for an unknown one."""
    if not code:
        return None
    kind, _, kode = code.partition(":")
    found = Institution.objects.filter(kind=kind, kode=kode).first()
    if found is None:
        raise InvalidInput(f"Lembaga {code} tidak dikenal.")
    return found
