"""A page left open by one person sends nothing under the login of another."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from django.test import Client

from accounts.actors import Actor
from desks.models import ClientWrite
from tests.desks.views.clients import client_of
from tests.desks.world import World, world
from tests.factories.accounts import make_membership
from tests.portal_process import ROOT

__all__ = ["world"]


def body_of(world: World) -> dict[str, Any]:
    item = world.item()
    return {"rows": [{"code": item.code, "version": item.version, "changes": {"value": "14,5"}}]}


def save(client: Client, world: World, person: str) -> Any:
    headers = {"Idempotency-Key": "k1", **({"X-Person": person} if person else {})}
    return client.post("/api/v1/simpan/", body_of(world), content_type="application/json", headers=headers)


def test_the_queue_of_one_person_is_refused_under_another(world: World) -> None:
    left_open_by: Actor = world.opd
    answer = save(client_of(world.bappeda), world, left_open_by.user.code)
    assert (answer.status_code, answer.json()["code"]) == (409, "other_person")
    assert (world.item().version, world.item().value_proposed) == (1, None)
    assert not ClientWrite.objects.exists()
    back = save(client_of(left_open_by), world, left_open_by.user.code)
    assert [row["status"] for row in back.json()["rows"]] == ["saved"]


def test_the_description_of_the_api_names_the_refusal() -> None:
    paths = yaml.safe_load((ROOT / "docs" / "openapi.yaml").read_text(encoding="utf-8"))["paths"]
    writes = [act for path in paths.values() for way, act in path.items() if way in ("post", "patch", "put", "delete")]
    assert len(writes) > 3
    for act in writes:
        assert "other_person" in act["responses"]["409"]["description"], act["operationId"]
        assert "X-Person" in {each["name"] for each in act["parameters"]}, act["operationId"]


def test_programs_name_no_person(world: World) -> None:
    assert save(client_of(world.opd), world, "").status_code == 200


def test_what_was_typed_for_one_institution_is_not_saved_for_another(world: World) -> None:
    person = world.bappeda.user
    make_membership(user=person, institution=world.dinas_jabar, role="opd")
    client = client_of(world.bappeda)
    headers = {"Idempotency-Key": "k1", "X-Person": person.code, "X-Speaker": f"{world.dinas_jabar.pk}-opd"}
    answer = client.post("/api/v1/simpan/", body_of(world), content_type="application/json", headers=headers)
    assert (answer.status_code, answer.json()["code"], world.item().version) == (409, "other_speaker", 1)
    page = client.get("/antrean/").content.decode()
    headers["X-Speaker"] = re.findall(r'data-speaker="([^"]*)"', page)[0]
    answer = client.post("/api/v1/simpan/", body_of(world), content_type="application/json", headers=headers)
    assert [row["status"] for row in answer.json()["rows"]] == ["saved"]


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/isian/", "private, no-store"),
        ("/antrean/", "private, no-store"),
        ("/api/v1/butir/", "private, no-store"),
        ("/masuk/", "max-age=0"),
    ],
)
def test_no_cache_keeps_what_a_session_read(world: World, path: str, kept: str) -> None:
    assert kept in client_of(world.opd).get(path)["Cache-Control"]


@pytest.mark.parametrize("as_header", [True, False], ids=["htmx", "form"])
def test_an_old_form_is_refused_and_says_so(world: World, as_header: bool) -> None:
    url = f"/butir/{world.item().code}/"
    typed = {"value": "14,5", "applicability": "applies", "versi": "1", "kunci": "k"}
    headers = {"X-Person": world.opd.user.code, "HX-Request": "true"} if as_header else {}
    answer = client_of(world.bappeda).post(
        url, typed if as_header else {**typed, "pengisi": world.opd.user.code}, headers=headers
    )
    assert answer.status_code == 409
    assert "Tidak ada yang disimpan" in answer.content.decode()
    assert world.item().version == 1


def test_every_page_says_for_whom_it_was_drawn(world: World) -> None:
    page = client_of(world.opd).get(f"/butir/{world.item().code}/").content.decode()
    assert re.findall(r'data-user="([^"]*)"', page) == [world.opd.user.code]
