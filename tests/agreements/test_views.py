"""Pages of the berita acara: rights, the way from draft to complete, the check page, the list and the API."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.tokens import key_hash
from agreements.models import BeritaAcara, Signatory, Signature, Snapshot
from core.files import XLSX
from core.jobs import run_job_now
from core.models import Job
from tests.agreements.made import sha_of
from tests.factories import PASSWORD


def client_of(actor):
    client = Client()
    client.force_login(actor.user)
    return client


def page(ba, name="ba", **more):
    return reverse(f"agreements:{name}", kwargs={"code": ba.code, **more})


def hidden(response, name):
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    return found[1] if found else ""


def test_from_draft_to_complete_on_the_pages(closed):
    world = closed.world
    moderator = client_of(world.moderator)
    answer = moderator.post(reverse("agreements:draft", args=[closed.session.code]))
    ba = BeritaAcara.objects.get()
    assert answer.url == page(ba)
    shown = moderator.get(page(ba))
    assert shown.content.decode().count("DRAF") >= 6
    assert shown.content.decode().count("Finalkan berita acara") == 1
    form = {"versi": hidden(shown, "versi"), "sidik": hidden(shown, "sidik"), "number": ""}
    assert moderator.post(page(ba, "finalise"), form).status_code == 302
    assert moderator.post(page(ba, "finalise"), form).status_code == 409
    for row in Signatory.objects.filter(ba=ba):
        person = Client()
        person.force_login(row.user)
        sign = page(ba, "sign", order=row.order)
        seen = person.get(sign)
        assert hidden(seen, "sha256") == sha_of(ba)
        assert person.post(sign, {"sha256": sha_of(ba), "password": "keliru"}).status_code == 422
        assert person.post(sign, {"sha256": "0" * 64, "password": PASSWORD}).status_code == 409
        assert person.post(sign, {"sha256": sha_of(ba), "password": PASSWORD}).status_code == 302
    ba.refresh_from_db()
    assert ba.state == "complete"
    assert Signature.objects.count() == Signatory.objects.count()


def test_who_sees_a_draft(closed):
    ba = closed.draft()
    seen = {name for name, actor in closed.world.actors().items() if client_of(actor).get(page(ba)).status_code == 200}
    assert seen == {
        "opd", "bappeda", "verifikator", "kl", "moderator", "chair", "notulis", "kemendagri", "bappenas", "secretariat",
    }  # fmt: skip


def test_who_sees_a_final_one(closed):
    ba = closed.final()
    unseen = {
        name for name, actor in closed.world.actors().items() if client_of(actor).get(page(ba)).status_code == 404
    }
    assert unseen == {"outsider", "other_kl"}


def test_rights_on_the_pages(closed):
    ba = closed.draft()
    answers = {
        name: client_of(getattr(closed.world, name)).post(page(ba, "finalise"), {"versi": ba.version}).status_code
        for name in ("notulis", "kl", "bappeda", "secretariat", "other_bappeda", "outsider")
    }
    assert answers == {
        "notulis": 403,
        "kl": 403,
        "bappeda": 403,
        "secretariat": 403,
        "other_bappeda": 404,
        "outsider": 404,
    }


def test_typed_text_comes_back(closed):
    ba = closed.draft()
    form = {
        "versi": ba.version,
        "institution": closed.world.pu.pk,
        "mode": "paper",
        "name": "Nama Diketik",
        "office": "Jabatan",
        "nip": "12",
    }
    answer = client_of(closed.world.notulis).post(page(ba, "signatory", order=2), form)
    assert (answer.status_code, answer.content.decode().count('value="Nama Diketik"')) == (422, 1)
    form["nip"] = "19800101 200501 1 001"
    assert client_of(closed.world.notulis).post(page(ba, "signatory", order=2), form).status_code == 302
    assert Signatory.objects.get(ba=ba, order=2).nip == "198001012005011001"


def test_check_page_knows_final_ones_without_names(closed):
    ba = closed.draft()
    anybody = Client()
    assert anybody.get(reverse("agreements:check", args=[ba.check_code])).status_code == 404
    from agreements.services import finalise

    ba = finalise(closed.world.moderator, ba, seen_version=ba.version)
    text = anybody.get(reverse("agreements:check", args=[ba.check_code.lower()])).content.decode()
    assert (ba.number in text, sha_of(ba) in text) == (True, True)
    assert [row.name for row in Signatory.objects.filter(ba=ba) if row.name in text] == []
    typed = anybody.get(
        reverse("agreements:check_form"), {"kode": f" {ba.check_code[:4]}-{ba.check_code[4:]} ".lower()}
    )
    assert typed.url == reverse("agreements:check", args=[ba.check_code])


@pytest.mark.usefixtures("closed")
def test_check_form_opens():
    assert Client().get(reverse("agreements:check_form")).status_code == 200


def test_workbook_by_job_and_its_rights(closed, monkeypatch):
    monkeypatch.setattr("core.waiting.PATIENCE", 0)
    ba = closed.final()
    bappeda = client_of(closed.world.bappeda)
    answer = bappeda.post(page(ba, "download"))
    job = run_job_now(Job.objects.get())
    assert answer.url == reverse("core:job", args=[job.code])
    assert (job.state, job.file.type, job.file.name) == (
        "done",
        XLSX,
        f"Berita Acara {ba.number.replace('/', '-')}.xlsx",
    )
    target = reverse("core:file", args=[job.file.code])
    answers = [client_of(who).get(target) for who in (closed.world.bappeda, closed.world.kl, closed.world.outsider)]
    for each in answers:
        each.close()
    assert [each.status_code for each in answers] == [200, 200, 404]


def test_list_costs_the_same_for_many(closed):
    ba = closed.final()
    client = client_of(closed.world.moderator)
    url = reverse("agreements:ba_list")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for no in range(12):
        BeritaAcara.objects.create(
            round=ba.round,
            session=ba.session,
            strand=ba.strand,
            scope=ba.scope,
            scope_key=f"uji:{no}",
            title=f"Uji {no}",
            created_by=ba.created_by,
        ).meja_rows.create(meja=closed.world.meja)
    with CaptureQueriesContext(connection) as many:
        response = client.get(url)
    assert len(many) == len(one)
    assert response.content.decode().count("Uji ") == 12
    narrowed = client.get(url, {"state": "awaiting"}).content.decode()
    assert (ba.number in narrowed, "Uji 3" in narrowed) == (True, False)


def test_api_reads_and_offers_no_signing(closed):
    from django.utils import timezone

    from accounts.models import ApiToken

    ba = closed.final()
    world = closed.world
    text = "rk_abcdefgh_" + "x" * 40
    from accounts.tokens import prefix_of

    ApiToken.objects.create(
        user=world.moderator.user, membership=world.moderator.membership, name="uji", prefix=prefix_of(text), sha256=key_hash(text), scope="write",
        expires_at=timezone.now() + timezone.timedelta(days=1),
    )  # fmt: skip
    api = Client(headers={"authorization": f"Token {text}"})
    rows = api.get("/api/v1/berita-acara/").json()["results"]
    assert [(row["number"], row["state"], row["sha256"]) for row in rows] == [(ba.number, "awaiting", sha_of(ba))]
    detail = api.get(f"/api/v1/berita-acara/{ba.code}/").json()
    assert detail["naskah"]["number"] == ba.number
    assert api.post(f"/api/v1/berita-acara/{ba.code}/").status_code == 405
    assert Snapshot.objects.count() == 1


def test_what_waits_stands_on_home_and_list(closed):
    from django.utils import timezone

    from agreements.selectors.waiting import drafts_waiting, finals_waiting, signatures_waiting

    world = closed.world
    now = timezone.now()
    assert [(group.act, group.count) for group in drafts_waiting(world.notulis, now)] == [("Susun", 1)]
    listed = client_of(world.notulis).get(reverse("agreements:ba_list")).content.decode()
    assert listed.count(reverse("agreements:draft", args=[closed.session.code])) == 1
    assert drafts_waiting(world.bappeda, now) == []
    ba = closed.draft()
    assert (drafts_waiting(world.notulis, now), [group.count for group in finals_waiting(world.chair, now)]) == (
        [],
        [1],
    )
    from agreements.services import finalise

    ba = finalise(world.moderator, ba, seen_version=ba.version)
    assert [(group.act, group.url) for group in signatures_waiting(world.bappeda, now)] == [
        ("Tanda tangani", page(ba, "sign", order=4))
    ]
    assert signatures_waiting(world.opd, now) == []
