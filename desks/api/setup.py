"""The API of what a round consists of: rounds with their stages as they apply to the speaker, desks, indicators of a desk."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from desks.api.common import actor_of, problems
from desks.models import Desk, Round
from desks.scopes import scope_of
from desks.selectors.stages import windows_by_round

TAG = ["penyelenggaraan"]


class StageSerializer(serializers.Serializer[Any]):
    """A stage as it applies to the speaker."""

    kind = serializers.CharField(source="stage.kind")
    label = serializers.CharField(source="stage.get_kind_display")  # type: ignore[assignment]
    opens_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField(help_text="Dengan perpanjangan atau batas dalam yang berlaku bagi Anda.")
    extended = serializers.BooleanField()


class RoundSerializer(serializers.Serializer[Any]):
    """A penyelenggaraan at which the speaker sits."""

    code = serializers.CharField()
    forum_name = serializers.CharField()
    short_name = serializers.CharField()
    level = serializers.CharField()
    plan_year = serializers.IntegerField()
    held_year = serializers.IntegerField()
    tz = serializers.CharField()
    closed_at = serializers.DateTimeField(allow_null=True)
    simulated = serializers.BooleanField()
    stages = StageSerializer(many=True)


class RoundsSerializer(serializers.Serializer[Any]):
    """The rounds, newest plan year first."""

    results = RoundSerializer(many=True)


class DeskSerializer(serializers.ModelSerializer[Desk]):
    """A desk of a round."""

    round = serializers.CharField(source="round.code")

    class Meta:
        model = Desk
        fields = ("round", "code", "name", "strand", "order")
        read_only_fields = fields


class RoundList(APIView):
    """Penyelenggaraan tempat lembaga Anda duduk."""

    @extend_schema(
        operation_id="penyelenggaraan_daftar", tags=TAG, responses={200: RoundsSerializer, **problems(401, 403)}
    )
    def get(self, request: Request) -> Response:
        """Semua penyelenggaraan beserta tahapan yang berlaku bagi Anda."""
        actor = actor_of(request)
        rounds = list(Round.objects.filter(pk__in=scope_of(actor).rounds()))
        windows = windows_by_round(rounds, actor)
        names = ("code", "forum_name", "short_name", "level", "plan_year", "held_year", "tz", "closed_at", "simulated")
        rows = [{**{name: getattr(row, name) for name in names}, "stages": windows[row.pk]} for row in rounds]
        return Response(RoundsSerializer({"results": rows}).data)


class DeskList(ListAPIView[Desk]):
    """Desk pada penyelenggaraan tempat lembaga Anda duduk."""

    serializer_class = DeskSerializer
    queryset = Desk.objects.none()
    filter_backends = ()

    def get_queryset(self) -> QuerySet[Desk]:
        """The desks of the speaker's rounds; their names are known to all who sit there."""
        if getattr(self, "swagger_fake_view", False):
            return Desk.objects.none()
        rows = Desk.objects.filter(round__in=scope_of(actor_of(self.request)).rounds()).select_related("round")
        wanted = self.request.query_params.get("ronde", "")
        return rows.filter(round__code=wanted) if wanted else rows

    @extend_schema(
        operation_id="desk_daftar", tags=TAG, responses={200: DeskSerializer(many=True), **problems(401, 403)},
        parameters=[OpenApiParameter("ronde", OpenApiTypes.STR, description="Kode penyelenggaraan.")],
    )  # fmt: skip
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Daftar desk, berhalaman dengan kursor."""
        return super().get(request, *args, **kwargs)
