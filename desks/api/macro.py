"""The API of strategies and actions of a macro row. The same services and rights as the pages and the room."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.actors import Actor
from desks.api.common import KEY, PERSON, actor_of, institution_by_code, key_of, problems, read_body
from desks.api.rooms import _version
from desks.choices import ActionSide
from desks.models import Item, Session
from desks.selectors.macro import actions_of, find_action
from desks.selectors.room import load_session
from desks.services.item import load_item
from desks.services.macro import LONGEST_OWNER, LONGEST_TEXT, ActionData, add_action, change_action, remove_action

TAG = ["strategi dan aksi"]


class SeenSerializer(serializers.Serializer[Any]):
    """What every write says: the version of the row it was made from, and the sitting where it is made at the desk."""

    version = serializers.IntegerField(required=False, help_text="Versi butir yang menjadi dasar.")
    session = serializers.CharField(
        required=False, default="", allow_blank=True, help_text="Kode sesi bila ditulis di desk oleh moderator atau notulis."
    )  # fmt: skip


class ActionWriteSerializer(SeenSerializer):
    """A strategi or aksi as written."""

    side = serializers.ChoiceField(choices=ActionSide.choices, help_text="Pihak.")
    text = serializers.CharField(max_length=LONGEST_TEXT, help_text="Strategi dan aksi.")
    owner = serializers.CharField(
        required=False, default="", allow_blank=True, help_text="Penanggung jawab: jenis:kode lembaga, misalnya kl:033."
    )
    owner_text = serializers.CharField(
        required=False, default="", allow_blank=True, max_length=LONGEST_OWNER, help_text="Nama penanggung jawab bila tidak ada dalam daftar."
    )  # fmt: skip


class ActionSerializer(serializers.Serializer[Any]):
    """A strategi or aksi as read."""

    code = serializers.CharField()
    side = serializers.ChoiceField(choices=ActionSide.choices)
    text = serializers.CharField()
    owner = serializers.CharField(source="owner_code", help_text="Kode lembaga; kosong bila ditulis bebas.")
    owner_name = serializers.CharField(source="owner")
    at_desk = serializers.BooleanField(help_text="Ditambahkan di desk.")


class ActionsSerializer(serializers.Serializer[Any]):
    """The actions of a row, centre first, and the row's version."""

    version = serializers.IntegerField()
    rows = ActionSerializer(many=True)


def _actions(actor: Actor, code: str, status: int = 200) -> Response:
    item = load_item(actor, code)
    body = {"version": item.version, "rows": actions_of([item], actor).get(item.pk, [])}
    return Response(ActionsSerializer(body).data, status=status)


def _data(wanted: dict[str, Any]) -> ActionData:
    owner = institution_by_code(wanted["owner"])
    return ActionData(wanted["side"], wanted["text"], owner.pk if owner else None, wanted["owner_text"])


def _session(actor: Actor, wanted: dict[str, Any]) -> Session | None:
    return load_session(actor, wanted["session"]) if wanted["session"] else None


class ActionList(APIView):
    """Strategi dan aksi satu butir indikator makro."""

    @extend_schema(operation_id="aksi_daftar", tags=TAG, responses={200: ActionsSerializer, **problems(401, 403, 404)})
    def get(self, request: Request, code: str) -> Response:
        """Strategi dan aksi pusat dan daerah, sejauh boleh Anda baca."""
        return _actions(actor_of(request), code)

    @extend_schema(
        operation_id="aksi_tambah", tags=TAG, parameters=[KEY, PERSON], request=ActionWriteSerializer,
        responses={201: ActionsSerializer, **problems(400, 401, 403, 404, 409, 422, 428)},
    )  # fmt: skip
    def post(self, request: Request, code: str) -> Response:
        """Tambahkan satu strategi atau aksi."""
        actor, key = actor_of(request), key_of(request)
        wanted = read_body(ActionWriteSerializer, request)
        item: Item = load_item(actor, code)
        add_action(actor, item, _data(wanted), seen_version=_version(wanted), session=_session(actor, wanted), key=key)
        return _actions(actor, code, 201)


class ActionDetail(APIView):
    """Satu strategi atau aksi."""

    @extend_schema(
        operation_id="aksi_ubah", tags=TAG, parameters=[KEY, PERSON], request=ActionWriteSerializer,
        responses={200: ActionsSerializer, **problems(400, 401, 403, 404, 409, 422, 428)},
    )  # fmt: skip
    def put(self, request: Request, code: str, aksi: str) -> Response:
        """Ganti isi dan penanggung jawabnya."""
        actor, key = actor_of(request), key_of(request)
        wanted = read_body(ActionWriteSerializer, request)
        action = find_action(load_item(actor, code), aksi)
        change_action(
            actor, action, _data(wanted), seen_version=_version(wanted), session=_session(actor, wanted), key=key
        )
        return _actions(actor, code)

    @extend_schema(
        operation_id="aksi_hapus", tags=TAG, parameters=[KEY, PERSON], request=SeenSerializer,
        responses={200: ActionsSerializer, **problems(400, 401, 403, 404, 409, 422, 428)},
    )  # fmt: skip
    def delete(self, request: Request, code: str, aksi: str) -> Response:
        """Hapus; catatan peristiwa menyimpan isinya."""
        actor, key = actor_of(request), key_of(request)
        wanted = read_body(SeenSerializer, request)
        action = find_action(load_item(actor, code), aksi)
        remove_action(actor, action, seen_version=_version(wanted), session=_session(actor, wanted), key=key)
        return _actions(actor, code)


urlpatterns: list[URLPattern] = [
    path("butir/<str:code>/aksi/", ActionList.as_view(), name="action_list"),
    path("butir/<str:code>/aksi/<str:aksi>/", ActionDetail.as_view(), name="action_detail"),
]
