"""The centre prepares its strategi dan aksi for regions that have not handed in, and learns nothing of what they type."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.errors import InvalidInput, NotAllowed, NotFound, StageClosed
from desks.choices import ActionSide
from desks.models import MacroAction, Stage
from desks.selectors.item import edit_refusal
from desks.services.item import RowWrite, save_rows
from desks.services.macro import ActionData
from desks.services.macro_prepare import drop_prepared, prepare_actions
from desks.services.setup import open_mejas
from tests.desks.chain import verify_chain
from tests.desks.macro_world import Macro, macro
from tests.factories import make_region

__all__ = ["macro"]
pytestmark = pytest.mark.django_db


def prepared(macro: Macro, actor, *regions: str, text: str = "Padat karya", owner=None) -> int:
    data = ActionData(ActionSide.PUSAT, text, (owner or actor.institution).pk)
    return prepare_actions(actor, macro.desk, macro.item().indicator, regions, data)


def client_of(actor) -> Client:
    client = Client()
    client.force_login(actor.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_drafts_take_it_and_their_region_meets_no_conflict(macro: Macro) -> None:
    item = macro.item()
    assert prepared(macro, macro.world.bappenas, "32", "36") == 2
    assert [event.action for event in verify_chain(macro.meja)][-1] == "add_pusat_action"
    (saved,) = save_rows(macro.world.bappeda, rows=[RowWrite(item.code, item.version, {"value": "5,5"})])
    assert saved.status == "saved"
    assert edit_refusal(macro.world.bappeda, macro.item()) is None


def test_handed_in_rows_are_left_and_the_prepared_ones_stay_through_submission(macro: Macro) -> None:
    prepared(macro, macro.world.bappenas, "32")
    macro.fill("5,5")
    macro.submit()
    assert prepared(macro, macro.world.bappenas, "32", "36", text="Kedua") == 1
    assert list(MacroAction.objects.filter(item=macro.item()).values_list("text", flat=True)) == ["Padat karya"]
    with pytest.raises(NotFound):
        drop_prepared(macro.world.bappenas, macro.desk, MacroAction.objects.get(item=macro.item()).code)


def test_a_kl_prepares_and_removes_its_own_alone(macro: Macro) -> None:
    world = macro.world
    with pytest.raises(InvalidInput):
        prepared(macro, world.kl, "32", owner=world.bappenas_inst)
    prepared(macro, world.kl, "32")
    prepared(macro, world.bappenas, "32", text="Milik Bappenas")
    foreign = MacroAction.objects.get(text="Milik Bappenas")
    with pytest.raises(NotAllowed):
        drop_prepared(world.kl, macro.desk, foreign.code)
    drop_prepared(world.bappenas, macro.desk, foreign.code)
    assert MacroAction.objects.count() == 1
    verify_chain(macro.meja)


def test_not_by_the_region_nor_outside_the_stages(macro: Macro) -> None:
    with pytest.raises(NotAllowed):
        prepared(macro, macro.world.bappeda, "32", owner=macro.world.bappenas_inst)
    Stage.objects.filter(round=macro.world.round).update(closes_at="2020-01-02T00:00Z", opens_at="2020-01-01T00:00Z")
    with pytest.raises(StageClosed):
        prepared(macro, macro.world.bappenas, "32")


def test_the_page_shows_nothing_of_a_draft(macro: Macro) -> None:
    macro.fill("7,77")
    client = client_of(macro.world.bappenas)
    url = reverse("desks:macro_ahead", args=[macro.world.round.code, macro.desk.code])
    code = macro.item().indicator.code
    assert client.post(url, {"indikator": code, "text": "Padat karya", "owner": "BUMN"}).status_code == 422
    given = {"indikator": code, "text": "Padat karya", "owner": "BUMN", "daerah": ["32"], "kunci": "k1"}
    assert client.post(url, given).status_code == 302
    body = client.get(url).content.decode()
    assert "Padat karya" in body
    assert "belum diajukan" in body
    assert "7,77" not in body
    assert macro.item().code not in body
    action = MacroAction.objects.get()
    gone = reverse("desks:macro_ahead_remove", args=[macro.world.round.code, macro.desk.code, action.code])
    assert client.post(gone, {"indikator": code}).status_code == 302
    assert not MacroAction.objects.exists()


def test_the_submit_page_warns_of_rows_without_the_regions_side(macro: Macro) -> None:
    macro.act(macro.world.bappeda, macro.item(), "daerah")
    macro.fill("5,5")
    client = client_of(macro.world.bappeda)
    url = reverse("desks:submit", args=[macro.meja.code])
    body = client.get(url).content.decode()
    assert body.count("Belum ada strategi dan aksi daerah.") == 2
    picked = [f"{item.state}:{item.code}:{item.version}" for item in macro.world.items(macro.meja)]
    assert client.post(url, {"butir": picked, "kunci": "k"}).status_code == 302
    assert {item.state for item in macro.world.items(macro.meja)} == {"submitted"}


def test_the_page_asks_the_same_for_three_and_for_thirty_regions(macro: Macro) -> None:
    client, counts = client_of(macro.world.bappenas), []
    url = reverse("desks:macro_ahead", args=[macro.world.round.code, macro.desk.code])
    for first, last in ((40, 41), (41, 68)):
        regions = [make_region(str(no), f"Provinsi {no}") for no in range(first, last)]
        open_mejas(macro.world.secretariat, macro.desk, regions)
        prepared(macro, macro.world.bappenas, *(region.kode for region in regions))
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
