"""The pages of a makro desk: table, row, actions, board, room, targets."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import RegionGroup
from core.excel import read_rows
from core.values import format_value, parse_value
from desks.models import Item, MacroAction
from desks.services.item import move_rows
from desks.services.room import call_item, close_session
from indicators.models import GroupFigure
from tests.desks.macro_world import Macro, add_macro, macro
from tests.desks.world import World

__all__ = ["macro"]


def add_url(macro: Macro) -> str:
    return reverse("desks:action_add", args=[macro.item().code])


def form(
    macro: Macro, side: str = "daerah", text: str = "Padat karya", owner: str = "BUMD", **more
) -> dict[str, object]:
    return {"sisi": side, "text": text, "owner": owner, "versi": macro.item().version, **more}


def test_the_table_has_the_columns_of_the_form(client_of, macro: Macro):
    macro.act(macro.world.bappeda, macro.item(), "daerah")
    island = RegionGroup.objects.create(scheme="wilayah_rpjmn", code="jawa", name="Jawa")
    island.regions.add(macro.world.jabar)
    for year, text in ((2025, "6,9"), (2029, "7,9")):
        figure = GroupFigure(indicator=macro.item().indicator, group=island, year=year, source="rpjmn")
        figure.value = parse_value(text, unit="persen", decimals=2)
        figure.save()
    response = client_of(macro.world.bappeda).get(reverse("desks:isian", args=[macro.meja.code]))
    table = response.context["table"]
    assert [column.label for column in table.columns] == [
        "2024", "2025", "Target 2026", "Nasional 2027", "RPJMN 2027", "RPJMN 2027", "RPJMD 2027", "RKPD 2027", "Indikatif pusat 2027",
    ]  # fmt: skip
    first = table.rows[0]
    assert [shown.text for shown in first.figures] == [
        "5,15",
        "",
        "5,30",
        "5,80–6,30",
        "6,80",
        "7,90",
        "5,70",
        "5,60",
        "",
    ]
    assert first.figures[5].mark == "tahun 2029"
    assert [shown.mark for shown in first.figures[:3]] == ["BPS, September", "", "RKPD"]
    assert [row.details for row in table.rows] == [("", "1"), (), ()]
    assert b"Strategi daerah" in response.content
    assert b"Sub keg" not in response.content


def test_a_range_is_saved_from_the_table(client_of, macro: Macro):
    item = macro.item()
    url = reverse("desks:isian", args=[macro.meja.code])
    data = {f"v.{item.code}": "5,3-5,7", f"d.{item.code}": f"{item.version}|", "kunci": "k"}
    assert client_of(macro.world.bappeda).post(url, data).status_code == 302
    assert format_value(macro.item().value_proposed) == "5,30–5,70"


def test_the_row_shows_chart_table_and_both_sides(client_of, macro: Macro):
    macro.act(macro.world.bappeda, macro.item(), "daerah", "Pelatihan vokasi")
    page = client_of(macro.world.bappeda).get(reverse("desks:item", args=[macro.item().code]))
    text = page.content.decode()
    assert 'class="chart"' in text
    assert "target nasional 2027 5,80–6,30" in text
    assert "Target RPJMN 2029" in text
    assert "Pelatihan vokasi" in text
    assert "Sub kegiatan pendukung" not in text
    assert "Tambah strategi daerah" in text
    assert "Tambah strategi pusat" not in text


def test_the_region_adds_changes_and_removes(client_of, macro: Macro):
    client = client_of(macro.world.bappeda)
    page = client.get(add_url(macro) + "?sisi=daerah")
    assert page.status_code == 200
    assert page.context["form"]["owner"].value() == "Bappeda Jawa Barat"
    assert client.post(add_url(macro), form(macro, owner="dinas bina marga jawa barat")).status_code == 302
    action = MacroAction.objects.get()
    assert (action.owner, action.owner_text) == (macro.world.dinas_jabar, "")
    url = reverse("desks:action_change", args=[action.item.code, action.code])
    assert client.get(url).context["form"]["text"].value() == "Padat karya"
    assert client.post(url, form(macro, text="Padat karya tunai", owner="PT Contoh")).status_code == 302
    action.refresh_from_db()
    assert (action.text, action.owner, action.owner_text) == ("Padat karya tunai", None, "PT Contoh")
    gone = reverse("desks:action_remove", args=[action.item.code, action.code])
    assert client.post(gone, {"versi": macro.item().version}).status_code == 302
    assert not MacroAction.objects.exists()


@pytest.mark.parametrize(
    ("wanted", "status"), [({"text": " "}, 422), ({"owner": ""}, 422), ({"versi": 99}, 409), ({"sisi": "pusat"}, 403)]
)
def test_a_refusal_keeps_what_was_typed(client_of, macro: Macro, wanted, status: int):
    page = client_of(macro.world.bappeda).post(add_url(macro), {**form(macro, text="Jangan hilang"), **wanted})
    assert page.status_code == status
    if status != 403 and "text" not in wanted:
        assert "Jangan hilang" in page.content.decode()
    assert not MacroAction.objects.exists()


def test_the_centre_writes_its_side_of_a_submitted_row(client_of, macro: Macro):
    client = client_of(macro.world.bappenas)
    assert client.get(add_url(macro) + "?sisi=pusat").status_code == 404
    macro.fill()
    macro.submit()
    assert client.post(add_url(macro), form(macro, "pusat", owner="Kementerian PU")).status_code == 302
    assert MacroAction.objects.get().owner == macro.world.pu
    board = client.get(reverse("desks:board_item", args=[macro.world.round.code, "M", macro.item().code]))
    assert "Padat karya" in board.content.decode()


def test_the_board_and_the_targets_speak_of_the_strand(client_of, macro: Macro):
    macro.fill()
    macro.submit()
    macro.act(macro.world.bappenas, macro.item(), "pusat")
    client = client_of(macro.world.bappenas)
    args = [macro.world.round.code, "M"]
    board = client.get(reverse("desks:board", args=args)).content.decode()
    assert "5,30–5,70" in board
    assert "Target pusat" in board
    url = reverse("desks:targets", args=args)
    page = client.get(url)
    cell = page.context["form"].rows[0].cell
    data = {f"t:{cell.key}": "5,9-6,4", f"o:{cell.key}": cell.text, f"v:{cell.key}": cell.version, "kunci": "k"}
    assert client.post(url, data).status_code == 302
    assert client.get(url).context["form"].rows[0].cell.text == "5,90–6,40"
    other = client_of(macro.world.kemendagri).get(url)
    assert "Target diisi oleh pengampu indikator makro" in other.content.decode()


def test_the_room_plays_a_macro_row_to_its_verdict(client_of, macro: Macro):
    world = macro.world
    macro.fill()
    macro.submit()
    session = macro.sit()
    macro.consent()
    item = macro.item()
    call_item(world.moderator, session, item, seen_version=item.version)
    client = client_of(world.moderator)
    room = reverse("desks:session", args=[session.code]) + f"?butir={item.code}"
    text = client.get(room).content.decode()
    assert "Strategi dan aksi" in text
    assert "Sub kegiatan pendukung" not in text
    assert "Realisasi 2024" in text
    act = reverse("desks:row_action", args=[session.code, item.code])
    said = {"sisi": "pusat", "strategi": "Subsidi upah", "penanggung_jawab": "Kementerian PU"}
    assert client.post(act, {**said, "versi": macro.item().version, "kunci": "a"}).status_code == 302
    empty = client.post(act, {**said, "penanggung_jawab": "", "versi": macro.item().version, "kunci": "b"})
    assert empty.status_code == 422
    assert "Subsidi upah" in empty.content.decode()
    action = MacroAction.objects.get()
    assert (action.owner, action.added_at_desk) == (world.pu, True)
    changed = {"aksi": action.code, "strategi": "Subsidi upah sektor padat karya", "penanggung_jawab": "BPJS"}
    assert client.post(act, {**changed, "versi": macro.item().version, "kunci": "c"}).status_code == 302
    action.refresh_from_db()
    assert (action.text, action.owner_name) == ("Subsidi upah sektor padat karya", "BPJS")
    verdict = reverse("desks:row_verdict", args=[session.code, item.code])
    data = {"putusan": "agree", "nilai": "", "versi": macro.item().version, "kunci": "d"}
    assert client.post(verdict, data).status_code == 302
    assert macro.item().state == "agreed"
    gone = reverse("desks:row_action_remove", args=[session.code, item.code])
    refused = client.post(gone, {"aksi": action.code, "versi": macro.item().version, "kunci": "e"})
    assert refused.status_code == 409
    close_session(world.moderator, session, reason="waktu")
    assert set(Item.objects.filter(meja=macro.meja).values_list("state", flat=True)) == {"agreed", "not_discussed"}


def test_pages_of_a_row_cost_the_same_with_3_and_30_actions(client_of, macro: Macro):
    macro.fill()
    counts = []
    client = client_of(macro.world.bappeda)
    for n in (3, 30):
        while MacroAction.objects.count() < n:
            macro.act(macro.world.bappeda, macro.item(), "daerah")
        client.get(reverse("desks:item", args=[macro.item().code]))  # what is read once a visit is read now
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse("desks:item", args=[macro.item().code])).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_the_board_writes_one_action_for_ticked_rows(client_of, macro: Macro):
    macro.fill()
    macro.submit()
    macro.act(macro.world.bappenas, macro.item(), "pusat")
    client = client_of(macro.world.bappenas)
    args = [macro.world.round.code, "M"]
    url = reverse("desks:board_actions", args=args)
    assert "Strategi pusat" in client.get(reverse("desks:board", args=args)).content.decode()
    picked = {"pilih": [f"{item.code}:{item.version}" for item in macro.world.items(macro.meja)]}
    first = client.post(url, picked)
    assert (first.status_code, first.context["form"]["owner"].value()) == (200, "Bappenas")
    assert client.post(url, {**picked, "text": "", "owner": "Bappenas"}).status_code == 422
    done = client.post(url, {**picked, "text": "Data proyeksi", "owner": "Bappenas", "kunci": "k"})
    assert done.status_code == 302
    assert MacroAction.objects.filter(text="Data proyeksi", owner=macro.world.bappenas_inst).count() == 3
    again = client.post(url, {**picked, "text": "Basi", "owner": "Bappenas", "kunci": "m"})
    assert again.status_code == 409
    assert "Basi" in again.content.decode()
    assert client.post(url, {}).status_code == 302


def test_the_workbook_of_the_board_has_the_texts(client_of, macro: Macro):
    macro.act(macro.world.bappeda, macro.item(), "daerah", "Pelatihan vokasi")
    macro.fill()
    macro.submit()
    macro.act(macro.world.bappenas, macro.item(), "pusat", "=Padat karya")
    args = [macro.world.round.code, "M"]
    answer = client_of(macro.world.bappenas).get(reverse("desks:board_download", args=args))
    head, *rows = read_rows(answer.content, "Papan desk")[3:]
    assert head[-2:] == ["Strategi pusat", "Strategi daerah"]
    assert rows[0][-2:] == ["=Padat karya (Tim gabungan)", "Pelatihan vokasi (Tim gabungan)"]


def test_the_board_costs_the_same_with_3_and_30_rows(client_of, world: World):
    macro = add_macro(world, 30)
    macro.fill()
    for item in world.items(macro.meja):
        macro.act(world.bappeda, item, "daerah")
    client = client_of(world.bappenas)
    url = reverse("desks:board", args=[world.round.code, "M"])
    counts = []
    for part in (world.items(macro.meja)[:3], world.items(macro.meja)[3:]):
        assert all(row.ok for row in move_rows(world.bappeda, "submit", [(item.code, item.version) for item in part]))
        client.get(url)
        with CaptureQueriesContext(connection) as seen:
            assert len(client.get(url).context["board"].rows) in (3, 30)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 15
