"""The board of a desk: who sees it, what it shows and never shows, and the acts on it."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import Preference, RegionGroup
from core.excel import read_rows
from desks.choices import ItemState
from desks.models import Item, Meja, Seat, StageException
from desks.selectors.board import board_of
from desks.selectors.gaps import gap_between
from desks.selectors.looks import last_visit
from desks.services.item import RowWrite, save_rows
from desks.services.talk import put_position
from indicators.models import Figure, Indicator, IndicatorVersion
from tests.desks.views.boards import ask, url
from tests.desks.views.clients import client_of
from tests.desks.world import World, build, fill, submit
from tests.factories import make_region


def get(world: World, actor: Actor, **query: str):
    return client_of(actor).get(url(world), query)


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("kl", 200), ("moderator", 200), ("kemendagri", 200), ("bappenas", 200), ("secretariat", 200), ("auditor", 200),
        ("other_kl", 403), ("outsider", 404), ("bappeda", 404), ("opd", 404), ("verifikator", 404), ("other_bappeda", 404),
    ],
)  # fmt: skip
def test_only_the_centre_with_a_seat_at_the_desk_sees_the_board(world: World, name: str, status: int) -> None:
    fill(world)
    submit(world)
    actor = getattr(world, name)
    assert get(world, actor).status_code == status
    assert client_of(actor).get(url(world, "board_download")).status_code == status
    assert client_of(actor).get(url(world, "board_item", world.item().code)).status_code == status


def test_an_anonymous_visitor_is_sent_to_the_login(world: World) -> None:
    assert Client().get(url(world)).status_code == 302


def test_a_seat_of_another_strand_opens_nothing(world: World) -> None:
    Seat.objects.filter(institution=world.bappenas_inst).update(strand="kewilayahan")
    assert get(world, world.bappenas).status_code == 403


def test_rows_that_are_not_handed_in_leak_no_value(world: World) -> None:
    fill(world, 2, value="77,31")
    fill(world, 1, value="66,42", meja=world.other_meja)
    submit(world, meja=world.other_meja)
    page = get(world, world.kl).content.decode()
    assert "66,42" in page
    assert "77,31" not in page
    book = client_of(world.kl).get(url(world, "board_download")).content
    cells = [value for row in read_rows(book) for value in row]
    assert 66.42 in cells
    assert 77.31 not in cells
    assert client_of(world.kl).get(url(world, "board_item", world.item().code)).status_code == 404


def test_a_row_under_repair_shows_what_was_handed_in(world: World) -> None:
    fill(world, 1, value="20")
    submit(world)
    ask(world, [world.item()])
    item = world.item()
    assert save_rows(world.bappeda, rows=[RowWrite(item.code, item.version, {"value": "99,55"})])[0].status == "saved"
    page = get(world, world.kl).content.decode()
    assert "20,00" in page
    assert "99,55" not in page
    detail = client_of(world.kl).get(url(world, "board_item", item.code)).content.decode()
    assert "99,55" not in detail


def test_a_stale_offer_does_not_tell_what_stood_before_the_handing_in(world: World) -> None:
    first = world.item()
    save_rows(world.bappeda, rows=[RowWrite(first.code, first.version, {"value": "88,88"})])
    second = world.item()
    save_rows(world.bappeda, rows=[RowWrite(second.code, second.version, {"value": "14"})])
    submit(world)
    body = {"value": "15", "reason": "uji", "versi": second.version}
    answer = client_of(world.kl).post(
        url(world, "board_offer", first.code), body, headers={"accept": "application/json"}
    )
    assert answer.status_code == 409
    assert "88,88" not in answer.content.decode()


def test_what_is_missing_is_a_number_with_its_deadline(world: World) -> None:
    fill(world, 2)
    submit(world)
    stage = world.round.stages.get(kind="filling_region")
    until = stage.closes_at + dt.timedelta(days=2)
    StageException.objects.create(
        stage=stage, institution=world.bappeda_banten, until=until, reason="Listrik padam", by=world.secretariat.user
    )
    board = board_of(world.kl, world.desk, {}, None)
    assert [(row.region, row.count, "diperpanjang" in row.deadline) for row in board.waiting] == [
        ("Jawa Barat", 1, False),
        ("Banten", 3, True),
    ]
    assert board.not_submitted == 4
    assert all("WIB" in row.deadline for row in board.waiting)


def test_a_seat_for_one_region_counts_only_that_region(world: World) -> None:
    Seat.objects.filter(institution=world.bappenas_inst).update(region=world.banten)
    fill(world)
    submit(world)
    board = board_of(world.bappenas, world.desk, {}, None)
    assert board.rows == []
    assert [(row.region, row.count) for row in board.waiting] == [("Banten", 3)]
    assert [code for code, _ in board.choices["daerah"]] == ["36"]


@pytest.mark.parametrize(
    ("here", "there", "direction", "text", "word", "better"),
    [
        ("14.5", "14", "up", "+0,50", "lebih baik", "0.5"),
        ("14.5", "14", "down", "+0,50", "lebih buruk", "-0.5"),
        ("13", "14", "down", "−1,00", "lebih baik", "1"),
        ("13", "14", None, "−1,00", "", None),
        ("14", "14", "up", "0", "sama", "0"),
    ],
)
def test_gaps_know_which_way_is_better(here, there, direction, text, word, better) -> None:
    gap = gap_between(Decimal(here), Decimal(there), 2, direction)
    assert (gap.text, gap.word) == (text, word)
    assert gap.better == (None if better is None else Decimal(better))


def test_the_newest_figure_counts_and_says_whose_it_is(world: World) -> None:
    fill(world)
    submit(world)
    item = world.item()
    put_position(world.kl, item, text="16", reason="RPJMN", seen_version=item.version)
    row = next(row for row in board_of(world.kl, world.desk, {}, None).rows if row.code == item.code)
    assert (row.newest_text, row.by) == ("16,00", "Kementerian PU")
    assert [gap.text for gap in row.gaps] == ["+3,00", "", ""]
    other = next(row for row in board_of(world.kl, world.desk, {}, None).rows if row.code != item.code)
    assert (other.newest_text, other.by) == ("14,50", "")


def test_order_by_gap_is_worst_first_and_stable(world: World) -> None:
    Indicator.objects.filter(pk=world.indicators[1].pk).update(direction="down")
    Indicator.objects.filter(pk=world.indicators[2].pk).update(direction=None)
    fill(world, value="14,5")
    submit(world)
    fill(world, value="12", meja=world.other_meja)
    submit(world, meja=world.other_meja)

    def order(wanted: str) -> list[tuple[str, str]]:
        rows = board_of(world.kl, world.desk, {"urut": wanted}, None).rows
        return [(row.indicator_code[-1], row.region_code) for row in rows]

    assert order("") == [("1", "32"), ("1", "36"), ("2", "32"), ("2", "36"), ("3", "32"), ("3", "36")]
    assert order("capaian") == [("2", "32"), ("1", "36"), ("2", "36"), ("1", "32"), ("3", "32"), ("3", "36")]
    assert order("-capaian") == [("1", "32"), ("2", "36"), ("1", "36"), ("2", "32"), ("3", "32"), ("3", "36")]
    assert order("daerah")[:3] == [("1", "32"), ("2", "32"), ("3", "32")]


def test_filters_rule_page_and_download_alike(world: World) -> None:
    fill(world)
    submit(world)
    fill(world, meja=world.other_meja)
    submit(world, meja=world.other_meja)
    group = RegionGroup.objects.create(scheme="pulau", code="jawa", name="Jawa")
    group.regions.add(world.banten)

    def codes(**query: str) -> list[tuple[str, str]]:
        rows = board_of(world.kl, world.desk, query, None).rows
        sheet = read_rows(client_of(world.kl).get(url(world, "board_download"), query).content)[4:]
        assert [(row[0], row[3]) for row in sheet] == [(row.indicator_code, row.region_code) for row in rows]
        return [(row.indicator_code[-1], row.region_code) for row in rows]

    assert codes(indikator="1.03.002") == [("2", "32"), ("2", "36")]
    assert codes(daerah="32", indikator="1.03.001") == [("1", "32")]
    assert codes(kelompok="pulau:jawa") == [("1", "36"), ("2", "36"), ("3", "36")]
    assert codes(keadaan="repair") == []
    assert codes(berubah="true") == []
    assert codes(indikator="tidak-ada") == []


def test_what_changed_since_the_last_visit_is_marked(world: World) -> None:
    fill(world)
    submit(world)
    Item.objects.update(changed_at=timezone.now() - dt.timedelta(days=2))
    client = client_of(world.kl)
    assert client.get(url(world)).context["board"].changed == 0
    kept = Preference.objects.get(user=world.kl.user, key=f"desk_look:{world.desk.pk}")
    kept.value = json.dumps({"before": None, "seen": (timezone.now() - dt.timedelta(hours=3)).isoformat()})
    kept.save()
    item = world.item()
    put_position(world.kemendagri, item, text="16", reason="", seen_version=item.version)
    found = client.get(url(world), {"berubah": "true"}).context["board"]
    assert (found.total, found.changed, [row.code for row in found.rows]) == (3, 1, [item.code])
    client.get(url(world))
    assert client.get(url(world)).context["board"].changed == 1
    assert client.post(url(world, "board_seen")).status_code == 302
    assert client.get(url(world)).context["board"].changed == 0
    assert last_visit(world.kemendagri.user, world.desk, note=False) is None


@pytest.mark.parametrize("query", [{}, {"keadaan": "submitted"}, {"urut": "capaian", "kelompok": "a:b"}])
def test_the_number_of_queries_does_not_grow(db: None, query: dict[str, str]) -> None:
    world = build(3)
    fill(world)
    submit(world)
    client = client_of(world.kl)
    counts = []
    for more in (0, 30):
        _grow(world, more)
        client.get(url(world))
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url(world), query).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert counts[1] <= 15


def _grow(world: World, n: int) -> None:
    """n more regions at the desk, each with a row handed in and one held back."""
    template = world.item()
    for no in range(n):
        region = make_region(f"9{no:02}", f"Provinsi {no}")
        meja = Meja.objects.create(round=world.round, desk=world.desk, region=region)
        item = Item.objects.create(
            meja=meja, round=world.round, region=region, strand="urusan", indicator=world.indicators[0],
            indicator_version=IndicatorVersion.objects.get(pk=template.indicator_version_id), state=ItemState.SUBMITTED,
        )  # fmt: skip
        Item.objects.create(
            meja=meja,
            round=world.round,
            region=region,
            strand="urusan",
            indicator=world.indicators[1],
            state=ItemState.DRAFT,
        )
        figure = Figure(indicator=item.indicator, region=region, year=2025, kind="actual", source="bps")
        figure.value = Figure.objects.filter(kind="actual").first().value
        figure.save()
