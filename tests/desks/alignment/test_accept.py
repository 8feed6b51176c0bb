"""Standing by a finding with a reason: recorded in the chain, gone when a cell changes, never a hindrance; and what the pages show of it."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from core.errors import InvalidInput, NotAllowed, TransitionNotAllowed
from core.excel import read_rows
from desks.alignment_choices import FindingKind
from desks.models import AcceptedFinding, Round
from desks.selectors.alignment import Finding, alignment_of
from desks.selectors.story import life_story
from desks.services.alignment import accept_findings, reopen_findings
from desks.services.item import RowWrite, save_rows
from indicators.models import Figure
from tests.desks import world as w
from tests.desks.alignment.plans import plan, states, support
from tests.desks.chain import verify_chain
from tests.desks.views.clients import client_of

WHY = "Target RKPD disusun sebelum capaian 2025 terbit."


@pytest.fixture
def world(db: None) -> w.World:
    """Two filled rows, of which the first differs from the RKPD."""
    made = w.build(3)
    w.fill(made, 2)
    rkpd = plan(made)
    states(made, rkpd, 0, 10)
    states(made, rkpd, 1, 11)
    return made


def differing(world: w.World, actor=None) -> list[Finding]:
    """The other targets of the own meja."""
    found = alignment_of(actor or world.bappeda, world.round, [world.meja])
    return [each for each in found if each.kind == FindingKind.TARGET]


def accept(world: w.World, found: Finding, actor=None, **more: str) -> list[str]:
    """Accept one finding as it was read."""
    rows = accept_findings(actor or world.bappeda, world.meja, [(found.key, found.cells)], reason=WHY, **more)
    return [row.status for row in rows]


def test_an_accepted_finding_stays_listed_and_comes_back_when_a_cell_changes(world: w.World) -> None:
    first, second = differing(world)
    assert accept(world, first) == ["saved"]
    now = differing(world)
    assert [each.open for each in now] == [False, True]
    assert now[0].accepted is not None and now[0].accepted.reason == WHY
    assert now[0].accepted.who == world.bappeda.user.full_name
    event = verify_chain(world.meja)[-1]
    assert (event.action, event.item.code) == ("accept_finding", world.item().code)
    assert WHY in life_story(world.bappeda, world.item())[0].text
    item = world.item()
    save_rows(world.bappeda, rows=[RowWrite(item.code, item.version, {"value": "14,6"})])
    changed = differing(world)[0]
    assert (changed.open, changed.key, changed.lapsed and changed.lapsed.reason) == (True, first.key, WHY)
    item = world.item()
    save_rows(world.bappeda, rows=[RowWrite(item.code, item.version, {"value": "14,5"})])
    assert not differing(world)[0].open  # the cells it was said of are back
    Figure.objects.filter(line__document__kind="RKPD", indicator=world.indicators[0]).update(value_min=9, value_max=9)
    assert differing(world)[0].open


def test_a_later_document_that_says_the_same_does_not_reopen_it(world: w.World) -> None:
    accept(world, differing(world)[0])
    states(world, plan(world, stage="rancangan", version=2), 0, 10)
    later = differing(world)[0]
    assert (later.open, later.document) == (False, "RKPD 2027, rancangan, versi 2")


def test_what_is_refused_writes_nothing(world: w.World) -> None:
    first = differing(world)[0]
    with pytest.raises(InvalidInput):
        accept_findings(world.bappeda, world.meja, [(first.key, first.cells)], reason="  ")
    for who in (world.verifikator, world.moderator, world.other_bappeda):
        with pytest.raises(NotAllowed):
            accept(world, first, who)
    rows = accept_findings(world.bappeda, world.meja, [(first.key, "0" * 64), ("x" * 16, "")], reason=WHY)
    assert [row.status for row in rows] == ["conflict", "refused"]
    assert "kini 14,50 % dan 10,00 %" in rows[0].message
    Round.objects.filter(pk=world.round.pk).update(closed_at=world.round.stages.first().opens_at)
    world.meja.round.refresh_from_db()
    with pytest.raises(TransitionNotAllowed):
        accept(world, first)
    assert not AcceptedFinding.objects.exists()


def test_a_double_click_and_taking_it_back(world: w.World) -> None:
    first = differing(world)[0]
    assert accept(world, first, key="k") == accept(world, first, key="k") == ["saved"]
    assert accept(world, first) == ["same"]
    assert [event.action for event in verify_chain(world.meja)].count("accept_finding") == 1
    picks = [(first.key, first.cells)]
    assert [row.status for row in reopen_findings(world.opd, world.meja, picks)] == ["saved"]
    assert [row.status for row in reopen_findings(world.opd, world.meja, picks)] == ["same"]
    assert verify_chain(world.meja)[-1].action == "reopen_finding"
    assert differing(world)[0].open


def test_the_moderator_reads_the_reason_once_the_row_is_handed_in_and_not_what_was_typed_after(world: w.World) -> None:
    accept(world, differing(world)[0])
    assert differing(world, world.moderator) == []
    w.submit(world)
    told = differing(world, world.moderator)[0]
    assert told.accepted is not None and told.accepted.reason == WHY
    assert not [line for line in life_story(world.moderator, world.item()) if WHY in line.text]
    item = world.item()
    from desks.services.item import move_rows

    due = world.round.stages.order_by("-closes_at").first().closes_at
    given = {"note": "Periksa.", "due": due, "owner": world.bappeda_jabar}
    move_rows(world.kl, "repair", [(item.code, item.version)], given=given)
    item = world.item()
    save_rows(world.bappeda, rows=[RowWrite(item.code, item.version, {"value": "20"})])
    assert differing(world)[0].here == "20,00 %"
    assert differing(world, world.moderator)[0].here == "14,50 %"
    own = differing(world)[0]
    accept(world, own)
    outside = differing(world, world.moderator)[0]
    assert (outside.here, outside.open, outside.lapsed) == ("14,50 %", True, None)


def test_the_page_accepts_keeps_what_was_typed_and_is_taken_away(world: w.World) -> None:
    client, url = client_of(world.bappeda), reverse("desks:alignment", args=[world.meja.code])
    page = client.get(f"{url}?jenis=target")
    rows = page.context["page"].rows
    assert [each.code for each in rows] == ["1.03.001", "1.03.002"]
    text = page.content.decode()
    assert "14,50 %" in text and "RKPD 2027, rancangan awal, versi 1" in text
    refused = client.post(url, {"temuan": [rows[0].pick], "alasan": "", "kunci": "a"})
    assert refused.status_code == 422 and rows[0].pick in refused.context["picked"]
    done = client.post(f"{url}?jenis=target", {"temuan": [each.pick for each in rows], "alasan": WHY, "kunci": "b"})
    assert [str(each) for each in get_messages(done.wsgi_request)] == ["2 temuan diterima dengan alasan."]
    assert done.url == f"{url}?jenis=target"
    assert client.get(f"{url}?status=terbuka&jenis=target").context["page"].rows == []
    sheet = read_rows(client.get(f"{url}?status=diterima&format=xlsx").content)
    assert [row[3] for row in sheet[3:]] == ["1.03.001", "1.03.002"]
    assert sheet[3][7:12] == ["14,50 %", "10,00 %", "RKPD 2027, rancangan awal, versi 1", "diterima", WHY]


def test_before_submitting_the_open_findings_stand_there_and_do_not_block(world: w.World) -> None:
    accept(world, differing(world)[0])
    client = client_of(world.bappeda)
    page = client.get(reverse("desks:submit", args=[world.meja.code])).content.decode()
    assert "Uji keselarasan: 3 temuan terbuka" in page and "1 diterima dengan alasan" in page
    assert "target berbeda</b>, 14,50 % di Isian, 11,00 % di RKPD 2027" in page
    w.submit(world)
    assert [item.state for item in world.items()] == ["submitted", "submitted", "draft"]


def test_a_document_shows_its_region_what_does_not_agree_with_it(world: w.World) -> None:
    from planning.models import Document

    document = Document.objects.get(kind="RKPD")
    url = reverse("desks:alignment_document", args=[document.pk])
    page = client_of(world.bappeda).get(reverse("indicators:document", args=[document.pk])).content.decode()
    assert url in page
    found = client_of(world.bappeda).get(url, headers={"HX-Request": "true"}).context["findings"]
    assert [(each.code, each.there) for each in found] == [("1.03.001", "10,00 %"), ("1.03.002", "11,00 %")]
    assert client_of(world.moderator).get(url).status_code == 404


def test_beside_the_isian_stand_findings_and_pagu(world: w.World) -> None:
    support(world, world.item(), pagu="2.000.000")
    from planning.models import Pagu

    Pagu.objects.create(year=w.PLAN_YEAR, institution=world.dinas_jabar, bidang=world.bidang, amount=1_500_000)
    client = client_of(world.bappeda)
    url = reverse("desks:beside", args=[world.meja.code])
    assert url in client.get(reverse("desks:isian", args=[world.meja.code])).content.decode()
    text = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "2 target berbeda" in text and "Terlampaui Rp500.000" in text and "tone-merah" in text
