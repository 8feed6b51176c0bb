"""The API of sittings: list, agenda with consent, figures, stances, verdicts. The same services and rights as the room."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.actors import Actor
from core.errors import InvalidInput, NotFound, PreconditionRequired
from desks.api.common import KEY, PERSON, actor_of, institution_by_code, key_of, problems, read_body
from desks.api.items import answer_rows
from desks.models import Item, Session
from desks.room_serializers import (
    AgendaRowSerializer,
    FigureSerializer,
    RoomSerializer,
    SessionSerializer,
    StancesSerializer,
    VerdictSerializer,
)
from desks.selectors.consent import consent_of
from desks.selectors.room import agenda_of, load_session, versions_of, visible_sessions
from desks.serializers import ItemSerializer, ResultsSerializer
from desks.services.item import load_item
from desks.services.settle import settle
from desks.services.talk import put_position, take_stances

TAG = ["sesi"]


class SessionList(ListAPIView[Session]):
    """Sesi desk yang boleh Anda ikuti."""

    serializer_class = SessionSerializer
    queryset = Session.objects.none()

    def get_queryset(self) -> QuerySet[Session]:
        """The visible sittings."""
        if getattr(self, "swagger_fake_view", False):
            return Session.objects.none()
        return visible_sessions(actor_of(self.request)).select_related("follows")

    @extend_schema(
        operation_id="sesi_daftar", tags=TAG, responses={200: SessionSerializer(many=True), **problems(401, 403)}
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Daftar sesi, berhalaman dengan kursor."""
        return super().get(request, *args, **kwargs)


class SessionDetail(APIView):
    """Satu sesi dengan agendanya."""

    @extend_schema(operation_id="sesi_baca", tags=TAG, responses={200: RoomSerializer, **problems(401, 404)})
    def get(self, request: Request, code: str) -> Response:
        """Agenda yang boleh Anda lihat, dengan angka terbaru dan persetujuan para pihak."""
        actor = actor_of(request)
        session = load_session(actor, code)
        agenda = agenda_of(actor, session)
        consents = agenda.consents | consent_of([row.item for row in agenda.rows if not row.undecided], session)
        rows = []
        for row in agenda.rows:
            consent = consents[row.item.pk]
            rows.append({
                "order": row.no, "outcome": row.entry.outcome, "item": row.item, "contested": row.contested,
                "position": consent.position.seq if consent.position else 0, "consent": consent.facts(),
            })  # fmt: skip
        body = {**SessionSerializer(session).data, "versions": versions_of(actor, session)}
        return Response({**body, "agenda": AgendaRowSerializer(rows, many=True).data})


class SessionFigure(APIView):
    """Angka di meja."""

    @extend_schema(
        operation_id="sesi_angka", tags=TAG, parameters=[KEY, PERSON], request=FigureSerializer,
        responses={200: ItemSerializer, **problems(400, 401, 403, 404, 409, 422, 428)},
    )  # fmt: skip
    def post(self, request: Request, code: str) -> Response:
        """Letakkan angka untuk satu butir, milik sendiri atau dicatat atas nama pihak yang berbicara."""
        actor, key = actor_of(request), key_of(request)
        wanted = read_body(FigureSerializer, request)
        item, _ = _row(actor, code, wanted["item"])
        put_position(
            actor, item, text=wanted["value"], reason=wanted["reason"], seen_version=_version(wanted),
            on_behalf=institution_by_code(wanted.get("on_behalf", "")), dot=wanted["dot"], key=key,
        )  # fmt: skip
        return Response(ItemSerializer(load_item(actor, item.code)).data)


class SessionStances(APIView):
    """Sikap para pihak."""

    @extend_schema(
        operation_id="sesi_sikap", tags=TAG, parameters=[KEY, PERSON], request=StancesSerializer,
        responses={200: ResultsSerializer, **problems(400, 401, 403, 404, 409, 422, 428)},
    )  # fmt: skip
    def post(self, request: Request, code: str) -> Response:
        """Satu sikap atas angka terbaru banyak butir; tiap butir diterima atau ditolak sendiri-sendiri."""
        actor, key = actor_of(request), key_of(request)
        session = load_session(actor, code)
        wanted = read_body(StancesSerializer, request)
        rows = [(row["item"], row["position"]) for row in wanted["rows"]]
        on_agenda = set(
            session.agenda.filter(item__code__in=[one for one, _ in rows]).values_list("item__code", flat=True)
        )
        if len(on_agenda) != len(rows):
            raise InvalidInput("Semua butir harus ada pada agenda sesi ini, masing-masing sekali.")
        results = take_stances(
            actor, rows, kind=wanted["kind"], text=wanted["text"], spoken_for=institution_by_code(wanted.get("spoken_for", "")),
            session=session, key=key,
        )  # fmt: skip
        return answer_rows(results)


class SessionVerdict(APIView):
    """Putusan."""

    @extend_schema(
        operation_id="sesi_putusan", tags=TAG, parameters=[KEY, PERSON], request=VerdictSerializer,
        responses={200: ItemSerializer, **problems(400, 401, 403, 404, 409, 422, 428)},
    )  # fmt: skip
    def post(self, request: Request, code: str) -> Response:
        """Putuskan satu butir; tanpa angka berarti angka terbaru di meja."""
        actor, key = actor_of(request), key_of(request)
        wanted = read_body(VerdictSerializer, request)
        item, session = _row(actor, code, wanted["item"])
        spoken = [found for each in wanted["spoken"] if (found := institution_by_code(each))]
        settle(
            actor, session, item, wanted["action"], seen_version=_version(wanted), text=wanted["value"], conclusion=wanted["conclusion"],
            reason=wanted["reason"], spoken=spoken, dot=wanted["dot"], key=key,
        )  # fmt: skip
        return Response(ItemSerializer(load_item(actor, item.code)).data)


def _row(actor: Actor, code: str, item_code: str) -> tuple[Item, Session]:
    session = load_session(actor, code)
    item = load_item(actor, item_code)
    if not session.agenda.filter(item=item).exists():
        raise NotFound("Butir ini tidak ada pada agenda sesi.")
    return item, session


def _version(wanted: dict[str, Any]) -> int:
    if "version" not in wanted:
        raise PreconditionRequired("Sertakan version butir yang menjadi dasar.")
    return int(wanted["version"])
