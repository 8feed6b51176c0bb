"""The API around one row: what stands beside it, its note blocks, its sub kegiatan. The same services and rights as the pages."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import Region
from core.errors import InvalidInput
from desks.api.common import KEY, PERSON, actor_of, institution_by_code, key_of, problems, read_body
from desks.api.items import answer_rows
from desks.choices import NoteKind
from desks.detail_serializers import (
    ItemDetailsSerializer,
    NoteAnswerSerializer,
    NoteWriteSerializer,
    SupportSaveSerializer,
    SupportShownSerializer,
    SupportWriteSerializer,
)
from desks.models import Item
from desks.selectors.item import figure_rows, find_nomenclature, moves_for, notes_of, offers_of, supports_of
from desks.serializers import ResultsSerializer
from desks.services.item import load_item
from desks.services.support import SupportData, add_support
from desks.services.support_batch import SupportWrite, save_supports
from desks.services.talk import write_note
from planning.models import FundingSource

TAG = ["butir"]


class ItemDetails(APIView):
    """Sekitar satu butir."""

    @extend_schema(
        operation_id="butir_rincian", tags=TAG, responses={200: ItemDetailsSerializer, **problems(401, 403, 404)}
    )
    def get(self, request: Request, code: str) -> Response:
        """Angka pembanding beserta sumbernya, angka di meja dan sikap, sub kegiatan, catatan, tindakan yang terbuka."""
        actor = actor_of(request)
        item = load_item(actor, code)
        figures = [
            {"label": label, "text": shown.text, "mark": shown.mark, "origin": shown.origin, "year": shown.year}
            for label, shown in figure_rows(item)
        ]
        body = {
            "code": item.code, "version": item.version, "figures": figures, "offers": offers_of(item), "supports": supports_of(actor, item),
            "notes": notes_of(actor, item), "moves": [move.action for move, blocked in moves_for(actor, item) if not blocked],
        }  # fmt: skip
        return Response(ItemDetailsSerializer(body).data)


class ItemNote(APIView):
    """Catatan pada satu butir."""

    @extend_schema(
        operation_id="butir_catatan", tags=TAG, parameters=[KEY, PERSON], request=NoteWriteSerializer,
        responses={200: NoteAnswerSerializer, **problems(400, 401, 403, 404, 409, 422, 428)},
    )  # fmt: skip
    def put(self, request: Request, code: str) -> Response:
        """Tulis blok catatan lembaga Anda; yang sudah diubah orang lain dijawab 409 dengan kedua naskah."""
        actor, key = actor_of(request), key_of(request)
        item = load_item(actor, code)
        wanted = read_body(NoteWriteSerializer, request)
        note = write_note(
            actor, item.meja, item=item, text=wanted["text"], seen_version=wanted["version"],
            kind=NoteKind.INTERNAL if wanted["internal"] else NoteKind.DESK,
            institution=institution_by_code(wanted.get("for_institution", "")), key=key,
        )  # fmt: skip
        return Response(NoteAnswerSerializer(note).data)


class ItemSupports(APIView):
    """Sub kegiatan pendukung satu butir."""

    @extend_schema(
        operation_id="butir_sub_kegiatan", tags=TAG, parameters=[KEY, PERSON], request=SupportWriteSerializer,
        responses={200: SupportShownSerializer(many=True), **problems(400, 401, 403, 404, 409, 422, 428)},
    )  # fmt: skip
    def post(self, request: Request, code: str) -> Response:
        """Tautkan satu sub kegiatan; dijawab dengan semua sub kegiatan butir itu."""
        actor, key = actor_of(request), key_of(request)
        item = load_item(actor, code)
        wanted = read_body(SupportWriteSerializer, request)
        add_support(actor, item, _support_data(item, wanted), seen_version=wanted["version"], key=key)
        return Response(SupportShownSerializer(supports_of(actor, load_item(actor, code)), many=True).data)


class SupportSave(APIView):
    """Simpan banyak sub kegiatan sekaligus."""

    @extend_schema(
        operation_id="sub_kegiatan_simpan", tags=TAG, parameters=[KEY, PERSON], request=SupportSaveSerializer,
        responses={200: ResultsSerializer, **problems(400, 401, 403, 409, 422, 428)},
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """Tautkan, ubah, atau hapus; tiap baris diterima atau ditolak sendiri-sendiri. Kode jawaban: BUTIR|kode|perangkat daerah."""
        actor, key = actor_of(request), key_of(request)
        rows = [SupportWrite(**row) for row in read_body(SupportSaveSerializer, request)["rows"]]
        return answer_rows(save_supports(actor, rows=rows, key=key))


def _support_data(item: Item, wanted: dict[str, Any]) -> SupportData:
    found = [row for row in find_nomenclature(item, wanted["kode"]) if row.kode == wanted["kode"]]
    if not found:
        raise InvalidInput(f"Sub kegiatan {wanted['kode']} tidak ada pada bidang urusan butir ini.", field="kode")
    opd = institution_by_code(wanted["opd"])
    sources = dict(FundingSource.objects.values_list("kode", "pk"))
    funds = []
    for row in wanted["funds"]:
        if row["fund"] not in sources:
            raise InvalidInput(f"Sumber dana {row['fund']} tidak dikenal.", field="funds")
        funds.append((sources[row["fund"]], row["amount"], row["unit"]))
    return SupportData(
        found[-1].pk, opd.pk if opd else 0, wanted["volume"], wanted["volume_unit"], _places(wanted["places"]), tuple(funds)
    )  # fmt: skip


def _places(codes: list[str]) -> tuple[int, ...]:
    known = dict(Region.objects.filter(kode__in=codes).values_list("kode", "pk"))
    missing = sorted(set(codes) - set(known))
    if missing:
        raise InvalidInput(f"Kode wilayah tidak dikenal: {', '.join(missing)}.", field="places")
    return tuple(known[kode] for kode in codes)
