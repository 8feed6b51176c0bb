"""The API of warnings: accepting one with a reason. Reading them goes with saving and with the row."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from desks.api.common import KEY, PERSON, SPEAKER, actor_of, key_of, problems, read_body
from desks.selectors.slips_supports import open_slips
from desks.serializers_slips import AcceptedSerializer, AcceptWarningSerializer
from desks.services.item import load_item
from desks.services.slips import accept_warning


class ItemWarning(APIView):
    """Peringatan pada satu butir."""

    @extend_schema(
        operation_id="butir_peringatan", tags=["butir"], parameters=[KEY, PERSON, SPEAKER], request=AcceptWarningSerializer,
        responses={200: AcceptedSerializer, **problems(400, 401, 403, 404, 409, 422, 428)},
    )  # fmt: skip
    def post(self, request: Request, code: str) -> Response:
        """Terima peringatan dengan alasan; nilai yang sama tidak diperingatkan lagi."""
        actor, key = actor_of(request), key_of(request)
        item = load_item(actor, code)
        wanted = read_body(AcceptWarningSerializer, request)
        written = accept_warning(actor, item, **wanted, key=key)
        left = open_slips([item]).get(item.pk, [])
        return Response(AcceptedSerializer({"code": item.code, "written": written, "warnings": left}).data)
