"""Columns and filters that a person keeps on the big lists of the desks, on the page and in Excel; long lists as a job."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.lists import hidden_columns, register_list
from accounts.services.lists import choose_columns, save_filter
from core.excel import read_rows
from core.jobs import run_job_now
from core.models import Job, JobState
from desks.lists import BOARD, ISIAN, ROWS, USULAN, USULAN_BOARD
from tests.desks.usulan_world import Kewil, kewil
from tests.desks.views.boards import url
from tests.desks.views.clients import client_of
from tests.desks.world import World, fill, submit

__all__ = ["kewil"]


def shown(kind, *left_out: str) -> list[str]:
    return [column.name for column in kind.columns if column.name not in left_out]


def test_the_board_leaves_columns_out_on_the_page_and_in_excel(world: World) -> None:
    fill(world)
    submit(world)
    client = client_of(world.kl)
    choose_columns(world.kl.user, BOARD, shown(BOARD, "national", "gap_actual", "status"))
    page = client.get(url(world)).content.decode()
    assert "Nasional<span" not in page
    assert "Usulan terbaru<span" in page
    assert '<td class="text"><span class="badge' not in page
    rows = read_rows(client.get(url(world, "board_download")).content)
    heads = rows[3]
    assert not {"Nasional", "Selisih capaian", "Status"} & set(heads)
    assert {"Kode indikator", "Usulan terbaru", "RPJMN"} <= set(heads)
    assert rows[4][heads.index("Usulan terbaru")] == 14.5
    assert "Nasional<span" in client_of(world.kemendagri).get(url(world)).content.decode()


def test_the_board_opens_with_the_main_filter_and_still_notes_the_visit(world: World) -> None:
    fill(world)
    submit(world)
    save_filter(world.kl.user, BOARD, "Banten", {"daerah": "36", "indikator": "TIDAKADA"}, main=True)
    client = client_of(world.kl)
    answer = client.get(url(world))
    assert answer.url == f"{url(world)}?daerah=36"
    assert client.get(answer.url).context["tools"].entering is False  # a choice of the saved filter is gone
    save_filter(world.kl.user, BOARD, "Banten", {"daerah": "36"}, main=True)
    assert client.get(answer.url).context["tools"].entering
    assert world.kl.user.preferences.filter(key=f"desk_look:{world.desk.pk}").exists()


def test_the_isian_goes_to_excel_as_filtered_and_in_its_columns(world: World) -> None:
    fill(world, 2)
    address, client = reverse("desks:isian", args=[world.meja.code]), client_of(world.bappeda)
    heads, *rows = read_rows(client.get(address, {"format": "xlsx", "saring": "siap"}).content)[2:]
    assert len(rows) == 2
    assert rows[0][heads.index("Usulan 2027")] == 14.5
    assert rows[0][heads.index("2025 capaian")] == 13
    choose_columns(world.bappeda.user, ISIAN, shown(ISIAN, "actual", "unit"))
    heads, *rows = read_rows(client.get(address, {"format": "xlsx"}).content)[2:]
    assert len(rows) == 3
    assert not {"2025 capaian", "Satuan"} & set(heads)
    page = client.get(address).content.decode()
    assert 'data-label="2025 capaian"' not in page
    assert 'data-label="Usulan"' in page


def test_usulan_go_to_excel_by_location_in_their_columns(kewil: Kewil) -> None:
    world = kewil.world
    kewil.submitted(kewil.filed(places=2))
    own = reverse("desks:isian", args=[kewil.meja.code])
    choose_columns(world.bappeda.user, USULAN, shown(USULAN, "amount"))
    heads, *rows = read_rows(client_of(world.bappeda).get(own, {"format": "xlsx"}).content)[3:]
    assert len(rows) == 2
    assert "Volume usulan" in heads
    assert "Alokasi usulan" not in heads
    choose_columns(world.kl.user, USULAN_BOARD, shown(USULAN_BOARD, "region"))
    board = reverse("desks:board", args=[world.round.code, "KW1"])
    assert '<th scope="col">Daerah</th>' not in client_of(world.kl).get(board).content.decode()


def test_a_long_list_of_rows_is_a_job_in_the_columns_that_showed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(world)
    submit(world)
    monkeypatch.setattr("desks.views.overview.pages.AT_ONCE", 2)
    monkeypatch.setattr("core.waiting.PATIENCE", 0)
    choose_columns(world.secretariat.user, ROWS, shown(ROWS, "status"))
    client = client_of(world.secretariat)
    answer = client.get(reverse("desks:overview_rows", args=[world.round.code]), {"format": "xlsx", "daerah": "32"})
    job = Job.objects.get(kind="desks.rows")
    assert answer.url == reverse("core:job", args=[job.code])
    choose_columns(world.secretariat.user, ROWS, shown(ROWS))
    done = run_job_now(job)
    assert done.state == JobState.DONE
    content = b"".join(client.get(reverse("core:file", args=[done.file.code])).streaming_content)  # type: ignore[attr-defined]
    note, heads, *rows = read_rows(content)[1:]
    assert "Jawa Barat" in str(note[0])
    assert len(rows) == 3
    assert "Status" not in heads
    assert [row[heads.index("Nilai")] for row in rows] == [14.5] * 3


def test_the_overview_opens_with_a_saved_filter(world: World) -> None:
    saved = save_filter(world.secretariat.user, ROWS, "Jabar", {"daerah": "32", "desk": "1.03"})
    address = reverse("desks:overview_rows", args=[world.round.code])
    answer = client_of(world.secretariat).get(address, {"simpanan": saved.code})
    assert answer.url == f"{address}?desk=1.03&daerah=32"


def test_registering_again_changes_nothing(rf, world: World) -> None:
    assert register_list(BOARD) is BOARD
    request = rf.get("/")
    request.user = world.kl.user
    assert hidden_columns(request, BOARD) == frozenset()
