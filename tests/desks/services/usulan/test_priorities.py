"""Priorities of usulan: ticked on the form, at the desk, found in every list, copied on, printed; drafts tell nobody."""

from __future__ import annotations

import pytest
from django.urls import reverse

from agreements.exports.usulan import recommended
from agreements.selectors.live import live_sheet
from agreements.services import draft_ba
from core.errors import InvalidInput, NotAllowed, StaleState
from core.excel import read_rows
from desks.choices import ItemState
from desks.models import Event, Item, Round, UsulanPriority
from desks.selectors.overview.rows import Narrow, book_for
from desks.selectors.usulan.page import only, shown_usulan
from desks.services.room import call_item, close_session
from desks.services.settle import settle
from desks.services.usulan.lineage import merge_usulan, split_usulan
from desks.services.usulan.priorities import tag_usulan
from desks.services.usulan.write import carry_usulan, change_usulan
from planning.models import PriorityNode
from planning.services.priorities import tag
from tests.desks.chain import verify_chain
from tests.desks.usulan_world import Kewil
from tests.desks.views.clients import client_of
from tests.desks.world import PLAN_YEAR

pytestmark = pytest.mark.django_db
LOW, OTHER, TOP = "PRO-SN:2027:01.01", "PN:2027:3", "PRO-SN:2027:01"


@pytest.fixture(autouse=True)
def nodes(db) -> None:
    """Two trees of the plan year, one of the year after with the same code."""
    top = PriorityNode.objects.create(tree="PRO-SN", year=PLAN_YEAR, code="01", name="Air")
    PriorityNode.objects.create(tree="PRO-SN", year=PLAN_YEAR, code="01.01", name="SPAM <regional>", parent=top)
    PriorityNode.objects.create(tree="PRO-SN", year=PLAN_YEAR + 1, code="01", name="Air")
    PriorityNode.objects.create(tree="PN", year=PLAN_YEAR, code="3", name="Infrastruktur")


def keys(item: Item) -> list[str]:
    """The nodes that hang on the usulan."""
    return sorted(row.node.key for row in UsulanPriority.objects.filter(usulan__item=item).select_related("node"))


def test_the_form_keeps_changes_and_refuses_nodes_of_another_year(kewil: Kewil):
    usulan = kewil.filed(priorities=(LOW,))
    item = kewil.item(usulan)
    assert keys(item) == [LOW]
    change_usulan(kewil.world.bappeda, item, kewil.data(title="Judul lain"), seen_version=item.version)
    item = kewil.item(usulan)
    assert keys(item) == [LOW], "a form without the field keeps them"
    with pytest.raises(InvalidInput, match="tidak ada pada pohon tahun 2027") as refusal:
        change_usulan(kewil.world.bappeda, item, kewil.data(priorities=("PRO-SN:2028:01",)), seen_version=item.version)
    assert refusal.value.details["field"] == "priorities"
    change_usulan(
        kewil.world.bappeda, item, kewil.data(title="Judul lain", priorities=(OTHER,)), seen_version=item.version
    )
    assert keys(item) == [OTHER]
    before = kewil.item(usulan).version
    change_usulan(kewil.world.bappeda, item, kewil.data(title="Judul lain", priorities=(OTHER,)), seen_version=before)
    assert kewil.item(usulan).version == before
    verify_chain(kewil.meja)


def test_ticked_on_the_page_and_kept_after_a_refusal(kewil: Kewil):
    item, client = kewil.filed().item, client_of(kewil.world.bappeda)
    page = client.get(reverse("desks:item", args=[item.code])).content.decode()
    assert f'value="{LOW}"' in page and "SPAM &lt;regional&gt;" in page
    typed = {
        "versi": item.version,
        "kunci": "k1",
        "title": "",
        "amount_unit": "ribu",
        "priorities": [LOW],
        "baris": "0",
    }
    refused = client.post(reverse("desks:item", args=[item.code]), typed)
    assert refused.status_code == 422 and f'value="{LOW}" checked' in refused.content.decode()
    typed |= {"title": "SPAM", "kunci": "k2", "ro": kewil.ro.pk}
    assert client.post(reverse("desks:item", args=[item.code]), typed).status_code == 302
    assert keys(item) == [LOW]
    assert "Pro-SN 01.01</summary>" in client.get(reverse("desks:item", args=[item.code])).content.decode()


def test_every_list_of_usulan_finds_them_with_what_is_below(kewil: Kewil):
    tagged, plain = kewil.submitted(kewil.filed("SPAM", priorities=(LOW,)), kewil.filed("Lain"))
    world, args = kewil.world, [kewil.world.round.code, kewil.desk.code]
    mine = client_of(world.bappeda).get(reverse("desks:isian", args=[kewil.meja.code]), {"prioritas": TOP})
    assert [row.code for row in mine.context["rows"]] == [tagged.code]
    assert all("prioritas=" in chip["url"] for chip in mine.context["chips"])
    board = client_of(world.kl).get(reverse("desks:board", args=args), {"prioritas": TOP})
    assert [row.code for row in board.context["board"].rows] == [tagged.code] and board.context["board"].total == 1
    text = board.content.decode()
    assert "Pro-SN 01.01</summary>" in text and "Pro-SN 01: Air" in text
    book = client_of(world.kl).get(reverse("desks:board_download", args=args), {"prioritas": TOP})
    head, *rows = list(read_rows(book.content, "Usulan"))[3:]
    assert [row[head.index("Prioritas")] for row in rows] == ["Pro-SN 01.01"] and rows[0][0] == tagged.code
    found = client_of(world.kl).get("/api/v1/butir/", {"prioritas": TOP}).json()["results"]
    assert [row["code"] for row in found] == [tagged.code] and plain.code != tagged.code
    wide = book_for(world.secretariat, world.round, Narrow(prioritas=TOP))
    assert [row.code for row in wide.rows()] == [tagged.code]


def test_drafts_and_repairs_are_not_found_by_others(kewil: Kewil):
    world = kewil.world
    kewil.filed("Draf", priorities=(LOW,))
    assert book_for(world.secretariat, world.round, Narrow(prioritas=TOP)).rows().count() == 0
    assert book_for(world.bappeda, world.round, Narrow(prioritas=TOP)).rows().count() == 1
    board = client_of(world.kl).get(reverse("desks:board", args=[world.round.code, kewil.desk.code])).content.decode()
    assert "Pro-SN 01: Air" not in board
    (item,) = kewil.submitted(kewil.filed("Perbaikan", priorities=(LOW,)))
    Item.objects.filter(pk=item.pk).update(state=ItemState.REPAIR, request_text="Lengkapi")
    change_usulan(
        world.bappeda, kewil.item(item), kewil.data("Perbaikan", priorities=(OTHER,)), seen_version=item.version
    )
    rows = kewil.item(item).usulan
    shown = {
        who: only(shown_usulan(getattr(world, who), type(rows).objects.filter(pk=rows.pk))) for who in ("bappeda", "kl")
    }
    assert [[chip.key for chip in shown[who].chips] for who in ("bappeda", "kl")] == [[OTHER], [LOW]]


def test_the_chair_sets_them_at_the_desk_and_stances_stay(kewil: Kewil):
    world = kewil.world
    (item,) = kewil.submitted(kewil.filed(priorities=(LOW,)))
    session = kewil.session()
    call_item(world.moderator, session, item, seen_version=item.version)
    kewil.consent(kewil.item(item))
    item, figures = kewil.item(item), item.positions.count()
    with pytest.raises(NotAllowed):
        tag_usulan(world.kl, session, item, [OTHER], seen_version=item.version)
    with pytest.raises(StaleState):
        tag_usulan(world.moderator, session, kewil.item(item), [OTHER], seen_version=1)
    client = client_of(world.moderator)
    address = reverse("desks:row_usulan", args=[session.code, item.code])
    assert f'value="{LOW}" checked' in client.get(address).content.decode()
    typed = {"perbuatan": "prioritas", "versi": item.version, "kunci": "p", "priorities": [LOW, OTHER]}
    assert client.post(address, typed).status_code == 302
    assert keys(item) == [OTHER, LOW] and item.positions.count() == figures
    event = Event.objects.get(action="tag_usulan")
    assert '"after":{"priorities":["PN:2027:3","PRO-SN:2027:01.01"]}' in event.payload
    item = kewil.item(item)
    settle(world.moderator, session, item, "agree", seen_version=item.version)
    close_session(world.moderator, session, reason="waktu")
    session.refresh_from_db()
    sheet = live_sheet(draft_ba(world.moderator, session))
    assert sheet.usulan[0].priorities == "PN 3; Pro-SN 01.01"
    assert "Prioritas: PN 3; Pro-SN 01.01" in next(iter(recommended(sheet)[1]))[1]
    verify_chain(kewil.meja)


def test_split_takes_them_along_and_merge_unites_them(kewil: Kewil):
    world = kewil.world
    one, two = kewil.submitted(kewil.filed(places=2, priorities=(LOW,)), kewil.filed("Dua", priorities=(OTHER,)))
    session = kewil.session()
    for row in (one, two):
        call_item(world.moderator, session, row, seen_version=kewil.item(row).version)
    item = kewil.item(one)
    place = item.usulan.places.order_by("pk").first()
    made = split_usulan(world.moderator, session, item, [place.code], title="Pecahan", seen_version=item.version)
    assert keys(made.item) == [LOW]
    item = kewil.item(one)
    merge_usulan(world.moderator, session, item, kewil.item(two), note="Satu", seen_version=item.version)
    assert keys(item) == [OTHER, LOW]


def test_carrying_over_copies_what_the_new_year_still_has(kewil: Kewil):
    old = kewil.filed().item
    other = Round.objects.create(
        forum_name="Forum 2025", short_name="Rakortek 2026", held_year=2025, plan_year=2026, level="national",
        host=kewil.world.kemendagri_inst,
    )  # fmt: skip
    Item.objects.filter(pk=old.pk).update(round=other)
    gone = [PriorityNode.objects.create(tree="PRO-SN", year=2026, code=code, name="Dulu") for code in ("01.01", "09")]
    tag(UsulanPriority, old.usulan, gone)
    made = carry_usulan(kewil.world.bappeda, kewil.meja, kewil.item(old))
    assert keys(made.item) == [LOW]
