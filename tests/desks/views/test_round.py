"""The page of a round: stages, counts, extending."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.excel import read_rows
from desks.models import Stage, StageException
from desks.selectors.round_overview import HEADERS, by_desk, by_region, counted_rows
from tests.desks.world import build, fill, submit
from tests.factories import make_actor, make_institution, make_region

pytestmark = pytest.mark.django_db


def counts(rows):
    return {row.name: (row.unsubmitted, row.counts.get("submitted", 0), row.total) for row in rows}


def page_of(client, who, world):
    client.force_login(who.user)
    return client.get(f"/penyelenggaraan/{world.round.code}/")


def test_counts_follow_the_seat():
    world = build(3)
    fill(world, 2)
    submit(world)
    everything = {"Jawa Barat": (1, 2, 3), "Banten": (3, 0, 3)}
    assert counts(by_region(counted_rows(world.secretariat, world.round))) == everything
    assert counts(by_region(counted_rows(world.kl, world.round))) == everything
    assert counts(by_region(counted_rows(world.bappeda, world.round))) == {"Jawa Barat": (1, 2, 3)}
    assert counts(by_region(counted_rows(world.other_bappeda, world.round))) == {"Banten": (3, 0, 3)}
    assert counts(by_region(counted_rows(world.opd, world.round))) == {"Jawa Barat": (1, 2, 3)}
    assert counts(by_region(counted_rows(world.other_kl, world.round))) == {}
    assert counts(by_desk(counted_rows(world.secretariat, world.round))) == {"Pekerjaan Umum": (4, 2, 6)}


def test_a_region_reads_only_its_own_number(client):
    world = build(3)
    text = page_of(client, world.bappeda, world).content.decode()
    assert "Butir per daerah" not in text
    assert "Banten" not in text
    assert "Butir per daerah" in page_of(client, world.secretariat, world).content.decode()


def test_outsiders_find_nothing(client):
    world = build(1)
    assert page_of(client, world.outsider, world).status_code == 404
    client.logout()
    assert client.get(f"/penyelenggaraan/{world.round.code}/").status_code == 302


def test_the_page_asks_the_same_at_any_size(client):
    world = build(2)
    few = _asked(client, world)
    _grow(world)
    assert _asked(client, world) == few
    assert max(few) <= 15


def _asked(client, world):
    found = []
    for who in (world.secretariat, world.bappeda):
        client.force_login(who.user)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/penyelenggaraan/{world.round.code}/").status_code == 200
        found.append(len(queries))
    return found


def _grow(world):
    from desks.models import Desk, Item, Meja

    regions = [make_region(f"5{no}", f"Provinsi {no}") for no in range(9)]
    stage = Stage.objects.first()
    for region in regions:
        desk = Desk.objects.create(round=world.round, code=region.kode, name=region.name)
        meja = Meja.objects.create(round=world.round, desk=desk, region=region)
        Item.objects.create(meja=meja, round=world.round, region=region)
        StageException.objects.create(
            stage=stage, institution=make_institution("bappeda", region.kode, region), reason="x",
            until=stage.closes_at + dt.timedelta(days=1), by=world.secretariat.user,
        )  # fmt: skip


def test_the_workbook_holds_the_same_counts(client):
    world = build(3)
    client.force_login(world.secretariat.user)
    content = client.get(f"/penyelenggaraan/{world.round.code}/?format=xlsx").content
    rows = list(read_rows(content, "Per daerah"))
    assert list(rows[0])[2:] == list(HEADERS)
    assert [(row[0], row[1], row[2], row[-1]) for row in rows[1:]] == [
        ("32", "Jawa Barat", 3, 3), ("36", "Banten", 3, 3), (None, "Jumlah", 6, 6),
    ]  # fmt: skip


def extend(client, world, **given):
    stage = Stage.objects.get(kind="filling_region")
    until = timezone.localtime(stage.closes_at + dt.timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    data = {
        "institution": world.bappeda_jabar.pk,
        "until": until,
        "reason": "Gangguan jaringan",
        "kunci": "k1",
        **given,
    }
    return client.post(f"/penyelenggaraan/{world.round.code}/tahapan/{stage.pk}/perpanjang/", data)


def test_extending_goes_through_the_service_once(client):
    world = build(1)
    client.force_login(world.secretariat.user)
    assert extend(client, world)["Location"] == f"/penyelenggaraan/{world.round.code}/"
    assert extend(client, world).status_code == 302
    row = StageException.objects.get()
    assert (row.institution, row.reason, row.by) == (world.bappeda_jabar, "Gangguan jaringan", world.secretariat.user)
    assert world.round.events.values_list("action", flat=True).last() == "extend_stage"
    assert "Gangguan jaringan" in page_of(client, world.bappeda, world).content.decode()
    assert "Gangguan jaringan" not in page_of(client, world.other_bappeda, world).content.decode()


def test_what_was_typed_stays_after_a_refusal(client):
    world = build(1)
    client.force_login(world.secretariat.user)
    page = extend(client, world, until="2020-01-01T00:00")
    assert page.status_code == 422
    text = page.content.decode()
    assert "Batas perpanjangan harus setelah penutupan tahapan." in text
    assert re.search(r"<textarea[^>]*>\s*Gangguan jaringan</textarea>", text)
    assert StageException.objects.count() == 0


@pytest.mark.parametrize("who", ["bappeda", "moderator", "kl", "auditor"])
def test_only_the_secretariat_extends(client, who):
    world = build(1)
    client.force_login(getattr(world, who).user)
    assert extend(client, world).status_code == 403
    assert StageException.objects.count() == 0


def test_a_round_elsewhere_gives_no_right(client):
    world = build(1)
    client.force_login(make_actor("sekretariat", world.bappenas_inst).user)
    assert extend(client, world).status_code == 404
