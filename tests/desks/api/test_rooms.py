"""The API of sittings: the same answers and refusals as the room."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from accounts.actors import Actor
from desks.models import ClientWrite, Position, Session
from tests.desks.chain import actions
from tests.desks.views.clients import client_of
from tests.desks.world import World, consent_all, ready


def post(actor: Actor, session: Session, part: str, body: dict[str, Any], key: str | None = "k") -> HttpResponse:
    """One write with its idempotency key."""
    headers = {"Idempotency-Key": key} if key else {}
    url = f"/api/v1/sesi/{session.code}/{part}/"
    return client_of(actor).post(url, body, content_type="application/json", headers=headers)


def test_the_list_holds_what_one_may_follow(world: World) -> None:
    session = ready(world, 1)
    seen = {}
    for name in ("kl", "bappeda", "observer", "other_bappeda", "other_kl"):
        answer = client_of(world.actors()[name]).get("/api/v1/sesi/").json()
        seen[name] = [row["code"] for row in answer["results"]]
    assert seen == {
        "kl": [session.code], "bappeda": [session.code], "observer": [session.code], "other_bappeda": [], "other_kl": [],
    }  # fmt: skip


def test_the_agenda_carries_consent(world: World) -> None:
    session = ready(world, 2)
    consent_all(world)
    body = client_of(world.kl).get(f"/api/v1/sesi/{session.code}/").json()
    world.meja.refresh_from_db()
    assert body["versions"] == {world.meja.code: world.meja.version}
    assert [(row["order"], row["position"], row["contested"]) for row in body["agenda"]] == [
        (1, 1, False),
        (2, 1, False),
    ]
    assert body["agenda"][0]["consent"] == [
        {"party": "kemendagri", "stance": "setuju", "basis": "own"},
        {"party": "kl", "stance": "setuju", "basis": "own"},
        {"party": "region", "stance": "setuju", "basis": "own"},
    ]
    assert client_of(world.other_bappeda).get(f"/api/v1/sesi/{session.code}/").status_code == 404


def test_every_write_needs_a_key_and_a_verdict_a_version(world: World) -> None:
    session = ready(world, 1)
    item = world.item()
    writes = {
        "angka": {"item": item.code, "version": item.version, "value": "14"},
        "sikap": {"rows": [{"item": item.code, "position": 1}], "kind": "setuju"},
        "putusan": {"item": item.code, "version": item.version, "action": "agree"},
    }
    assert {part: post(world.kl, session, part, body, None).status_code for part, body in writes.items()} == {
        "angka": 428, "sikap": 428, "putusan": 428,
    }  # fmt: skip
    for part in ("angka", "putusan"):
        body = {name: value for name, value in writes[part].items() if name != "version"}
        assert post(world.moderator, session, part, body).status_code == 428


def test_a_figure_is_put_once_per_key(world: World) -> None:
    session = ready(world, 1)
    item = world.item()
    body = {"item": item.code, "version": item.version, "value": "14,2", "reason": "Renstra."}
    answers = [post(world.kl, session, "angka", body).status_code for _ in range(2)]
    assert (answers, Position.objects.count()) == ([200, 200], 2)
    assert post(world.kl, session, "angka", {**body, "value": "15"}).status_code == 422
    stale = post(world.kl, session, "angka", body, "other")
    assert (stale.status_code, stale.json()["code"]) == (409, "stale")


def test_stances_and_the_verdict(world: World) -> None:
    session = ready(world, 1)
    item = world.item()
    verdict = {"item": item.code, "version": item.version, "action": "agree"}
    missing = post(world.moderator, session, "putusan", verdict)
    assert (missing.status_code, missing.json()["code"]) == (409, "consent_missing")
    rows = [{"item": item.code, "position": 1}]
    for actor in (world.kl, world.kemendagri):
        answer = post(actor, session, "sikap", {"rows": rows, "kind": "setuju"})
        assert [row["status"] for row in answer.json()["rows"]] == ["saved"]
    done = [post(world.moderator, session, "putusan", verdict, "v") for _ in range(2)]
    assert [(answer.status_code, answer.json()["state"]) for answer in done] == [(200, "agreed")] * 2
    assert actions(world.meja).count("agree") == 1


def test_who_may_not_and_who_sees_nothing(world: World) -> None:
    session = ready(world, 1)
    item = world.item()
    body = {"item": item.code, "version": item.version, "action": "decline", "conclusion": "x", "reason": "waktu"}
    statuses = {
        name: post(actor, session, "putusan", body).status_code
        for name, actor in world.actors().items()
        if name not in ("moderator", "chair")
    }
    assert {name for name, status in statuses.items() if status == 404} == {
        "other_bappeda", "other_opd", "other_kl", "outsider",
    }  # fmt: skip
    assert {status for name, status in statuses.items() if status != 404} == {403}
    assert world.item().state == "submitted"


def test_spoken_words_name_institutions_by_code(world: World) -> None:
    session = ready(world, 1)
    item = world.item()
    body = {
        "item": item.code, "version": item.version, "action": "agree_noted", "conclusion": "Catatan.",
        "spoken": ["kl:033", "kemendagri:KDN"],
    }  # fmt: skip
    assert post(world.moderator, session, "putusan", {**body, "spoken": ["kl:xx"]}, "a").status_code == 400
    assert post(world.moderator, session, "putusan", body, "b").json()["state"] == "agreed_noted"


def test_every_act_of_a_sitting_repeated_under_its_key_is_answered_from_the_first(world: World) -> None:
    session = ready(world, 1)
    item = world.item()
    acts: list[tuple[Actor, str, dict[str, Any]]] = [
        (world.kl, "angka", {"item": item.code, "version": item.version, "value": "15", "reason": "RPJMN"}),
        (world.bappeda, "sikap", {"rows": [{"item": item.code, "position": 2}], "kind": "setuju"}),
        (world.kemendagri, "sikap", {"rows": [{"item": item.code, "position": 2}], "kind": "setuju"}),
    ]
    for no, (actor, part, body) in enumerate(acts):
        first = post(actor, session, part, body, key=f"r{no}")
        assert first.status_code == 200, first.content
        said = actions(world.meja)
        assert post(actor, session, part, body, key=f"r{no}").json() == first.json()
        assert actions(world.meja) == said and ClientWrite.objects.filter(user=actor.user, key=f"r{no}").count() == 1
    verdict = {"item": item.code, "version": world.item().version, "action": "agree"}
    first = post(world.moderator, session, "putusan", verdict, key="v")
    said = actions(world.meja)
    assert (first.json()["state"], post(world.moderator, session, "putusan", verdict, key="v").json()) == (
        "agreed",
        first.json(),
    )
    assert actions(world.meja) == said
    assert post(world.moderator, session, "putusan", verdict | {"action": "decline"}, key="v").status_code == 422
