"""The API around a row: figures with sources, offers, notes, sub kegiatan; and what a round consists of."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from accounts.actors import Actor
from desks.models import Note, Support
from tests.desks.views.clients import client_of
from tests.desks.world import World, build, consent_all, ready


def send(actor: Actor, method: str, url: str, body: dict[str, Any], key: str = "k") -> HttpResponse:
    headers = {"Idempotency-Key": key} if key else {}
    answer: HttpResponse = getattr(client_of(actor), method)(
        url, body, content_type="application/json", headers=headers
    )
    return answer


def support_body(world: World, **more: Any) -> dict[str, Any]:
    return {
        "version": world.item().version, "kode": world.sub_kegiatan[0].kode, "opd": world.dinas_jabar.code, "volume": "12",
        "places": [world.kabkota[0].kode], "funds": [{"fund": world.sources[0].kode, "amount": "1.500", "unit": "juta"}], **more,
    }  # fmt: skip


def test_what_stands_around_a_row(world: World) -> None:
    ready(world, 1)
    consent_all(world)
    body = client_of(world.kl).get(f"/api/v1/butir/{world.item().code}/rincian/").json()
    assert body["code"] == world.item().code
    assert [offer["seq"] for offer in body["offers"]] == [1] and len(body["offers"][0]["stances"]) == 3
    assert any(figure["label"].startswith("Capaian") for figure in body["figures"])
    assert client_of(world.other_bappeda).get(f"/api/v1/butir/{world.item().code}/rincian/").status_code == 404


def test_a_note_is_written_once_and_conflicts_show_both(world: World) -> None:
    ready(world, 1)
    url = f"/api/v1/butir/{world.item().code}/catatan/"
    first = send(world.kl, "put", url, {"text": "Setuju dengan catatan.", "version": 0})
    again = send(world.kl, "put", url, {"text": "Setuju dengan catatan.", "version": 0})
    assert first.json() == again.json() == {"version": 1, "text": "Setuju dengan catatan."}
    stale = send(world.kl, "put", url, {"text": "Lain", "version": 0}, key="k2")
    assert stale.status_code == 409 and stale.json()["theirs"]["text"] == "Setuju dengan catatan."
    assert send(world.kl, "put", url, {"text": "x", "version": 1}, key="").status_code == 428
    assert send(world.observer, "put", url, {"text": "x", "version": 1}, key="k3").status_code == 403
    assert Note.objects.get().text == "Setuju dengan catatan."


def test_the_moderator_records_for_a_speaker(world: World) -> None:
    ready(world, 1)
    url = f"/api/v1/butir/{world.item().code}/catatan/"
    body = {"text": "Perlu data.", "version": 0, "for_institution": world.bappeda.institution.code}
    assert send(world.moderator, "put", url, body).status_code == 200
    assert Note.objects.get().institution == world.bappeda.institution
    unknown = send(world.moderator, "put", url, {**body, "for_institution": "kl:tidak-ada"}, key="k2")
    assert unknown.status_code == 400 and "tidak dikenal" in unknown.json()["detail"]


def test_a_sub_kegiatan_is_linked_by_codes(world: World) -> None:
    url = f"/api/v1/butir/{world.item().code}/sub-kegiatan/"
    answer = send(world.bappeda, "post", url, support_body(world))
    assert answer.status_code == 200, answer.content
    (row,) = answer.json()
    assert (row["kode"], row["total"], row["places"]) == (
        world.sub_kegiatan[0].kode, "Rp1.500.000.000", world.kabkota[0].short_name,
    )  # fmt: skip
    assert send(world.bappeda, "post", url, support_body(world, version=1)).json() == answer.json()
    assert send(world.bappeda, "post", url, support_body(world, volume="13")).status_code == 422
    assert Support.objects.count() == 1


def test_wrong_codes_are_named_and_nothing_is_written(world: World) -> None:
    url = f"/api/v1/butir/{world.item().code}/sub-kegiatan/"
    wrong: dict[str, dict[str, Any]] = {
        "9.99.99.1.01.0001": {"kode": "9.99.99.1.01.0001"}, "opd:tidak-ada": {"opd": "opd:tidak-ada"}, "99.99": {"places": ["99.99"]},
        "XX": {"funds": [{"fund": "XX", "amount": "1"}]},
    }  # fmt: skip
    for place, (said, change) in enumerate(wrong.items()):
        answer = send(world.bappeda, "post", url, support_body(world, **change), key=f"w{place}")
        assert answer.status_code == 400 and said in answer.json()["detail"], answer.content
    assert not Support.objects.exists()


def test_rounds_and_desks_of_the_speaker(world: World) -> None:
    (found,) = client_of(world.bappeda).get("/api/v1/penyelenggaraan/").json()["results"]
    assert found["code"] == world.round.code and {"kind", "label", "opens_at", "closes_at", "extended"} == set(
        found["stages"][0]
    )
    desk, *_ = client_of(world.kl).get(f"/api/v1/desk/?ronde={world.round.code}").json()["results"]
    assert (desk["code"], desk["strand"]) == ("1.03", "urusan")
    assert client_of(world.outsider).get("/api/v1/desk/").json()["results"] == []
    assert client_of(world.outsider).get("/api/v1/penyelenggaraan/").json()["results"] == []


def test_details_cost_the_same_for_many_rows(db: None, django_assert_max_num_queries: Any) -> None:
    world = build(30)
    client = client_of(world.bappeda)
    url = f"/api/v1/butir/{world.item().code}/rincian/"
    client.get(url)
    with django_assert_max_num_queries(15):
        client.get(url)
