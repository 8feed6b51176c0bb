"""The API of the uji keselarasan: the findings of one desk and region, read only."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.actors import can
from core.errors import InvalidInput, NotFound
from desks.api.common import actor_of, problems
from desks.models import Meja
from desks.selectors.alignment import alignment_of


class AcceptedFindingSerializer(serializers.Serializer[Any]):
    """That the region stands by a finding."""

    reason = serializers.CharField(help_text="Alasan menerima perbedaan.")
    institution = serializers.CharField()
    at = serializers.DateTimeField()


class FindingSerializer(serializers.Serializer[Any]):
    """One place where a row and a document disagree."""

    key = serializers.CharField(help_text="Tetap selama temuan tentang hal dan dokumen yang sama.")
    kind = serializers.CharField(help_text="unlinked, unit, target, no_pagu, no_target, nomenclature, atau last_year.")
    label = serializers.CharField(help_text="Jenis temuan dalam kata.")  # type: ignore[assignment]
    item = serializers.CharField(
        source="item.code", default="", help_text="Kode butir; kosong bila tidak ada tahun ini."
    )
    code = serializers.CharField(help_text="Kode indikator atau sub kegiatan.")
    name = serializers.CharField()
    opd = serializers.CharField(help_text="Perangkat daerah sub kegiatan, kosong untuk target.")
    here = serializers.CharField(help_text="Yang tertulis di Isian.")
    there = serializers.CharField(help_text="Yang tertulis di dokumen.")
    document = serializers.CharField(help_text="Dokumen dengan jenis, tahapan, dan versi.")
    open = serializers.BooleanField(help_text="Belum diterima dengan alasan, atau selnya berubah sejak diterima.")
    accepted = AcceptedFindingSerializer(allow_null=True)


class FindingsSerializer(serializers.Serializer[Any]):
    """All findings of the meja."""

    results = FindingSerializer(many=True)


class AlignmentList(APIView):
    """Uji keselarasan satu desk dan daerah."""

    @extend_schema(
        operation_id="keselarasan", tags=["keselarasan"], responses={200: FindingsSerializer, **problems(400, 401, 403, 404)},
        parameters=[OpenApiParameter("meja", OpenApiTypes.STR, required=True, description="Kode desk × daerah, seperti pada butir.")],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Temuan butir yang boleh Anda lihat; bagi pusat hanya butir yang sudah diajukan."""
        actor, code = actor_of(request), request.query_params.get("meja", "")
        if not code:
            raise InvalidInput("Sebutkan parameter meja.", field="meja")
        meja = Meja.objects.select_related("desk", "region", "round").filter(code=code).first()
        if meja is None or not can(actor, "desks.view_meja", meja):
            raise NotFound("Desk tidak ditemukan.")
        found = alignment_of(actor, meja.round, [meja])
        return Response(FindingsSerializer({"results": found}).data)
