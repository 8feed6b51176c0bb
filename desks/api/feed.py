"""The change feed: a program asks what happened since the number it knows and reads the rows anew that changed."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.errors import InvalidInput
from desks.api.common import actor_of, problems
from desks.selectors.feed import MOST, changes_after

MAX_NUMBER = 2**63 - 1


class ChangeSerializer(serializers.Serializer[Any]):
    """One act on a row."""

    id = serializers.IntegerField(help_text="Nomor urut peristiwa.")
    at = serializers.DateTimeField()
    action = serializers.CharField(help_text="Tindakan, misalnya submit, position, stance, agree.")
    item = serializers.CharField(help_text="Kode butir.")
    meja = serializers.CharField()
    round = serializers.CharField(help_text="Kode penyelenggaraan.")
    region = serializers.CharField(help_text="Kode wilayah Kemendagri.")
    institution = serializers.CharField(help_text="Lembaga yang bertindak, jenis:kode.")
    on_behalf = serializers.CharField(help_text="Atas nama lembaga, kosong bila untuk diri sendiri.")
    item_version = serializers.IntegerField(allow_null=True, help_text="Versi butir sesudahnya, bila berubah.")
    state = serializers.CharField(help_text="Keadaan butir sesudahnya, kosong bila tidak berubah.")


class FeedSerializer(serializers.Serializer[Any]):
    """The next changes and where to go on."""

    results = ChangeSerializer(many=True)
    next = serializers.IntegerField(help_text="Nilai `after` untuk permintaan berikutnya.")
    more = serializers.BooleanField(help_text="Masih ada lanjutan; minta lagi segera.")


class ChangeFeed(APIView):
    """Perubahan pada butir yang boleh Anda lihat."""

    @extend_schema(
        operation_id="perubahan", tags=["perubahan"], responses={200: FeedSerializer, **problems(400, 401, 403)},
        parameters=[OpenApiParameter("after", OpenApiTypes.INT64, description="Nomor terakhir yang sudah dibaca; 0 untuk dari awal.")],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Peristiwa sesudah nomor `after`, paling banyak 200, dari yang lama ke yang baru. Yang terjadi dalam lima detik terakhir menyusul."""
        actor = actor_of(request)
        after = _after(request.query_params.get("after", "0"))
        found = changes_after(actor, after, limit=MOST + 1)
        rows, more = found[:MOST], len(found) > MOST
        return Response({
            "results": [asdict(row) for row in rows], "next": rows[-1].id if rows else after, "more": more,
        })  # fmt: skip


def _after(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text) > MAX_NUMBER:
        raise InvalidInput("Parameter after harus berupa bilangan bulat, misalnya 0.", field="after")
    return int(text)
