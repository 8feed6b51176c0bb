"""The grid page: whose rows it holds, as which values, what may be typed, and what may be chosen."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils import timezone

from desks.models import Stage
from desks.services.item import RowWrite, save_rows
from desks.services.support_batch import SupportWrite, save_supports
from desks.services.talk import put_position
from tests.desks import macro_world, usulan_world
from tests.desks.world import World, fill, submit

HEADS = [
    "Indikator", "Satuan", "2023", "2024", "2025", "RPJMN 2027", "RPJMD 2027", "Nasional 2027", "Indikatif K/L 2027",
    "Kesepakatan 2026", "Usulan 2027", "Usulan K/L", "Kesepakatan 2027", "Status", "Catatan",
]  # fmt: skip


def page(client, meja) -> Any:
    response = client.get(reverse("desks:grid", args=[meja.code]))
    assert response.status_code == 200
    return response.context["data"]


def cells(sheet: dict[str, Any], place: int = 0) -> dict[str, str]:
    """A row by the titles of its columns."""
    return dict(zip([column["title"] for column in sheet["columns"]], sheet["rows"][place][-1], strict=True))


def test_a_row_holds_what_stands_side_by_side(client_of, world: World):
    item = world.item()
    save_rows(world.opd, rows=[RowWrite(item.code, 1, {"value": "14,5", "proposal_note": "Sesuai RPJMD."})])
    data = page(client_of(world.bappeda), world.meja)
    (targets, supports) = data["sheets"]
    assert [column["title"] for column in targets["columns"]] == HEADS
    shown = cells(targets)
    assert {name: text for name, text in shown.items() if text} == {
        "Indikator": "Persentase jalan provinsi mantap ruas 1", "Satuan": "% ↑", "2023": "11,00", "2024": "12,00", "2025": "13,00",
        "RPJMD 2027": "15,00", "Nasional 2027": "14,00", "Usulan 2027": "14,50", "Catatan": "Sesuai RPJMD.",
    }  # fmt: skip
    assert targets["rows"][0][:6] == [item.code, 2, 1, "belum lengkap siap", "Draf", "netral"]
    assert (data["canEdit"], data["own"], len(supports["items"]), supports["rows"]) == (True, "", 3, [])
    assert [label for _, label in data["chips"]][:2] == ["kosong", "perlu perbaikan"]


def test_a_warned_row_says_so(client_of, world: World):
    item = world.item()
    save_rows(world.opd, rows=[RowWrite(item.code, 1, {"value": "145"})])
    row = page(client_of(world.bappeda), world.meja)["sheets"][0]["rows"][0]
    assert "peringatan" in row[3]
    assert [warning["shown"] for warning in row[8]] == ["145,00"]


def test_the_figure_of_the_centre_stands_beside_and_a_row_handed_in_takes_nothing(client_of, world: World):
    fill(world, 1)
    submit(world)
    item = world.item()
    put_position(world.kl, item, text="16", reason="Sasaran nasional.", seen_version=item.version)
    data = page(client_of(world.bappeda), world.meja)
    row = data["sheets"][0]["rows"][0]
    assert (cells(data["sheets"][0])["Usulan K/L"], row[2], row[4]) == ("16,00", 0, "Diajukan")


def test_sub_kegiatan_stand_with_their_pagu(client_of, world: World):
    item = world.item()
    changes = {"volume": "12,5", "places": "32.01, 32.04", "pagu.PAD": "1,5", "unit": "miliar"}
    save_supports(world.opd, rows=[SupportWrite(item.code, 1, "1.03.10.1.01.0001", "opd:32-PU", changes)])
    data = page(client_of(world.opd), world.meja)
    assert [code for code, _ in data["sheets"][1]["rows"]] == [f"{item.code}|1.03.10.1.01.0001|opd:32-PU"]
    shown = cells(data["sheets"][1])
    assert {name: text for name, text in shown.items() if text} == {
        "Kode sub kegiatan": "1.03.10.1.01.0001", "Sub kegiatan": "Rekonstruksi Jalan", "Perangkat daerah": world.dinas_jabar.short_name,
        "Lokasi": "32.01, 32.04", "Volume": "12,5", "Satuan": "Km", "Pagu PAD": "1.500.000.000", "Jumlah pagu": "Rp1.500.000.000",
    }  # fmt: skip
    assert (data["own"], data["places"][0][0], "opd:32-PU" in [office[0] for office in data["offices"]]) == (
        "opd:32-PU",
        "32.01",
        True,
    )


def test_what_may_be_chosen_is_of_the_bidang_and_level_of_the_desk(client_of, world: World):
    other = world.sub_kegiatan[2]
    other.gov_level = "kabkota"
    other.save()
    address = reverse("desks:grid", args=[world.meja.code])
    found = client_of(world.opd).get(f"{address}?data=nomenklatur").json()["choices"]
    assert found == [
        ["1.03.10.1.01.0001", "Rekonstruksi Jalan", "Km"],
        ["1.03.10.1.01.0002", "Pemeliharaan Rutin Jalan", "Km"],
    ]


def test_a_closed_stage_leaves_the_grid_to_read(client_of, world: World):
    Stage.objects.update(closes_at=timezone.now() - dt.timedelta(hours=1))
    data = page(client_of(world.bappeda), world.meja)
    assert (data["canEdit"], {row[2] for row in data["sheets"][0]["rows"]}) == (False, {0})


def test_all_desks_of_a_region_stand_together_each_strand_on_its_sheet(client_of, world: World):
    macro = macro_world.add_macro(world)
    response = client_of(macro.world.bappeda).get(reverse("desks:grid_round", args=[macro.world.round.code]))
    data = response.context["data"]
    assert [sheet["title"] for sheet in data["sheets"]] == ["Target", "Target makro", "Sub kegiatan & pagu"]
    assert {row[-1][1] for row in data["sheets"][1]["rows"]} == {macro.desk.name}
    assert response.context["table"].total == sum(len(sheet["rows"]) for sheet in data["sheets"][:2])


def test_usulan_have_a_page_of_their_own(client_of, world: World):
    made = usulan_world.build_kewil(world)
    answer = client_of(world.bappeda).get(reverse("desks:grid", args=[made.meja.code]))
    assert (answer.status_code, answer["Location"]) == (302, reverse("desks:isian", args=[made.meja.code]))
