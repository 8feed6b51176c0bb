"""The API of usulan at the desk and of their evidence: correcting, merging, splitting, tagging; uploading and fetching files."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.actors import Actor
from accounts.models import Region
from core.errors import InvalidInput, NotFound, PreconditionFailed, StaleState
from core.files import file_response
from core.models import StoredFile
from desks.api.common import KEY, PERSON, actor_of, key_of, problems, read_body
from desks.api.items import IF_MATCH, _if_match
from desks.api.usulan import TAG, aim_of, shown_answer, usulan_row
from desks.models import Item, Session, Usulan
from desks.selectors.room import load_session
from desks.selectors.usulan.page import only, shown_usulan
from desks.serializers_usulan import EvidenceSerializer, UsulanActSerializer, UsulanShownSerializer
from desks.services.item import load_item
from desks.services.usulan.aims import AimData
from desks.services.usulan.evidence import upload_evidence
from desks.services.usulan.lineage import merge_usulan, split_usulan
from desks.services.usulan.priorities import tag_usulan
from desks.services.usulan.room import correct_usulan


class Evidence(APIView):
    """Bukti satu kriteria kesiapan."""

    parser_classes = (MultiPartParser,)

    @extend_schema(
        operation_id="usulan_bukti_ambil", tags=TAG,
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY, **problems(401, 403, 404)},
    )  # fmt: skip
    def get(self, request: Request, code: str, criterion: str) -> FileResponse:
        """Unduh berkas bukti; yang belum diajukan hanya terbaca di daerahnya."""
        actor = actor_of(request)
        item = usulan_row(actor, code)
        shown = only(shown_usulan(actor, Usulan.objects.filter(item=item)))
        named = next((row.file for row in shown.readiness if row.criterion == criterion and row.file), "")
        stored = StoredFile.objects.filter(code=named).first() if named else None
        if stored is None:
            raise NotFound("Belum ada berkas bukti untuk kriteria ini.")
        return file_response(stored)

    @extend_schema(
        operation_id="usulan_bukti_unggah", tags=TAG, parameters=[IF_MATCH, KEY, PERSON],
        request={"multipart/form-data": EvidenceSerializer},
        responses={200: UsulanShownSerializer, **problems(400, 401, 403, 404, 409, 412, 422, 428)},
    )  # fmt: skip
    def put(self, request: Request, code: str, criterion: str) -> Response:
        """Unggah berkas sebagai bukti; isi usulan yang lain tetap. Versi yang tidak lagi berlaku dijawab 412."""
        actor, key = actor_of(request), key_of(request)
        item = usulan_row(actor, code)
        version = _if_match(request)
        wanted = read_body(EvidenceSerializer, request)
        facts = {"status": wanted["status"], "month": wanted["month"]}
        try:
            upload_evidence(actor, item, criterion, wanted["file"], **facts, seen_version=version, key=key)
        except StaleState as error:
            raise PreconditionFailed(**error.details) from error
        return shown_answer(actor, load_item(actor, code))


class SessionUsulan(APIView):
    """Usulan dalam sesi."""

    @extend_schema(
        operation_id="sesi_usulan", tags=TAG, parameters=[KEY, PERSON], request=UsulanActSerializer,
        responses={200: UsulanShownSerializer, **problems(400, 401, 403, 404, 409, 422, 428)},
    )  # fmt: skip
    def post(self, request: Request, code: str) -> Response:
        """Koreksi (semula/menjadi), gabungkan, pecah, atau tandai prioritas; pecahan dijawab dengan usulan barunya."""
        actor, key = actor_of(request), key_of(request)
        session = load_session(actor, code)
        given = read_body(UsulanActSerializer, request)
        item = usulan_row(actor, given["item"])
        if not session.agenda.filter(item=item).exists():
            raise NotFound("Usulan ini tidak ada pada agenda sesi.")
        made = ACTS[given["verb"]](actor, session, item, given, {"seen_version": given["version"], "key": key})
        return shown_answer(actor, load_item(actor, made.item.code))


def _correct(actor: Actor, session: Session, item: Item, given: dict[str, Any], seen: dict[str, Any]) -> Usulan:
    return correct_usulan(
        actor, session, item, given["field"], aim=aim_of(item.meja, given), unit=given["unit"], place=given["place"],
        region_id=_region(given["region"]), detail=given["detail"], reason=given["text"], **seen,
    )  # fmt: skip


def _region(kode: str) -> int | None:
    if not kode:
        return None
    found = Region.objects.filter(kode=kode).values_list("pk", flat=True).first()
    if found is None:
        raise InvalidInput(f"Kode wilayah {kode} tidak dikenal.", field="region")
    return int(found)


def _merge(actor: Actor, session: Session, item: Item, given: dict[str, Any], seen: dict[str, Any]) -> Usulan:
    if not given["other"]:
        raise InvalidInput("Sebut usulan yang digabungkan.", field="other")
    return merge_usulan(actor, session, item, usulan_row(actor, given["other"]), note=given["text"], **seen)


def _split(actor: Actor, session: Session, item: Item, given: dict[str, Any], seen: dict[str, Any]) -> Usulan:
    chosen = aim_of(item.meja, given)
    aim = chosen if chosen != AimData() else None
    return split_usulan(
        actor, session, item, given["places"], title=given["title"], aim=aim, note=given["text"], **seen
    )


def _tag(actor: Actor, session: Session, item: Item, given: dict[str, Any], seen: dict[str, Any]) -> Usulan:
    return tag_usulan(actor, session, item, given["priorities"], **seen)


ACTS = {"correct": _correct, "merge": _merge, "split": _split, "tag": _tag}
