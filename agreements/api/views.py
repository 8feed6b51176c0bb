"""Berita acara for programs: reading only. Signing and finalising are for persons at the screen."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import viewsets

from agreements.api.serializers import BaDetailSerializer, BaSerializer
from agreements.models import BeritaAcara
from agreements.selectors.lists import BaFilter, narrowed
from core.errors import NotAllowed


@extend_schema_view(
    list=extend_schema(
        tags=["berita acara"], operation_id="berita_acara_daftar",
        parameters=[OpenApiParameter(name, str) for name in ("round", "desk", "region", "state", "q")],
    ),
    retrieve=extend_schema(tags=["berita acara"], operation_id="berita_acara"),
)  # fmt: skip
class BaViewSet(viewsets.ReadOnlyModelViewSet):
    """Berita acara yang terlihat bagi pemilik token, dan isi naskah finalnya."""

    lookup_field = "code"
    lookup_value_regex = "[0-9A-Z]{10}"
    queryset = BeritaAcara.objects.none()
    filter_backends = ()

    def get_queryset(self) -> QuerySet[BeritaAcara]:
        """What the actor sees, narrowed like the list on the screen."""
        if getattr(self, "swagger_fake_view", False):
            return BeritaAcara.objects.none()
        actor = cast(Any, self.request).actor
        if actor is None:
            raise NotAllowed("Anda belum mewakili lembaga mana pun.")
        rows: QuerySet[BeritaAcara] = BeritaAcara.objects.visible_to(actor).select_related("round", "snapshot")
        if self.action == "list":
            wanted = {name: self.request.query_params.get(name, "") for name in BaFilter.__dataclass_fields__}
            rows = narrowed(rows, BaFilter(**wanted))
        return rows.prefetch_related("meja_rows__meja__desk", "meja_rows__meja__region")

    def get_serializer_class(self) -> Any:
        """The detail carries the whole text."""
        return BaSerializer if self.action == "list" else BaDetailSerializer
