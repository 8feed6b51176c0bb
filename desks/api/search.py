"""The API of the search: the same groups, each within what the speaker sees."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.search import read_terms, search
from desks.api.common import actor_of, problems


class HitSerializer(serializers.Serializer[Any]):
    """One result; `url` is a page of the portal."""

    title = serializers.CharField()
    code = serializers.CharField(allow_blank=True)
    where = serializers.CharField(allow_blank=True)
    state = serializers.CharField(allow_blank=True)
    url = serializers.CharField()


class FoundSerializer(serializers.Serializer[Any]):
    """The first results of one kind; `more` says that there are others."""

    key = serializers.CharField(source="group.key")
    title = serializers.CharField(source="group.title")
    more = serializers.BooleanField()
    hits = HitSerializer(many=True)


class SearchSerializer(serializers.Serializer[Any]):
    """The kinds that have a result."""

    results = FoundSerializer(many=True)


class Search(APIView):
    """Pencarian."""

    @extend_schema(
        operation_id="cari", tags=["cari"], responses={200: SearchSerializer, **problems(400, 401, 403)},
        parameters=[OpenApiParameter("q", OpenApiTypes.STR, required=True, description="Kode, atau kata-kata yang semuanya harus ada.")],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Butir, sub kegiatan, berita acara, indikator, dan dokumen yang cocok; paling banyak sepuluh setiap kelompok."""
        found = search(actor_of(request), read_terms(request.query_params.get("q", "")))
        return Response(SearchSerializer({"results": found}).data)
