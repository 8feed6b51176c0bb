"""The API of usulan: reading one, filing and changing it, and the acts on its locations. The same services and rights as the pages."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.actors import Actor
from accounts.models import Region
from core.errors import InvalidInput, NotFound, PreconditionFailed, StaleState
from desks.api.common import KEY, PERSON, actor_of, institution_by_code, key_of, problems, read_body
from desks.api.items import IF_MATCH, _if_match
from desks.models import Item, Meja, Usulan
from desks.selectors.room import load_session
from desks.selectors.usulan.page import only, shown_usulan
from desks.serializers_usulan import (
    NewUsulanSerializer,
    PlaceActSerializer,
    UsulanShownSerializer,
    UsulanTypedSerializer,
)
from desks.services.item import load_item
from desks.services.usulan.aims import AimData
from desks.services.usulan.read import PlaceData, ReadinessData, UsulanData
from desks.services.usulan.room import offer_place, settle_place, state_available
from desks.services.usulan.write import change_usulan, create_usulan
from desks.views.usulan.filing import filing_meja
from indicators.choices import Strand
from planning.models import ReadinessCriterion, RincianOutput
from planning.selectors.nomenclature import provincial_programs

TAG = ["usulan"]


def shown_answer(actor: Actor, item: Item, status: int = 200) -> Response:
    """The usulan as the actor reads it, with its version as ETag."""
    shown = only(shown_usulan(actor, Usulan.objects.filter(item=item)))
    return Response(UsulanShownSerializer(shown).data, status=status, headers={"ETag": f'"{shown.item.version}"'})


def usulan_row(actor: Actor, code: str) -> Item:
    """The visible row of an usulan."""
    item = load_item(actor, code)
    if item.strand != Strand.KEWILAYAHAN:
        raise NotFound("Butir ini bukan usulan.")
    return item


def _data(meja: Meja, typed: dict[str, Any]) -> UsulanData:
    """The body in keys of the database; codes nobody knows are refused by name."""
    regions = dict(Region.objects.filter(kode__in=[row["region"] for row in typed["places"]]).values_list("kode", "pk"))
    wanted = [row["criterion"] for row in typed["readiness"]]
    criteria = dict(ReadinessCriterion.objects.filter(code__in=wanted).values_list("code", "pk"))
    unknown = [code for code in wanted if code not in criteria] + [
        row["region"] for row in typed["places"] if row["region"] not in regions
    ]
    if unknown:
        raise InvalidInput(f"Kode {', '.join(unknown)} tidak dikenal.")
    opd = institution_by_code(typed["opd"])
    return UsulanData(
        typed["title"], aim_of(meja, typed), typed["unit"], typed["amount_unit"], opd.pk if opd else None, typed["justification"],
        tuple(PlaceData(regions[row["region"]], row["detail"], row["volume"], row["amount"]) for row in typed["places"]),
        tuple(ReadinessData(criteria[row["criterion"]], row["status"], row["month"], row["link"]) for row in typed["readiness"]),
        tuple(typed["priorities"]) if "priorities" in typed else None,
    )  # fmt: skip


def aim_of(meja: Meja, typed: dict[str, Any]) -> AimData:
    """What an usulan is filed against, as an API client names it by codes."""
    charge = institution_by_code(typed["charge"])
    return AimData(
        _ro(meja, typed["ro"]), _program(meja, typed["program"]), typed["grant"], charge.pk if charge else None
    )


def _program(meja: Meja, kode: str) -> int | None:
    if not kode:
        return None
    year = meja.round.plan_year
    found = provincial_programs(year).filter(kode=kode).values_list("pk", flat=True).first()
    if found is None:
        raise InvalidInput(
            f"Program atau sub kegiatan provinsi {kode} tidak ada dalam nomenklatur {year}.", field="program"
        )
    return int(found)


def _ro(meja: Meja, code: str) -> int | None:
    if not code:
        return None
    kl, _, ro = code.partition(":")
    found = (
        RincianOutput.objects.filter(year=meja.round.plan_year, kl__kode=kl, code=ro)
        .values_list("pk", flat=True)
        .first()
    )
    if found is None:
        raise InvalidInput(f"Rincian output {code} tidak ada dalam katalog {meja.round.plan_year}.", field="ro")
    return int(found)


class UsulanCreate(APIView):
    """Usulan baru."""

    @extend_schema(
        operation_id="usulan_buat", tags=TAG, parameters=[KEY, PERSON], request=NewUsulanSerializer,
        responses={201: UsulanShownSerializer, **problems(400, 401, 403, 404, 409, 422, 428)},
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """Buat usulan sebagai draf pada desk kewilayahan daerah Anda."""
        actor, key = actor_of(request), key_of(request)
        typed = read_body(NewUsulanSerializer, request)
        meja = filing_meja(actor, typed["meja"])
        usulan = create_usulan(actor, meja, _data(meja, typed), key=key)
        return shown_answer(actor, usulan.item, 201)


class UsulanDetail(APIView):
    """Satu usulan."""

    @extend_schema(
        operation_id="usulan_baca", tags=TAG, responses={200: UsulanShownSerializer, **problems(401, 403, 404)}
    )
    def get(self, request: Request, code: str) -> Response:
        """Usulan dengan lokasi dan kesiapannya; versinya pada ETag."""
        actor = actor_of(request)
        return shown_answer(actor, usulan_row(actor, code))

    @extend_schema(
        operation_id="usulan_ubah", tags=TAG, parameters=[IF_MATCH, KEY, PERSON], request=UsulanTypedSerializer,
        responses={200: UsulanShownSerializer, **problems(400, 401, 403, 404, 409, 412, 422, 428)},
    )  # fmt: skip
    def put(self, request: Request, code: str) -> Response:
        """Ganti isi usulan; versi yang tidak lagi berlaku dijawab 412. Berkas bukti yang sudah diunggah tetap."""
        actor, key = actor_of(request), key_of(request)
        item = usulan_row(actor, code)
        version = _if_match(request)
        typed = read_body(UsulanTypedSerializer, request)
        try:
            usulan = change_usulan(actor, item, _data(item.meja, typed), seen_version=version, key=key)
        except StaleState as error:
            raise PreconditionFailed(**error.details) from error
        return shown_answer(actor, usulan.item)


class SessionPlace(APIView):
    """Lokasi usulan dalam sesi."""

    @extend_schema(
        operation_id="sesi_lokasi", tags=TAG, parameters=[KEY, PERSON], request=PlaceActSerializer,
        responses={200: UsulanShownSerializer, **problems(400, 401, 403, 404, 409, 422, 428)},
    )  # fmt: skip
    def post(self, request: Request, code: str) -> Response:
        """Tawarkan angka, putuskan, atau nyatakan ketersediaan satu lokasi."""
        actor, key = actor_of(request), key_of(request)
        session = load_session(actor, code)
        given = read_body(PlaceActSerializer, request)
        item = usulan_row(actor, given["item"])
        if not session.agenda.filter(item=item).exists():
            raise NotFound("Usulan ini tidak ada pada agenda sesi.")
        typed: dict[str, Any] = {
            "volume": given["volume"],
            "amount": given["amount"],
            "seen_version": given["version"],
            "key": key,
        }
        if given["act"] == "offer":
            offer_place(actor, item, given["place"], reason=given["text"], **typed)
        elif given["act"] == "available":
            state_available(actor, item, given["place"], **typed)
        else:
            settle_place(
                actor, session, item, given["place"], verdict=given["verdict"], reason=given["reason"], note=given["text"], **typed
            )  # fmt: skip
        return shown_answer(actor, item)
