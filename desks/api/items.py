"""The API of agenda rows: list, one row with its version, batch save, moves. The same services and rights as the pages."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import Institution
from core.errors import (
    DomainError,
    InvalidInput,
    NotAllowed,
    NotFound,
    PreconditionFailed,
    PreconditionRequired,
    StageClosed,
    StaleState,
    TransitionNotAllowed,
)
from core.http import PROBLEM_TYPE
from core.pagination import gathered
from core.problem_body import problem
from desks.api.common import KEY, PERSON, SPEAKER, actor_of, key_of, problems
from desks.disclosure import show_handed_in
from desks.filters import ItemFilter
from desks.models import Item
from desks.scopes import is_narrow
from desks.serializers import (
    ItemSerializer,
    MoveSerializer,
    PatchSerializer,
    ResultSerializer,
    ResultsSerializer,
    SaveSerializer,
)
from desks.services.item import MAX_ROWS, RowResult, RowWrite, load_item, move_rows, save_rows

TAG = ["butir"]
IF_MATCH = OpenApiParameter(
    "If-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    required=True,
    description="ETag butir yang menjadi dasar perubahan.",
)
ERRORS: dict[type[DomainError] | str, type[DomainError]] = {
    each.code: each for each in (NotAllowed, NotFound, TransitionNotAllowed, StageClosed, StaleState)
}


class ItemList(ListAPIView[Item]):
    """Butir yang boleh Anda lihat."""

    serializer_class = ItemSerializer
    filterset_class = ItemFilter
    queryset = Item.objects.none()

    def get_queryset(self) -> QuerySet[Item]:
        """The visible rows."""
        if getattr(self, "swagger_fake_view", False):
            return Item.objects.none()
        actor = actor_of(self.request)
        rows = Item.objects.visible_to(actor)
        return gathered(rows) if is_narrow(actor) else rows

    def paginate_queryset(self, queryset: Any) -> Any:
        """A page of rows, each as the speaker may read it."""
        # The keys of the page first: sorting many joined rows costs far more than reading a hundred of them afterwards.
        keys = [row.pk for row in super().paginate_queryset(queryset.only("pk")) or []]
        named = Item.objects.select_related("round", "region", "meja__desk", "indicator", "indicator_version", "usulan")
        found = named.in_bulk(keys)
        page = [found[key] for key in keys if key in found]
        show_handed_in(page, actor_of(self.request))
        return page

    @extend_schema(
        operation_id="butir_daftar", tags=TAG, responses={200: ItemSerializer(many=True), **problems(401, 403)}
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Daftar butir, disaring dan berhalaman dengan kursor."""
        return super().get(request, *args, **kwargs)


class ItemDetail(APIView):
    """Satu butir."""

    @extend_schema(operation_id="butir_baca", tags=TAG, responses={200: ItemSerializer, **problems(401, 404)})
    def get(self, request: Request, code: str) -> Response:
        """Butir beserta versinya pada ETag."""
        return _with_etag(load_item(actor_of(request), code))

    @extend_schema(
        operation_id="butir_ubah", tags=TAG, parameters=[IF_MATCH, PERSON], request=PatchSerializer,
        responses={200: ItemSerializer, **problems(400, 401, 403, 404, 409, 412, 428)},
    )  # fmt: skip
    def patch(self, request: Request, code: str) -> Response:
        """Ubah usulan satu butir; versi yang tidak lagi berlaku dijawab 412."""
        actor = actor_of(request)
        item = load_item(actor, code)
        version = _if_match(request)
        data = PatchSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        changes = dict(data.validated_data)
        dot = changes.pop("dot")
        result = save_rows(actor, rows=[RowWrite(item.code, version, changes, dot)])[0]
        if result.status == "conflict":
            raise PreconditionFailed(**result.details)
        if not result.ok:
            raise error_of(result)
        return _with_etag(load_item(actor, code))


def _with_etag(item: Item) -> Response:
    return Response(ItemSerializer(item).data, headers={"ETag": f'"{item.version}"'})


def _if_match(request: Request) -> int:
    given = request.headers.get("If-Match", "").strip()
    if not given:
        raise PreconditionRequired()
    found = re.fullmatch(r'(?:W/)?"?(\d{1,9})"?', given)
    if found is None:
        raise PreconditionFailed()
    return int(found[1])


def error_of(result: RowResult) -> DomainError:
    """The refusal of a single row as the error it was."""
    return ERRORS.get(result.problem, InvalidInput)(result.message, code=result.problem or None, **result.details)


def _answer(results: list[RowResult]) -> Response:
    """The rows of a batch; a batch of one that conflicts is a 409 with the same row inside."""
    rows = ResultSerializer(results, many=True).data
    if len(results) == 1 and results[0].status == "conflict":
        body = {**problem(StaleState(results[0].message, **results[0].details)), "rows": rows}
        return Response(body, status=409, content_type=PROBLEM_TYPE)
    return Response({"rows": rows})


class ItemSave(APIView):
    """Simpan banyak butir sekaligus."""

    @extend_schema(
        operation_id="butir_simpan", tags=TAG, parameters=[KEY, PERSON, SPEAKER], request=SaveSerializer,
        responses={200: ResultsSerializer, **problems(400, 401, 403, 409, 422, 428)},
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """Tiap baris diterima atau ditolak sendiri-sendiri, dalam satu transaksi."""
        actor, key = actor_of(request), key_of(request)
        data = SaveSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        rows = [
            RowWrite(row["code"], row["version"], dict(row["changes"]), row["dot"])
            for row in data.validated_data["rows"]
        ]
        return _answer(save_rows(actor, rows=rows, key=key))


class ItemMove(APIView):
    """Pindahkan banyak butir ke keadaan berikutnya."""

    @extend_schema(
        operation_id="butir_pindah", tags=TAG, parameters=[KEY, PERSON], request=MoveSerializer,
        responses={200: ResultsSerializer, **problems(400, 401, 403, 409, 422, 428)},
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """Usulkan, kembalikan, ajukan, jawab atau minta perbaikan, tarik. Putusan hanya di ruang desk."""
        actor, key = actor_of(request), key_of(request)
        data = MoveSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        wanted = data.validated_data
        rows = [(row["code"], row["version"]) for row in wanted["rows"]]
        if len(rows) > MAX_ROWS:
            raise InvalidInput(f"Paling banyak {MAX_ROWS} baris sekali kirim.")
        return _answer(move_rows(actor, wanted["action"], rows, given=_given(wanted.get("given") or {}), key=key))


def _given(typed: dict[str, Any]) -> dict[str, Any]:
    given = dict(typed)
    if "owner" in given:
        kind, _, kode = str(given["owner"]).partition(":")
        given["owner"] = Institution.objects.filter(kind=kind, kode=kode, active=True).first()
        if given["owner"] is None:
            raise InvalidInput("Penanggung jawab tidak dikenal. Tulis jenis:kode lembaga.", field="owner")
    return given
