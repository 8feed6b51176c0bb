"""The API of rows: list, one row with its ETag, batch save, moves; one shape of refusal."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from core.values import format_value
from desks.services.item import RowWrite, save_rows
from tests.desks.world import World, build, fill, submit

PROBLEM = "application/problem+json"


def save(client, rows, key="k1"):
    headers = {"Idempotency-Key": key} if key else {}
    return client.post("/api/v1/simpan/", {"rows": rows}, content_type="application/json", headers=headers)


def row(item, value="14,5", **more):
    return {"code": item.code, "version": item.version, "changes": {"value": value}, **more}


def move(client, action, items, key="k1", **given):
    body = {"action": action, "rows": [{"code": item.code, "version": item.version} for item in items], "given": given}
    return client.post("/api/v1/pindah/", body, content_type="application/json", headers={"Idempotency-Key": key})


def patch(client, item, etag, **body):
    headers = {"If-Match": etag} if etag else {}
    return client.patch(f"/api/v1/butir/{item.code}/", body, content_type="application/json", headers=headers)


def test_the_list_holds_what_the_actor_may_see(client_of, world: World):
    assert len(client_of(world.bappeda).get("/api/v1/butir/").json()["results"]) == 3
    assert client_of(world.kl).get("/api/v1/butir/").json()["results"] == []
    fill(world, 1)
    submit(world)
    (seen,) = client_of(world.kl).get("/api/v1/butir/").json()["results"]
    item = world.item()
    assert (seen["code"], seen["state"], seen["state_label"], seen["region"]) == (
        item.code,
        "submitted",
        "Diajukan",
        "32",
    )
    assert seen["value_proposed"] == {
        "kind": "point", "min": "14.5", "max": "14.5", "text": "14,5", "unit": "%", "decimals": "2", "shown": "14,50",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("query", "count"),
    [("saring=kosong", 2), ("saring=siap", 1), ("keadaan=draft", 3), ("keadaan=submitted", 0), ("q=ruas+2", 1), ("desk=1.03", 3),
     ("desk=1.02", 0), ("daerah=32", 3), ("bidang=1.03", 3), ("indikator=1.03.001", 1)],
)  # fmt: skip
def test_the_list_is_filtered(client_of, world: World, query, count):
    fill(world, 1)
    assert len(client_of(world.bappeda).get(f"/api/v1/butir/?{query}").json()["results"]) == count


def test_an_unknown_filter_value_is_a_problem(client_of, world: World):
    response = client_of(world.bappeda).get("/api/v1/butir/?saring=apa")
    assert (response.status_code, response.json()["code"], response["Content-Type"]) == (400, "invalid", PROBLEM)


def test_the_list_goes_on_by_cursor_at_the_same_cost(client_of, django_assert_max_num_queries, db):
    world = build(30)
    client = client_of(world.bappeda)
    with django_assert_max_num_queries(8) as few:
        page = client.get("/api/v1/butir/?page_size=3").json()
    with django_assert_max_num_queries(8) as many:
        client.get("/api/v1/butir/?page_size=30")
    assert len(few.captured_queries) == len(many.captured_queries)
    second = client.get(page["next"]).json()
    assert len(second["results"]) == 3
    every = [each["code"] for each in client.get("/api/v1/butir/?page_size=30").json()["results"]]
    shown = [each["code"] for each in page["results"] + second["results"]]
    assert shown == every[:6]
    assert client.get(second["previous"]).json()["results"] == page["results"]


def test_one_row_carries_its_version_as_etag(client_of, world: World):
    response = client_of(world.bappeda).get(f"/api/v1/butir/{world.item().code}/")
    assert (response.status_code, response["ETag"], response.json()["value_proposed"]) == (200, '"1"', None)


@pytest.mark.parametrize("who", ["other_bappeda", "other_opd", "kl", "outsider"])
def test_what_one_may_not_see_is_not_there(client_of, world: World, who):
    response = client_of(getattr(world, who)).get(f"/api/v1/butir/{world.item().code}/")
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


def test_without_login_401(client, world: World):
    assert client.get("/api/v1/butir/").status_code == 401
    assert save(client, [row(world.item())]).status_code == 401


def test_patch_under_if_match(client_of, world: World):
    client = client_of(world.opd)
    item = world.item()
    done = patch(client, item, '"1"', value="14,5", proposal_note="Sesuai RPJMD.")
    assert (done.status_code, done["ETag"], done.json()["proposal_note"]) == (200, '"2"', "Sesuai RPJMD.")
    missing = patch(client, item, "", value="15")
    assert (missing.status_code, missing.json()["code"]) == (428, "precondition_required")
    old = patch(client, item, '"1"', value="15")
    assert (old.status_code, old.json()["code"], old.json()["theirs"]["value_proposed"]) == (
        412,
        "precondition_failed",
        "14,50",
    )
    assert patch(client, item, "abc", value="15").status_code == 412
    wrong = patch(client, item, '"2"', value="3,,4")
    assert (wrong.status_code, wrong.json()["code"]) == (400, "invalid")
    asked = patch(client, item, '"2"', value="1.234")
    assert (asked.status_code, asked.json()["code"], asked.json()["as_decimal"]) == (400, "ambiguous_number", "1.234")
    assert patch(client, item, '"2"', value="1.234", dot="decimal").status_code == 200


def test_patch_without_the_right_or_out_of_state(client_of, world: World):
    item = world.item()
    assert patch(client_of(world.verifikator), item, '"1"', value="1").status_code == 403
    fill(world, 1)
    submit(world)
    refused = patch(client_of(world.opd), item, f'"{world.item().version}"', value="1")
    assert (refused.status_code, refused.json()["code"]) == (409, "transition_not_allowed")


def test_a_batch_answers_row_by_row(client_of, world: World):
    one, two, three = world.items()
    response = save(client_of(world.opd), [row(one), row(two, "1.234"), {**row(three), "version": 9}])
    assert response.status_code == 200
    rows = response.json()["rows"]
    assert [(each["code"], each["status"]) for each in rows] == [
        (one.code, "saved"),
        (two.code, "ask"),
        (three.code, "conflict"),
    ]
    assert (rows[0]["version"], rows[0]["shown"]["value"]) == (2, "14,50")


def test_a_batch_of_one_that_conflicts_is_409(client_of, world: World):
    item = world.item()
    save_rows(world.bappeda, rows=[RowWrite(item.code, item.version, {"value": "14"})])
    response = save(client_of(world.opd), [row(item, "15")])
    body = response.json()
    assert (response.status_code, response["Content-Type"], body["code"]) == (409, PROBLEM, "stale")
    assert (body["theirs"]["value_proposed"], body["yours"], body["rows"][0]["status"]) == (
        "14,00",
        {"value": "15"},
        "conflict",
    )


def test_the_key_is_required_and_used_once(client_of, world: World):
    client = client_of(world.opd)
    item = world.item()
    missing = save(client, [row(item)], key="")
    assert (missing.status_code, missing.json()["code"]) == (428, "precondition_required")
    first = save(client, [row(item)])
    assert save(client, [row(item)]).json() == first.json()
    assert world.item().version == 2
    other = save(client, [row(item, "15")])
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")
    assert format_value(world.item().value_proposed) == "14,50"


@pytest.mark.parametrize(
    "body", [{}, {"rows": []}, {"rows": [{"code": "x"}]}, {"rows": [{"code": "x", "version": "a", "changes": {}}]}]
)
def test_what_is_no_batch_is_a_problem(client_of, world: World, body):
    client = client_of(world.opd)
    response = client.post("/api/v1/simpan/", body, content_type="application/json", headers={"Idempotency-Key": "k"})
    assert (response.status_code, response.json()["code"]) == (400, "invalid")


def test_moves(client_of, world: World):
    fill(world, 2)
    items = world.items()
    response = move(client_of(world.bappeda), "submit", items)
    assert [each["status"] for each in response.json()["rows"]] == ["saved", "saved", "refused"]
    item = world.item()
    due = (timezone.now() + dt.timedelta(days=2)).isoformat()
    unknown = move(client_of(world.kl), "repair", [item], note="Periksa.", due=due, owner="opd:apa")
    assert (unknown.status_code, unknown.json()["field"]) == (400, "owner")
    asked = move(client_of(world.kl), "repair", [item], key="k2", note="Periksa.", due=due, owner="opd:32-PU")
    assert (asked.json()["rows"][0]["state"], world.item().request_owner) == ("repair", world.dinas_jabar)
    stale = move(client_of(world.bappeda), "withdraw", [item], key="k3", note="x")
    assert (stale.status_code, stale.json()["rows"][0]["status"]) == (409, "conflict")


def test_a_verdict_is_no_move_of_the_api(client_of, world: World):
    assert move(client_of(world.moderator), "agree", world.items()).status_code == 400
