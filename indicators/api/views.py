"""Documents with their lines, figures, indicators and priority trees for programs: the same visibility and filters as the pages."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api_common import IF_NONE_MATCH, actor_of, problems, tagged
from core.errors import NotFound
from core.fields import value_from
from core.serializers import written_value
from indicators.api.serializers import (
    DocumentSerializer,
    FigureSerializer,
    IndicatorDetailSerializer,
    IndicatorSerializer,
    LineSerializer,
    NodeDetailSerializer,
    NodeSerializer,
)
from indicators.filters import DocumentLineFilter, FigureFilter, IndicatorFilter
from indicators.models import Figure, Indicator
from indicators.selectors import figure_rows, figures_of_lines, figures_seen_by, with_names
from indicators.selectors.figures import ROW, VALUE
from indicators.selectors.priorities import under_node
from planning.filters import DocumentFilter, NodeFilter
from planning.models import Document, DocumentLine, PriorityNode
from planning.selectors import documents, lines_of, years_of
from planning.selectors.priorities import find_node

LISTED = problems(400, 401, 403)
ONE = problems(401, 403, 404)


def document_of(request: Request, pk: int) -> Document:
    """A document that the speaker may read; for others it is not there."""
    found = documents(actor_of(request)).filter(pk=pk).first()
    if found is None:
        raise NotFound("Dokumen tidak ditemukan.")
    return found


class DocumentList(ListAPIView[Document]):
    """Dokumen perencanaan dan penganggaran."""

    serializer_class = DocumentSerializer
    filterset_class = DocumentFilter
    queryset = Document.objects.none()

    def get_queryset(self) -> QuerySet[Document]:
        """What the speaker may read."""
        if getattr(self, "swagger_fake_view", False):
            return Document.objects.none()
        return documents(actor_of(self.request))

    @extend_schema(
        operation_id="dokumen_daftar", tags=["dokumen"], responses={200: DocumentSerializer(many=True), **LISTED}
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Dokumen yang boleh Anda baca; rancangan hanya terbaca pemiliknya dan pusat."""
        return super().get(request, *args, **kwargs)


class DocumentDetail(APIView):
    """Satu dokumen."""

    @extend_schema(
        operation_id="dokumen_baca", tags=["dokumen"], parameters=[IF_NONE_MATCH],
        responses={200: DocumentSerializer, 304: None, **ONE},
    )  # fmt: skip
    def get(self, request: Request, pk: int) -> Response:
        """Kepala dokumen; ETag berubah bila tahapan atau isinya berubah."""
        return tagged(request, DocumentSerializer(document_of(request, pk)).data)


class DocumentLines(ListAPIView[DocumentLine]):
    """Baris satu dokumen."""

    serializer_class = LineSerializer
    filterset_class = DocumentLineFilter
    queryset = DocumentLine.objects.none()

    def get_queryset(self) -> QuerySet[DocumentLine]:
        """The lines of the document in the address."""
        if getattr(self, "swagger_fake_view", False):
            return DocumentLine.objects.none()
        return lines_of(document_of(self.request, self.kwargs["pk"])).select_related("parent")

    def paginate_queryset(self, queryset: Any) -> Any:
        """A page of lines with what they say of the years and the figures they state."""
        lines = super().paginate_queryset(queryset) or []
        keys = [line.pk for line in lines]
        years, figures = years_of(keys), figures_of_lines(actor_of(self.request), keys)
        return [
            {
                "line": line, "years": years.get(line.pk, []),
                "figures": [{**row, "value": _value(row)} for row in figures.get(line.pk, [])],
            }
            for line in lines
        ]  # fmt: skip

    @extend_schema(
        operation_id="dokumen_baris", tags=["dokumen"],
        responses={200: LineSerializer(many=True), **problems(400, 401, 403, 404)},
    )  # fmt: skip
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Baris dengan target dan pagu per tahun serta angka indikatornya, berurutan menurut dokumen."""
        return super().get(request, *args, **kwargs)


def _value(row: dict[str, Any]) -> dict[str, str] | None:
    return written_value(value_from(*(row[name] for name in VALUE)))


class FigureList(ListAPIView[Figure]):
    """Angka."""

    serializer_class = FigureSerializer
    filterset_class = FigureFilter
    queryset = Figure.objects.none()

    def get_queryset(self) -> QuerySet[Figure]:
        """The figures that the speaker may read."""
        if getattr(self, "swagger_fake_view", False):
            return Figure.objects.none()
        return figures_seen_by(actor_of(self.request))

    def filter_queryset(self, queryset: Any) -> Any:
        """The figures as filtered, as plain columns."""
        return figure_rows(super().filter_queryset(queryset)).values("pk", *ROW)

    def paginate_queryset(self, queryset: Any) -> Any:
        """A page of figures."""
        return [_figure(row) for row in super().paginate_queryset(queryset) or []]

    @extend_schema(operation_id="angka_daftar", tags=["angka"], responses={200: FigureSerializer(many=True), **LISTED})
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Setiap angka menurut indikator, wilayah, tahun, jenis, dan sumber, dengan asalnya."""
        return super().get(request, *args, **kwargs)


def _figure(row: dict[str, Any]) -> dict[str, Any]:
    document = None
    if row["document_id"]:
        document = {
            "id": row["document_id"], "title": row["document"], "stage": row["stage"], "version": row["edition"],
            "line": row["line_code"],
        }  # fmt: skip
    return {
        **row, "id": row["pk"], "indicator": row["code"], "name": row["name"] or "", "region": row["region_code"], "value": _value(row),
        "document": document,
    }  # fmt: skip


class IndicatorList(ListAPIView[Indicator]):
    """Katalog indikator."""

    serializer_class = IndicatorSerializer
    filterset_class = IndicatorFilter
    queryset = Indicator.objects.none()

    def get_queryset(self) -> QuerySet[Indicator]:
        """The whole catalogue: its names are public."""
        if getattr(self, "swagger_fake_view", False):
            return Indicator.objects.none()
        actor_of(self.request)
        return with_names(Indicator.objects.select_related("bidang", "weigher"))

    @extend_schema(
        operation_id="indikator_daftar", tags=["indikator"], responses={200: IndicatorSerializer(many=True), **LISTED}
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Indikator dengan rumusan terbarunya."""
        return super().get(request, *args, **kwargs)


class IndicatorDetail(APIView):
    """Satu indikator."""

    @extend_schema(
        operation_id="indikator_baca", tags=["indikator"], parameters=[IF_NONE_MATCH],
        responses={200: IndicatorDetailSerializer, 304: None, **ONE},
    )  # fmt: skip
    def get(self, request: Request, code: str) -> Response:
        """Rumusan setiap tahun, padanan kode, dan prioritas yang diukurnya."""
        actor_of(request)
        found = with_names(Indicator.objects.select_related("bidang", "weigher")).filter(code=code).first()
        if found is None:
            raise NotFound("Indikator ini tidak ada.")
        body = IndicatorSerializer(found).data | {
            "versions": list(found.versions.order_by("year", "no").values(
                "year", "no", "name", "unit", "in_words", "outcome", "definition", "formula", "source"
            )),
            "codes": [f"{scheme}:{other}" for scheme, other in found.codes.values_list("scheme", "code")],
            "priorities": [tag.node.key for tag in found.priorities.select_related("node").order_by("node__tree", "node__year", "node__code")],
        }  # fmt: skip
        return tagged(request, body)


class NodeList(ListAPIView[PriorityNode]):
    """Pohon prioritas."""

    serializer_class = NodeSerializer
    filterset_class = NodeFilter
    queryset = PriorityNode.objects.none()

    def get_queryset(self) -> QuerySet[PriorityNode]:
        """All trees: they are public."""
        if getattr(self, "swagger_fake_view", False):
            return PriorityNode.objects.none()
        actor_of(self.request)
        return PriorityNode.objects.select_related("parent")

    @extend_schema(
        operation_id="prioritas_daftar", tags=["prioritas"], responses={200: NodeSerializer(many=True), **LISTED}
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Simpul menurut pohon, tahun, dan induknya."""
        return super().get(request, *args, **kwargs)


class NodeDetail(APIView):
    """Satu simpul prioritas."""

    @extend_schema(
        operation_id="prioritas_baca", tags=["prioritas"], parameters=[IF_NONE_MATCH],
        responses={200: NodeDetailSerializer, 304: None, **ONE},
    )  # fmt: skip
    def get(self, request: Request, key: str) -> Response:
        """Simpul dengan indikator dan sub kegiatan yang mendukungnya, termasuk pada turunannya."""
        actor_of(request)
        node = find_node(key)
        if node is None:
            raise NotFound("Simpul prioritas ini tidak ada.")
        indicators, rows = under_node(node)
        body = NodeSerializer(node).data | {
            "children": [child.key for child in node.children.order_by("code")],
            "indicators": [each.code for each in indicators],
            "sub_kegiatan": [f"{row.gov_level}:{row.kode}" for row in rows],
        }  # fmt: skip
        return tagged(request, body)
