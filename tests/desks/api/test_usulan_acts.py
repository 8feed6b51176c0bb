"""Usulan over the API: evidence per criterion, corrections, merging, splitting, priorities; a repeated request writes once."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from accounts.actors import Actor
from core.models import StoredFile
from desks.models import ClientWrite, Event, Item, Lineage, Readiness, Session, UsulanPriority
from desks.services.room import call_item
from planning.models import PriorityNode
from tests.desks.usulan_world import Kewil, kewil
from tests.desks.views.clients import client_of

__all__ = ["kewil"]
pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> None:
    """Files of a test lie in its own folder."""
    settings.FILES_DIR = tmp_path


def upload(
    actor: Actor,
    item: Item,
    *,
    content: bytes = PDF,
    criterion: str = "DED",
    key: str = "u1",
    seen: int = 0,
    **more: str,
) -> HttpResponse:
    """PUT of one evidence."""
    body = encode_multipart(BOUNDARY, {"file": SimpleUploadedFile("ded.pdf", content), **more})
    headers = {"Idempotency-Key": key, "If-Match": f'"{seen or item.version}"'}
    url = f"/api/v1/butir/{item.code}/usulan/bukti/{criterion}/"
    return client_of(actor).put(url, body, content_type=MULTIPART_CONTENT, headers=headers)


def fetch(actor: Actor, item: Item, criterion: str = "DED") -> HttpResponse:
    """GET of one evidence."""
    return client_of(actor).get(f"/api/v1/butir/{item.code}/usulan/bukti/{criterion}/")


def act(actor: Actor, session: Session, item: Item, kind: str, key: str = "a1", **body: Any) -> HttpResponse:
    """One act of the chair."""
    url = f"/api/v1/sesi/{session.code}/usulan/"
    typed = {"item": item.code, "version": item.version, "verb": kind, **body}
    return client_of(actor).post(url, typed, content_type="application/json", headers={"Idempotency-Key": key})


def test_evidence_goes_up_once_and_comes_down_for_whoever_may_read_it(kewil: Kewil):
    world, usulan = kewil.world, kewil.filed(amount_unit="miliar")
    item = kewil.item(usulan)
    amount = usulan.places.get().amount_proposed
    first = upload(world.bappeda, item)
    assert first.status_code == 200 and first["ETag"] == f'"{item.version + 1}"'
    assert [(row["criterion"], row["words"], bool(row["file"])) for row in first.json()["readiness"]] == [
        ("FS", "Siap", False), ("DED", "Siap", True),
    ]  # fmt: skip
    assert usulan.places.get().amount_proposed == amount, "nothing else moved"
    events = Event.objects.count()
    again = upload(world.bappeda, item)
    assert again.json() == first.json() and Event.objects.count() == events
    assert upload(world.bappeda, item, content=PDF + b"x").status_code == 422, "another file under the same key"
    assert upload(world.bappeda, item, content=PDF + b"x", key="u2").status_code == 412
    item = kewil.item(usulan)
    assert b"".join(fetch(world.bappeda, item).streaming_content) == PDF
    assert fetch(world.kl, item).status_code == 404 and fetch(world.bappeda, item, "LAHAN").status_code == 404
    usulan.item.refresh_from_db()
    (item,) = kewil.submitted(usulan)
    assert b"".join(fetch(world.kl, item).streaming_content) == PDF
    assert fetch(world.other_bappeda, item).status_code == 404
    assert (
        upload(world.bappeda, item, key="u3").status_code == 409 and upload(world.kl, item, key="u4").status_code == 403
    )


def test_evidence_that_is_no_document_or_for_nothing_known_is_refused(kewil: Kewil):
    world, item = kewil.world, kewil.filed().item
    wrong = upload(world.bappeda, item, content=b"<html><body>bukan</body></html>")
    assert (wrong.status_code, wrong.json()["code"]) == (400, "file_type")
    assert upload(world.bappeda, item, criterion="TIADA", key="u2").status_code == 404
    assert upload(world.bappeda, item, key="u3", status="planned").status_code == 400, "a month is missing"
    assert upload(world.bappeda, item, key="u4", status="planned", month="2026-11").status_code == 200
    assert Readiness.objects.get(criterion__code="DED").month == "2026-11"
    assert StoredFile.objects.filter(readiness__isnull=False).count() == 1


def test_the_chair_corrects_splits_merges_and_tags_each_once(kewil: Kewil):
    world = kewil.world
    one, two = kewil.submitted(kewil.filed(places=2), kewil.filed("Dua"))
    session = kewil.session()
    for row in (one, two):
        call_item(world.moderator, session, row, seen_version=kewil.item(row).version)
    PriorityNode.objects.create(tree="PN", year=2027, code="3", name="Infrastruktur")
    item = kewil.item(one)
    assert act(world.kl, session, item, "correct", field="unit", unit="SPAM").status_code == 403
    first = act(world.moderator, session, item, "correct", field="unit", unit="SPAM", text="Satuan RO", key="k1")
    assert first.json()["unit"] == "SPAM"
    events = Event.objects.count()
    assert (
        act(
            world.moderator, session, item, "correct", field="unit", unit="SPAM", text="Satuan RO", key="k1"
        ).status_code
        == 200
    )
    assert (Event.objects.count(), ClientWrite.objects.filter(key="k1").count()) == (events, 1)
    assert act(world.moderator, session, item, "correct", field="unit", unit="Unit", key="k1").status_code == 422
    assert act(world.moderator, session, item, "tag", priorities=["PN:2027:3"], key="k2").status_code == 409, "stale"
    tagged = act(world.moderator, session, kewil.item(one), "tag", priorities=["PN:2027:3"], key="k2")
    assert [chip["short"] for chip in tagged.json()["priorities"]] == ["PN 3"]
    item = kewil.item(one)
    places = [row["code"] for row in tagged.json()["places"]]
    parts = {"places": places[:1], "title": "Pecahan", "ro": "033:FC.7691.RBB.001"}
    wrong = act(world.moderator, session, item, "split", **parts | {"ro": "033:TIADA"}, key="k3")
    assert wrong.status_code == 400 and "katalog 2027" in wrong.json()["detail"]
    made = act(world.moderator, session, item, "split", **parts | {"ro": ""}, key="k4").json()
    assert (
        made["title"] == "Pecahan"
        and act(world.moderator, session, item, "split", **parts | {"ro": ""}, key="k4").json() == made
    )
    act(world.moderator, session, kewil.item(two), "correct", field="unit", unit="SPAM", key="k5")
    done = act(world.moderator, session, kewil.item(one), "merge", other=two.code, text="Satu kegiatan", key="k6")
    assert done.status_code == 200 and len(done.json()["places"]) == 2
    assert sorted(Lineage.objects.values_list("kind", flat=True)) == ["merge", "split"]
    assert UsulanPriority.objects.filter(usulan__item=one).count() == 1


def test_what_is_said_wrong_is_named(kewil: Kewil):
    world = kewil.world
    (item,) = kewil.submitted(kewil.filed())
    session = kewil.session()
    call_item(world.moderator, session, item, seen_version=item.version)
    item = kewil.item(item)
    for no, (kind, body) in enumerate(
        [("merge", {}), ("correct", {"field": "place", "region": "99.99"}), ("split", {"title": "x"})]
    ):
        assert act(world.moderator, session, item, kind, key=f"w{no}", **body).status_code == 400, kind
    assert act(world.other_bappeda, session, item, "tag").status_code == 404
    answer = act(world.moderator, session, item, "tag", priorities=["PN:2027:99"], key="w9")
    assert (answer.status_code, "PN:2027:99" in answer.json()["detail"]) == (400, True)
